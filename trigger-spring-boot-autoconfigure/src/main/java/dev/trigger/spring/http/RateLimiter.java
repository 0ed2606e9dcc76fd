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

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpHeaders;

/**
 * Keeps the last reading of one credential's rate limit and lets requests wait, first
 * come first served, so that no attempt is spent on an answer of 429.
 * <p>
 * Requests under way are counted against the lowest number that the server said: their
 * answers may come in any order. When the bucket has been refilled nobody knows how far,
 * so that one request goes ahead and its answer tells how many may follow.
 */
final class RateLimiter {

	/**
	 * How long a request that went ahead may take before another one does, in case it is
	 * one of the slow ones.
	 */
	private static final long PROBE_MILLIS = 50;

	/**
	 * How long a reading holds requests up at most. The server's windows are of seconds:
	 * a reset that is much further off is a mistake, and one request finds that out.
	 */
	private static final long MAX_WAIT_MILLIS = 60_000;

	private final Scheduler scheduler;

	private final Deque<Permit> waiting = new ArrayDeque<>();

	private @Nullable RateLimit reading;

	private @Nullable ClockSkew clock;

	private long opensAt;

	private long underWay;

	private long probes;

	private boolean wakeUp;

	RateLimiter(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Ask for a permit in the bucket, which has to be left in the end, granted or not.
	 * @return the permit
	 */
	Permit acquire() {
		synchronized (this) {
			if (this.waiting.isEmpty() && mayPass(now())) {
				take();
				return new Permit(null);
			}
			Permit permit = new Permit(Sinks.empty());
			this.waiting.add(permit);
			wakeUpLater(now());
			return permit;
		}
	}

	synchronized @Nullable RateLimit lastReading() {
		return this.reading;
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	private boolean mayPass(long now) {
		RateLimit current = this.reading;
		if (current == null || current.remaining() > this.underWay) {
			return true;
		}
		long sinceReset = now - opensAt(current);
		return sinceReset >= 0 && this.probes <= sinceReset / PROBE_MILLIS;
	}

	/**
	 * Return when the bucket is filled up again, in milliseconds of our clock.
	 */
	private long opensAt(RateLimit current) {
		ClockSkew read = this.clock;
		if (read != null) {
			// seldom needed, and so not for every answer
			this.opensAt = read.readAt()
					+ Math.min(MAX_WAIT_MILLIS, read.millisUntil(current.resetAt().toEpochMilli()));
			this.clock = null;
		}
		return this.opensAt;
	}

	private void take() {
		RateLimit current = this.reading;
		if (current != null && current.remaining() <= this.underWay) {
			this.probes++;
		}
		this.underWay++;
	}

	private void take(@Nullable RateLimit answered, ClockSkew read) {
		RateLimit current = this.reading;
		if (answered == null || (current != null && answered.resetAt().isBefore(current.resetAt()))) {
			return;
		}
		boolean later = current == null || answered.resetAt().isAfter(current.resetAt());
		if (later || isStillEmpty(answered, read)) {
			this.clock = read;
			this.probes = 0;
		}
		if (current == null || later || answered.remaining() < current.remaining()) {
			this.reading = answered;
		}
	}

	/**
	 * Return whether a request that went ahead was told that it was too early.
	 */
	private boolean isStillEmpty(RateLimit answered, ClockSkew read) {
		return this.probes > 0 && answered.remaining() == 0 && read.millisUntil(answered.resetAt().toEpochMilli()) > 0;
	}

	private void wakeUpLater(long now) {
		RateLimit current = this.reading;
		if (this.wakeUp || current == null || this.waiting.isEmpty()) {
			return;
		}
		this.wakeUp = true;
		long next = opensAt(current) + this.probes * PROBE_MILLIS;
		this.scheduler.schedule(() -> {
			synchronized (this) {
				this.wakeUp = false;
			}
			admit();
		}, Math.max(1, next - now), TimeUnit.MILLISECONDS);
	}

	private void admit() {
		List<Permit> admitted = new ArrayList<>();
		synchronized (this) {
			long now = now();
			while (!this.waiting.isEmpty() && mayPass(now)) {
				Permit permit = this.waiting.remove();
				permit.state = State.GRANTED;
				take();
				admitted.add(permit);
			}
			wakeUpLater(now);
		}
		admitted.forEach(Permit::grant);
	}

	private void release(Permit permit, @Nullable RateLimit answered, ClockSkew read) {
		boolean others;
		synchronized (this) {
			State state = permit.state;
			permit.state = State.LEFT;
			if (state == State.WAITING) {
				this.waiting.remove(permit);
			}
			else if (state == State.GRANTED) {
				this.underWay--;
				take(answered, read);
			}
			others = state != State.LEFT && !this.waiting.isEmpty();
		}
		if (others) {
			// not within the call that leaves: it has its own answer to deliver
			this.scheduler.schedule(this::admit);
		}
	}

	private enum State {

		WAITING, GRANTED, LEFT

	}

	/**
	 * A permit in the bucket.
	 */
	final class Permit {

		private final Sinks.@Nullable Empty<Void> sink;

		/**
		 * Changes under the gate's lock.
		 */
		private volatile State state;

		private Permit(Sinks.@Nullable Empty<Void> sink) {
			this.sink = sink;
			this.state = (sink != null) ? State.WAITING : State.GRANTED;
		}

		/**
		 * Return when the request may go.
		 * @return completes when the permit is granted, {@code null} if it was free at
		 * once
		 */
		@Nullable Mono<Void> granted() {
			return (this.sink != null) ? this.sink.asMono() : null;
		}

		/**
		 * Leave the permit. Only the first time counts.
		 * @param headers the headers of the answer, empty if there was none
		 */
		void release(HttpHeaders headers) {
			if (this.state != State.LEFT) {
				RateLimiter.this.release(this, RateLimit.from(headers), ClockSkew.of(headers, now()));
			}
		}

		private void grant() {
			if (this.sink != null) {
				this.sink.tryEmitEmpty();
			}
		}

	}

}
