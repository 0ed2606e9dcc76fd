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

package dev.trigger.spring.outbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What this instance committed just now, and may send at once, since no other instance
 * takes it during its head start. What is not taken from here in that time is found as it
 * becomes due: somebody may have sent it then.
 */
final class OutboxCommits {

	/**
	 * How many are remembered.
	 */
	private static final int MAX = 10_000;

	private final Queue<Committed> rows = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	void add(String id, String client, long insertedAt) {
		if (this.size.get() < MAX) {
			this.size.incrementAndGet();
			this.rows.add(new Committed(id, client, insertedAt));
		}
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	/**
	 * Take some, without those of clients that pause.
	 */
	List<String> take(int limit, Collection<String> paused) {
		List<String> ids = new ArrayList<>(limit);
		while (ids.size() < limit) {
			Committed row = this.rows.poll();
			if (row == null) {
				break;
			}
			this.size.decrementAndGet();
			boolean fresh = System.nanoTime() - row.insertedAt() < OutboxSettings.HEAD_START.toNanos();
			if (fresh && !paused.contains(row.client())) {
				ids.add(row.id());
			}
		}
		return ids;
	}

	/**
	 * A row that this instance committed.
	 *
	 * @param id the id
	 * @param client the name of the client that sends it
	 * @param insertedAt a time before it was inserted, by the clock of the JVM
	 */
	private record Committed(String id, String client, long insertedAt) {

	}

}
