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

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.trigger.emulator.Faults;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunSummary;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a lost response makes no second run, and that whoever stops waiting stops
 * the work.
 */
class LostResponseTests {

	/**
	 * Servers destroy connections that want to be upgraded to HTTP/2.
	 */
	private static final HttpClient HTTP_1_1 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final TaskType<Integer, Object> HELLO = TaskType.of("hello", Integer.class, Object.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private TriggerEmulator emulator;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.start();
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@Test
	void hundredTriggersMakeHundredRunsThoughEveryFifthResponseIsLost() {
		triggerHundred(template().build());
	}

	@Test
	void hundredTriggersMakeHundredRunsWithTheJdkConnectorToo() {
		triggerHundred(template(new JdkClientHttpConnector(HTTP_1_1)).build());
	}

	private void triggerHundred(TriggerOperations trigger) {
		Faults.Rule lost = this.emulator.faults().onOperation("tasks.trigger").loseResponse().randomly(20, 5);
		List<String> ids = Flux.range(0, 100)
			.flatMap((i) -> trigger.tasks().trigger(HELLO, i), 10)
			.map(RunHandle::id)
			.collectList()
			.block(PATIENCE);
		assertThat(lost.count()).isGreaterThan(10);
		assertThat(this.emulator.runs()).hasSize(100);
		assertThat(ids).doesNotHaveDuplicates().hasSize(100);
	}

	@Test
	void withoutKeyOfOurOwnLostResponsesMakeFurtherRuns() {
		this.emulator.faults().onOperation("tasks.trigger").loseResponse().randomly(20, 5);
		TriggerOperations trigger = template()
			.retry((policy) -> policy.withAutoIdempotency(false).withRepeatUnsafe(true))
			.build();
		Flux.range(0, 100).flatMap((i) -> trigger.tasks().trigger(HELLO, i), 10).blockLast(PATIENCE);
		assertThat(this.emulator.runs()).hasSizeGreaterThan(110);
	}

	@Test
	void replayWhoseResponseIsLostIsReportedAndNotRepeated() {
		TriggerOperations trigger = template().build();
		String run = trigger.tasks().trigger(HELLO, 1).map(RunHandle::id).block(PATIENCE);
		this.emulator.faults().onOperation("runs.replay").loseResponse().once();
		StepVerifier.create(trigger.runs().replay(run)).expectError(TriggerConnectionException.class).verify(PATIENCE);
		assertThat(this.emulator.requests("runs.replay")).hasSize(1);
		assertThat(this.emulator.runs()).hasSize(2);
	}

	@Test
	void batchesWithFaultsMakeEachRunOnce() {
		this.emulator.faults().onOperation("batch.streamItems").loseResponse().randomly(40, 7);
		this.emulator.faults().onOperation("batch.create").loseResponse().randomly(40, 8);
		TriggerOperations trigger = template().retry((policy) -> policy.withMaxAttempts(12)).build();
		Flux<BatchItem> items = Flux.range(0, 3500).map((i) -> BatchItem.of("hello", i));
		Flux.from(trigger.batches().triggerAll(items, BatchOptions.none())).blockLast(PATIENCE);
		assertThat(this.emulator.runs().stream().map((run) -> run.payload().asInt()))
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, 3500).boxed().toList());
	}

	@Test
	void cancelledTriggerIsNotTriedAgain() {
		this.emulator.faults().onOperation("tasks.trigger").status(503);
		TriggerOperations trigger = template()
			.retry((policy) -> policy.withBackoff(Duration.ofMillis(200), 1, Duration.ofMillis(200)))
			.build();
		StepVerifier.create(trigger.tasks().trigger(HELLO, 1)).thenAwait(Duration.ofMillis(100)).thenCancel().verify();
		int sent = this.emulator.requests("tasks.trigger").size();
		Mono.delay(Duration.ofMillis(500)).block();
		assertThat(this.emulator.requests("tasks.trigger")).hasSize(sent);
		assertThat(sent).isLessThanOrEqualTo(1);
	}

	@Test
	void cancelledListAsksForNoFurtherPage() {
		TriggerOperations trigger = template().build();
		Flux.range(0, 60).flatMap((i) -> trigger.tasks().trigger(HELLO, i), 10).blockLast(PATIENCE);
		Flux<RunSummary> runs = trigger.runs().list((query) -> query.size(10));
		assertThat(runs.take(15).collectList().block(PATIENCE)).hasSize(15);
		assertThat(this.emulator.requests("runs.list")).hasSize(2);
	}

	@Test
	void callerWhoGivesUpFreesTheConnection() {
		try (FaultRig rig = new FaultRig()) {
			rig.emulator().faults().onOperation("runs.list").hang();
			for (int i = 0; i < 20; i++) {
				StepVerifier.create(rig.client().runs().list(RunQuery.all()).timeout(Duration.ofMillis(50)))
					.expectError()
					.verify(PATIENCE);
			}
			assertThat(rig.awaitConnections()).isZero();
		}
	}

	private TriggerTemplateBuilder template() {
		return TriggerTemplate.builder(TriggerCredential.of(this.emulator.secretKey("prod")))
			.apiUrl(this.emulator.apiUrl())
			// with five attempts, one of a hundred calls may well lose all five responses
			.retry((policy) -> policy.withMaxAttempts(12).withBackoff(Duration.ofMillis(5), 1, Duration.ofMillis(5)));
	}

	private TriggerTemplateBuilder template(ClientHttpConnector connector) {
		return template().webClientBuilder(WebClient.builder().clientConnector(connector));
	}

}
