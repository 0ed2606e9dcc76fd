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

import java.util.concurrent.Semaphore;

/**
 * Limits for how many runs listeners are called at the same time. A call that does not
 * end gives its place to another, so that it does not hold up all the others; but only as
 * many do as there are places, since each of them holds a thread and a connection.
 */
final class RunPermits {

	private final Semaphore places;

	private final Semaphore replacements;

	RunPermits(int concurrency) {
		this.places = new Semaphore(concurrency);
		this.replacements = new Semaphore(concurrency);
	}

	/**
	 * Wait for a place.
	 * @return a permit, which has to be released
	 */
	Permit acquire() throws InterruptedException {
		this.places.acquire();
		return new Permit();
	}

	/**
	 * A place.
	 */
	final class Permit {

		private boolean replaced;

		/**
		 * Give the place to another, if that is still allowed.
		 * @return whether the place is free
		 */
		synchronized boolean replace() {
			if (!this.replaced && RunPermits.this.replacements.tryAcquire()) {
				this.replaced = true;
				RunPermits.this.places.release();
			}
			return this.replaced;
		}

		synchronized void release() {
			(this.replaced ? RunPermits.this.replacements : RunPermits.this.places).release();
		}

	}

}
