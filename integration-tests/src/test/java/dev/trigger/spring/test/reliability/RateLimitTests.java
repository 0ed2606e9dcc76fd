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
import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.RecordedRequest;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchException;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests how the client lives with the rate limit: a bucket of 750 which gets 250 more in
 * each interval, as the real one. The interval is a second instead of ten.
 */
class RateLimitTests {

	private static final TaskType<String, Object> HELLO = TaskType.of("hello", String.class, Object.class);

	private static final int CALLS = 2000;

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration PATIENCE = Duration.ofMinutes(1);

	@ParameterizedTest
	@ValueSource(ints = { 64, 400 })
	void callsUseTheWholeBucketWithoutBeingRefused(int concurrency) {
		try (TriggerEmulator emulator = emulator()) {
			TriggerOperations trigger = client(emulator, emulator.secretKey("prod"));
			String run = run(trigger);
			Instant start = Instant.now();
			Long succeeded = Flux.range(0, CALLS)
				.flatMap((i) -> trigger.runs().retrieve(run), concurrency)
				.count()
				.block(PATIENCE);
			Duration time = Duration.between(start, Instant.now());
			long refused = emulator.requests("runs.retrieve").stream().filter(RateLimitTests::isRefused).count();
			System.out.printf("%d calls, %d at once: %d responses of 429, %d ms%n", CALLS, concurrency, refused,
					time.toMillis());
			assertThat(succeeded).isEqualTo(CALLS);
			assertThat(refused).isLessThanOrEqualTo(CALLS / 100);
		}
	}

	@Test
	void clientsWithDifferentCredentialsDoNotHoldEachOtherUp() {
		try (TriggerEmulator emulator = TriggerEmulator.builder().rateLimit(5, 5, Duration.ofSeconds(10)).start()) {
			TriggerOperations busy = client(emulator, emulator.secretKey("prod"));
			TriggerOperations other = busy.withCredential(TriggerCredential.of(emulator.secretKey("staging")));
			String run = run(busy);
			Flux.range(0, 4).concatMap((i) -> busy.runs().retrieve(run)).blockLast(PATIENCE);
			Disposable waiting = busy.runs().retrieve(run).subscribe();
			Instant start = Instant.now();
			run(other);
			assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
			assertThat(waiting.isDisposed()).isFalse();
			waiting.dispose();
		}
	}

	@Test
	void limitThatOutlastsTheAttemptsSurfacesWithItsReset() {
		try (TriggerEmulator emulator = emulator()) {
			Instant reset = emulator.now().plusSeconds(60);
			emulator.faults().onAnyOperation().rateLimitedUntil(reset);
			TriggerOperations trigger = client(emulator, emulator.secretKey("prod"))
				.withRetry((policy) -> policy.withMaxAttempts(1));
			assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> run(trigger))
				.satisfies((ex) -> assertThat(ex.getResetAt()).isEqualTo(Instant.ofEpochMilli(reset.toEpochMilli())));
		}
	}

	@Test
	void limitOfBatchesSurfacesWithItsReset() {
		try (TriggerEmulator emulator = emulator()) {
			Instant reset = emulator.now().plusSeconds(60);
			emulator.faults().onOperation("batch.create").rateLimitedUntil(reset);
			TriggerOperations trigger = client(emulator, emulator.secretKey("prod"))
				.withRetry((policy) -> policy.withMaxAttempts(1));
			assertThatExceptionOfType(BatchException.class)
				.isThrownBy(() -> trigger.batches().trigger(List.of(BatchItem.of("hello", 1))).block(PATIENCE))
				.havingCause()
				.isInstanceOfSatisfying(RateLimitException.class,
						(ex) -> assertThat(ex.getResetAt()).isEqualTo(Instant.ofEpochMilli(reset.toEpochMilli())));
		}
	}

	private static boolean isRefused(RecordedRequest request) {
		return request.status() != null && request.status() == 429;
	}

	private static TriggerEmulator emulator() {
		return TriggerEmulator.builder().rateLimit(750, 250, INTERVAL).start();
	}

	private static TriggerOperations client(TriggerEmulator emulator, String key) {
		return TriggerTemplate.builder(TriggerCredential.of(key)).apiUrl(emulator.apiUrl()).build();
	}

	private static String run(TriggerOperations trigger) {
		RunHandle<Object> handle = trigger.tasks().trigger(HELLO, "hi").block(PATIENCE);
		assertThat(handle).isNotNull();
		return handle.id();
	}

}
