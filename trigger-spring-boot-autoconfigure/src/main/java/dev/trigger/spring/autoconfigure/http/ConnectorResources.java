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

package dev.trigger.spring.autoconfigure.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What connectors have opened that nobody else closes.
 */
final class ConnectorResources implements AutoCloseable {

	private final Set<Runnable> closing = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * Have a resource closed.
	 * @param close closes it
	 */
	void add(Runnable close) {
		this.closing.add(close);
		if (this.closed) {
			close(close);
		}
	}

	/**
	 * Close one resource earlier than the others.
	 * @param close what was added
	 */
	void close(Runnable close) {
		if (this.closing.remove(close)) {
			close.run();
		}
	}

	/**
	 * Return whether the application is closed, so that nothing is to be opened any more.
	 */
	boolean isClosed() {
		return this.closed;
	}

	@Override
	public void close() {
		this.closed = true;
		this.closing.forEach(this::close);
	}

}
