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
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Looks at something on the server until it is over.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Poller {

	private final Scheduler scheduler;

	/**
	 * Create a poller.
	 * @param http the way to the network, whose scheduler tells the time
	 */
	public Poller(TriggerHttp http) {
		this.scheduler = http.scheduler();
	}

	/**
	 * Look until something is over.
	 * @param <T> the type of what is looked at
	 * @param what what it is, for the message of a timeout
	 * @param look looks once
	 * @param finished tells whether it is over
	 * @param polling how often to look
	 * @return what it was when it was over; fails with a {@link TriggerTimeoutException}
	 * if that takes too long
	 */
	public <T> Mono<T> poll(String what, Mono<T> look, Predicate<T> finished, Polling polling) {
		return Mono.defer(() -> {
			Looks looks = new Looks(now() + polling.timeout().toMillis());
			return look.doOnNext((value) -> looks.made++)
				.filter(finished)
				.repeatWhenEmpty(Integer.MAX_VALUE,
						(repeats) -> repeats.concatMap((count) -> pause(what, looks, polling)));
		});
	}

	private Mono<Long> pause(String what, Looks looks, Polling polling) {
		Duration delay = polling.delayAfter(looks.made);
		if (now() + delay.toMillis() > looks.deadline) {
			return Mono.error(new TriggerTimeoutException(what + " was not over after " + polling.timeout().toMillis()
					+ " ms: await it with a longer timeout", polling.timeout(), null));
		}
		return Mono.delay(delay, this.scheduler);
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	/**
	 * The looks of one wait.
	 */
	private static final class Looks {

		private final long deadline;

		private int made;

		private Looks(long deadline) {
			this.deadline = deadline;
		}

	}

}
