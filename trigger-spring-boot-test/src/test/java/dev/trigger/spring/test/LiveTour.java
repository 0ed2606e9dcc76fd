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

package dev.trigger.spring.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.realtime.InputStreamOperations;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.realtime.RunColumn;
import dev.trigger.spring.realtime.RunStreamOperations;
import dev.trigger.spring.realtime.StreamPart;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.session.SessionChannels;
import dev.trigger.spring.session.SessionRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chapters of the tour that follow what happens while it does.
 */
abstract class LiveTour extends RunsTour {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final ParameterizedTypeReference<JsonNode> VALUE = ParameterizedTypeReference
		.forType(JsonNode.class);

	@Test
	void runIsFollowedToItsEnd() {
		RunHandle<?> run = delayed("live");
		List<RealtimeRun> seen = new CopyOnWriteArrayList<>();
		optional("a feed of a run", () -> {
			await(this.trigger.realtime()
				.run(run, RunColumn.PAYLOAD)
				.doOnNext(seen::add)
				.concatMap((state) -> switch (seen.size()) {
					case 1 -> this.trigger.runs()
						.details(run.id())
						.updateMetadata((changes) -> changes.set("step", 1))
						.then();
					case 2 -> this.trigger.runs().cancel(run.id()).then();
					default -> Flux.empty();
				})
				.then());
			assertThat(seen.get(0).status()).isEqualTo(RunStatus.DELAYED);
			assertThat(seen.get(0).tags()).contains(this.server.name("live"));
			assertThat(seen.get(seen.size() - 1).status()).isEqualTo(RunStatus.CANCELED);
			assertThat(seen.get(seen.size() - 1).metadata().path("step").asInt()).isEqualTo(1);
		});
	}

	@Test
	void runsWithATagAndOfABatchAreFollowed() {
		String tag = this.server.name("follow");
		RunHandle<?> first = delayed("follow");
		try {
			optional("a feed of runs", () -> {
				RealtimeRun seen = await(this.trigger.realtime()
					.runs((query) -> query.tags(tag).createdWithin(Duration.ofHours(1)))
					.filter((run) -> run.id().equals(first.id()))
					.next());
				assertThat(seen.tags()).contains(tag);
			});
			optional("a feed of a batch", () -> {
				BatchHandle<?> batch = await(
						this.trigger.tasks().batchTrigger(this.task, List.of(Map.of("n", 1), Map.of("n", 2))).single());
				assertThat(await(this.trigger.realtime()
					.batch(batch.id())
					.filter(RealtimeRun::isFinished)
					.map(RealtimeRun::id)
					.distinct()
					.take(2)
					.collectList())).hasSize(2);
			});
		}
		finally {
			await(this.trigger.runs().cancel(first.id()));
		}
	}

	@Test
	void streamIsWrittenAndRead() {
		RunHandle<?> run = delayed("stream");
		try {
			optional("streams", () -> {
				RunStreamOperations stream = this.trigger.realtime().stream(run.id(), "words");
				assertThat(await(stream.register())).startsWith("v");
				await(stream.append("one"));
				assertThat(await(stream.pipe(Flux.just("two", "three")))).isEqualTo(2);
				assertThat(await(stream.read(String.class, (options) -> options.timeout(SOON))
					.map(StreamPart::value)
					.take(3)
					.collectList())).containsExactly("one", "two", "three");
			});
			optional("input streams", () -> {
				InputStreamOperations input = this.trigger.realtime().input(run.id(), "approval");
				await(input.send(Map.of("approved", true)));
				assertThat(await(input.read(VALUE, (options) -> options.timeout(SOON)).next()).value()).isNotNull();
			});
		}
		finally {
			await(this.trigger.runs().cancel(run.id()));
		}
	}

	@Test
	void channelsOfASession() {
		optional("session channels", () -> {
			String id = this.server.name("channels");
			await(this.trigger.sessions()
				.start((session) -> session.type("tour")
					.taskIdentifier(this.task.id())
					.basePayload(Map.of("hello", "channels"))
					.externalId(id)));
			SessionChannels session = this.trigger.sessions().session(id);
			try {
				assertThat(await(session.out().initialize())).startsWith("v");
				await(session.in().append("question", "part-1"));
				await(session.in().append("question", "part-1"));
				await(session.out().append("answer"));
				assertThat(await(session.in().records())).extracting(SessionRecord::partId).containsExactly("part-1");
				assertThat(await(session.out().read(String.class, (options) -> options.timeout(SOON)).next()).value())
					.isEqualTo("answer");
				optional("transcripts", () -> assertThat(await(session.transcript(null, null))).isNotNull());
				optional("named channels", () -> {
					SessionChannels named = session.channel("side");
					await(named.in().append("aside"));
					assertThat(await(named.in().read(String.class, (options) -> options.timeout(SOON)).next()).value())
						.isEqualTo("aside");
				});
			}
			finally {
				await(this.trigger.sessions().close(id, "done"));
			}
		});
	}

}
