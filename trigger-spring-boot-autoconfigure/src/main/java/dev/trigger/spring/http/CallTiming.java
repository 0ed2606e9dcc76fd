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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * When what happened in a call, and when it has to be over.
 */
final class CallTiming {

	private static final long NEVER = Long.MAX_VALUE;

	private final Scheduler clock;

	private final Deadlines deadlines;

	private final long startedAt;

	private long deadline = NEVER;

	private long notFoundSince = NEVER;

	private volatile Sinks.@Nullable Empty<Void> permission;

	private volatile long permittedAt;

	/**
	 * Create the timing of a call that starts now.
	 * @param clock the clock
	 * @param deadlines the timer
	 */
	CallTiming(Scheduler clock, Deadlines deadlines) {
		this.clock = clock;
		this.deadlines = deadlines;
		this.startedAt = now();
		this.permittedAt = this.startedAt;
	}

	private long now() {
		return ElapsedTime.millis(this.clock);
	}

	long millisUnderWay() {
		return now() - this.startedAt;
	}

	/**
	 * Note when the call has to be over.
	 * @param deadline the time in milliseconds, {@link Long#MAX_VALUE} for never
	 */
	void deadline(long deadline) {
		this.deadline = deadline;
	}

	long millisLeft() {
		return (this.deadline != NEVER) ? this.deadline - now() : NEVER;
	}

	/**
	 * Note that the response was a 404.
	 */
	void notFound() {
		if (this.notFoundSince == NEVER) {
			this.notFoundSince = now();
		}
	}

	/**
	 * Return for how long there has been nothing to find. What came before the first such
	 * response, such as a wait for the rate limit, doesn't count.
	 */
	long millisNotFound() {
		return (this.notFoundSince != NEVER) ? now() - this.notFoundSince : 0;
	}

	/**
	 * Note that the rate limit holds an attempt back.
	 */
	void heldBack() {
		if (this.permission == null) {
			this.permission = Sinks.empty();
		}
	}

	/**
	 * Note that the rate limit lets an attempt go that it held back.
	 */
	void permitted() {
		Sinks.Empty<Void> held = this.permission;
		if (held != null) {
			this.permittedAt = now();
			held.tryEmitEmpty();
		}
	}

	/**
	 * Return what says that the time of a poll is over: counted from when an attempt
	 * goes, if the rate limit holds one back. The time of the wait bounds it until then.
	 * @param time the time
	 */
	Mono<Void> overAfter(Duration time) {
		return elapsed(time).then(Mono.defer(() -> {
			Sinks.Empty<Void> held = this.permission;
			return (held != null) ? held.asMono().then(Mono.defer(() -> elapsed(left(time)))) : Mono.empty();
		}));
	}

	private Duration left(Duration time) {
		return time.minusMillis(Math.min(Durations.millis(time), now() - this.permittedAt));
	}

	private Mono<Void> elapsed(Duration time) {
		return Mono.fromDirect(this.deadlines.after(time));
	}

}
