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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.runlistener.RunEventStore.Since;
import org.jspecify.annotations.Nullable;

/**
 * The tables of how far readers and listeners are. Whatever writes does so in the
 * transaction of the caller.
 */
final class JdbcReadProgress {

	private final TriggerDatabase database;

	JdbcReadProgress(TriggerDatabase database) {
		this.database = database;
	}

	Map<String, Since> known(Collection<String> listeners) {
		Map<String, Since> known = new HashMap<>();
		this.database
			.sql("SELECT listener, since, read_until FROM trigger_run_listener WHERE listener IN (:listeners) "
					+ "AND announced = 0")
			.param("listeners", listeners)
			.query((row) -> {
				long time = row.getLong(3);
				Instant readUntil = row.wasNull() ? null : Instant.ofEpochMilli(time);
				known.put(row.getString(1), new Since(Instant.ofEpochMilli(row.getLong(2)), readUntil));
			});
		return known;
	}

	/**
	 * Return which of some listeners are neither known nor announced.
	 */
	Set<String> notThere(Collection<String> listeners) {
		Set<String> unknown = new LinkedHashSet<>(listeners);
		this.database.sql("SELECT listener FROM trigger_run_listener WHERE listener IN (:listeners)")
			.param("listeners", listeners)
			.query((row) -> {
				unknown.remove(row.getString(1));
			});
		return unknown;
	}

	/**
	 * Note that a listener is there, though it is not known yet where it starts: the time
	 * is when it was there first, and not yet the end of a run.
	 * @throws org.springframework.dao.DuplicateKeyException if that is noted
	 */
	void announce(String listener, Duration age) {
		insert(listener, this.database.dialect().now() + " - :time", age.toMillis(), 1);
	}

	private void insert(String listener, String since, long time, int announced) {
		this.database
			.sql("INSERT INTO trigger_run_listener (listener, since, announced) VALUES (:listener, " + since
					+ ", :announced)")
			.param("listener", listener)
			.param("time", time)
			.param("announced", announced)
			.update();
	}

	/**
	 * Make a listener known, which starts where it was announced if that is earlier.
	 * @throws org.springframework.dao.DuplicateKeyException if it is known
	 */
	void add(String listener, Instant since) {
		int announced = this.database
			.sql("UPDATE trigger_run_listener SET since = CASE WHEN since > :since THEN :since ELSE since END, "
					+ "announced = 0 WHERE listener = :listener AND announced = 1")
			.param("since", since.toEpochMilli())
			.param("listener", listener)
			.update();
		if (announced == 0) {
			insert(listener, ":time", since.toEpochMilli(), 0);
		}
	}

	void caughtUp(Collection<String> listeners, Instant end) {
		move(listeners, end, "(read_until IS NULL OR read_until < :readUntil)");
	}

	/**
	 * Move listeners on that caught up. One that is not among them, since another version
	 * of the application leads, stays where it is.
	 */
	void move(Collection<String> listeners, Instant end) {
		move(listeners, end, "read_until < :readUntil");
	}

	private void move(Collection<String> listeners, Instant end, String condition) {
		this.database
			.sql("UPDATE trigger_run_listener SET read_until = :readUntil WHERE listener IN (:listeners) AND "
					+ condition)
			.param("readUntil", end.toEpochMilli())
			.param("listeners", listeners)
			.update();
	}

	@Nullable ReadPosition position(String reader) {
		return this.database.sql("SELECT finished_at, run_id FROM trigger_run_cursor WHERE reader = :reader")
			.param("reader", reader)
			.query((row, number) -> {
				String runId = row.getString(2);
				return new ReadPosition(Instant.ofEpochMilli(row.getLong(1)), (runId != null) ? runId : "");
			})
			.optional()
			.orElse(null);
	}

	/**
	 * Move a reader on. One that was paused while another instance took over does not
	 * move it back.
	 */
	void move(String reader, ReadPosition position) {
		int updated = this.database
			.sql("UPDATE trigger_run_cursor SET finished_at = :finishedAt, run_id = :runId WHERE reader = :reader "
					+ "AND finished_at <= :finishedAt")
			.param("finishedAt", position.finishedAt().toEpochMilli())
			.param("runId", position.runId())
			.param("reader", reader)
			.update();
		// a driver may count the rows that changed, and not those that it found
		if (updated == 0 && position(reader) == null) {
			this.database.sql(
					"INSERT INTO trigger_run_cursor (reader, finished_at, run_id) VALUES (:reader, :finishedAt, :runId)")
				.param("reader", reader)
				.param("finishedAt", position.finishedAt().toEpochMilli())
				.param("runId", position.runId())
				.update();
		}
	}

}
