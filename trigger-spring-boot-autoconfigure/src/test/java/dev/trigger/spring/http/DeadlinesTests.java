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
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Deadlines}.
 */
class DeadlinesTests {

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	private final Deadlines deadlines = new Deadlines(this.scheduler);

	@AfterEach
	void stop() {
		this.scheduler.dispose();
	}

	@Test
	void callThatTakesTooLongIsCanceledAndFails() {
		AtomicBoolean canceled = new AtomicBoolean();
		StepVerifier.create(limit(Mono.never().doOnCancel(() -> canceled.set(true)), 100))
			.then(() -> advance(99))
			.then(() -> assertThat(canceled).isFalse())
			.then(() -> advance(1))
			.verifyError(TimeoutException.class);
		assertThat(canceled).isTrue();
	}

	@Test
	void callThatEndsInTimeKeepsItsResult() {
		StepVerifier.create(limit(Mono.just("response"), 100)).expectNext("response").verifyComplete();
		StepVerifier.create(limit(Mono.empty(), 100)).verifyComplete();
		StepVerifier.create(limit(Mono.error(new IllegalStateException("no")), 100)).verifyErrorMessage("no");
		StepVerifier.create(limit(Mono.delay(Duration.ofMillis(99), this.scheduler), 100))
			.then(() -> advance(99))
			.expectNext(0L)
			.verifyComplete();
	}

	@Test
	void eachCallHasItsOwnDeadline() {
		StringBuffer ended = new StringBuffer();
		start(300, "c", ended);
		start(100, "a", ended);
		advance(50);
		start(100, "b", ended);
		advance(49);
		assertThat(ended).hasToString("");
		advance(1);
		assertThat(ended).hasToString("a");
		advance(50);
		assertThat(ended).hasToString("ab");
		advance(149);
		assertThat(ended).hasToString("ab");
		advance(1);
		assertThat(ended).hasToString("abc");
	}

	@Test
	void callsShareOneTimer() {
		AtomicInteger scheduled = new AtomicInteger();
		Deadlines shared = new Deadlines(new CountingScheduler(this.scheduler, scheduled));
		for (int i = 0; i < 1000; i++) {
			Sinks.One<Integer> response = Sinks.one();
			limit(response.asMono(), 10_000, shared).subscribe();
			response.tryEmitValue(i);
			this.scheduler.advanceTimeBy(Duration.ofMillis(5));
		}
		assertThat(scheduled).hasValue(1);
		this.scheduler.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(scheduled).hasValue(1);
		StepVerifier.create(limit(Mono.never(), 10_000, shared))
			.then(() -> this.scheduler.advanceTimeBy(Duration.ofSeconds(10)))
			.verifyError(TimeoutException.class);
	}

	@Test
	void deadlineEndsOnce() {
		AtomicInteger ends = new AtomicInteger();
		this.deadlines.after(Duration.ofMillis(100)).subscribe(new CountingSubscriber(ends));
		advance(100);
		assertThat(ends).hasValue(1);
		StepVerifier.create(limit(Mono.never(), 100)).then(() -> advance(100)).verifyError(TimeoutException.class);
		assertThat(ends).hasValue(1);
	}

	@Test
	void callWithAnImmediateResponseNeedsNoTimer() {
		AtomicInteger scheduled = new AtomicInteger();
		Deadlines shared = new Deadlines(new CountingScheduler(this.scheduler, scheduled));
		StepVerifier.create(limit(Mono.just("response"), 10_000, shared)).expectNext("response").verifyComplete();
		assertThat(scheduled).hasValue(0);
	}

	@Test
	void deadlineForEverNeedsNoTimer() {
		AtomicInteger scheduled = new AtomicInteger();
		AtomicInteger ends = new AtomicInteger();
		Deadlines shared = new Deadlines(new CountingScheduler(this.scheduler, scheduled));
		shared.after(ChronoUnit.FOREVER.getDuration()).subscribe(new CountingSubscriber(ends));
		shared.after(Durations.FOREVER).subscribe(new CountingSubscriber(ends));
		assertThat(scheduled).hasValue(0);
		this.scheduler.advanceTimeBy(Durations.FOREVER.plusDays(1));
		assertThat(ends).hasValue(0);
	}

	@Test
	void cancellationReachesTheCallAndEndsTheDeadline() {
		AtomicInteger canceled = new AtomicInteger();
		AtomicInteger failed = new AtomicInteger();
		Disposable subscription = limit(Mono.never().doOnCancel(canceled::incrementAndGet), 100)
			.subscribe((value) -> failed.incrementAndGet(), (ex) -> failed.incrementAndGet());
		subscription.dispose();
		advance(1000);
		assertThat(canceled).hasValue(1);
		assertThat(failed).hasValue(0);
	}

	@Test
	void callEndsOnceHoweverCloseResponseAndDeadlineAre() {
		Deadlines real = new Deadlines(Schedulers.parallel());
		AtomicInteger responded = new AtomicInteger();
		AtomicInteger late = new AtomicInteger();
		Long ends = Flux.range(0, 2000).flatMap((index) -> {
			Sinks.One<Integer> sink = Sinks.one();
			Schedulers.parallel().schedule(() -> sink.tryEmitValue(index), 5, TimeUnit.MILLISECONDS);
			return limit(sink.asMono(), 5, real).doOnNext((value) -> responded.incrementAndGet())
				.onErrorResume(TimeoutException.class, (ex) -> Mono.just(late.incrementAndGet()));
		}, 64).count().block(Duration.ofSeconds(30));
		assertThat(ends).isEqualTo(2000);
		assertThat(responded.get() + late.get()).isEqualTo(2000);
	}

	private <T> Mono<T> limit(Mono<T> call, long millis) {
		return limit(call, millis, this.deadlines);
	}

	private static <T> Mono<T> limit(Mono<T> call, long millis, Deadlines deadlines) {
		return call.timeout(deadlines.after(Duration.ofMillis(millis)), Mono.error(TimeoutException::new));
	}

	private void start(long millis, String name, StringBuffer ended) {
		limit(Mono.never(), millis).subscribe((value) -> ended.append('!'), (ex) -> ended.append(name));
	}

	private void advance(long millis) {
		this.scheduler.advanceTimeBy(Duration.ofMillis(millis));
	}

	/**
	 * Counts the ends it is told of.
	 */
	private record CountingSubscriber(AtomicInteger ends) implements Subscriber<Void> {

		@Override
		public void onSubscribe(Subscription subscription) {
			subscription.request(1);
		}

		@Override
		public void onNext(Void value) {
			throw new IllegalStateException("A deadline has no value");
		}

		@Override
		public void onError(Throwable failure) {
			throw new IllegalStateException(failure);
		}

		@Override
		public void onComplete() {
			this.ends.incrementAndGet();
		}

	}

	/**
	 * Counts the timers that are set.
	 */
	private record CountingScheduler(Scheduler delegate, AtomicInteger count) implements Scheduler {

		@Override
		public Disposable schedule(Runnable task) {
			return this.delegate.schedule(task);
		}

		@Override
		public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
			this.count.incrementAndGet();
			return this.delegate.schedule(task, delay, unit);
		}

		@Override
		public long now(TimeUnit unit) {
			return this.delegate.now(unit);
		}

		@Override
		public Worker createWorker() {
			return this.delegate.createWorker();
		}

	}

}
