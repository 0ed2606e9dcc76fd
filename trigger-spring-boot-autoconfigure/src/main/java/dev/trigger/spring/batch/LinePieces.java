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

package dev.trigger.spring.batch;

import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.concurrent.Queues;
import reactor.util.context.Context;

/**
 * Gathers the lines of a source into pieces. A line of a slow source is held back for no
 * longer than a moment. No more than a few lines beyond the piece are asked for, however
 * large the source is.
 */
final class LinePieces extends FluxOperator<byte[], byte[]> {

	/**
	 * How long a line waits for more.
	 */
	static final long LINGER_MILLIS = 20;

	private static final int LINES_AT_ONCE = 32;

	private final Scheduler scheduler;

	LinePieces(Flux<byte[]> lines, Scheduler scheduler) {
		super(lines);
		this.scheduler = scheduler;
	}

	@Override
	public void subscribe(CoreSubscriber<? super byte[]> actual) {
		this.source.subscribe(new Gatherer(actual, this.scheduler));
	}

	/**
	 * Whoever has something to do counts it in {@code work}; the one that finds nobody at
	 * work does it all. What is not volatile belongs to that one.
	 */
	private static final class Gatherer implements CoreSubscriber<byte[]>, Subscription {

		private final CoreSubscriber<? super byte[]> actual;

		private final Scheduler scheduler;

		private final Queue<byte[]> lines = Queues.<byte[]>get(LINES_AT_ONCE).get();

		private final AtomicInteger work = new AtomicInteger();

		private final AtomicLong demand = new AtomicLong();

		private final PieceBuilder piece = new PieceBuilder();

		private int expected;

		private @Nullable Disposable timer;

		private @Nullable Subscription upstream;

		private @Nullable Throwable failure;

		private volatile boolean done;

		private volatile boolean waitedLongEnough;

		private volatile boolean canceled;

		Gatherer(CoreSubscriber<? super byte[]> actual, Scheduler scheduler) {
			this.actual = actual;
			this.scheduler = scheduler;
		}

		@Override
		public void onSubscribe(Subscription upstream) {
			if (Operators.validate(this.upstream, upstream)) {
				this.upstream = upstream;
				this.actual.onSubscribe(this);
			}
		}

		@Override
		public void onNext(byte[] line) {
			this.lines.offer(line);
			drain();
		}

		@Override
		public void onError(Throwable failure) {
			this.failure = failure;
			this.done = true;
			drain();
		}

		@Override
		public void onComplete() {
			this.done = true;
			drain();
		}

		@Override
		public void request(long count) {
			if (Operators.validate(count)) {
				this.demand.accumulateAndGet(count, Operators::addCap);
				drain();
			}
		}

		@Override
		public void cancel() {
			this.canceled = true;
			upstream().cancel();
			drain();
		}

		@Override
		public Context currentContext() {
			return this.actual.currentContext();
		}

		private Subscription upstream() {
			return (this.upstream != null) ? this.upstream : Operators.emptySubscription();
		}

		private void drain() {
			if (this.work.getAndIncrement() != 0) {
				return;
			}
			int missed = 1;
			while (missed != 0) {
				while (step()) {
					// goes on as long as there is something to do
				}
				missed = this.work.addAndGet(-missed);
			}
		}

		private boolean step() {
			if (this.canceled) {
				this.lines.clear();
				stopTimer();
				return false;
			}
			boolean over = this.done;
			byte[] line = this.piece.isFull() ? null : this.lines.poll();
			if (line != null) {
				this.expected--;
				this.piece.add(line);
				return true;
			}
			over = over && this.lines.isEmpty();
			if (over && (this.failure != null || this.piece.isEmpty())) {
				end();
				return false;
			}
			if (this.demand.get() == 0) {
				return false;
			}
			if (this.piece.isFull() || (!this.piece.isEmpty() && (over || this.waitedLongEnough))) {
				emit();
				return true;
			}
			return await();
		}

		private void end() {
			this.canceled = true;
			stopTimer();
			if (this.failure != null) {
				this.actual.onError(this.failure);
			}
			else {
				this.actual.onComplete();
			}
		}

		private void emit() {
			byte[] bytes = this.piece.take();
			stopTimer();
			this.demand.accumulateAndGet(1, (demand, one) -> (demand != Long.MAX_VALUE) ? demand - one : demand);
			this.actual.onNext(bytes);
		}

		private boolean await() {
			if (this.expected <= LINES_AT_ONCE / 2 && !this.done) {
				int missing = LINES_AT_ONCE - this.expected;
				this.expected = LINES_AT_ONCE;
				upstream().request(missing);
				return true;
			}
			if (!this.piece.isEmpty() && this.timer == null) {
				this.timer = this.scheduler.schedule(() -> {
					this.waitedLongEnough = true;
					drain();
				}, LINGER_MILLIS, TimeUnit.MILLISECONDS);
			}
			return false;
		}

		private void stopTimer() {
			if (this.timer != null) {
				this.timer.dispose();
				this.timer = null;
			}
			this.waitedLongEnough = false;
		}

	}

}
