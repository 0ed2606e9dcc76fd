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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SilenceGuard}.
 */
class SilenceGuardTests {

	private final JumpingClock clock = new JumpingClock();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	private void watch() {
		SilenceGuard.watch(Flux.never(), Duration.ofSeconds(45), this.clock).subscribe((element) -> {
		}, this.failure::set);
	}

	@Test
	void failsABodyOfWhichNothingComes() {
		watch();
		this.clock.advance(Duration.ofSeconds(44));
		assertThat(this.failure).hasNullValue();
		this.clock.advance(Duration.ofSeconds(2));
		assertThat(this.failure.get()).isInstanceOf(TimeoutException.class);
	}

	@Test
	void bodyWithoutLimitIsNotWatched() {
		Flux<String> body = Flux.never();
		assertThat(SilenceGuard.watch(body, null, this.clock)).isSameAs(body);
	}

	@Test
	void countsFromTheLastElement() {
		Sinks.Many<String> body = Sinks.many().unicast().onBackpressureBuffer();
		SilenceGuard.watch(body.asFlux(), Duration.ofSeconds(45), this.clock).subscribe((element) -> {
		}, this.failure::set);
		this.clock.advance(Duration.ofSeconds(44));
		body.tryEmitNext("element");
		this.clock.advance(Duration.ofSeconds(44));
		assertThat(this.failure).hasNullValue();
		this.clock.advance(Duration.ofSeconds(1));
		assertThat(this.failure.get()).isInstanceOf(TimeoutException.class);
	}

	@Test
	void receiverThatAsksForNothingIsNoSilence() {
		Sinks.Many<String> body = Sinks.many().unicast().onBackpressureBuffer();
		AtomicReference<Subscription> receiver = new AtomicReference<>();
		SilenceGuard.watch(body.asFlux(), Duration.ofSeconds(45), this.clock).subscribe(new BaseSubscriber<String>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				receiver.set(subscription);
				subscription.request(2);
			}

			@Override
			protected void hookOnError(Throwable ex) {
				SilenceGuardTests.this.failure.set(ex);
			}

		});
		body.tryEmitNext("first");
		body.tryEmitNext("second");
		this.clock.advance(Duration.ofSeconds(100));
		assertThat(this.failure).hasNullValue();
		receiver.get().request(1);
		this.clock.advance(Duration.ofSeconds(44));
		assertThat(this.failure).hasNullValue();
		this.clock.advance(Duration.ofSeconds(46));
		assertThat(this.failure.get()).isInstanceOf(TimeoutException.class);
	}

	@Test
	void findsSilenceAlsoAfterTheClockWasSetBack() {
		watch();
		this.clock.jump(Duration.ofHours(-1));
		this.clock.advance(Duration.ofSeconds(46));
		assertThat(this.failure.get()).isInstanceOf(TimeoutException.class);
	}

	@Test
	void takesNoClockThatIsSetForwardForSilence() {
		watch();
		this.clock.advance(Duration.ofSeconds(30));
		this.clock.jump(Duration.ofHours(1));
		this.clock.advance(Duration.ofSeconds(14));
		assertThat(this.failure).hasNullValue();
	}

}
