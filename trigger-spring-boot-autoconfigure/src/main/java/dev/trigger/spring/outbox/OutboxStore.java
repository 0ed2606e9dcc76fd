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
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.trigger.spring.jdbc.ColumnText;
import dev.trigger.spring.jdbc.InList;
import dev.trigger.spring.jdbc.JdbcDialect;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.task.EncodedTrigger;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table of the outbox, for what sends its rows. Every time in it is one of the
 * database.
 * <p>
 * A row belongs to the instance that claimed it until it is due. Whoever changes a row
 * after that checks that the claim is still its own, by the instance and by the number of
 * the attempt.
 */
final class OutboxStore {

	private static final String ROW = "o.id, o.task, o.client, o.ordering_key, o.payload, o.payload_type, o.options, "
			+ "o.created_at, o.attempts, o.failures, o.last_sent_at, %s - o.created_at, o.trace_context";

	private static final int MAX_ERROR = 900;

	private final TriggerDatabase database;

	OutboxStore(TriggerDatabase database) {
		this.database = database;
	}

	private JdbcDialect dialect() {
		return this.database.dialect();
	}

	/**
	 * A condition for rows that are found by their ids.
	 */
	private String isInState(String column, OutboxState state) {
		return dialect().unindexed(column) + " = '" + state + "'";
	}

	private String isOwn() {
		return " WHERE id = ? AND " + isInState("state", OutboxState.PENDING) + " AND claimed_by = ? AND attempts = ?";
	}

	/**
	 * Write a row in the current transaction. Only its own instance sends it at first,
	 * unless it has to be sent in order.
	 */
	void insert(String id, String client, @Nullable String orderingKey, EncodedTrigger trigger,
			@Nullable String traceContext) {
		String now = dialect().now();
		long headStart = (orderingKey != null) ? 0 : OutboxSettings.HEAD_START.toMillis();
		JdbcClient.StatementSpec insert = this.database
			.sql("INSERT INTO trigger_outbox (id, task, client, ordering_key, payload, payload_type, options, state, "
					+ "created_at, due_at, attempts, failures, trace_context) VALUES (?, ?, ?, ?, ?, ?, ?, 'PENDING', "
					+ now + ", " + now + " + ?, 0, 0, ?)")
			.params(id, trigger.task(), client, new SqlParameterValue(Types.VARCHAR, orderingKey), trigger.payload(),
					trigger.payloadType(), trigger.options(), headStart,
					new SqlParameterValue(Types.VARCHAR, traceContext));
		OutboxFailures.report(insert::update);
	}

	/**
	 * Claim rows that this instance committed, as far as they are there and nobody has
	 * claimed them yet. They need not be read: most of the time that is so for all.
	 */
	List<OutboxRow> claimCommitted(List<OutboxCommits.Committed> committed) {
		int size = committed.size();
		if (size == 0) {
			return List.of();
		}
		List<OutboxRow> rows = inTransaction().execute((status) -> {
			long claimedAt = System.nanoTime();
			List<OutboxRow> all = committed.stream().map((row) -> row.claimed(claimedAt)).toList();
			if (claim(all, "claimed_by IS NULL") == size) {
				return all;
			}
			status.setRollbackOnly();
			return List.<OutboxRow>of();
		});
		if ((rows != null && !rows.isEmpty()) || size == 1) {
			return (rows != null) ? rows : List.of();
		}
		// some were rolled back to a savepoint, or are claimed already
		return Stream.of(committed.subList(0, size / 2), committed.subList(size / 2, size))
			.flatMap((half) -> claimCommitted(half).stream())
			.toList();
	}

	/**
	 * Claim rows that are due, the first one of each ordering key.
	 * @param limit the largest number of rows
	 * @param paused the clients that can't send now
	 * @param likely whether there are probably some, so that it is not asked first
	 * @return the rows
	 */
	List<OutboxRow> claimDue(int limit, Collection<String> paused, boolean likely) {
		// in the order of an index: with many rows a sort of them all would be slow
		String due = "o.state = 'PENDING' AND o.due_at <= " + dialect().now()
				+ " AND (o.ordering_key IS NULL OR NOT EXISTS (SELECT 1 FROM trigger_outbox e WHERE "
				+ "e.ordering_key = o.ordering_key AND e.state = 'PENDING' AND e.seq < o.seq))"
				+ (paused.isEmpty() ? "" : " AND o.client NOT IN (:paused)") + " ORDER BY o.state, o.due_at";
		Map<String, ?> params = paused.isEmpty() ? Map.of() : Map.of("paused", paused);
		// asked without a transaction, since most of the time nothing is due
		if (!likely && this.database.sql(dialect().select("o.id", "trigger_outbox o", due, 1))
			.params(params)
			.query(String.class)
			.list()
			.isEmpty()) {
			return List.of();
		}
		return claim(due, "due_at <= " + dialect().now(), limit, params);
	}

