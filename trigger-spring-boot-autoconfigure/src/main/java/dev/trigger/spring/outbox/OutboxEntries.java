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

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trigger.spring.jdbc.TriggerDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The table of the outbox, for those who ask what became of a trigger, or decide about
 * parked ones.
 */
final class OutboxEntries {

	private static final String ENTRY = "id, task, client, ordering_key, state, created_at, due_at, attempts, run_id, "
			+ "last_error";

	private final TriggerDatabase database;

	OutboxEntries(TriggerDatabase database) {
		this.database = database;
	}

	OutboxStatus status() {
		Map<OutboxState, Long> rows = new EnumMap<>(OutboxState.class);
		List<Duration> ages = new ArrayList<>();
		this.database
			.sql("SELECT state, COUNT(*), " + this.database.dialect().now() + " - MIN(created_at) FROM trigger_outbox "
					+ "WHERE state IN ('PENDING', 'PARKED') GROUP BY state")
			.query((results) -> {
				OutboxState state = OutboxState.valueOf(results.getString(1));
				rows.put(state, results.getLong(2));
				if (state == OutboxState.PENDING) {
					ages.add(Duration.ofMillis(Math.max(0, results.getLong(3))));
				}
			});
		return new OutboxStatus(rows.getOrDefault(OutboxState.PENDING, 0L), rows.getOrDefault(OutboxState.PARKED, 0L),
				ages.isEmpty() ? null : ages.get(0));
	}

	List<OutboxEntry> parked(int limit) {
		return this.database
			.sql(this.database.dialect().select(ENTRY, "trigger_outbox", "state = 'PARKED' ORDER BY seq", limit))
			.query(OutboxEntries::entry)
			.list();
	}

	Optional<OutboxEntry> find(String id) {
		return this.database.sql("SELECT " + ENTRY + " FROM trigger_outbox WHERE id = :id")
			.param("id", id)
			.query(OutboxEntries::entry)
			.optional();
	}

	private static OutboxEntry entry(ResultSet results, int number) throws SQLException {
		return new OutboxEntry(results.getString("id"), results.getString("task"), results.getString("client"),
				results.getString("ordering_key"), OutboxState.valueOf(results.getString("state")),
				Instant.ofEpochMilli(results.getLong("created_at")), Instant.ofEpochMilli(results.getLong("due_at")),
				results.getInt("attempts"), results.getString("run_id"), results.getString("last_error"));
	}

	/**
	 * Send parked rows again.
	 * @param id the id of the row, {@code null} for all
	 * @return the number of rows
	 */
	int requeue(@Nullable String id) {
		return change("UPDATE trigger_outbox SET state = 'PENDING', failures = 0, due_at = "
				+ this.database.dialect().now() + " WHERE state = 'PARKED'", id);
	}

	int drop(String id) {
		return change("DELETE FROM trigger_outbox WHERE state = 'PARKED'", id);
	}

	private int change(String sql, @Nullable String id) {
		return this.database
			.update((id != null) ? this.database.sql(sql + " AND id = :id").param("id", id) : this.database.sql(sql));
	}

}
