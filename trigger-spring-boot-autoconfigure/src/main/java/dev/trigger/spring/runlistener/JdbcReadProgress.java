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

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.runlistener.RunEventStore.Since;
import org.jspecify.annotations.Nullable;

/**
 * The tables of how far readers are, and since when listeners are known. Whatever writes
 * does so in the transaction of the caller.
 */
final class JdbcReadProgress {

	private final TriggerDatabase database;

	JdbcReadProgress(TriggerDatabase database) {
		this.database = database;
	}

	Map<String, Since> known(Collection<String> listeners) {
		Map<String, Since> known = new HashMap<>();
		this.database.sql("SELECT listener, since, caught_up FROM trigger_run_listener WHERE listener IN (:listeners)")
			.param("listeners", listeners)
			.query((row) -> {
				known.put(row.getString(1), new Since(Instant.ofEpochMilli(row.getLong(2)), row.getInt(3) != 0));
			});
		return known;
	}

	/**
	 * Make a listener known.
	 * @throws org.springframework.dao.DuplicateKeyException if it is
	 */
	void add(String listener, Instant since) {
		this.database.sql("INSERT INTO trigger_run_listener (listener, since, caught_up) VALUES (:listener, :since, 0)")
			.param("listener", listener)
			.param("since", since.toEpochMilli())
			.update();
	}

	void caughtUp(Collection<String> listeners) {
		this.database.sql("UPDATE trigger_run_listener SET caught_up = 1 WHERE listener IN (:listeners)")
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

	void move(String reader, ReadPosition position) {
		int updated = this.database
			.sql("UPDATE trigger_run_cursor SET finished_at = :finishedAt, run_id = :runId WHERE reader = :reader")
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
