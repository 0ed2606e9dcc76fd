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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Ends calls that take too long. Nearly all end long before, so that a timer for each
 * would be set and removed for nothing, and wake up a thread every time: all calls under
 * way share one timer, which is set for the first deadline and looks who is late.
 */
final class Deadlines {

	private static final long NEVER = Long.MAX_VALUE;

	private final Set<Limited<?>> underWay = ConcurrentHashMap.newKeySet();

	private final Scheduler scheduler;

	private @Nullable Disposable timer;

	private volatile long nextCheck = NEVER;

	Deadlines(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Limit the time of a call.
	 * @param call the call
	 * @param timeout the time
	 * @param failure what the call fails with when it takes longer
	 */
	<T> Mono<T> limit(Mono<T> call, Duration timeout, Supplier<? extends Throwable> failure) {
		return new MonoOperator<>(call) {

			@Override
			public void subscribe(CoreSubscriber<? super T> actual) {
				this.source.subscribe(new Limited<>(actual, Deadlines.this, timeout.toMillis(), failure));
			}

		};
	}

	private void add(Limited<?> call) {
		this.underWay.add(call);
		// whoever is missed here is seen by the check that is due before
		if (call.deadline < this.nextCheck) {
			schedule(call.deadline);
		}
	}

	private synchronized void schedule(long deadline) {
		if (deadline >= this.nextCheck) {
			return;
		}
		if (this.timer != null) {
			this.timer.dispose();
		}
		this.nextCheck = deadline;
		this.timer = this.scheduler.schedule(this::check, Math.max(0, deadline - now()), TimeUnit.MILLISECONDS);
	}

	private void check() {
		synchronized (this) {
			this.nextCheck = NEVER;
		}
		long now = now();
		long next = NEVER;
		for (Limited<?> call : this.underWay) {
			if (call.deadline <= now) {
				call.expire();
			}
			else {
				next = Math.min(next, call.deadline);
			}
		}
		if (next != NEVER) {
			schedule(next);
		}
	}

	private long now() {
		return this.scheduler.now(TimeUnit.MILLISECONDS);
	}

	/**
	 * A call under way. It ends once: by its answer, its failure, its deadline or its
	 * caller, whichever comes first.
	 */
	private static final class Limited<T> extends AtomicBoolean implements CoreSubscriber<T>, Subscription {

		private final CoreSubscriber<? super T> actual;

		private final Deadlines deadlines;

		private final long deadline;

		private final Supplier<? extends Throwable> failure;

		private Subscription upstream = Operators.emptySubscription();

		Limited(CoreSubscriber<? super T> actual, Deadlines deadlines, long timeout,
				Supplier<? extends Throwable> failure) {
			this.actual = actual;
			this.deadlines = deadlines;
			this.deadline = deadlines.now() + timeout;
			this.failure = failure;
		}

		@Override
		public void onSubscribe(Subscription upstream) {
			this.upstream = upstream;
			this.deadlines.add(this);
			this.actual.onSubscribe(this);
		}

		@Override
		public void onNext(T value) {
			if (end()) {
				this.actual.onNext(value);
				this.actual.onComplete();
			}
			else {
				Operators.onNextDropped(value, currentContext());
			}
		}

		@Override
		public void onError(Throwable failure) {
			if (end()) {
				this.actual.onError(failure);
			}
			else {
				Operators.onErrorDropped(failure, currentContext());
			}
		}

		@Override
		public void onComplete() {
			if (end()) {
				this.actual.onComplete();
			}
		}

		@Override
		public void request(long count) {
			this.upstream.request(count);
		}

		@Override
		public void cancel() {
			if (end()) {
				this.upstream.cancel();
			}
		}

		private void expire() {
			if (end()) {
				this.upstream.cancel();
				this.actual.onError(this.failure.get());
			}
		}

		private boolean end() {
			if (!compareAndSet(false, true)) {
				return false;
			}
			this.deadlines.underWay.remove(this);
			return true;
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

	}

}
