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

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.jdbc.TriggerDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The table of events, for those who decide about parked ones.
 */
final class JdbcParkedEvents {

	private final TriggerDatabase database;

	JdbcParkedEvents(TriggerDatabase database) {
		this.database = database;
	}

	List<ParkedRunEvent> find(int limit) {
		return this.database
			.sql(this.database.dialect()
				.select("listener, run_id, task, finished_at, attempts, last_error", "trigger_run_event",
						"state = 'PARKED' ORDER BY changed_at, listener, run_id", limit))
			.query((row, number) -> new ParkedRunEvent(row.getString(1), row.getString(2), row.getString(3),
					time(row, 4), row.getInt(5), row.getString(6)))
			.list();
	}

	static @Nullable Instant time(ResultSet row, int column) throws SQLException {
		long time = row.getLong(column);
		return row.wasNull() ? null : Instant.ofEpochMilli(time);
	}

	boolean requeue(String listener, String runId) {
		return change(listener, runId, "state = 'PENDING', attempts = 0, next_attempt_at = 0");
	}

	boolean drop(String listener, String runId) {
		return change(listener, runId, "state = 'SKIPPED', changed_at = " + this.database.dialect().now());
	}

	private boolean change(String listener, String runId, String assignment) {
		return this.database.update(this.database
			.sql("UPDATE trigger_run_event SET " + assignment + " WHERE listener = :listener AND run_id = :runId AND "
					+ this.database.dialect().unindexed("state") + " = 'PARKED'")
			.param("listener", listener)
			.param("runId", runId)) > 0;
	}

}
