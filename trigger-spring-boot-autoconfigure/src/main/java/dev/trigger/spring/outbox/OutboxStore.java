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

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.trigger.spring.jdbc.JdbcDialect;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.task.EncodedTrigger;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of the outbox. Every time in it is one of the database.
 * <p>
 * A row belongs to the instance that claimed it until it is due. Whoever changes a row
 * after that checks that the claim is still its own, by the instance and by the number of
 * the attempt.
 */
final class OutboxStore {

	private static final String CLAIM = "UPDATE trigger_outbox SET claimed_by = ?, attempts = attempts + 1, "
			+ "last_sent_at = %1$s, due_at = %1$s + ? WHERE id = ? AND state = 'PENDING'";

	private static final String OWN = " WHERE id = ? AND state = 'PENDING' AND claimed_by = ? AND attempts = ?";

	private static final String ENTRY = "id, task, client, ordering_key, state, created_at, due_at, attempts, run_id, "
			+ "last_error";

	private static final int MAX_ERROR = 900;

	private final TriggerDatabase database;

	private final JdbcClient client;

	private final JdbcTemplate template;

	OutboxStore(TriggerDatabase database) {
		this.database = database;
		this.client = database.client();
		this.template = new JdbcTemplate(database.dataSource());
	}

	private JdbcDialect dialect() {
		return this.database.dialect();
	}

	/**
	 * Write a row in the current transaction. Only its own instance sends it at first,
	 * unless it has to be sent in order.
	 */
	void insert(String id, String client, @Nullable String orderingKey, EncodedTrigger trigger) {
		String now = dialect().now();
		long headStart = (orderingKey != null) ? 0 : OutboxSettings.HEAD_START.toMillis();
		this.client
			.sql("INSERT INTO trigger_outbox (id, task, client, ordering_key, payload, payload_type, options, state, "
					+ "created_at, due_at, attempts, failures) VALUES (?, ?, ?, ?, ?, ?, ?, 'PENDING', " + now + ", "
					+ now + " + ?, 0, 0)")
			.params(id, trigger.task(), client, new SqlParameterValue(Types.VARCHAR, orderingKey), trigger.payload(),
					trigger.payloadType(), trigger.options(), headStart)
			.update();
	}

	/**
	 * Claim rows that this instance committed.
	 */
	List<OutboxRow> claimCommitted(Collection<String> ids) {
		return inTransaction().execute((status) -> {
			claim(ids, " AND claimed_by IS NULL AND ordering_key IS NULL");
			return load(ids, Map.of());
		});
	}

	/**
	 * Claim rows that are due, the first one of each ordering key.
	 * @param limit the largest number of rows
	 * @param paused the clients that can't send now
	 * @return the rows
	 */
	List<OutboxRow> claimDue(int limit, Collection<String> paused) {
		String due = "o.state = 'PENDING' AND o.due_at <= " + dialect().now()
				+ " AND (o.ordering_key IS NULL OR NOT EXISTS (SELECT 1 FROM trigger_outbox e WHERE "
				+ "e.ordering_key = o.ordering_key AND e.state = 'PENDING' AND e.seq < o.seq))"
				+ (paused.isEmpty() ? "" : " AND o.client NOT IN (:paused)") + " ORDER BY o.due_at, o.seq";
		// outside of a transaction: most of the time there is nothing
		List<@Nullable String> candidates = this.client.sql(dialect().select("o.id", "trigger_outbox o", due, 1))
			.params(paused.isEmpty() ? Map.of() : Map.of("paused", paused))
			.query(String.class)
			.list();
		if (candidates.isEmpty()) {
			return List.of();
		}
		return inTransaction().execute((status) -> {
			Map<String, Long> sinceLastSent = new HashMap<>();
			this.client
				.sql(dialect().selectUnlocked("o.id, " + dialect().now() + " - o.last_sent_at AS since",
						"trigger_outbox o", due, limit))
				.params(paused.isEmpty() ? Map.of() : Map.of("paused", paused))
				.query((results) -> {
					long since = results.getLong(2);
					sinceLastSent.put(results.getString(1), results.wasNull() ? -1 : since);
				});
			claim(sinceLastSent.keySet(), " AND due_at <= " + dialect().now());
			return load(sinceLastSent.keySet(), sinceLastSent);
		});
	}

	private void claim(Collection<String> ids, String condition) {
		if (!ids.isEmpty()) {
			String sql = CLAIM.formatted(dialect().now()) + condition;
			long claim = OutboxSettings.CLAIM.toMillis();
			this.template.batchUpdate(sql,
					ids.stream().map((id) -> new Object[] { this.database.instance(), claim, id }).toList());
		}
	}

	/**
	 * Which rows were claimed is read: not every driver says how many rows of a batch
	 * were updated.
	 */
	private List<OutboxRow> load(Collection<String> ids, Map<String, Long> sinceLastSent) {
		if (ids.isEmpty()) {
			return List.of();
		}
		long loadedAt = System.nanoTime();
		return this.client
			.sql("SELECT id, task, client, ordering_key, payload, payload_type, options, created_at, attempts, failures, "
					+ "last_sent_at - created_at AS age FROM trigger_outbox WHERE id IN (:ids) AND state = 'PENDING' "
					+ "AND claimed_by = :instance")
			.param("ids", ids)
			.param("instance", this.database.instance())
			.query((results, number) -> {
				String id = results.getString("id");
				Long since = sinceLastSent.get(id);
				return new OutboxRow(id, results.getString("client"), results.getString("ordering_key"),
						new EncodedTrigger(results.getString("task"), results.getBytes("payload"),
								results.getString("payload_type"), results.getBytes("options")),
						Instant.ofEpochMilli(results.getLong("created_at")), results.getInt("attempts"),
						results.getInt("failures"), since != null && since >= 0, results.getLong("age"), loadedAt);
			})
			.list();
	}

