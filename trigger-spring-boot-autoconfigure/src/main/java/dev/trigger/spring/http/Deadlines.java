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

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Signals calls that their time is over. Nearly all end long before. A timer for each
 * would wake up its thread every time, which costs a third of what the whole call does,
 * so that all of them share one: it is set for the first deadline, collects those that
 * have passed, and is set for the next one.
 * <p>
 * Each receiver is signaled by a task of its own, so that one that fails or takes its
 * time affects neither the others nor the timer.
 */
final class Deadlines {

	private static final long NEVER = Long.MAX_VALUE;

	private final Set<Deadline> pending = ConcurrentHashMap.newKeySet();

	private final Scheduler scheduler;

	private final Disposable.Swap timer = Disposables.swap();

	private volatile long nextCheck = NEVER;

	Deadlines(Scheduler scheduler) {
		this.scheduler = scheduler;
	}

	/**
	 * Return a publisher that completes when some time is over, counted from its
	 * subscription.
	 * @param time the time; never completes if it is {@link Durations#isForever for ever}
	 */
	Publisher<Void> after(Duration time) {
		return (subscriber) -> {
			Deadline deadline = new Deadline(subscriber, now() + Durations.millis(time));
			subscriber.onSubscribe(deadline);
			if (Durations.isForever(time)) {
				return;
			}
			this.pending.add(deadline);
			if (deadline.canceled) {
				this.pending.remove(deadline);
				return;
			}
			// a check under way either sees this deadline, or has reset the time of the
			// next check before
			if (deadline.millis < this.nextCheck) {
				checkAt(deadline.millis);
			}
		};
	}

	private synchronized void checkAt(long millis) {
		if (millis < this.nextCheck) {
			this.nextCheck = millis;
			this.timer.update(this.scheduler.schedule(this::check, Math.max(0, millis - now()), TimeUnit.MILLISECONDS));
		}
	}

	private void check() {
		synchronized (this) {
			this.nextCheck = NEVER;
		}
		long now = now();
		long next = NEVER;
		for (Deadline deadline : this.pending) {
			if (deadline.millis > now) {
				next = Math.min(next, deadline.millis);
			}
			else if (this.pending.remove(deadline)) {
				this.scheduler.schedule(deadline.subscriber::onComplete);
			}
		}
		if (next != NEVER) {
			checkAt(next);
		}
	}

	private long now() {
		return ElapsedTime.millis(this.scheduler);
	}

	/**
	 * Equal to itself alone.
	 */
	private final class Deadline implements Subscription {

		private final Subscriber<? super Void> subscriber;

		private final long millis;

		private volatile boolean canceled;

		Deadline(Subscriber<? super Void> subscriber, long millis) {
			this.subscriber = subscriber;
			this.millis = millis;
		}

		@Override
		public void request(long n) {
			// no element is ever emitted, only the end
		}

		@Override
		public void cancel() {
			this.canceled = true;
			Deadlines.this.pending.remove(this);
		}

	}

}
