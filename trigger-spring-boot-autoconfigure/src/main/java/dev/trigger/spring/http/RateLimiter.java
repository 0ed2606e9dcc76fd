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

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

import org.springframework.http.HttpHeaders;

/**
 * Keeps the last reading of one credential's rate limit and lets requests wait, first
 * come first served, so that no attempt is spent on a response of 429.
 * <p>
 * Requests under way are counted against the lowest number that the server reported:
 * their responses may come in any order. When the bucket has been refilled nobody knows
 * how far, so that one request goes ahead as a probe and its response shows how many may
 * follow.
 * <p>
 * Polls come after all other requests, and have a {@link PollShare share} of the bucket.
 */
final class RateLimiter {

	private static final int TOO_MANY_REQUESTS = 429;

	private static final long NEVER = Long.MAX_VALUE;

	private final Scheduler scheduler;

	private final Set<Permit> waiting = new LinkedHashSet<>();

	private final Set<Permit> waitingPolls = new LinkedHashSet<>();

	private final Disposable.Swap timer = Disposables.swap();

	private @Nullable RateLimitReading reading;

	/**
	 * Number of the last permit granted before the reading: later ones know better.
	 */
	private long grantedAtReading;

	private long granted;

	private long underWay;

	private long probes;

	private final PollShare polls = new PollShare();

	private long wakeUpAt = NEVER;