	/**
	 * Write down what became of rows.
	 * @param outcomes the outcomes
	 * @param retention how long sent rows are kept
	 */
	void record(List<OutboxOutcome> outcomes, Duration retention) {
		String now = dialect().now();
		List<Object[]> sent = new ArrayList<>();
		List<Object[]> parked = new ArrayList<>();
		List<Object[]> unsent = new ArrayList<>();
		List<Object[]> unknown = new ArrayList<>();
		for (OutboxOutcome outcome : outcomes) {
			OutboxRow row = outcome.row();
			if (outcome.runId() != null) {
				sent.add(own(row, outcome.runId(), retention.toMillis()));
			}
			else if (outcome.parked()) {
				parked.add(own(row, row.failures() + 1, error(outcome)));
			}
			else {
				Object[] values = own(row, outcome.delay().toMillis(), row.failures() + (outcome.refused() ? 1 : 0),
						error(outcome));
				(outcome.maybeSent() ? unknown : unsent).add(values);
			}
		}
		inTransaction().executeWithoutResult((status) -> {
			update("state = 'SENT', run_id = ?, last_error = NULL, due_at = " + now + " + ?", sent);
			update("state = 'PARKED', failures = ?, last_error = ?", parked);
			update("due_at = " + now + " + ?, failures = ?, last_error = ?, last_sent_at = NULL", unsent);
			update("due_at = " + now + " + ?, failures = ?, last_error = ?", unknown);
		});
	}

	private Object[] own(OutboxRow row, Object... values) {
		List<Object> all = new ArrayList<>(List.of(values));
		all.addAll(List.of(row.id(), this.database.instance(), row.attempts()));
		return all.toArray();
	}

	private void update(String changes, List<Object[]> rows) {
		if (!rows.isEmpty()) {
			this.template.batchUpdate("UPDATE trigger_outbox SET " + changes + OWN, rows);
		}
	}

	private static String error(OutboxOutcome outcome) {
		Throwable failure = outcome.failure();
		String message = (failure != null) ? String.valueOf(failure.getMessage()) : "";
		// NUL is no character of a text in every database
		String text = message.replace('\0', ' ');
		text = (text.length() > MAX_ERROR) ? text.substring(0, MAX_ERROR) : text;
		// nor is half of a surrogate pair
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
	}

	/**
	 * Keep rows that are still being sent.
	 */
	void renew(Collection<OutboxRow> rows) {
		String sql = "UPDATE trigger_outbox SET due_at = " + dialect().now() + " + ?" + OWN;
		inTransaction().executeWithoutResult((status) -> this.template.batchUpdate(sql,
				rows.stream().map((row) -> own(row, OutboxSettings.CLAIM.toMillis())).toList()));
	}

	/**
	 * Delete sent rows that are kept long enough.
	 * @param limit the largest number of rows
	 * @return the number of rows
	 */
	int deleteSent(int limit) {
		List<@Nullable String> ids = this.client
			.sql(dialect().select("id", "trigger_outbox", "state = 'SENT' AND due_at <= " + dialect().now(), limit))
			.query(String.class)
			.list();
		if (!ids.isEmpty()) {
			inTransaction().executeWithoutResult(
					(status) -> this.client.sql("DELETE FROM trigger_outbox WHERE id IN (:ids) AND state = 'SENT'")
						.param("ids", ids)
						.update());
		}
		return ids.size();
	}

	OutboxStatus status() {
		return this.client
			.sql("SELECT COUNT(*), MIN(created_at), " + dialect().now()
					+ ", (SELECT COUNT(*) FROM trigger_outbox WHERE state = 'PARKED')"
					+ " FROM trigger_outbox WHERE state = 'PENDING'")
			.query((results, number) -> {
				long pending = results.getLong(1);
				Duration age = (pending > 0) ? Duration.ofMillis(Math.max(0, results.getLong(3) - results.getLong(2)))
						: null;
				return new OutboxStatus(pending, results.getLong(4), age);
			})
			.single();
	}

	List<OutboxEntry> parked(int limit) {
		return this.client.sql(dialect().select(ENTRY, "trigger_outbox", "state = 'PARKED' ORDER BY seq", limit))
			.query(OutboxStore::entry)
			.list();
	}

	Optional<OutboxEntry> find(String id) {
		return this.client.sql("SELECT " + ENTRY + " FROM trigger_outbox WHERE id = :id")
			.param("id", id)
			.query(OutboxStore::entry)
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
		return change("UPDATE trigger_outbox SET state = 'PENDING', failures = 0, due_at = " + dialect().now()
				+ " WHERE state = 'PARKED'", id);
	}

	int drop(String id) {
		return change("DELETE FROM trigger_outbox WHERE state = 'PARKED'", id);
	}

	private int change(String sql, @Nullable String id) {
		Integer changed = inTransaction().execute((status) -> (id != null)
				? this.client.sql(sql + " AND id = :id").param("id", id).update() : this.client.sql(sql).update());
		return (changed != null) ? changed : 0;
	}

	private TransactionTemplate inTransaction() {
		return this.database.newTransaction();
	}

}