	/**
	 * Claim the first row of each of some ordering keys, if it is due. However many rows
	 * are behind it, they are not looked at.
	 */
	List<OutboxRow> claimFirst(Collection<String> orderingKeys, Collection<String> paused) {
		String first = dialect().select(ROW.formatted(dialect().now()), "trigger_outbox o",
				"o.ordering_key = :key AND o.state = 'PENDING' ORDER BY o.ordering_key, o.state, o.seq", 1);
		List<OutboxRow> rows = inTransaction().execute((status) -> {
			long claimedAt = System.nanoTime();
			List<OutboxRow> found = new ArrayList<>();
			for (String key : orderingKeys) {
				found.addAll(this.database.sql(first)
					.param("key", key)
					.query((results, number) -> row(results, claimedAt))
					.list());
			}
			found.removeIf((row) -> paused.contains(row.client()));
			return (claim(found, "due_at <= " + dialect().now()) == found.size()) ? found : stillOwn(found);
		});
		return (rows != null) ? rows : List.of();
	}

	/**
	 * Claim the rows that a condition finds, and return exactly those: a row that this
	 * instance claimed earlier is not one of them.
	 */
	private List<OutboxRow> claim(String where, String condition, int limit, Map<String, ?> params) {
		String columns = ROW.formatted(dialect().now());
		List<OutboxRow> rows = inTransaction().execute((status) -> {
			long claimedAt = System.nanoTime();
			List<OutboxRow> found = this.database
				.sql(dialect().selectUnlocked(columns, "trigger_outbox o", where, limit))
				.params(params)
				.query((results, number) -> row(results, claimedAt))
				.list();
			// another instance can be faster only where rows are not locked
			return (claim(found, condition) == found.size()) ? found : stillOwn(found);
		});
		return (rows != null) ? rows : List.of();
	}

	/**
	 * Claim rows.
	 * @return how many were still as the condition demands
	 */
	private int claim(List<OutboxRow> rows, String condition) {
		String now = dialect().now();
		int claimed = 0;
		for (List<String> ids : InList.of(rows.stream().map(OutboxRow::id).toList())) {
			claimed += this.database
				.sql("UPDATE trigger_outbox SET claimed_by = :instance, attempts = attempts + 1, last_sent_at = " + now
						+ ", due_at = " + now + " + :claim WHERE id IN (:ids) AND "
						+ isInState("state", OutboxState.PENDING) + " AND " + condition)
				.param("instance", this.database.instance())
				.param("claim", OutboxSettings.CLAIM.toMillis())
				.param("ids", ids)
				.update();
		}
		return claimed;
	}

	private static OutboxRow row(ResultSet results, long claimedAt) throws SQLException {
		results.getLong(11);
		Instant maybeSentSince = results.wasNull() ? null : Instant.ofEpochMilli(results.getLong(8));
		return new OutboxRow(results.getString(1), results.getString(3), results.getString(4),
				new EncodedTrigger(results.getString(2), results.getBytes(5), results.getString(6),
						results.getBytes(7)),
				results.getInt(9) + 1, results.getInt(10), maybeSentSince, results.getString(13), results.getLong(12),
				claimedAt);
	}

	/**
	 * Return the rows whose claim is still the one of this instance.
	 */
	private List<OutboxRow> stillOwn(Collection<OutboxRow> rows) {
		Map<String, Integer> attempts = new HashMap<>();
		for (List<String> ids : InList.of(rows.stream().map(OutboxRow::id).toList())) {
			this.database
				.sql("SELECT id, attempts FROM trigger_outbox WHERE id IN (:ids) AND "
						+ isInState("state", OutboxState.PENDING) + " AND claimed_by = :instance")
				.param("ids", ids)
				.param("instance", this.database.instance())
				.query((results) -> {
					attempts.put(results.getString(1), results.getInt(2));
				});
		}
		return rows.stream().filter((row) -> Integer.valueOf(row.attempts()).equals(attempts.get(row.id()))).toList();
	}

	/**
	 * Write down what became of rows.
	 * @param outcomes the outcomes
	 * @param retention how long sent rows are kept
	 */
	void record(List<OutboxOutcome> outcomes, Duration retention) {
		record(outcomes, retention, (reason) -> ColumnText.of(reason, MAX_ERROR));
	}

