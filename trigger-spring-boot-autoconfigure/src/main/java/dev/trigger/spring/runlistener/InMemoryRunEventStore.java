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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory, for an application without a database: what happens while
 * it is not running is lost, and each instance handles all events.
 */
final class InMemoryRunEventStore implements RunEventStore {

	private final LongSupplier clock;

	private final Map<String, Since> listeners = new HashMap<>();

	private final Map<String, ReadPosition> positions = new HashMap<>();

	/**
	 * In the order in which they came.
	 */
	private final Map<Key, Entry> entries = new LinkedHashMap<>();

	/**
	 * Those that are pending or parked.
	 */
	private final Map<Key, Entry> open = new LinkedHashMap<>();

	private final InMemoryTriggeredRuns triggered;

	InMemoryRunEventStore() {
		this(System::nanoTime);
	}

	/**
	 * Create a store.
	 * @param clock a clock in nanoseconds
	 */
	InMemoryRunEventStore(LongSupplier clock) {
		this.clock = clock;
		this.triggered = new InMemoryTriggeredRuns(clock);
	}

	private long now() {
		return this.clock.getAsLong();
	}

	private boolean isOver(long time) {
		return now() - time >= 0;
	}

	@Override
	public boolean tryLead() {
		return true;
	}

	@Override
	public void resign() {
	}

	@Override
	public synchronized Map<String, Since> known(Collection<String> listeners) {
		Map<String, Since> known = new HashMap<>(this.listeners);
		known.keySet().retainAll(listeners);
		return known;
	}

	/**
	 * What is kept in memory is lost with the runs that the application triggered.
	 */
	@Override
	public void announce(Collection<String> listeners, Duration age) {
	}

	@Override
	public synchronized boolean register(String listener, Instant since, Collection<String> skipped) {
		if (this.listeners.putIfAbsent(listener, new Since(since, null)) != null) {
			return false;
		}
		skipped.forEach((runId) -> add(new RunEvent(listener, runId, null, null, 0), State.SKIPPED));
		return true;
	}

	@Override
	public synchronized void caughtUp(Collection<String> listeners, Instant end) {
		listeners.forEach((listener) -> this.listeners.computeIfPresent(listener, (id, known) -> {
			Instant before = known.readUntil();
			return new Since(known.since(), (before == null || end.isAfter(before)) ? end : before);
		}));
	}

	@Override
	public synchronized @Nullable ReadPosition position(String reader) {
		return this.positions.get(reader);
	}

	@Override
	public synchronized int save(String reader, Collection<String> listeners, List<RunEvent> events,
			Collection<String> over, @Nullable ReadPosition position) {
		int added = 0;
		for (RunEvent event : events) {
			added += add(event, State.PENDING) ? 1 : 0;
		}
		this.triggered.forget(over);
		if (position != null) {
			this.positions.put(reader, position);
			caughtUp(listeners.stream().filter(this::isCaughtUp).toList(), position.finishedAt());
		}
		return added;
	}

	private boolean isCaughtUp(String listener) {
		Since known = this.listeners.get(listener);
		return known != null && known.readUntil() != null;
	}

	private boolean add(RunEvent event, State state) {
		Entry entry = new Entry(event, state, now());
		if (this.entries.putIfAbsent(Key.of(event), entry) != null) {
			return false;
		}
		if (state == State.PENDING) {
			this.open.put(Key.of(event), entry);
		}
		return true;
	}

	@Override
	public synchronized List<RunEvent> pending(Collection<String> listeners, int limit) {
		return this.open.values()
			.stream()
			.filter((entry) -> entry.state == State.PENDING && isOver(entry.dueAt)
					&& listeners.contains(entry.event.listener()))
			.map((entry) -> entry.event)
			.limit(limit)
			.toList();
	}

	@Override
	public boolean handle(RunEvent event, ThrowingRunnable handler) throws Exception {
		if (!change(event, State.PENDING, State.DONE)) {
			return false;
		}
		boolean success = false;
		try {
			handler.run();
			success = true;
		}
		finally {
			if (!success) {
				change(event, State.DONE, State.PENDING);
			}
		}
		return true;
	}

