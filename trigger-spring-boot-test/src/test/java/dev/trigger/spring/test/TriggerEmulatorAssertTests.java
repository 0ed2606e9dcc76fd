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

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final TriggerEmulator emulator = TriggerEmulator.start();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of(this.emulator.secretKey("dev")))
		.apiUrl(this.emulator.apiUrl())
		.build();

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
	void messagesListTwentyRuns() {
		Flux.range(1, 25).flatMap((i) -> trigger("user " + i)).blockLast(PATIENCE);
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.emulator).hasTriggered("greet").times(3))
			.satisfies((ex) -> assertThat(ex.getMessage().lines().filter((line) -> line.contains("run_"))).hasSize(20))
			.withMessageEndingWith("and 5 more");
	}

	private Mono<?> trigger(String name) {
		return this.trigger.tasks().trigger(GREET, name, (options) -> options.tags("user:" + name));
	}

}
