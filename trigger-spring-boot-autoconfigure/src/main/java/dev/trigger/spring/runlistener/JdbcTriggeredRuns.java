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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.trigger.spring.jdbc.InList;
import dev.trigger.spring.jdbc.TriggerDatabase;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of the runs that this application triggered.
 */
final class JdbcTriggeredRuns implements TriggeredRuns {

	private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

	/**
	 * What times may differ by although no clock was changed.
	 */
	private static final Duration MARGIN = Duration.ofMinutes(1);

	private final TriggerDatabase database;

	JdbcTriggeredRuns(TriggerDatabase database) {
		this.database = database;
	}

	private String now() {
		return this.database.dialect().now();
	}

	@Override
	public void add(String client, Collection<String> runIds, Duration check) {
		Set<String> unknown = new LinkedHashSet<>(runIds);
		unknown.removeAll(of(unknown));
		try {
			insert(client, unknown, check);
		}
		catch (DuplicateKeyException ex) {
			// another instance triggered one of them with the same idempotency key
			for (String runId : unknown) {
				try {
					insert(client, Set.of(runId), check);
				}
				catch (DuplicateKeyException known) {
					// this is the run that is stored already
				}
			}
		}
	}

	private void insert(String client, Set<String> runIds, Duration check) {
		String sql = "INSERT INTO trigger_run_triggered (run_id, client, created_at, check_at) VALUES (?, ?, " + now()
				+ ", " + now() + " + ?)";
		List<@Nullable Object[]> values = runIds.stream()
			.map((runId) -> new @Nullable Object[] { runId, client, check.toMillis() })
			.toList();
		this.database.newTransaction().executeWithoutResult((status) -> this.database.batch(sql, values));
	}

	@Override
	public Set<String> of(Collection<String> runIds) {
		return select(runIds,
				(chunk) -> this.database.sql("SELECT run_id FROM trigger_run_triggered WHERE run_id IN (:runIds)")
					.param("runIds", chunk));
	}

	/**
	 * Select by the ids of many runs, some at a time.
	 */
	static Set<String> select(Collection<String> runIds, Function<List<String>, JdbcClient.StatementSpec> query) {
		Set<String> found = new HashSet<>();
		for (List<String> some : InList.of(runIds)) {
			found.addAll(query.apply(some).query((row, number) -> row.getString(1)).list());
		}
		return found;
	}

	@Override
	public List<TriggeredRun> overdue(String client, int limit) {
		return this.database
			.sql(this.database.dialect()
				.select("run_id, created_at, " + now(), "trigger_run_triggered",
						"client = :client AND check_at <= " + now() + " ORDER BY check_at", limit))
			.param("client", client)
			.query((row, number) -> new TriggeredRun(row.getString(1), client,
					Duration.ofMillis(row.getLong(3) - row.getLong(2)), Instant.ofEpochMilli(row.getLong(3))))
			.list();
	}

	@Override
	public void checkLater(String runId, Duration delay) {
		this.database.update(this.database
			.sql("UPDATE trigger_run_triggered SET check_at = " + now() + " + :delay WHERE run_id = :runId")
			.param("delay", delay.toMillis())
			.param("runId", runId));
	}

	@Override
	public void makeDue(String client, Duration first) {
		String wait = "check_at - " + now();
		int changed = this.database.update(this.database
			.sql("UPDATE trigger_run_triggered SET check_at = " + now() + " WHERE client = :client AND check_at > "
					+ now() + " + :first AND 2 * (" + wait + ") > " + now() + " - created_at + :margin")
			.param("client", client)
			.param("first", first.plus(MARGIN).toMillis())
			.param("margin", MARGIN.toMillis()));
		if (changed > 0) {
			logger.warn(changed + " runs would be looked at later than they have to and are now: the clock of the "
					+ "database was set back");
		}
	}

	@Override
	public void forget(Collection<String> runIds) {
		this.database.newTransaction().executeWithoutResult((status) -> delete(runIds));
	}

	/**
	 * Delete some, in the transaction of the caller.
	 */
	void delete(Collection<String> runIds) {
		for (List<String> some : InList.of(runIds)) {
			this.database.sql("DELETE FROM trigger_run_triggered WHERE run_id IN (:runIds)")
				.param("runIds", some)
				.update();
		}
	}

}
