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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunSummary;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever stops waiting stops the work: no further request is made, the connection is
 * free, and the source of items is let go.
 */
class CancellationTests {

	private static final TaskType<Integer, Object> HELLO = TaskType.of("hello", Integer.class, Object.class);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final FaultRig rig = new FaultRig();

	/**
	 * Have the first call of all behind it, which may take longer than the read timeout.
	 */
	@BeforeEach
	void warmUp() {
		this.rig.warmUp();
	}

	@AfterEach
	void stop() {
		this.rig.close();
	}

	@Test
	void cancelledWalkFreesTheConnectionInTheMiddleOfAPage() throws InterruptedException {
		makeRuns(50);
		CountDownLatch secondPage = new CountDownLatch(1);
		this.rig.proxy().arm((exchange) -> {
			secondPage.countDown();
			FaultProxy.sleep(FaultRig.READ_TIMEOUT.dividedBy(2));
			exchange.write(exchange.forward());
			return true;
		}, 1, 1);
		Disposable walk = this.rig.client().runs().list((query) -> query.size(10)).subscribe();
		assertThat(secondPage.await(30, TimeUnit.SECONDS)).isTrue();
		walk.dispose();
		assertThat(this.rig.awaitConnections()).isZero();
		assertThat(this.rig.proxy().awaitQuiet(PATIENCE)).isTrue();
		assertThat(this.rig.proxy().requests()).isEqualTo(2);
	}

	@Test
	void walkAsksForNoPageThatNobodyWants() {
		makeRuns(50);
		this.rig.proxy().arm(FaultProxy.Behaviour.NONE, 0, 0);
		AtomicInteger received = new AtomicInteger();
		BaseSubscriber<RunSummary> slow = new BaseSubscriber<>() {

			@Override
			protected void hookOnSubscribe(Subscription subscription) {
				subscription.request(12);
			}

			@Override
			protected void hookOnNext(RunSummary run) {
				received.incrementAndGet();
			}

		};
		this.rig.client().runs().list((query) -> query.size(10)).subscribe(slow);
		await(() -> received.get() == 12);
		assertThat(this.rig.awaitConnections()).isZero();
		assertThat(this.rig.proxy().requests()).isEqualTo(2);
		slow.cancel();
		assertThat(this.rig.proxy().requests()).isEqualTo(2);
	}

	@Test
	void timeoutOfTheCallerStopsTheWalkAndFreesTheConnection() {
		makeRuns(50);
		this.rig.emulator().faults().onOperation("runs.list").hang().after(2);
		this.rig.proxy().arm(FaultProxy.Behaviour.NONE, 0, 0);
		AtomicInteger received = new AtomicInteger();
		// of the page that hangs, not of those before it
		StepVerifier.create(this.rig.client()
			.runs()
			.list((query) -> query.size(10))
			.timeout(Mono.never(),
					(run) -> (received.incrementAndGet() == 20) ? Mono.delay(Duration.ofMillis(300)) : Mono.never()))
			.expectNextCount(20)
			.expectError()
			.verify(PATIENCE);
		assertThat(this.rig.awaitConnections()).isZero();
		assertThat(this.rig.proxy().requests()).isEqualTo(3);
	}

	@Test
	void timeoutOfTheClientFreesTheConnection() {
		this.rig.emulator().faults().onOperation("runs.list").hang();
		StepVerifier.create(this.rig.client().withTimeout(Duration.ofMillis(200)).runs().list(RunQuery.all()))
			.expectError(TriggerTimeoutException.class)
			.verify(PATIENCE);
		assertThat(this.rig.awaitConnections()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3 })
	void cancelledTriggerIsNeverTriedAgain(int attemptsBefore) {
		this.rig.emulator().faults().onOperation("tasks.trigger").status(503).times(attemptsBefore);
		this.rig.emulator().faults().onOperation("tasks.trigger").hang();
		this.rig.proxy().arm(FaultProxy.Behaviour.NONE, 0, 0);
		Disposable call = this.rig.client().tasks().trigger(HELLO, 1).subscribe();
		await(() -> this.rig.proxy().requests() == attemptsBefore + 1);
		call.dispose();
		assertThat(this.rig.awaitConnections()).isZero();
		// longer than the read timeout and the wait for another attempt
		Mono.delay(FaultRig.READ_TIMEOUT.plusMillis(400)).block();
		assertThat(this.rig.proxy().requests()).isEqualTo(attemptsBefore + 1);
	}

