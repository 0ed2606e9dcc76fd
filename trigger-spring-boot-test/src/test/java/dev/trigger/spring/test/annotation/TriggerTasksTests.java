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

package dev.trigger.spring.test.annotation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.Faults;
import dev.trigger.emulator.RecordedRequest;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.batch.BatchException;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.batch.ItemsFailedException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.exception.UnprocessableEntityException;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.test.annotation.app.BlockingTasks;
import dev.trigger.spring.test.annotation.app.Digest;
import dev.trigger.spring.test.annotation.app.EmailTasks;
import dev.trigger.spring.test.annotation.app.Hidden;
import dev.trigger.spring.test.annotation.app.Image;
import dev.trigger.spring.test.annotation.app.Receipt;
import dev.trigger.spring.test.annotation.app.TasksApplication;
import dev.trigger.spring.test.annotation.app.Welcome;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for what the methods of {@code @TriggerTasks} interfaces do, as an application
 * uses them.
 */
@SpringBootTest(classes = TasksApplication.class, properties = "app.tag=weekly")
@AutoConfigureTriggerEmulator
class TriggerTasksTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Welcome ADA = new Welcome("1", "ada@example.com");

	@Autowired
	private TriggerEmulator emulator;

	@Autowired
	private TriggerOperations trigger;

	@Autowired
	private EmailTasks tasks;

	@Autowired
	private BlockingTasks blocking;

	@Autowired
	private Hidden hidden;

	@Test
	void handleOfRunIsReturnedAndLeadsToItsOutput() {
		RunHandle<Receipt> handle = this.tasks.sendWelcome(ADA, null).block(PATIENCE);
		assertThat(handle.outputType()).isEqualTo(Receipt.class);
		assertThat(this.emulator).hasTriggered("send-welcome").withPayload(ADA).once();
		assertThat(this.trigger.runs().awaitOutput(handle).block(PATIENCE))
			.isEqualTo(new Receipt("sent to ada@example.com"));
	}

	@Test
	void nothingIsSentBeforeSubscriptionAndEachIsCallOfItsOwn() {
		Mono<RunHandle<Receipt>> call = this.tasks.sendWelcome(ADA, TriggerOptions.none());
		assertThat(this.emulator).hasTriggeredNothing();
		call.block(PATIENCE);
		call.block(PATIENCE);
		assertThat(this.emulator).hasTriggered("send-welcome").times(2);
	}

	@Test
	void outputIsAwaited() {
		StepVerifier.create(this.tasks.digestAndAwait(new Digest.Request("four")))
			.expectNext(new Digest(4))
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void awaitingGivesUpAfterTimeout() {
		StepVerifier.create(this.tasks.cleanUpSoon((options) -> options.delay(Duration.ofHours(1))))
			.expectError(TriggerTimeoutException.class)
			.verify(PATIENCE);
	}

	@Test
	void monoOfNothingOnlyTriggers() {
		StepVerifier.create(this.tasks.cleanUp()).expectComplete().verify(PATIENCE);
		assertThat(this.emulator).hasTriggered("clean-up").withPayload(null).once();
		assertThat(this.emulator.requests("runs.retrieve")).isEmpty();
	}

	@Test
	void defaultMethodsCallTheOthers() {
		this.tasks.welcome("7").block(PATIENCE);
		assertThat(this.emulator).hasTriggered("send-welcome")
			.withPayload(new Welcome("7", "7@example.com"))
			.withTag("user:7")
			.once();
	}

	@Test
	void typesOfSuperinterfaceAreResolved() {
		assertThat(this.hidden.greeting()).isEqualTo("hidden");
		assertThat(this.hidden.trigger(ADA).block(PATIENCE).outputType()).isEqualTo(Receipt.class);
		assertThat(this.hidden.await(ADA).block(PATIENCE)).isEqualTo(new Receipt("sent to ada@example.com"));
	}

	@Test
	void fluxOfHandlesIsBatch() {
		List<RunHandle<Void>> handles = this.tasks.resize(Flux.just(new Image("a"), new Image("b")))
			.collectList()
			.block(PATIENCE);
		List<EmulatedRun> runs = assertThat(this.emulator).hasTriggered("resize").times(2).runs();
		assertThat(handles).extracting(RunHandle::id)
			.containsExactlyInAnyOrderElementsOf(runs.stream().map(EmulatedRun::id).toList());
		assertThat(handles).extracting(RunHandle::outputType).containsOnly(Void.class);
		assertThat(runs).extracting(EmulatedRun::batchId).doesNotContainNull().hasSize(2);
		assertThat(this.emulator.requests("batch.create")).hasSize(1);
	}

	@Test
	void handlesAreToldOnceAllRunsAreMade() {
		Faults.Rule early = this.emulator.faults()
			.onOperation("batch.retrieve")
			.status(200, "application/json",
					"{\"id\":\"batch_1\",\"status\":\"PENDING\",\"runCount\":2,\"runs\":[\"run_early\"]}")
			.once();
		StepVerifier.create(this.tasks.resize(Flux.just(new Image("a"), new Image("b"))).map(RunHandle::id))
			.recordWith(ArrayList::new)
			.expectNextCount(2)
			.consumeRecordedWith((ids) -> assertThat(ids).doesNotContain("run_early"))
			.expectComplete()
			.verify(PATIENCE);
		assertThat(early.count()).isOne();
	}

	@Test
	void batchesAskForPayloadsAsTheyAreMade() {
		AtomicLong asked = new AtomicLong();
		Flux<Image> images = Flux.range(0, 10_000)
			.map((number) -> new Image("image " + number))
			.doOnRequest(asked::addAndGet);
		StepVerifier.create(this.tasks.resizeInBatches(images, BatchOptions.none()), 1)
			.assertNext((batch) -> assertThat(batch.runCount()).isEqualTo(1000))
			.thenCancel()
			.verify(PATIENCE);
		assertThat(asked).hasValueLessThanOrEqualTo(3000);
		assertThat(this.emulator.requests("batch.create")).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void batchOptionsAreForTheBatch() {
		BatchOptions options = BatchOptions.of((batch) -> batch.idempotencyKey("nightly"));
		this.tasks.resizeInBatches(Flux.just(new Image("a")), options).blockLast(PATIENCE);
		assertThat(this.emulator.requests("batch.create")).singleElement()
			.extracting(RecordedRequest::body, as(InstanceOfAssertFactories.STRING))
			.contains(IdempotencyKey.of("nightly").value());
	}

	@Test
	void eachItemOfBatchHasOptionsAndKeyOfItsOwn() {
		BatchHandle<String> batch = this.tasks
			.resizeAll(List.of(new Image("a"), new Image("b"), new Image("a")),
					(options) -> options.machine(MachinePreset.MICRO))
			.block(PATIENCE);
		assertThat(batch.runCount()).isEqualTo(3);
		assertThat(batch.outputType()).isEqualTo(String.class);
		List<EmulatedRun> runs = assertThat(this.emulator).hasTriggered("resize")
			.times(2)
			.withTag("all")
			.withOption("machine", "micro")
			.runs();
		assertThat(runs).extracting(EmulatedRun::idempotencyKey)
			.containsExactlyInAnyOrder(IdempotencyKey.of("a").value(), IdempotencyKey.of("b").value());
	}

	@Test
	void itemsWithoutRunAreTold() {
		BatchHandle<String> batch = this.tasks.resizeAll(List.of(new Image("a"), new Image("b")), (options) -> {
		}).block(PATIENCE);
		this.emulator.faults()
			.onOperation("batch.retrieve")
			.status(200, "application/json",
					"""
							{"id": "%s", "status": "ABORTED", "createdAt": "2026-11-24T04:00:00.000Z",
							"updatedAt": "2026-11-24T04:00:01.000Z", "processingCompletedAt": "2026-11-24T04:00:01.000Z", "runCount": 2,
							"runs": [], "processing": {"completedAt": "2026-11-24T04:00:01.000Z", "errors": [
							{"index": 0, "taskIdentifier": "resize", "error": "full", "errorCode": "QUEUE_SIZE_LIMIT_EXCEEDED"},
							{"index": 1, "taskIdentifier": "resize", "error": "full", "errorCode": "QUEUE_SIZE_LIMIT_EXCEEDED"}]}}
							"""
						.formatted(batch.id()));
		StepVerifier.create(this.trigger.batches().runs(batch))
			.expectErrorSatisfies((error) -> assertThat(error)
				.isInstanceOfSatisfying(BatchException.class,
						(failure) -> assertThat(failure.getPhase()).isEqualTo(BatchException.Phase.RUNS))
				.cause()
				.isInstanceOfSatisfying(ItemsFailedException.class,
						(failure) -> assertThat(failure.getErrors()).hasSize(2)))
			.verify(PATIENCE);
	}

	@Test
	void itemsThatAreRefusedAreFailedRuns() {
		BatchHandle<String> batch = this.tasks
			.resizeAll(List.of(new Image("a"), new Image("b")), (options) -> options.version("20990101.1"))
			.block(PATIENCE);
		assertThat(this.trigger.batches().runs(batch).collectList().block(PATIENCE)).hasSize(2)
			.allMatch((run) -> this.emulator.run(run.id()).status().equals("SYSTEM_FAILURE"));
	}

	@Test
	void annotationSaysWhatArgumentDoesNot() {
		this.tasks.report(ADA, TriggerOptions.of((options) -> options.ttl("5m").tag("kind:other"))).block(PATIENCE);
		assertThat(this.emulator).hasTriggered("report")
			.once()
			.withOption("ttl", "5m")
			.withOption("tags", "kind:other")
			.withOption("queue", Map.of("name", "reports"))
			.withOption("machine", "small-2x")
			.withOption("idempotencyKeyTTL", "90m")
			.withIdempotencyKey(IdempotencyKey.of("report", "1", "ada@example.com").value());
	}

	@Test
	void annotationAloneHasPlaceholders() {
		this.tasks.report(ADA, TriggerOptions.none()).block(PATIENCE);
		assertThat(this.emulator).hasTriggered("report")
			.once()
			.withOption("ttl", 600)
			.withTag("kind:report")
			.withTag("weekly");
	}

	@Test
	void sameKeyIsSameRun() {
		RunHandle<List<String>> first = this.tasks.report(ADA, TriggerOptions.none()).block(PATIENCE);
		RunHandle<List<String>> second = this.tasks.report(ADA, TriggerOptions.none()).block(PATIENCE);
		RunHandle<List<String>> other = this.tasks.report(new Welcome("2", "ada@example.com"), TriggerOptions.none())
			.block(PATIENCE);
		assertThat(second.id()).isEqualTo(first.id());
		assertThat(second.isCached()).isTrue();
		assertThat(other.id()).isNotEqualTo(first.id());
		assertThat(this.emulator).hasTriggered("report").times(2);
	}

	@Test
	void keyOfArgumentGoesBeforeExpression() {
		this.tasks.report(ADA, TriggerOptions.of((options) -> options.idempotencyKey("mine"))).block(PATIENCE);
		assertThat(this.emulator).hasTriggered("report").once().withIdempotencyKey(IdempotencyKey.of("mine").value());
	}

	@Test
	void keyWithEmptyPartIsRefusedBeforeAnythingIsSent() {
		StepVerifier.create(this.tasks.report(new Welcome("", "ada@example.com"), TriggerOptions.none()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("EmailTasks.report(Welcome, TriggerOptions) has an empty part"))
			.verify(PATIENCE);
		assertThat(this.emulator.requests()).isEmpty();
	}

	@Test
	void missingSourceOfBatchIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.blocking.resize(null))
			.withMessageContaining("must not be null");
	}

	@Test
	void plainTypesBlock() {
		this.blocking.welcome(ADA);
		assertThat(this.blocking.trigger(ADA).outputType()).isEqualTo(Receipt.class);
		assertThat(this.blocking.await(ADA)).isEqualTo(new Receipt("sent to ada@example.com"));
		assertThat(this.emulator).hasTriggered("send-welcome").times(3);
	}

	@Test
	void missingOutputIsEmptyOptionalAndNoPrimitive() {
		assertThat(this.blocking.cleanUp()).isEqualTo(Optional.empty());
		assertThatIllegalStateException().isThrownBy(this.blocking::count)
			.withMessageContaining("BlockingTasks.count() returns a primitive");
	}

	@Test
	void listsOfHandlesBlockForBatches() {
		assertThat(this.blocking.resize(List.of(new Image("a"), new Image("b")))).hasSize(2);
		assertThat(this.blocking.batch(List.of(new Image("c"))).runCount()).isOne();
		assertThat(this.emulator).hasTriggered("resize").times(3);
	}

	@Test
	void blockingIsRefusedOnThreadThatMustNotBlock() {
		Mono<Receipt> call = Mono.fromCallable(() -> this.blocking.await(ADA));
		StepVerifier.create(call.subscribeOn(Schedulers.parallel()))
			.expectErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("BlockingTasks.await(Welcome) blocks")
				.hasMessageContaining("parallel-")
				.hasMessageContaining("Schedulers.boundedElastic()"))
			.verify(PATIENCE);
		assertThat(this.emulator).hasTriggeredNothing();
		StepVerifier.create(call.subscribeOn(Schedulers.boundedElastic()))
			.expectNextCount(1)
			.expectComplete()
			.verify(PATIENCE);
	}

	@Test
	void failuresOfCallsComeThrough() {
		this.emulator.faults().onOperation("tasks.trigger").status(422).once();
		assertThatExceptionOfType(UnprocessableEntityException.class).isThrownBy(() -> this.blocking.welcome(ADA));
	}

	@Test
	void objectsOfInterfacesAreObjects() {
		assertThat(this.tasks).isEqualTo(this.tasks).isNotEqualTo(this.blocking).hasSameHashCodeAs(this.tasks);
		assertThat(this.tasks).hasToString("Tasks of " + EmailTasks.class.getName());
	}

}
