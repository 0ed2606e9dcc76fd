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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PollShare}.
 */
class PollShareTests {

	private static final long NOW = 100_000;

	private final PollShare share = new PollShare();

	@Test
	void fewPollsGoUntilThereIsAResponse() {
		assertThat(this.share.mayStart(7)).isTrue();
		assertThat(this.share.mayStart(8)).isFalse();
		this.share.responded();
		assertThat(this.share.mayStart(8)).isTrue();
	}

	@Test
	void halfOfTheBucketIsLeftToOthers() {
		RateLimitReading reading = reading(750, 750);
		assertThat(this.share.isLeft(reading, 376)).isTrue();
		assertThat(this.share.isLeft(reading, 375)).isFalse();
	}

	@Test
	void onePollASecondGoesWhereLessIsLeft() {
		assertThat(this.share.mayTrickle(2, NOW)).isTrue();
		assertThat(this.share.mayTrickle(1, NOW)).isFalse();
		assertThat(this.share.isTrickle(2)).isTrue();
		assertThat(this.share.isTrickle(1)).isFalse();
		this.share.granted(NOW);
		assertThat(this.share.nextTrickle()).isEqualTo(NOW + 1000);
		assertThat(this.share.mayTrickle(2, NOW + 999)).isFalse();
		assertThat(this.share.mayTrickle(2, NOW + 1000)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "750, 375", "3, 1", "1, 1" })
	void firstWindowHoldsHalfOfTheBucket(long limit, int polls) {
		this.share.startWindow(null, reading(limit, limit), false);
		assertThat(pollsInWindow()).isEqualTo(polls);
	}

	@ParameterizedTest
	@CsvSource({ "750, 500, 600, 125", "750, 100, 700, 300", "750, 0, 0, 125", "750, 0, 253, 126", "2, 0, 1, 1" })
	void laterWindowsHoldHalfOfWhatTheBucketGets(long limit, long before, long after, int polls) {
		this.share.startWindow(null, reading(limit, before), false);
		pollsInWindow();
		this.share.startWindow(reading(limit, before), reading(limit, after), false);
		assertThat(pollsInWindow()).isEqualTo(polls);
		this.share.startWindow(reading(limit, before), reading(limit, after), true);
		assertThat(pollsInWindow()).isEqualTo(polls - 1);
	}

	@Test
	void bucketOfUnknownSizeHasNoWindows() {
		this.share.startWindow(null, reading(3, 3), false);
		this.share.startWindow(null, reading(0, 9), false);
		assertThat(pollsInWindow()).isEqualTo(1000);
	}

	/**
	 * Let polls go as long as they may, at most a thousand.
	 */
	private int pollsInWindow() {
		int polls = 0;
		while (polls < 1000 && this.share.isTrickle(2)) {
			this.share.granted(NOW);
			polls++;
		}
		assertThat(this.share.isLeft(reading(0, 9), 9)).isEqualTo(polls == 1000);
		return polls;
	}

	private static RateLimitReading reading(long limit, long remaining) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("x-ratelimit-limit", String.valueOf(limit));
		headers.set("x-ratelimit-remaining", String.valueOf(remaining));
		headers.set("x-ratelimit-reset", String.valueOf(NOW + 5000));
		RateLimitReading reading = RateLimitReading.from(headers, NOW, NOW);
		assertThat(reading).isNotNull();
		return reading;
	}

}
