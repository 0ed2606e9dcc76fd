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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.spring.task.EncodedTrigger;
import org.jspecify.annotations.Nullable;

/**
 * What this instance committed just now, and may send at once, since no other instance
 * takes it during its head start. What is not taken from here in that time is found as it
 * becomes due: somebody may have sent it then.
 */
final class OutboxCommits {

	/**
	 * How much is remembered, in bytes.
	 */
	private static final long MAX = 16L << 20;

	private final Queue<Committed> rows = new ConcurrentLinkedQueue<>();

	private final AtomicInteger size = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	void add(Committed row) {
		if (this.bytes.get() < MAX) {
			this.bytes.addAndGet(row.bytes());
			this.size.incrementAndGet();
			this.rows.add(row);
		}
	}

	boolean isEmpty() {
		return this.rows.isEmpty();
	}

	int size() {
		return this.size.get();
	}

	/**
	 * Take some, without those of clients that pause.
	 */
	List<Committed> take(int limit, Collection<String> paused) {
		List<Committed> taken = new ArrayList<>(limit);
		while (taken.size() < limit) {
			Committed row = this.rows.poll();
			if (row == null) {
				break;
			}
			this.size.decrementAndGet();
			this.bytes.addAndGet(-row.bytes());
			boolean fresh = System.nanoTime() - row.insertedAt() < OutboxSettings.HEAD_START.toNanos();
			if (fresh && !paused.contains(row.client())) {
				taken.add(row);
			}
		}
		return taken;
	}

	/**
	 * A row that this instance committed, and that need not be sent in order.
	 *
	 * @param id the id
	 * @param client the name of the client that sends it
	 * @param trigger what is sent
	 * @param traceContext the trace of the transaction, see {@link OutboxTraceContext}
	 * @param insertedAt a time before it was inserted, by the clock of the JVM
	 */
	record Committed(String id, String client, EncodedTrigger trigger, @Nullable String traceContext, long insertedAt) {

		private static final int OVERHEAD = 1000;

		private int bytes() {
			return this.trigger.payload().length + this.trigger.options().length + OVERHEAD;
		}

		/**
		 * Return the row as it is once it is claimed.
		 * @param claimedAt when it is claimed
		 */
		OutboxRow claimed(long claimedAt) {
			long age = Duration.ofNanos(claimedAt - this.insertedAt).toMillis();
			return new OutboxRow(this.id, this.client, null, this.trigger, 1, 0, null, this.traceContext, age,
					claimedAt);
		}

	}

}
