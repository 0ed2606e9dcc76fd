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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The runs that this process triggered.
 */
final class InMemoryTriggeredRuns implements TriggeredRuns {

	private final LongSupplier clock;

	private final Map<String, Triggered> runs = new LinkedHashMap<>();

	/**
	 * Create a collection of runs.
	 * @param clock a clock in nanoseconds
	 */
	InMemoryTriggeredRuns(LongSupplier clock) {
		this.clock = clock;
	}

	@Override
	public synchronized void add(String client, Collection<String> runIds, Duration check) {
		long now = this.clock.getAsLong();
		runIds.forEach((runId) -> this.runs.putIfAbsent(runId, new Triggered(client, now, now + check.toNanos())));
	}

	@Override
	public synchronized Set<String> of(Collection<String> runIds) {
		Set<String> known = new HashSet<>(runIds);
		known.retainAll(this.runs.keySet());
		return known;
	}

	@Override
	public synchronized List<TriggeredRun> overdue(String client, int limit) {
		long now = this.clock.getAsLong();
		List<TriggeredRun> overdue = new ArrayList<>();
		this.runs.forEach((runId, run) -> {
			if (overdue.size() < limit && run.client().equals(client) && now - run.checkAt() >= 0) {
				overdue.add(new TriggeredRun(runId, client, Duration.ofNanos(now - run.createdAt()), Instant.now()));
			}
		});
		return overdue;
	}

	@Override
	public synchronized void checkLater(String runId, Duration delay) {
		long checkAt = this.clock.getAsLong() + delay.toNanos();
		this.runs.computeIfPresent(runId, (id, run) -> new Triggered(run.client(), run.createdAt(), checkAt));
	}

	@Override
	public synchronized void forget(Collection<String> runIds) {
		runIds.forEach(this.runs::remove);
	}

	/**
	 * A run that the application triggered.
	 */
	private record Triggered(String client, long createdAt, long checkAt) {

	}

}
