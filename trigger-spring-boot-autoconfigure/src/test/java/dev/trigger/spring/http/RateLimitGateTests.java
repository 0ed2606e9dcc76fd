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

package dev.trigger.spring.http;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RateLimitGate}.
 */
class RateLimitGateTests {

	private static final long NOW = 1_000_000;

	private final RateLimitGate gate = new RateLimitGate();

	@Test
	void withoutReadingEverythingPasses() {
		for (int i = 0; i < 1000; i++) {
			assertThat(this.gate.tryAcquire(NOW)).isZero();
		}
	}

	@Test
	void emptyBucketWaitsForTheReset() {
		answer(0, NOW + 5000);
		assertThat(this.gate.tryAcquire(NOW)).isEqualTo(Duration.ofSeconds(5));
		assertThat(this.gate.tryAcquire(NOW + 4999)).isEqualTo(Duration.ofMillis(1));
		assertThat(this.gate.tryAcquire(NOW + 5000)).isZero();
	}

	@Test
	void requestsUnderWayCountAgainstWhatRemains() {
		answer(2, NOW + 5000);
		assertThat(this.gate.tryAcquire(NOW)).isZero();
		assertThat(this.gate.tryAcquire(NOW)).isZero();
		assertThat(this.gate.tryAcquire(NOW)).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void answersInAnotherOrderDoNotRaiseWhatRemains() {
		this.gate.tryAcquire(NOW);
		this.gate.tryAcquire(NOW);
		this.gate.release(reading(0, NOW + 5000));
		this.gate.release(reading(1, NOW + 5000));
		assertThat(this.gate.tryAcquire(NOW)).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void readingOfLaterWindowReplacesTheOld() {
		answer(0, NOW + 5000);
		this.gate.tryAcquire(NOW + 5000);
		this.gate.release(reading(249, NOW + 15_000));
		assertThat(this.gate.tryAcquire(NOW + 5001)).isZero();
		assertThat(this.gate.lastReading()).isEqualTo(reading(249, NOW + 15_000));
	}

	@Test
	void lostAnswerGivesItsPlaceBack() {
		this.gate.tryAcquire(NOW);
		this.gate.release(null);
		answer(1, NOW + 5000);
		assertThat(this.gate.tryAcquire(NOW)).isZero();
	}

	private void answer(long remaining, long resetAt) {
		this.gate.tryAcquire(NOW);
		this.gate.release(reading(remaining, resetAt));
	}

	private static RateLimit reading(long remaining, long resetAt) {
		return new RateLimit(750, remaining, Instant.ofEpochMilli(resetAt));
	}

}
