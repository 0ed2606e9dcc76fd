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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.trigger.emulator.TaskContext;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.realtime.StreamPart;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs and streams that are followed through what networks and servers do: the final
 * state comes, no part is lost or repeated, nothing hangs, no connection stays open.
 */
class LiveFaultTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<String> PARTS = IntStream.rangeClosed(1, 20).mapToObj((i) -> "part " + i).toList();

	private static final Map<String, Map<String, String>> table = new LinkedHashMap<>();

	private static final BlockingQueue<Integer> steps = new LinkedBlockingQueue<>();

	private static TriggerEmulator emulator;

	private static Cable cable;

	private static TrackedConnections connections;

	private static TriggerTemplate trigger;

	@BeforeAll
	static void start() {
		emulator = TriggerEmulator.builder()
			.realtimeHold(Duration.ofMillis(600))
			.rateLimit(100_000, 100_000, Duration.ofSeconds(10))
			.start()
			.task("work", JsonNode.class, LiveFaultTests::work);
		cable = new Cable(emulator.port());
		connections = new TrackedConnections(100);
		trigger = TriggerTemplate.builder(TriggerCredential.of(emulator.secretKey("prod")))
			.apiUrl("http://127.0.0.1:" + cable.port())
			.webClientBuilder(WebClient.builder().clientConnector(connections.connector(Duration.ofSeconds(30))))
			.realtime((live) -> live.withMaxFeeds(20).withSilenceTimeout(Duration.ofMillis(1_500)))
			.build();
	}

	/**
	 * Write parts and metadata, as fast as the test lets it.
	 */
	private static Object work(JsonNode payload, TaskContext context) throws InterruptedException {
		for (int i = 1; i <= PARTS.size(); i++) {
			if (i == 5 || i == 15) {
				steps.take();
			}
			context.metadata().set("step", i);
			context.stream("parts").append("part " + i);
		}
		return "done";
	}

	@AfterAll
	static void stop() throws Exception {
		StringBuilder text = new StringBuilder("| fault | run | runs of a tag | batch | stream | wait by push |\n");
		text.append("|---|---|---|---|---|---|\n");
		table.forEach((fault, cells) -> text.append("| ")
			.append(fault)
			.append(" | ")
			.append(String.join(" | ", cells.values()))
			.append(" |\n"));
		System.out.print(text);
		trigger.close();
		connections.close();
		cable.close();
		emulator.close();
	}

	static Stream<LiveFault> faults() {
		return LiveFault.all().stream();
	}

	@ParameterizedTest
	@MethodSource("faults")
	void whatIsFollowedIsFollowedToItsEnd(LiveFault fault) throws Exception {
		emulator.faults().clear();
		steps.clear();
		String tag = "followed-" + table.size();
		BatchHandle<Object> batch = trigger.batches()
			.trigger(List.of(BatchItem.of("work", Map.of()).with((options) -> options.tags(tag))), BatchOptions.none())
			.block(PATIENCE);
		String runId = emulator.runs("work").get(emulator.runs("work").size() - 1).id();
		CountDownLatch begun = new CountDownLatch(4);
		Mono<List<RunStatus>> run = states(trigger.realtime().run(runId), begun, false);
		Mono<List<RunStatus>> runs = states(trigger.realtime().runs((query) -> query.tags(tag)), begun, true);
		Mono<List<RunStatus>> ofBatch = states(trigger.realtime().batch(batch.id()), begun, true);
		Mono<List<String>> parts = trigger.realtime()
			.stream(runId, "parts", String.class)
			.map(StreamPart::value)
			.doOnNext((part) -> begun.countDown())
			.collectList()
			.map(List::copyOf);
		Mono<Run> wait = trigger.runs().awaitCompletion(runId);
		var followed = Mono.zip(run, runs, ofBatch, parts, wait).toFuture();
		assertThat(begun.await(30, TimeUnit.SECONDS)).as("all follow").isTrue();
		fault.happening().happen(emulator, cable);
		steps.add(5);
		steps.add(15);
		var seen = followed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		assertThat(seen.getT1()).endsWith(RunStatus.COMPLETED).doesNotHaveDuplicates();
		assertThat(seen.getT2()).endsWith(RunStatus.COMPLETED);
		assertThat(seen.getT3()).endsWith(RunStatus.COMPLETED);
		assertThat(seen.getT4()).isEqualTo(PARTS);
		assertThat(seen.getT5().status()).isEqualTo(RunStatus.COMPLETED);
		assertThat(connections.await()).as("connections in use").isZero();
		Map<String, String> cells = new LinkedHashMap<>();
		for (String feature : List.of("run", "runs", "batch")) {
			cells.put(feature, "ok");
		}
		cells.put("stream", fault.feedsOnly() ? "" : "all parts once");
		cells.put("wait", "ok");
		table.put(fault.name(), cells);
	}

	/**
	 * The statuses that a run went through, as far as they were seen.
	 */
	private static Mono<List<RunStatus>> states(Flux<RealtimeRun> feed, CountDownLatch begun, boolean endless) {
		List<RunStatus> seen = new ArrayList<>();
		Flux<RealtimeRun> states = endless ? feed.takeUntil(RealtimeRun::isFinished) : feed;
		return states.doOnNext((state) -> {
			if (seen.isEmpty()) {
				begun.countDown();
			}
			if (seen.isEmpty() || !seen.get(seen.size() - 1).equals(state.status())) {
				seen.add(state.status());
			}
		}).then(Mono.fromSupplier(() -> seen));
	}

	@Test
	void sleeperGetsTheNewestOfTenThousandChanges() {
		emulator.faults().clear();
		emulator.task("busy", JsonNode.class, (payload, context) -> {
			steps.take();
			for (int i = 1; i <= 10_000; i++) {
				context.metadata().set("step", i);
			}
			return "done";
		});
		steps.clear();
		RunHandle<?> handle = trigger.tasks()
			.trigger(TaskType.of("busy", Map.class, String.class), Map.of())
			.block(PATIENCE);
		List<Integer> seen = new ArrayList<>();
		trigger.realtime().run(handle).concatMap((run) -> {
			seen.add((run.metadata() != null) ? run.metadata().path("step").asInt(0) : 0);
			if (seen.size() > 1) {
				return Mono.just(run);
			}
			steps.add(1);
			// asleep until the run is over
			return Mono.fromRunnable(() -> emulator.awaitRun(handle.id())).subscribeOn(Schedulers.boundedElastic());
		}, 1).blockLast(PATIENCE);
		assertThat(seen).hasSizeLessThan(10);
		assertThat(seen.get(seen.size() - 1)).isEqualTo(10_000);
		assertThat(connections.await()).isZero();
	}

}