	RateLimiter(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Request a permit, which has to be released in the end, granted or not.
	 * @param poll whether it is for a poll, which other requests go ahead of
	 * @return the permit
	 */
	Permit acquire(boolean poll) {
		synchronized (this) {
			long now = now();
			Permit permit = new Permit(poll);
			boolean ahead = this.waiting.isEmpty() && (!poll || this.waitingPolls.isEmpty());
			if (ahead && mayPass(poll, now)) {
				grant(permit, now);
				return permit;
			}
			permit.sink = Sinks.empty();
			(poll ? this.waitingPolls : this.waiting).add(permit);
			wakeUpLater(now);
			return permit;
		}
	}

	synchronized @Nullable RateLimit lastReading() {
		return (this.reading != null) ? this.reading.rateLimit() : null;
	}

	private long now() {
		return ElapsedTime.millis(this.scheduler);
	}

	private boolean mayPass(boolean poll, long now) {
		RateLimitReading current = this.reading;
		if (current == null) {
			return !poll || this.polls.mayStart(this.underWay);
		}
		return isLeft(current, poll) || mayProbe(current, now);
	}

	private boolean isLeft(RateLimitReading current, boolean poll) {
		long left = left(current);
		return poll ? this.polls.isLeft(current, left) : left > 0;
	}

	private long left(RateLimitReading current) {
		return current.remaining() - this.underWay;
	}

	private boolean mayProbe(RateLimitReading current, long now) {
		long sinceReset = now - current.resetAt();
		return sinceReset >= 0 && this.probes <= sinceReset / RateLimitReading.PROBE_MILLIS;
	}

	private void grant(Permit permit, long now) {
		RateLimitReading current = this.reading;
		if (current != null && !isLeft(current, permit.poll) && now >= current.resetAt()) {
			this.probes++;
			permit.probe = true;
		}
		if (permit.poll) {
			this.polls.granted(now);
		}
		permit.state = State.GRANTED;
		permit.number = ++this.granted;
		this.underWay++;
	}

	private @Nullable Permit next(long now) {
		RateLimitReading current = this.reading;
		if (!this.waitingPolls.isEmpty() && current != null && this.polls.mayTrickle(left(current), now)) {
			return removeFirst(this.waitingPolls);
		}
		if (!this.waiting.isEmpty()) {
			return mayPass(false, now) ? removeFirst(this.waiting) : null;
		}
		return (!this.waitingPolls.isEmpty() && mayPass(true, now)) ? removeFirst(this.waitingPolls) : null;
	}

	private static Permit removeFirst(Set<Permit> permits) {
		Iterator<Permit> iterator = permits.iterator();
		Permit first = iterator.next();
		iterator.remove();
		return first;
	}

	private void admit() {
		List<Permit> admitted = new ArrayList<>();
		synchronized (this) {
			long now = now();
			Permit permit = next(now);
			while (permit != null) {
				grant(permit, now);
				admitted.add(permit);
				permit = next(now);
			}
			wakeUpLater(now);
		}
		// a task for each: one that fails or takes its time holds up no other
		for (Permit permit : admitted) {
			this.scheduler.schedule(permit::signal);
		}
	}

	private void wakeUpLater(long now) {
		RateLimitReading current = this.reading;
		if (current == null || (this.waiting.isEmpty() && this.waitingPolls.isEmpty())) {
			return;
		}
		long next = current.resetAt() + this.probes * RateLimitReading.PROBE_MILLIS;
		if (!this.waitingPolls.isEmpty() && this.polls.isTrickle(left(current))) {
			next = Math.min(next, this.polls.nextTrickle());
		}
		if (next < this.wakeUpAt) {
			this.wakeUpAt = next;
			this.timer.update(this.scheduler.schedule(this::wakeUp, Math.max(1, next - now), TimeUnit.MILLISECONDS));
		}
	}

	private void wakeUp() {
		synchronized (this) {
			this.wakeUpAt = NEVER;
		}
		admit();
	}

	private void release(Permit permit, int status, @Nullable RateLimitReading latest) {
		boolean others;
		synchronized (this) {
			State state = permit.state;
			permit.state = State.RELEASED;
			if (state == State.WAITING) {
				(permit.poll ? this.waitingPolls : this.waiting).remove(permit);
			}
			else if (state == State.GRANTED) {
				this.underWay--;
				if (status > 0) {
					this.polls.responded();
				}
				update(permit, status, latest);
			}
			others = state != State.RELEASED && !(this.waiting.isEmpty() && this.waitingPolls.isEmpty());
		}
		if (others) {
			// on another thread: the call that releases has its own response to deliver
			this.scheduler.schedule(this::admit);
		}
	}

	/**
	 * Take over a reading if it is the newest. That of a request which went after the
	 * present one was read is newer in any case. Others may have overtaken each other:
	 * within a window the lowest number counts, else the later window.
	 */
	private void update(Permit permit, int status, @Nullable RateLimitReading latest) {
		boolean success = status > 0 && status != TOO_MANY_REQUESTS;
		if (latest == null || (success && latest.isContradicted())) {
			if (success && permit.probe) {
				// the probe succeeded, so the limit is not used up
				this.reading = null;
				this.probes = 0;
			}
			return;
		}
		RateLimitReading current = this.reading;
		if (current != null && permit.number <= this.grantedAtReading && !isAhead(latest, current)) {
			return;
		}
		if (current == null || !latest.isOfSameWindow(current)) {
			this.probes = 0;
			this.polls.startWindow(current, latest, permit.poll && permit.probe);
		}
		else if (permit.probe && latest.remaining() == 0) {
			this.probes = 0;
		}
		this.reading = latest;
		this.grantedAtReading = this.granted;
	}

	private static boolean isAhead(RateLimitReading latest, RateLimitReading current) {
		return latest.isOfSameWindow(current) ? latest.remaining() < current.remaining() : latest.isLaterThan(current);
	}

	private enum State {

		WAITING, GRANTED, RELEASED

	}

	/**
	 * A permit to send one request.
	 */
	final class Permit {

		private final boolean poll;

		private volatile Sinks.@Nullable Empty<Void> sink;

		/**
		 * Changes under the limiter's lock.
		 */
		private volatile State state = State.WAITING;

		private long number;

		private boolean probe;

		private Permit(boolean poll) {
			this.poll = poll;
		}

		/**
		 * Return a signal for when the request may go.
		 * @return completes when the permit is granted, {@code null} if it was at once
		 */
		@Nullable Mono<Void> granted() {
			Sinks.Empty<Void> signal = this.sink;
			return (signal != null) ? signal.asMono() : null;
		}

		/**
		 * Release the permit. Only the first time counts.
		 * @param status the status of the response, zero if there was none
		 * @param headers the headers of the response
		 */
		void release(int status, HttpHeaders headers) {
			if (this.state != State.RELEASED) {
				long timeOfDay = RateLimiter.this.scheduler.now(TimeUnit.MILLISECONDS);
				RateLimiter.this.release(this, status, RateLimitReading.from(headers, timeOfDay, now()));
			}
		}

		private void signal() {
			Sinks.Empty<Void> signal = this.sink;
			if (signal != null) {
				signal.tryEmitEmpty();
			}
		}

	}

}
