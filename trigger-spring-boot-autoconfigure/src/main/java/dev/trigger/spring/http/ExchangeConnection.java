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

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * The connection of one exchange, as far as the connector shows it.
 */
interface ExchangeConnection {

	/**
	 * The connection of a connector that does not show it.
	 */
	ExchangeConnection UNKNOWN = new ExchangeConnection() {

		@Override
		public void close() {
		}

		@Override
		public @Nullable Executor thread() {
			return null;
		}

	};

	/**
	 * Close the connection if the exchange is still under way.
	 */
	void close();

	/**
	 * Return what executes tasks on the thread of the connection. A task that is handed
	 * over while the end of the response is read comes when the connection is free.
	 * @return the executor, which may be closed, {@code null} if it is not known
	 */
	@Nullable Executor thread();

}
