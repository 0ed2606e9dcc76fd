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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * What became of one call.
 *
 * @param fault the fault that it met
 * @param operation the operation
 * @param always whether every attempt met the fault, not only the first
 * @param failure what it failed with, {@code null} if it succeeded
 * @param signals how often it ended
 * @param attempts how many requests arrived
 * @param made how much it made
 * @param duration how long it took
 * @param connectionsInUse how many connections were not given back
 */
record MatrixCell(MatrixFault fault, MatrixOperation operation, boolean always, @Nullable Throwable failure,
		int signals, int attempts, int made, Duration duration, int connectionsInUse) {

	static MatrixCell strike(MatrixFault fault, MatrixOperation operation, boolean always) throws InterruptedException {
		try (FaultRig rig = FaultRig.of(fault)) {
			String prepared = operation.prepare(rig);
			fault.strike(rig, operation.skip(), always);
			CountDownLatch ended = new CountDownLatch(1);
			AtomicInteger signals = new AtomicInteger();
			AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
			long start = System.nanoTime();
			operation.call(rig.client(), prepared).subscribe((nothing) -> {
			}, (ex) -> {
				failure.set(ex);
				signals.incrementAndGet();
				ended.countDown();
			}, () -> {
				signals.incrementAndGet();
				ended.countDown();
			});
			boolean inTime = ended.await(30, TimeUnit.SECONDS);
			Duration duration = Duration.ofNanos(System.nanoTime() - start);
			int attempts = rig.proxy().requests();
			int inUse = rig.awaitConnections();
			rig.proxy().awaitQuiet(Duration.ofSeconds(5));
			return new MatrixCell(fault, operation, always,
					inTime ? failure.get() : new IllegalStateException("It hangs"), signals.get(), attempts,
					operation.made(rig, prepared), duration, inUse);
		}
	}

	boolean succeeded() {
		return this.failure == null;
	}

	/**
	 * The failure in a word, without what all of them have in common.
	 */
	String outcome() {
		return (this.failure != null)
				? this.failure.getClass().getSimpleName().replace("Exception", "").replace("Trigger", "") : "ok";
	}

	@Override
	public String toString() {
		return this.operation.title() + " meets " + this.fault.title() + (this.always ? " for good" : " once");
	}

}
