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
import java.util.function.Predicate;

import dev.trigger.spring.exception.ClientClosedException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.feed.Feed;
import dev.trigger.spring.feed.FeedRow;
import dev.trigger.spring.feed.FeedSource;
import dev.trigger.spring.http.Durations;
import dev.trigger.spring.http.LiveHttp;
import dev.trigger.spring.http.TriggerHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets a wait sleep until the server pushes that it is over. The push only wakes it up:
 * the result is still retrieved, and is the same as with polling.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Push {

	/**
	 * A feed that does not begin within this time, or is away for so long, is no help.
	 */
	private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(10);

	private final TriggerHttp http;

	/**
	 * Create a push.
	 * @param http the transport
	 */
	public Push(TriggerHttp http) {
		this.http = http.with((settings) -> settings.withTimeout(LONGEST_ABSENCE));
	}

	/**
	 * Sleep until a feed reports that something is over.
	 * @param source what the feed is about
	 * @param over returns whether a row shows that it is over
	 * @param timeout how long to sleep at most, zero for no limit
	 * @return ends when it is over or the time has passed, and at once if no feed can be
	 * had: the credential can't follow,
	 * {@link dev.trigger.spring.http.LiveSettings#maxFeeds() too many} are open, or the
	 * server has none, or none for now. Then it is time to poll. Emits whether one can
	 * sleep again if the poll has a result, since only the server was away
	 */
	public Mono<Boolean> until(FeedSource source, Predicate<FeedRow> over, Duration timeout) {
		return sleep(rows(source), over, timeout);
	}

	/**
	 * Sleep until a run is over. Waits for runs of one batch share the feed of the batch.
	 * @param runId the id of the run
	 * @param batchId the id of its batch, {@code null} if it has none or that is not
	 * known
	 * @param timeout how long to sleep at most, zero for no limit
	 * @return ends as with {@link #until}, and at once if the feed of the batch does not
	 * have the run
	 */
	Mono<Boolean> untilOver(String runId, @Nullable String batchId, Duration timeout) {
		if (batchId == null) {
			return until(FeedSource.run(runId), RunStatus::isFinal, timeout);
		}
		Flux<BatchProgress> progress = Flux.defer(() -> {
			BatchProgress begin = new BatchProgress();
			return rows(FeedSource.batch(batchId)).map(begin::add);
		});
		Flux<BatchProgress> shared = this.http.live().share("progress of " + batchId, progress);
		return sleep(shared, (batch) -> batch.isNothingToWaitFor(runId), timeout);
	}

	private Flux<FeedRow> rows(FeedSource source) {
		return Flux.defer(() -> {
			LiveHttp live = this.http.live();
			if (!this.http.settings().capabilities().supports(source.endpoint()) || !live.tryAcquire()) {
				return Flux.empty();
			}
			return Feed.of(this.http, source.statusOnly())
				.rowsForWait()
				.doOnError(live::noteUnavailable)
				.doFinally((signal) -> live.release());
		});
	}

	private <T> Mono<Boolean> sleep(Flux<T> signals, Predicate<T> over, Duration timeout) {
		Duration longest = timeout.isZero() ? Durations.FOREVER : timeout;
		return Mono.defer(() -> {
			AtomicBoolean began = new AtomicBoolean();
			return signals.doOnNext((signal) -> began.set(true))
				.filter(over)
				.next()
				.map((signal) -> false)
				.takeUntilOther(this.http.live().elapsed(longest))
				.defaultIfEmpty(false)
				.onErrorResume((failure) -> !(failure instanceof ClientClosedException),
						(failure) -> Mono.just(began.get() && failure instanceof TriggerTimeoutException));
		});
	}

	/**
	 * Sleep before a poll: the first one, and the one after a poll with which the server
	 * is back.
	 * @param <T> the type of what a poll returns
	 * @param ready whether enough is known to sleep before the next poll
	 * @param poll polls once
	 * @param sleep the sleep, which emits whether to sleep again
	 * @return what polls; it is for one wait
	 */
	public static <T> Mono<T> before(BooleanSupplier ready, Mono<T> poll, Mono<Boolean> sleep) {
		AtomicBoolean sleeps = new AtomicBoolean(true);
		AtomicBoolean again = new AtomicBoolean();
		return Mono.defer(
				() -> (ready.getAsBoolean() && sleeps.getAndSet(false)) ? sleep.doOnNext(again::set).then(poll) : poll)
			.doOnNext((result) -> sleeps.compareAndSet(false, again.getAndSet(false)));
	}

}
