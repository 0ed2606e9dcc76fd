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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TaskOutcomes;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TriggerEmulatorAssert} and {@link TriggeredAssert}.
 */
class TriggerEmulatorAssertTests {

	private static final TaskType<String, String> GREET = TaskType.of("greet", String.class, String.class);

	private static final TaskType<String, String> BYE = TaskType.of("bye", String.class, String.class);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TriggerEmulator emulator = TriggerEmulator.start();

	private final TriggerOperations trigger = operations(this.emulator);

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void triggerInTheBackgroundIsAwaited() {
		trigger("Ada").delaySubscription(Duration.ofMillis(300)).subscribe();
		assertThat(this.emulator).hasTriggered("greet").withTag("user:Ada").once();
	}

	@Test
	void conditionsAndCountsAreAwaitedToo() {
		trigger("Ada").block(PATIENCE);
		trigger("Bob").delaySubscription(Duration.ofMillis(300)).subscribe();
		assertThat(this.emulator).hasTriggered("greet").times(2);
		trigger("Cid").delaySubscription(Duration.ofMillis(300)).subscribe();
		assertThat(this.emulator).hasTriggered("greet").withPayload("Cid").once();
	}

	@Test
	void timeoutIsThatOfTheTest() {
		long start = System.nanoTime();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).within(Duration.ofMillis(200)).hasTriggered("greet"))
			.withMessage("Expected task greet to be triggered within 0.2s but nothing was triggered");
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(200),
				Duration.ofSeconds(4));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).within(Duration.ZERO).hasTriggered("greet"))
			.withMessage("Expected task greet to be triggered but nothing was triggered");
	}

	@Test
	void moreThanExpectedFailAtOnce() {
		trigger("Ada").then(trigger("Bob")).block(PATIENCE);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).hasTriggered("greet").once())
			.withMessageStartingWith("Expected task greet to be triggered 1 times within 5s but was 2 times");
	}

	@Test
	void whatMustNotHappenIsCheckedAtOnceOrWhenSettled() {
		trigger("Ada").delaySubscription(Duration.ofMillis(150)).subscribe();
		assertThat(this.emulator).hasNotTriggered("greet").hasTriggeredNothing();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).settled(Duration.ofSeconds(1)).hasNotTriggered("greet"))
			.withMessageStartingWith("Expected task greet not to be triggered but was:");
		assertThat(this.emulator).hasNotTriggered("greet", (run) -> run.tags().contains("user:Bob"));
	}

	@Test
	void requestsThatGoOnAreNotSettled() {
		Mono<Void> request = this.trigger.schedules().list().then();
		request.block(PATIENCE);
		Disposable requests = request.delaySubscription(Duration.ofMillis(20)).repeat().subscribe();
		try {
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(
						() -> assertThat(this.emulator).within(Duration.ofMillis(200)).settled(Duration.ofSeconds(2)))
				.withMessageContaining("went on arriving");
		}
		finally {
			requests.dispose();
		}
		assertThat(this.emulator).within(PATIENCE).settled();
	}

	@Test
	void whatFollowsTheEndOfARunIsAwaited() {
		this.emulator.task("greet", String.class, (name) -> {
			Thread.sleep(900);
			return "Hello " + name;
		});
		this.trigger.tasks()
			.trigger(GREET, "Ada")
			.flatMap(this.trigger.runs()::awaitOutput)
			.delayElement(Duration.ofMillis(100))
			.flatMap((greeting) -> this.trigger.tasks().trigger(BYE, greeting))
			.subscribe();
		assertThat(this.emulator).hasTriggered("greet").once();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).settled(Duration.ofMillis(600)).hasNotTriggered("bye"))
			.withMessageStartingWith("Expected task bye not to be triggered but was:");
	}

	@Test
	void runsAreAwaitedForTheTimeOfTheAssertion() {
		CountDownLatch end = new CountDownLatch(1);
		try (TriggerEmulator impatient = TriggerEmulator.builder().patience(Duration.ofMillis(50)).start()) {
			impatient.task("greet", String.class, (name) -> end.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
			operations(impatient).tasks().trigger(GREET, "Ada").block(PATIENCE);
			Duration quietTime = Duration.ofMillis(100);
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> assertThat(impatient).within(Duration.ZERO).settled(quietTime))
				.withMessageStartingWith("Expected no run to execute for PT0.1S but there are some after PT0S:")
				.withMessageContaining("EXECUTING");
			Mono.delay(Duration.ofMillis(300)).subscribe((tick) -> end.countDown());
			assertThat(impatient).within(PATIENCE).settled(quietTime).hasTriggered("greet").withStatus("COMPLETED");
		}
	}

	@Test
	void messagesListTwentyRuns() {
		Flux.range(1, 25).flatMap((i) -> trigger("user " + i)).blockLast(PATIENCE);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).hasTriggered("greet").times(3))
			.satisfies((ex) -> assertThat(ex.getMessage().lines().filter((line) -> line.contains("run_"))).hasSize(20))
			.withMessageEndingWith("and 5 more");
	}

	@Test
	void neverEndsAChainOfConditions() {
		trigger("Ada").block(PATIENCE);
		assertThat(this.emulator).runsOf("other").never();
		assertThat(this.emulator).runsOf("greet").withTag("user:Bob").never();
		assertThat(this.emulator).runsOf("greet").withTag("user:Ada").once();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).runsOf("greet").withTag("user:Ada").never())
			.withMessageStartingWith("Expected task greet to be triggered with tag user:Ada never but was 1 times:");
	}

	@Test
	void runsAreFoundByWhatBecameOfThem() {
		this.emulator.task("greet", String.class, (name, context) -> {
			context.metadata().set("name", name);
			throw TaskOutcomes.aborted("no greeting for " + name);
		});
		trigger("Ada").block(PATIENCE);
		assertThat(this.emulator).hasTriggered("greet")
			.withStatus("FAILED")
			.withErrorContaining("for Ada")
			.withMetadata("name", "Ada")
			.inQueue("task/greet")
			.once();
		EmulatedRun run = this.emulator.runs().get(0);
		assertThat(run).isFailed()
			.hasErrorContaining("no greeting")
			.hasMetadata("name", "Ada")
			.isInQueue("task/greet")
			.hasChildren(0)
			.hasAttempts(1)
			.hasPayloadSatisfying(String.class, (name) -> assertThat(name).isEqualTo("Ada"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(run).hasErrorContaining("Bob"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(run).hasMetadata("name", "Bob"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(run).isInQueue("other"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(run).isChildOf(run));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertThat(run).hasChildren(1));
	}

	@Test
	void ordersAndRequestsAreAwaited() {
		trigger("Ada").then(this.trigger.tasks().trigger(BYE, "Ada"))
			.delaySubscription(Duration.ofMillis(200))
			.subscribe();
		assertThat(this.emulator).hasTriggeredInOrder("greet", "bye").hasReceived("tasks.trigger", 2);
		TriggerEmulatorAssert impatient = assertThat(this.emulator).within(Duration.ZERO);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> impatient.hasTriggeredInOrder("bye", "greet"))
			.withMessageContaining("[greet, bye]");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> impatient.hasReceived("tasks.trigger", 1))
			.withMessageContaining("there were 2");
	}

	private static TriggerOperations operations(TriggerEmulator emulator) {
		return TriggerTemplate.builder(TriggerCredential.of(emulator.secretKey("dev")))
			.apiUrl(emulator.apiUrl())
			.build();
	}

	private Mono<?> trigger(String name) {
		return this.trigger.tasks().trigger(GREET, name, (options) -> options.tags("user:" + name));
	}

}