	private synchronized boolean change(RunEvent event, State from, State to) {
		Entry entry = this.entries.get(Key.of(event));
		if (entry == null || entry.state != from) {
			return false;
		}
		entry.state = to;
		entry.changedAt = now();
		if (to == State.PENDING) {
			this.open.put(Key.of(event), entry);
		}
		else {
			this.open.remove(Key.of(event));
		}
		return true;
	}

	@Override
	public synchronized void failed(RunEvent event, String reason, @Nullable Duration delay, boolean counts) {
		Entry entry = this.entries.get(Key.of(event));
		if (entry == null || entry.state != State.PENDING) {
			return;
		}
		int attempts = entry.event.attempts() + (counts ? 1 : 0);
		entry.event = new RunEvent(event.listener(), event.runId(), event.task(), event.finishedAt(), attempts);
		entry.reason = reason;
		if (delay == null) {
			entry.state = State.PARKED;
		}
		else {
			entry.dueAt = now() + delay.toNanos();
		}
	}

	@Override
	public synchronized Counts counts() {
		long pending = 0;
		long parked = 0;
		long oldest = 0;
		for (Entry entry : this.open.values()) {
			if (entry.state == State.PENDING) {
				pending++;
				oldest = Math.max(oldest, now() - entry.createdAt);
			}
			else if (entry.state == State.PARKED) {
				parked++;
			}
		}
		return new Counts(pending, parked, Duration.ofNanos(oldest));
	}

	@Override
	public synchronized List<ParkedRunEvent> parked(int limit) {
		return this.open.values()
			.stream()
			.filter((entry) -> entry.state == State.PARKED)
			.limit(limit)
			.map((entry) -> new ParkedRunEvent(entry.event.listener(), entry.event.runId(), entry.event.task(),
					entry.event.finishedAt(), entry.event.attempts(), entry.reason))
			.toList();
	}

	@Override
	public synchronized boolean requeue(String listener, String runId) {
		Entry entry = this.entries.get(new Key(listener, runId));
		if (entry == null || entry.state != State.PARKED) {
			return false;
		}
		RunEvent event = entry.event;
		entry.event = new RunEvent(event.listener(), event.runId(), event.task(), event.finishedAt(), 0);
		entry.state = State.PENDING;
		entry.dueAt = now();
		return true;
	}

	@Override
	public synchronized boolean drop(String listener, String runId) {
		Entry entry = this.entries.get(new Key(listener, runId));
		return entry != null && change(entry.event, State.PARKED, State.SKIPPED);
	}

	@Override
	public TriggeredRuns triggeredRuns() {
		return this.triggered;
	}

	@Override
	public synchronized boolean clean(Duration retention, Instant before) {
		Predicate<Entry> old = (entry) -> now() - entry.changedAt > keep(entry, retention).toNanos()
				&& (entry.event.finishedAt() == null || entry.event.finishedAt().isBefore(before));
		this.entries.values()
			.removeIf((entry) -> (entry.state == State.DONE || entry.state == State.SKIPPED) && old.test(entry));
		return false;
	}

	private static Duration keep(Entry entry, Duration retention) {
		return (entry.event.finishedAt() != null || retention.compareTo(RunReader.REACH) > 0) ? retention
				: RunReader.REACH.plusDays(1);
	}

	private enum State {

		PENDING, DONE, PARKED, SKIPPED

	}

	/**
	 * What an event is found by.
	 */
	private record Key(String listener, String runId) {

		static Key of(RunEvent event) {
			return new Key(event.listener(), event.runId());
		}

	}

	/**
	 * An event and what came of it. Changes under the lock of the store.
	 */
	private static final class Entry {

		private final long createdAt;

		private RunEvent event;

		private State state;

		private long dueAt;

		private long changedAt;

		private @Nullable String reason;

		private Entry(RunEvent event, State state, long now) {
			this.event = event;
			this.state = state;
			this.createdAt = now;
			this.dueAt = now;
			this.changedAt = now;
		}

	}

}
