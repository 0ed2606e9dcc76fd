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
import java.util.List;

import dev.trigger.spring.jdbc.TriggerDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The table of events, for what deletes those that were handled.
 */
final class JdbcHandledEvents {

	private static final int CHUNK = 500;

	private final TriggerDatabase database;

	JdbcHandledEvents(TriggerDatabase database) {
		this.database = database;
	}

	/**
	 * Delete some events that were kept long enough.
	 * @param retention how long they are kept
	 * @param before the end of the last run that can't be read again
	 * @return whether there may be more
	 */
	boolean delete(Duration retention, Instant before) {
		boolean more = false;
		// apart, so that each is in the order of an index: with many rows a sort of them
		// all would be slow
		for (String state : List.of("DONE", "SKIPPED")) {
			more |= delete(state, retention, before);
		}
		return more;
	}

	private boolean delete(String state, Duration retention, Instant before) {
		String now = this.database.dialect().now();
		long withoutEnd = Math.max(retention.toMillis(), RunReader.REACH.plusDays(1).toMillis());
		List<@Nullable Object[]> old = this.database
			.sql(this.database.dialect()
				.select("listener, run_id", "trigger_run_event",
						"state = '" + state + "' AND changed_at < " + now + " - :retention AND (finished_at < :before "
								+ "OR (finished_at IS NULL AND changed_at < " + now
								+ " - :withoutEnd)) ORDER BY state, changed_at",
						CHUNK))
			.param("withoutEnd", withoutEnd)
			.param("retention", retention.toMillis())
			.param("before", before.toEpochMilli())
			.query((row, number) -> new @Nullable Object[] { row.getString(1), row.getString(2) })
			.list();
		if (!old.isEmpty()) {
			this.database.newTransaction()
				.executeWithoutResult((status) -> this.database
					.batch("DELETE FROM trigger_run_event WHERE listener = ? AND run_id = ? AND "
							+ this.database.dialect().unindexed("state") + " = '" + state + "'", old));
		}
		return old.size() == CHUNK;
	}

}
