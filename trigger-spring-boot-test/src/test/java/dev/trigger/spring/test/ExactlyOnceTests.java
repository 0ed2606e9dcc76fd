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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchException;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.RunFailedException;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is triggered runs once, whatever happens to the responses.
 */
class ExactlyOnceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	private TriggerEmulator emulator;

	private TriggerOperations trigger;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.start().task("square", Integer.class, (number) -> number * number);
		this.trigger = TriggerTemplate.builder(TriggerCredential.of(this.emulator.secretKey("prod")))
			.apiUrl(this.emulator.apiUrl())
			.retry((policy) -> policy.withBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(5)))
			.build();
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@Test
	void lostResponsesMakeNoSecondRun() {
		loseEveryFifthResponse();
		assertThat(trigger(this.trigger, 100)).hasSize(100);
		assertThat(this.emulator.runs()).hasSize(100);
		assertThat(this.emulator.requests("tasks.trigger")).hasSizeGreaterThan(100);
	}

	@Test
	void withoutKeyOfOurOwnLostResponsesAreErrors() {
		TriggerOperations bare = this.trigger.withRetry((policy) -> policy.withAutoIdempotency(false));
		this.emulator.faults().onOperation("tasks.trigger").loseResponse().once();
		assertThatExceptionOfType(TriggerConnectionException.class)
			.isThrownBy(() -> bare.tasks().trigger(TASK, 1).block(PATIENCE));
		assertThat(this.emulator.runs()).hasSize(1);
	}

	@Test
	void eachSubscriptionIsTriggerOfItsOwn() {
		var once = this.trigger.tasks().trigger(TASK, 2);
		assertThat(once.block(PATIENCE).id()).isNotEqualTo(once.block(PATIENCE).id());
		assertThat(this.emulator.runs()).hasSize(2);
	}

	@Test
	void batchWhoseResponsesAreLostRunsOnce() {
		this.emulator.faults().onOperation("batch.create").loseResponse().once();
		this.emulator.faults().onOperation("batch.streamItems").loseResponse().once();
		BatchHandle<Integer> batch = this.trigger.tasks().batchTrigger(TASK, List.of(1, 2, 3)).single().block(PATIENCE);
		assertThat(this.trigger.batches().awaitCompletion(batch.id()).block(PATIENCE).runs()).hasSize(3);
		assertThat(this.emulator.runs()).hasSize(3);
		assertThat(this.emulator.requests("batch.streamItems")).hasSize(2);
	}

	@Test
	void batchThatIsNeverTakenSaysWhere() {
		this.emulator.faults().onOperation("batch.streamItems").status(503);
		assertThatExceptionOfType(BatchException.class)
			.isThrownBy(() -> this.trigger.tasks().batchTrigger(TASK, List.of(1)).blockLast(PATIENCE))
			.satisfies((ex) -> assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.STREAM));
		assertThat(this.emulator).hasTriggeredNothing();
	}

	@Test
	void publisherBecomesBatchesOfThousandAsThereIsDemand() {
		AtomicLong asked = new AtomicLong();
		Flux<Integer> numbers = Flux.range(1, 1_000_000).doOnNext((number) -> asked.incrementAndGet());
		StepVerifier.create(this.trigger.tasks().batchTrigger(TASK, numbers), 2)
			.assertNext((batch) -> assertThat(batch.runCount()).isEqualTo(1000))
			.assertNext((batch) -> assertThat(batch.runCount()).isEqualTo(1000))
			.thenCancel()
			.verify(PATIENCE);
		assertThat(asked).hasValueLessThanOrEqualTo(4000);
		List<Integer> counts = this.trigger.tasks()
			.batchTrigger(TASK, Flux.range(1, 1200))
			.map(BatchHandle::runCount)
			.collectList()
			.block(PATIENCE);
		assertThat(counts).containsExactly(1000, 200);
	}

	@Test
	void outputIsThatOfTheRun() {
		RunHandle<Integer> run = this.trigger.tasks().trigger(TASK, 7).block(PATIENCE);
		assertThat(this.trigger.runs().awaitOutput(run).block(PATIENCE)).isEqualTo(49);
	}

	@Test
	void runThatFailsIsErrorWithItsRun() {
		this.emulator.task("fails", Integer.class, (number) -> {
			throw new IllegalStateException("on purpose");
		});
		RunHandle<Integer> run = this.trigger.tasks()
			.trigger(TaskType.of("fails", Integer.class, Integer.class), 1)
			.block(PATIENCE);
		assertThatExceptionOfType(RunFailedException.class)
			.isThrownBy(() -> this.trigger.runs().awaitOutput(run).block(PATIENCE))
			.withMessageContaining("on purpose")
			.satisfies((ex) -> assertThat(ex.getRun().status()).isEqualTo(RunStatus.FAILED));
	}

	@Test
	void waitingHasItsLimit() {
		RunHandle<Integer> run = this.trigger.tasks()
			.trigger(TASK, 7, (options) -> options.delay(Duration.ofHours(1)))
			.block(PATIENCE);
		Polling polling = Polling.defaults().every(Duration.ofMillis(10)).withTimeout(Duration.ofMillis(200));
		assertThatExceptionOfType(TriggerTimeoutException.class)
			.isThrownBy(() -> this.trigger.runs().awaitOutput(run, polling).block(PATIENCE))
			.withMessageContaining(run.id());
		assertThat(this.emulator.run(run.id()).status()).isEqualTo("DELAYED");
	}

	private void loseEveryFifthResponse() {
		for (int lost = 0; lost < 20; lost++) {
			this.emulator.faults().onOperation("tasks.trigger").loseResponse().after(lost * 5).once();
		}
	}

	private static List<String> trigger(TriggerOperations trigger, int times) {
		List<String> runs = new ArrayList<>();
		for (int number = 0; number < times; number++) {
			runs.add(trigger.tasks().trigger(TASK, number).block(PATIENCE).id());
		}
		return runs.stream().distinct().toList();
	}

}
