/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package dev.trigger.spring.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.trigger.spring.http.Durations;
import dev.trigger.spring.http.TriggerHttp;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.publisher.Mono;

/**
 * Polls something on the server until it is over.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Poller {

	static final Log logger = LogFactory.getLog("dev.trigger.spring");

	private final TriggerHttp http;

	/**
	 * Create a poller.
	 * @param http the transport, whose scheduler is the clock
	 */
	public Poller(TriggerHttp http) {
		this.http = http;
	}

	/**
	 * Poll until something is over.
	 * @param <T> the type of what a poll returns
	 * @param awaited what the wait is for
	 * @param poll polls once: a
	 * {@link dev.trigger.spring.http.TriggerRequest.Builder#poll() poll}
	 * @param polling how often to poll
	 * @return what the last poll returned; fails with a
	 * {@link dev.trigger.spring.exception.TriggerTimeoutException} if that takes too long
	 */
	public <T> Mono<T> poll(Awaited<T> awaited, Mono<T> poll, Polling polling) {
		return poll(awaited, polling, (wait) -> poll);
	}

	/**
	 * Sleep, then poll until something is over. While it is worth trying, each further
	 * poll comes after another sleep.
	 * @param <T> the type of what a poll returns
	 * @param awaited what the wait is for
	 * @param ready whether enough is known to sleep before the next poll
	 * @param sleep the {@link Push sleep}, which emits whether to try another one
	 * @param poll polls once
	 * @param polling how often to poll
	 * @return what the last poll returned; fails as that of
	 * {@link #poll(Awaited, Mono, Polling)}
	 */
	public <T> Mono<T> sleepAndPoll(Awaited<T> awaited, BooleanSupplier ready, Mono<Boolean> sleep, Mono<T> poll,
			Polling polling) {
		return poll(awaited, polling, (wait) -> before(ready, poll, wait.inTime(sleep)));
	}

	/**
	 * Sleep and poll as above, with a look at what is waited for if that takes long.
	 */
	<T> Mono<T> sleepAndPoll(Awaited<T> awaited, Mono<Boolean> sleep, boolean watched, Mono<T> poll, Polling polling) {
		return poll(awaited, polling,
				(wait) -> before(() -> true, poll, wait.inTime(watched ? wait.watched(sleep, poll) : sleep)));
	}

	/**
	 * Sleep again only after a poll that has a result: then the server is there.
	 */
	private static <T> Mono<T> before(BooleanSupplier ready, Mono<T> poll, Mono<Boolean> sleep) {
		AtomicBoolean sleeps = new AtomicBoolean(true);
		AtomicBoolean again = new AtomicBoolean();
		return Mono.defer(
				() -> (ready.getAsBoolean() && sleeps.getAndSet(false)) ? sleep.doOnNext(again::set).then(poll) : poll)
			.doOnNext((result) -> sleeps.compareAndSet(false, again.getAndSet(false)));
	}

	private <T> Mono<T> poll(Awaited<T> awaited, Polling polling, Function<PollingWait<T>, Mono<T>> poll) {
		return Mono.defer(() -> {
			PollingWait<T> wait = new PollingWait<>(awaited, polling, this.http);
			Mono<T> result = poll.apply(wait)
				.filter(wait::isFinished)
				.onErrorResume(wait::isOutlasted, (failure) -> Mono.empty())
				.repeatWhenEmpty(Integer.MAX_VALUE, (repeats) -> repeats.concatMap((count) -> wait.pause()));
			return polling.isEndless() ? result
					: result.timeout(this.http.deadline(withLastPoll(polling.timeout())), Mono.error(wait::timedOut));
		});
	}

	/**
	 * Return the time that includes the last poll, which begins at the deadline.
	 */
	private static Duration withLastPoll(Duration timeout) {
		long millis = Durations.millis(timeout);
		return Duration.ofMillis(millis + Math.min(1_000, Math.max(50, millis / 10)));
	}

}