	/**
	 * Write down what became of a row, whose reason the database can't encode.
	 */
	void recordInAscii(OutboxOutcome outcome, Duration retention) {
		record(List.of(outcome), retention, (reason) -> ColumnText.inAscii(reason, MAX_ERROR));
	}

	private void record(List<OutboxOutcome> outcomes, Duration retention, Function<@Nullable String, String> column) {
		String now = dialect().now();
		Map<String, List<@Nullable Object[]>> updates = new LinkedHashMap<>();
		for (OutboxOutcome outcome : outcomes) {
			OutboxRow row = outcome.row();
			String changes;
			@Nullable Object[] values;
			String unsent = outcome.maybeSent() ? "" : ", last_sent_at = NULL";
			if (outcome.runId() != null) {
				changes = "state = 'SENT', run_id = ?, last_error = NULL, due_at = " + now + " + ?";
				values = own(row, outcome.runId(), retention.toMillis());
			}
			else if (outcome.parked()) {
				changes = "state = 'PARKED', failures = ?, last_error = ?" + unsent;
				values = own(row, row.failures() + 1, column.apply(error(outcome)));
			}
			else {
				changes = "due_at = " + now + " + ?, failures = ?, last_error = ?" + unsent;
				values = own(row, outcome.delay().toMillis(), row.failures() + (outcome.refused() ? 1 : 0),
						column.apply(error(outcome)));
			}
			updates.computeIfAbsent(changes, (key) -> new ArrayList<>()).add(values);
		}
		inTransaction().executeWithoutResult((status) -> {
			for (Map.Entry<String, List<@Nullable Object[]>> update : updates.entrySet()) {
				this.database.batch("UPDATE trigger_outbox SET " + update.getKey() + isOwn(), update.getValue());
			}
		});
	}

	private @Nullable Object[] own(OutboxRow row, Object... values) {
		List<@Nullable Object> all = new ArrayList<>(List.of(values));
		all.addAll(List.of(row.id(), this.database.instance(), row.attempts()));
		return all.toArray();
	}

	private static @Nullable String error(OutboxOutcome outcome) {
		Throwable failure = outcome.failure();
		return (failure != null) ? String.valueOf(failure.getMessage()) : null;
	}

	/**
	 * Keep rows that are still being sent.
	 * @return the rows that are still the ones of this instance
	 */
	List<OutboxRow> renew(Collection<OutboxRow> rows) {
		String sql = "UPDATE trigger_outbox SET due_at = " + dialect().now() + " + ?" + isOwn();
		List<OutboxRow> own = inTransaction().execute((status) -> {
			this.database.batch(sql, rows.stream().map((row) -> own(row, OutboxSettings.CLAIM.toMillis())).toList());
			return stillOwn(rows);
		});
		return (own != null) ? own : List.of();
	}

	/**
	 * Delete sent rows that are kept long enough.
	 * @param limit the largest number of rows
	 * @return the number of rows
	 */
	int deleteSent(int limit) {
		List<String> all = this.database
			.sql(dialect().select("id", "trigger_outbox", "state = 'SENT' AND due_at <= " + dialect().now(), limit))
			.query((results, number) -> results.getString(1))
			.list();
		for (List<String> ids : InList.of(all)) {
			inTransaction().executeWithoutResult((status) -> this.database
				.sql("DELETE FROM trigger_outbox WHERE id IN (:ids) AND " + isInState("state", OutboxState.SENT))
				.param("ids", ids)
				.update());
		}
		return all.size();
	}

	/**
	 * Return pending rows that are due after more than some time.
	 * @return by id, when they are due
	 */
	Map<String, Long> dueAfter(Duration time, int limit) {
		Map<String, Long> rows = new HashMap<>();
		this.database
			.sql(dialect().select("id, due_at", "trigger_outbox",
					"state = 'PENDING' AND due_at > " + dialect().now() + " + :time", limit))
			.param("time", time.toMillis())
			.query((results) -> {
				rows.put(results.getString(1), results.getLong(2));
			});
		return rows;
	}

	/**
	 * Make pending rows due now.
	 * @param rows by id, when they are due as yet: one that changed stays as it is
	 */
	void makeDue(Map<String, Long> rows) {
		List<@Nullable Object[]> values = new ArrayList<>();
		rows.forEach((id, dueAt) -> values.add(new @Nullable Object[] { id, dueAt }));
		inTransaction().executeWithoutResult(
				(status) -> this.database.batch("UPDATE trigger_outbox SET due_at = " + dialect().now()
						+ " WHERE id = ? AND " + isInState("state", OutboxState.PENDING) + " AND due_at = ?", values));
	}

	private TransactionTemplate inTransaction() {
		return this.database.newTransaction();
	}

}
