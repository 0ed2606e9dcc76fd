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

package dev.trigger.spring.test;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition.
 */
final class Await {

	private static final long INTERVAL = 10;

	private Await() {
	}

	/**
	 * Wait until a condition is met.
	 * @param timeout how long to wait; the condition is checked at least once
	 * @param condition the condition
	 * @return whether the condition was met
	 */
	static boolean until(Duration timeout, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start >= timeout.toNanos()) {
				return false;
			}
			try {
				Thread.sleep(INTERVAL);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return true;
	}

}
