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

package dev.trigger.emulator.http;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one exchange.
 *
 * @param kind the kind of fault
 * @param delay how long to wait before anything else, {@code null} for not at all
 * @param response the response to send instead of acting, for {@link Kind#RESPOND}
 * @since 1.0.0
 */
public record Fault(Kind kind, @Nullable Duration delay, @Nullable Supplier<EmulatorResponse> response) {

	/**
	 * Create a fault without response or delay.
	 * @param kind the kind of fault
	 * @return the fault
	 */
	public static Fault of(Kind kind) {
		return new Fault(kind, null, null);
	}

	/**
	 * The kinds of fault.
	 */
	public enum Kind {

		/**
		 * Respond late.
		 */
		DELAY,

		/**
		 * Respond with something else and do nothing.
		 */
		RESPOND,

		/**
		 * Close the connection before acting.
		 */
		RESET,

		/**
		 * Act, then close the connection without a response.
		 */
		LOSE_RESPONSE,

		/**
		 * Act, then close the connection in the middle of the response.
		 */
		TRUNCATE,

		/**
		 * Act, then never respond.
		 */
		HANG,

		/**
		 * Respond with what has changed of each row, where the row was sent before.
		 */
		PARTIAL_ROWS

	}

}
