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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that durations are as long as they should be when the time of the day is set.
 */
class ClockJumpTests {

	private final JumpingClock clock = new JumpingClock();

	@ParameterizedTest
	@ValueSource(ints = { -60, 60 })
	void aServerWithoutFeedsIsAskedAgainAfterFiveMinutes(int minutes) {
		LiveTransport live = new LiveTransport(LiveSettings.defaults(), ObservationRegistry.NOOP, this.clock,
				WebClient::builder, new CredentialFilter(new BodyReader(1_000)), List.of(), new BodyReader(1_000),
				new EventReader(1_000), () -> 0);
		FeedPermit permit = live.feedPermits().tryAcquire(TriggerEndpoint.REALTIME_RUN);
		live.feedPermits().unavailable(permit);
		permit.close();
		this.clock.jump(Duration.ofMinutes(minutes));
		this.clock.advance(Duration.ofMinutes(4));
		assertThat(live.feedPermits().tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNull();
		this.clock.advance(Duration.ofMinutes(2));
		assertThat(live.feedPermits().tryAcquire(TriggerEndpoint.REALTIME_RUN)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { -60, 60 })
	void aDeadlineIsWhenItsTimeHasPassed(int minutes) {
		AtomicBoolean passed = new AtomicBoolean();
		Mono.fromDirect(new Deadlines(this.clock).after(Duration.ofMinutes(2)))
			.subscribe(null, null, () -> passed.set(true));
		this.clock.jump(Duration.ofMinutes(minutes));
		this.clock.advance(Duration.ofSeconds(119));
		assertThat(passed).isFalse();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(passed).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { -60, 60 })
	void theTimeOfACallIsThatWhichHasPassed(int minutes) {
		CallTiming timing = new CallTiming(this.clock, new Deadlines(this.clock));
		this.clock.jump(Duration.ofMinutes(minutes));
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(timing.millisUnderWay()).isEqualTo(5_000);
	}

	@ParameterizedTest
	@ValueSource(ints = { -60, 60 })
	void aWarningIsRepeatedWhenItsTimeHasPassed(int minutes) {
		WarningThrottle warnings = new WarningThrottle(this.clock);
		assertThat(warnings.mayWarn("something")).isTrue();
		this.clock.jump(Duration.ofMinutes(minutes));
		assertThat(warnings.mayWarn("something")).isFalse();
		this.clock.advance(Duration.ofHours(1));
		assertThat(warnings.mayWarn("something")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { -60, 60 })
	void requestsGoWhenTheTimeUntilTheResetHasPassed(int minutes) {
		RateLimiter limiter = new RateLimiter(this.clock);
		HttpHeaders headers = new HttpHeaders();
		headers.set("x-ratelimit-limit", "100");
		headers.set("x-ratelimit-remaining", "0");
		headers.set("x-ratelimit-reset", String.valueOf(this.clock.now(TimeUnit.MILLISECONDS) + 5_000));
		limiter.acquire(false).release(200, headers);
		List<String> passed = new ArrayList<>();
		enter(limiter, () -> passed.add("before"));
		this.clock.jump(Duration.ofMinutes(minutes));
		enter(limiter, () -> passed.add("after"));
		this.clock.advance(Duration.ofMillis(4_900));
		assertThat(passed).isEmpty();
		this.clock.advance(Duration.ofMillis(200));
		assertThat(passed).containsExactly("before", "after");
	}

	private static void enter(RateLimiter limiter, Runnable passed) {
		Objects.requireNonNull(limiter.acquire(false).granted()).subscribe(null, null, passed);
	}

}
