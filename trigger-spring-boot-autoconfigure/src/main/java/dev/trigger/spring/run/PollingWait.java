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

package dev.trigger.spring.run;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.Durations;
import dev.trigger.spring.http.ElapsedTime;
import dev.trigger.spring.http.TriggerHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The state of one wait. Polls follow one another, so that nothing here needs a lock.
 *
 * @param <T> the type of what a poll returns
 */
final class PollingWait<T> {

	private static final long NEVER = Long.MAX_VALUE;

	/**
	 * How long a status has to last before it is worth a warning.
	 */
	private static final Duration CONCERN = Duration.ofSeconds(30);

	/**
	 * How much longer the pause between two looks becomes.
	 */
	private static final int MOST_PAUSES = 20;

	private final Awaited<T> awaited;

	private final Polling polling;

	private final TriggerHttp http;

	private final long startedAt;

	private final long deadline;

	private int polls;

	private int failures;

	private volatile @Nullable T last;

	private volatile long statusSince;

	private volatile @Nullable Throwable lastFailure;

	private long notFoundSince = NEVER;

	private boolean warned;

	PollingWait(Awaited<T> awaited, Polling polling, TriggerHttp http) {
		this.awaited = awaited;
		this.polling = polling;
		this.http = http;
		this.startedAt = now();
		this.deadline = polling.isEndless() ? NEVER : this.startedAt + Durations.millis(polling.timeout());
	}

	private long now() {
		return ElapsedTime.millis(this.http.scheduler());
	}

	/**
	 * Take over what a poll returned.
	 */
	boolean isFinished(T value) {
		this.polls++;
		this.failures = 0;
		this.lastFailure = null;
		this.notFoundSince = NEVER;
		note(value);
		boolean finished = this.awaited.isFinished(value);
		if (Poller.logger.isDebugEnabled()) {
			Poller.logger
				.debug("%s: poll %d, %s".formatted(this.awaited.description(), this.polls, this.awaited.status(value)));
		}
		if (!finished) {
			warn(value);
		}
		return finished;
	}

	private void note(T value) {
		T before = this.last;
		if (before == null) {
			this.statusSince = this.awaited.isFirstStatus(value) ? this.startedAt : now();
		}
		else if (!Objects.equals(this.awaited.status(before), this.awaited.status(value))) {
			this.statusSince = now();
		}
		this.last = value;
	}

	/**
	 * Return a sleep with a look at what is waited for whenever it is time to be
	 * concerned, since nothing is pushed about what does not change. What is delayed may
	 * be so for days, and is looked at less and less often.
	 */
	Mono<Boolean> watched(Mono<Boolean> sleep, Mono<T> poll) {
		AtomicInteger number = new AtomicInteger();
		Flux<T> looks = Mono.defer(() -> {
			Duration pause = CONCERN.multipliedBy(Math.min(number.incrementAndGet(), MOST_PAUSES));
			return Mono.delay(pause, this.http.scheduler()).then(poll);
		}).doOnNext((value) -> {
			note(value);
			warn(value);
		}).onErrorResume((failure) -> Mono.empty()).repeat(this::mayBeOfConcern).filter(this.awaited::isFinished);
		return Flux.merge(sleep, looks.map((finished) -> false)).next();
	}

	private boolean mayBeOfConcern() {
		T value = this.last;
		return !this.warned && (value == null || !this.awaited.hasBegun(value));
	}

	/**
	 * Return a sleep that leaves time for the last poll.
	 */
	Mono<Boolean> inTime(Mono<Boolean> sleep) {
		return (this.deadline == NEVER) ? sleep : Mono.defer(() -> {
			Duration left = Duration.ofMillis(Math.max(0, this.deadline - now()));
			return sleep.takeUntilOther(this.http.live().elapsed(left)).defaultIfEmpty(false);
		});
	}

	private void warn(T value) {
		Duration duration = Duration.ofMillis(now() - this.statusSince);
		if (this.warned || duration.compareTo(CONCERN) < 0) {
			return;
		}
		String concern = this.awaited.concern(value, duration);
		if (concern != null && this.http.mayWarn(concern)) {
			Poller.logger.warn("%s has been %s for %d s: %s".formatted(this.awaited.description(),
					this.awaited.status(value), duration.toSeconds(), concern));
		}
		this.warned = concern != null;
	}

	/**
	 * Return whether the wait goes on after a failed poll, and note the failure.
	 */
	boolean isOutlasted(Throwable failure) {
		this.polls++;
		this.failures++;
		this.lastFailure = failure;
		boolean outlasted = failure instanceof TriggerTimeoutException
				|| (this.http.isRetryable(failure) && mayStillAppear(failure));
		if (Poller.logger.isDebugEnabled()) {
			Poller.logger.debug("%s: poll %d failed%s: %s".formatted(this.awaited.description(), this.polls,
					outlasted ? "" : ", which ends the wait", failure.getMessage()));
		}
		return outlasted;
	}

	/**
	 * What was just created may not be visible yet, but not for long.
	 */
	private boolean mayStillAppear(Throwable failure) {
		Duration timeout = this.http.settings().retry().notFoundTimeout();
		if (!(failure instanceof NotFoundException) || timeout.isZero()) {
			return true;
		}
		long now = now();
		this.notFoundSince = Math.min(this.notFoundSince, now);
		return now - this.notFoundSince < Durations.millis(timeout);
	}

	/**
	 * Return what completes when it is time for the next poll, or the timeout.
	 */
	Mono<Long> pause() {
		long left = (this.deadline != NEVER) ? this.deadline - now() : NEVER;
		if (left <= 0) {
			return Mono.error(timedOut());
		}
		return Mono.delay(Duration.ofMillis(Math.min(left, delay())), this.http.scheduler());
	}

	private long delay() {
		double random = this.http.settings().retry().jitter() ? this.http.random() : 0;
		long delay = this.polling.millisAfter(this.polls, random);
		Throwable failure = this.lastFailure;
		if (failure == null) {
			return delay;
		}
		long backoff = Durations.millis(this.http.delayAfter(failure, this.failures));
		if (this.notFoundSince != NEVER) {
			long left = this.notFoundSince + Durations.millis(this.http.settings().retry().notFoundTimeout()) - now();
			return Math.max(1, Math.min(left, Math.min(delay, backoff)));
		}
		return Math.max(delay, backoff);
	}

	Throwable timedOut() {
		StringBuilder message = new StringBuilder(this.awaited.description()).append(" was not over after ")
			.append(Durations.millis(this.polling.timeout()))
			.append(" ms: ");
		T value = this.last;
		if (value != null) {
			Duration duration = Duration.ofMillis(now() - this.statusSince);
			message
				.append("its last status was %s, for %d ms".formatted(this.awaited.status(value), duration.toMillis()));
			String concern = this.awaited.concern(value, duration);
			if (concern != null) {
				message.append(" (").append(concern).append(')');
			}
		}
		else {
			message.append("its status is not known");
		}
		Throwable failure = this.lastFailure;
		if (failure != null) {
			message.append(", the last poll failed: ").append(failure.getMessage());
		}
		message.append(". Await it with a longer timeout, or set 'trigger.polling.timeout'");
		return new TriggerTimeoutException(message.toString(), this.polling.timeout(), failure);
	}

}
