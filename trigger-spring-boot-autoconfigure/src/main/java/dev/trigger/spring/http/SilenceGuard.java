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
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;

/**
 * Fails a body of which nothing comes for too long although it is asked for. A reader
 * that takes its time is no silence of the server.
 */
final class SilenceGuard {

	private final AtomicLong demand = new AtomicLong();

	private final Duration silence;

	private final Scheduler scheduler;

	private volatile long since;

	private SilenceGuard(Duration silence, Scheduler scheduler) {
		this.silence = silence;
		this.scheduler = scheduler;
		this.since = now();
	}

	static <T> Flux<T> watch(Flux<T> body, @Nullable Duration silence, Scheduler scheduler) {
		if (silence == null) {
			return body;
		}
		return Flux.defer(() -> new SilenceGuard(silence, scheduler).watch(body));
	}

	private <T> Flux<T> watch(Flux<T> body) {
		return Interruption.interrupt(body.doOnRequest(this::requested).doOnNext((element) -> received()),
				Mono.defer(this::check).repeat().then());
	}

	private long now() {
		return ElapsedTime.millis(this.scheduler);
	}

	private void requested(long n) {
		if (this.demand.getAndUpdate((present) -> Operators.addCap(present, n)) == 0) {
			this.since = now();
		}
	}

	private void received() {
		this.since = now();
		this.demand.updateAndGet((present) -> (present == Long.MAX_VALUE || present == 0) ? present : present - 1);
	}

	private Mono<Void> check() {
		long now = now();
		long rest = this.since + this.silence.toMillis() - now;
		boolean waiting = this.demand.get() > 0;
		if (waiting && rest <= 0) {
			return Mono.error(LiveTransport.silent(this.silence));
		}
		return Mono
			.delay(waiting ? Duration.ofMillis(Math.min(rest, this.silence.toMillis())) : this.silence, this.scheduler)
			.then();
	}

}