	@Test
	void callThatIsCancelledWhileItWaitsForItsNextAttemptMakesNone() {
		this.rig.emulator().faults().onOperation("tasks.trigger").status(503);
		this.rig.proxy().arm(FaultProxy.Behaviour.NONE, 0, 0);
		Disposable call = this.rig.client()
			.withRetry((policy) -> policy.withBackoff(Duration.ofMillis(1500), 1, Duration.ofMillis(1500))
				.withJitter(false))
			.tasks()
			.trigger(HELLO, 1)
			.subscribe();
		await(() -> this.rig.proxy().requests() == 1 && this.rig.awaitConnections() == 0);
		call.dispose();
		Mono.delay(Duration.ofMillis(1900)).block();
		assertThat(this.rig.proxy().requests()).isEqualTo(1);
	}

	@Test
	void cancellationInTheMiddleOfAStreamOfItemsLetsTheSourceGo() {
		String batch = this.rig.direct()
			.batches()
			.create(1000, (options) -> options.taskIdentifiers(List.of("hello")))
			.block(PATIENCE)
			.id();
		AtomicInteger emitted = new AtomicInteger();
		AtomicBoolean released = new AtomicBoolean();
		Flux<BatchItem> items = Flux.interval(Duration.ofMillis(5))
			.onBackpressureBuffer()
			.map((i) -> BatchItem.of("hello", i))
			.doOnNext((item) -> emitted.incrementAndGet())
			.doOnCancel(() -> released.set(true));
		Disposable call = this.rig.client().batches().streamItems(batch, items).subscribe();
		await(() -> emitted.get() > 20);
		assertThat(released).isFalse();
		call.dispose();
		await(released::get);
		assertThat(this.rig.awaitConnections()).isZero();
		int atTheEnd = emitted.get();
		Mono.delay(Duration.ofMillis(100)).block();
		assertThat(emitted).hasValue(atTheEnd);
		assertThat(this.rig.emulator().runs()).isEmpty();
	}

	@Test
	void cancellationBetweenBatchesLetsTheSourceGo() {
		AtomicInteger emitted = new AtomicInteger();
		AtomicBoolean released = new AtomicBoolean();
		Flux<BatchItem> items = Flux.range(0, 1_000_000)
			.map((i) -> BatchItem.of("hello", i))
			.doOnNext((item) -> emitted.incrementAndGet())
			.doOnCancel(() -> released.set(true));
		this.rig.client().batches().triggerAll(items, BatchOptions.none()).take(2).blockLast(PATIENCE);
		await(released::get);
		assertThat(this.rig.awaitConnections()).isZero();
		assertThat(emitted.get()).isLessThanOrEqualTo(5000);
		assertThat(this.rig.emulator().runs()).hasSizeLessThanOrEqualTo(3000);
	}

	@Test
	void cancellationOfManyCallsLeavesNothingBehind() {
		for (int i = 0; i < 200; i++) {
			Disposable call = this.rig.client().tasks().trigger(HELLO, i).subscribe();
			FaultProxy.sleep(Duration.ofMillis(i % 4));
			call.dispose();
		}
		assertThat(this.rig.awaitConnections()).isZero();
		this.rig.client().tasks().trigger(HELLO, 1000).block(PATIENCE);
	}

	private void makeRuns(int count) {
		this.rig.direct()
			.batches()
			.trigger(IntStream.range(0, count).mapToObj((i) -> BatchItem.of("hello", i)).toList())
			.block(PATIENCE);
	}

	private static void await(BooleanSupplier condition) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime()).as("time").isLessThan(end);
			FaultProxy.sleep(Duration.ofMillis(5));
		}
	}

}
