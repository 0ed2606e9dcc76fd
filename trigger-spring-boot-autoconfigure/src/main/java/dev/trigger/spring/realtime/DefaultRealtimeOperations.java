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

package dev.trigger.spring.realtime;

import java.util.List;

import dev.trigger.spring.feed.Feed;
import dev.trigger.spring.feed.FeedRow;
import dev.trigger.spring.feed.FeedSource;
import dev.trigger.spring.feed.SubscriberGuard;
import dev.trigger.spring.http.LiveStatistics;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.payload.PayloadCodec;
import dev.trigger.spring.run.RunStatus;
import reactor.core.publisher.Flux;

import org.springframework.util.Assert;

/**
 * Default {@link RealtimeOperations}.
 */
final class DefaultRealtimeOperations implements RealtimeOperations {

	private final TriggerHttp http;

	private final PayloadCodec payloads;

	DefaultRealtimeOperations(TriggerHttp http, PayloadCodec payloads) {
		this.http = http;
		this.payloads = payloads;
	}

	@Override
	public Flux<RealtimeRun> run(String runId, RunColumn... skipColumns) {
		Assert.hasText(runId, "'runId' must not be empty");
		return read(Feed.of(this.http, FeedSource.run(runId).without(names(skipColumns)))
			.rows()
			.takeUntil(RunStatus::isFinal));
	}

	@Override
	public Flux<RealtimeRun> runs(RealtimeQuery query) {
		return read(Feed.of(this.http, query.toSource()).rows());
	}

	@Override
	public Flux<RealtimeRun> batch(String batchId, RunColumn... skipColumns) {
		Assert.hasText(batchId, "'batchId' must not be empty");
		return read(Feed.of(this.http, FeedSource.batch(batchId).without(names(skipColumns))).rows());
	}

	private static List<String> names(RunColumn... columns) {
		return RealtimeQuery.names(List.of(columns));
	}

	private Flux<RealtimeRun> read(Flux<FeedRow> rows) {
		return SubscriberGuard.guard(Flux.defer(() -> {
			RunReader reader = new RunReader(this.payloads);
			// one at a time, so that what waits is replaced by what is newer
			return rows.concatMap(reader::read, 1);
		}));
	}

	@Override
	public RunStreamOperations stream(String runId, String key) {
		Assert.hasText(runId, "'runId' must not be empty");
		Assert.hasText(key, "'key' must not be empty");
		return new DefaultRunStreamOperations(this.http, this.payloads, runId, StreamTarget.SELF, key);
	}

	@Override
	public InputStreamOperations input(String runId, String key) {
		Assert.hasText(runId, "'runId' must not be empty");
		Assert.hasText(key, "'key' must not be empty");
		return new DefaultInputStreamOperations(this.http, this.payloads, runId, key);
	}

	@Override
	public LiveStatistics statistics() {
		return this.http.live().statistics();
	}

}
