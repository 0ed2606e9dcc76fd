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

package dev.trigger.spring.runlistener;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Wakes up one thread. A signal while nobody waits is not lost.
 */
final class Wakeup {

	private final Semaphore signals = new Semaphore(0);

	void signal() {
		this.signals.release();
	}

	/**
	 * Wait for a signal.
	 * @param timeout how long at most
	 */
	void await(Duration timeout) throws InterruptedException {
		if (this.signals.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
			this.signals.drainPermits();
		}
	}

}
