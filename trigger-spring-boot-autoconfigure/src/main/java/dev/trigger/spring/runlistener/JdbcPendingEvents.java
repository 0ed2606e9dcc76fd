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

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.spring.jdbc.ColumnText;
import dev.trigger.spring.jdbc.TriggerDatabase;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * Adds events to their table, and finds those that are to be handled.
 */
final class JdbcPendingEvents {

	private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

	private static final int MAX_REASON = 1000;

	private final TriggerDatabase database;

	JdbcPendingEvents(TriggerDatabase database) {
		this.database = database;
	}

	private String now() {
		return this.database.dialect().now();
	}

	/**
	 * The state of an event that is found by its key.
	 */
	private String state() {
		return this.database.dialect().unindexed("state");
	}

	/**
	 * Add the events that are not there yet, in the transaction of the caller.
	 * @param events the events
	 * @return how many were added
	 */
	int add(List<RunEvent> events) {
		Map<String, List<RunEvent>> byListener = new HashMap<>();
		events.forEach((event) -> byListener.computeIfAbsent(event.listener(), (id) -> new ArrayList<>()).add(event));
		int inserted = 0;
		for (Map.Entry<String, List<RunEvent>> entry : byListener.entrySet()) {
			Set<String> runIds = new LinkedHashSet<>(entry.getValue().stream().map(RunEvent::runId).toList());
			Set<String> known = JdbcTriggeredRuns.select(runIds,
					(chunk) -> this.database
						.sql("SELECT run_id FROM trigger_run_event WHERE listener = :listener AND run_id IN (:runIds)")
						.param("listener", entry.getKey())
						.param("runIds", chunk));
			List<RunEvent> unknown = entry.getValue().stream().filter((event) -> known.add(event.runId())).toList();
			insert(unknown, "PENDING");
			inserted += unknown.size();
		}
		return inserted;
	}

	/**
	 * Add runs that a listener is not called for, in the transaction of the caller.
	 * @param listener the id of the listener
	 * @param runIds the ids of the runs
	 */
	void skip(String listener, Collection<String> runIds) {
		insert(runIds.stream().map((runId) -> new RunEvent(listener, runId, null, null, 0)).toList(), "SKIPPED");
	}

	private void insert(List<RunEvent> events, String state) {
		this.database
			.batch("INSERT INTO trigger_run_event (listener, run_id, task, finished_at, state, attempts, created_at, "
					+ "next_attempt_at, changed_at) VALUES (?, ?, ?, ?, ?, 0, " + now() + ", " + now() + ", " + now()
					+ ")", events.stream().map((event) -> values(event, state)).toList());
	}

	private static @Nullable Object[] values(RunEvent event, String state) {
		Instant finishedAt = event.finishedAt();
		String task = event.task();
		return new @Nullable Object[] { event.listener(), event.runId(),
				new SqlParameterValue(Types.VARCHAR, (task != null) ? ColumnText.of(task, RunEvent.MAX_TASK) : null),
				new SqlParameterValue(Types.BIGINT, (finishedAt != null) ? finishedAt.toEpochMilli() : null), state };
	}

	/**
	 * Find what is to be handled now, the oldest first.
	 * @param listeners the ids of the listeners that there are
	 * @param limit the largest number
	 * @return the events
	 */
	List<RunEvent> find(Collection<String> listeners, int limit) {
		return this.database
			.sql(this.database.dialect()
				.select("listener, run_id, task, finished_at, attempts", "trigger_run_event",
						"state = 'PENDING' AND next_attempt_at <= " + now()
								+ " AND listener IN (:listeners) ORDER BY state, next_attempt_at",
						limit))
			.param("listeners", listeners)
			.query((row, number) -> new RunEvent(row.getString(1), row.getString(2), row.getString(3),
					JdbcParkedEvents.time(row, 4), row.getInt(5)))
			.list();
	}

	/**
	 * Let nothing wait for longer than it can have to.
	 * @param longest the longest time from now
	 */
	void makeDue(Duration longest) {
		int changed = this.database.update(this.database
			.sql("UPDATE trigger_run_event SET next_attempt_at = " + now()
					+ " WHERE state = 'PENDING' AND next_attempt_at > " + now() + " + :longest")
			.param("longest", longest.toMillis()));
		if (changed > 0) {
			logger.warn(changed + " ends of runs would wait for more than " + longest.toSeconds()
					+ " s and are handled now: the clock of the database was set back");
		}
	}

	/**
	 * Mark an event as handled, in the transaction of the caller.
	 * @param event the event
	 * @return {@code false} if it was handled already, or is parked
	 */
	boolean done(RunEvent event) {
		return this.database
			.sql("UPDATE trigger_run_event SET state = 'DONE', changed_at = " + now()
					+ " WHERE listener = :listener AND run_id = :runId AND " + state() + " = 'PENDING'")
			.param("listener", event.listener())
			.param("runId", event.runId())
			.update() > 0;
	}

	/**
	 * Write down that an event was not handled.
	 * @param event the event
	 * @param reason why
	 * @param delay when to try again, {@code null} for never
	 * @param counts whether it is an attempt of the listener
	 */
	void failed(RunEvent event, String reason, @Nullable Duration delay, boolean counts) {
		try {
			fail(event, ColumnText.of(reason, MAX_REASON), delay, counts);
		}
		catch (DataIntegrityViolationException ex) {
			fail(event, ColumnText.inAscii(reason, MAX_REASON), delay, counts);
		}
	}

	private void fail(RunEvent event, String reason, @Nullable Duration delay, boolean counts) {
		this.database.update(this.database
			.sql("UPDATE trigger_run_event SET state = :next, attempts = attempts + :counts, last_error = :reason, "
					+ "next_attempt_at = " + now() + " + :delay, changed_at = " + now()
					+ " WHERE listener = :listener AND run_id = :runId AND " + state() + " = 'PENDING'")
			.param("next", (delay != null) ? "PENDING" : "PARKED")
			.param("counts", counts ? 1 : 0)
			.param("reason", reason)
			.param("delay", (delay != null) ? delay.toMillis() : 0L)
			.param("listener", event.listener())
			.param("runId", event.runId()));
	}

	/**
	 * Count what is to be handled and what is parked.
	 * @return the numbers
	 */
	RunEventStore.Counts counts() {
		Map<String, Long> numbers = new HashMap<>();
		Map<String, Long> ages = new HashMap<>();
		this.database
			.sql("SELECT state, COUNT(*), MAX(" + now() + " - created_at) FROM trigger_run_event "
					+ "WHERE state IN ('PENDING', 'PARKED') GROUP BY state")
			.query((row) -> {
				numbers.put(row.getString(1), row.getLong(2));
				ages.put(row.getString(1), row.getLong(3));
			});
		return new RunEventStore.Counts(numbers.getOrDefault("PENDING", 0L), numbers.getOrDefault("PARKED", 0L),
				Duration.ofMillis(Math.max(0, ages.getOrDefault("PENDING", 0L))));
	}

}
