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
import java.util.function.Predicate;

import dev.trigger.spring.exception.ClientClosedException;
import dev.trigger.spring.feed.Feed;
import dev.trigger.spring.feed.FeedRow;
import dev.trigger.spring.feed.FeedSource;
import dev.trigger.spring.http.FeedPermit;
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

	/**
	 * How long a wait looks for its run in the feed of the batch. Servers find the runs
	 * of a batch a second or more after these were created.
	 */
	private static final Duration LONGEST_ABSENCE_OF_RUN = Duration.ofSeconds(10);

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
	 * @return ends when it is over, and at once if no feed can be had: the credential
	 * can't follow, {@link dev.trigger.spring.http.LiveSettings#maxFeeds() too many} are
	 * open, or the server has none, or none for now. Then it is time to poll. Emits
	 * whether it is worth trying to sleep again once a poll has a result, since there may
	 * be a feed then
	 */
	public Mono<Boolean> until(FeedSource source, Predicate<FeedRow> over) {
		return sleep(rows(source).filter(over).map((row) -> false));
	}

	/**
	 * Sleep until a run is over. Waits for runs of one batch share the feed of the batch.
	 * @param runId the id of the run
	 * @param batchId the id of its batch, {@code null} if it has none or that is not
	 * known
	 * @return ends as with {@link #until}, and at once if the feed of the batch does not
	 * have the run; it may have a new one with the next sleep
	 */
	Mono<Boolean> untilOver(String runId, @Nullable String batchId) {
		if (batchId == null) {
			return until(FeedSource.run(runId), RunStatus::isFinal);
		}
		Flux<BatchProgress> progress = Flux.defer(() -> {
			BatchProgress begin = new BatchProgress();
			return rows(FeedSource.batch(batchId)).map(begin::add);
		});
		Flux<BatchProgress> shared = this.http.live().share("progress of " + batchId, progress);
		long begin = this.http.live().now();
		return sleep(shared.handle((batch, sink) -> {
			if (batch.isOver(runId)) {
				sink.next(false);
			}
			else if (batch.isLacking(runId)) {
				sink.next(this.http.live().now() - begin < LONGEST_ABSENCE_OF_RUN.toMillis());
			}
		}));
	}

	private Flux<FeedRow> rows(FeedSource source) {
		return Flux.defer(() -> {
			boolean supported = this.http.settings().capabilities().supports(source.endpoint());
			FeedPermit permit = supported ? this.http.live().tryAcquire(source.endpoint()) : null;
			if (permit == null) {
				return Flux.empty();
			}
			return Feed.of(this.http, source.statusOnly())
				.rowsForWait()
				.doOnNext((row) -> permit.began())
				.doOnError(permit::failed)
				.doFinally((signal) -> permit.close());
		});
	}

	/**
	 * Sleep until something says whether to sleep again.
	 */
	private static Mono<Boolean> sleep(Flux<Boolean> signals) {
		return signals.next()
			.defaultIfEmpty(true)
			.onErrorResume((failure) -> !(failure instanceof ClientClosedException),
					(failure) -> Mono.just(LiveHttp.isAway(failure)));
	}

}
