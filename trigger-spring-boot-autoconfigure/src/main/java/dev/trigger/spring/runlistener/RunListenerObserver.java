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

/**
 * Observes the calls of run listeners, on the threads that make them.
 *
 * @since 1.0.0
 */
@FunctionalInterface
public interface RunListenerObserver {

	/**
	 * Called when a call of a listener has ended.
	 * @param listener the id of the listener
	 * @param outcome what came of it
	 * @param time how long it took, zero unless it was handled
	 */
	void called(String listener, Outcome outcome, Duration time);

	/**
	 * What came of a call.
	 */
	enum Outcome {

		/**
		 * The event is handled.
		 */
		HANDLED,

		/**
		 * The listener failed, and is called again.
		 */
		FAILED,

		/**
		 * The listener failed the last time.
		 */
		PARKED

	}

}
