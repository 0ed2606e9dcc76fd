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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The latest exchanges. Older ones are forgotten, so that a server that runs for long
 * needs no more and more memory.
 */
final class Journal {

	private static final int LONGEST = 20_000;

	/**
	 * Bodies that are remembered: 1 KB for each of the remembered requests.
	 */
	private static final long MOST_BYTES = LONGEST * 1024L;

	private final Deque<Exchange> exchanges = new ArrayDeque<>();

	private long bytes;

	private int clearings;

	/**
	 * Begin an exchange. What begins before a {@link #clear()} is forgotten with the
	 * others, even if it ends later.
	 * @return what gets the exchange when it has ended
	 */
	synchronized Consumer<Exchange> begin() {
		int clearing = this.clearings;
		return (exchange) -> add(exchange, clearing);
	}

	private synchronized void add(Exchange exchange, int clearing) {
		if (clearing != this.clearings) {
			return;
		}
		this.exchanges.add(exchange);
		this.bytes += exchange.request().body().length;
		while (this.exchanges.size() > LONGEST || this.bytes > MOST_BYTES) {
			this.bytes -= this.exchanges.remove().request().body().length;
		}
	}

	/**
	 * Return the exchanges, in the order in which they were handled.
	 * @return a copy
	 */
	synchronized List<Exchange> exchanges() {
		return List.copyOf(this.exchanges);
	}

	synchronized void clear() {
		this.clearings++;
		this.exchanges.clear();
		this.bytes = 0;
	}

}
