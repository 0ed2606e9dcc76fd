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
import dev.trigger.spring.jdbc.DatabaseLease;
import dev.trigger.spring.jdbc.TriggerDatabase;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps everything in tables of the application's database. An event is marked as handled
 * in the transaction of its handler, by an update that only one transaction can make:
 * that, and not the lease, is why no event is handled twice.
 */
final class JdbcRunEventStore implements RunEventStore {

	private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

	private static final int MAX_REASON = 1000;

	private static final int MAX_TASK = 255;

	/**
	 * In seconds: some drivers count in milliseconds.
	 */
	private static final int MAX_TIMEOUT = 1_000_000;

	private final TriggerDatabase database;

	private final DatabaseLease lease;

	private final JdbcReadProgress progress;

	private final JdbcTriggeredRuns triggered;

	private final JdbcParkedEvents parked;

	private final JdbcHandledEvents handled;

	private final Duration timeout;

	private final Runnable schema;

	/**
	 * Create a store.
	 * @param database the database
	 * @param lease how long an instance leads unless it says that it still does
	 * @param timeout how long a handler may take, zero for as long as it takes
	 * @param schema creates the tables if that is wanted
	 */
	JdbcRunEventStore(TriggerDatabase database, Duration lease, Duration timeout, Runnable schema) {
		this.database = database;
		this.lease = database.lease("run-listener", lease);
		this.progress = new JdbcReadProgress(database);
		this.triggered = new JdbcTriggeredRuns(database);
		this.parked = new JdbcParkedEvents(database);
		this.handled = new JdbcHandledEvents(database);
		this.timeout = timeout;
		this.schema = schema;
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

	@Override
	public void open() {
		this.schema.run();
	}

	@Override
	public boolean tryLead() {
		return this.lease.tryAcquire();
	}

	@Override
	public void resign() {
		this.lease.release();
	}

	@Override
	public Map<String, Since> known(Collection<String> listeners) {
		return this.progress.known(listeners);
	}

	@Override
	public void announce(Collection<String> listeners, Duration age) {
		for (String listener : this.progress.notThere(listeners)) {
			try {
				this.database.newTransaction().executeWithoutResult((status) -> this.progress.announce(listener, age));
			}
			catch (DuplicateKeyException ex) {
				// another instance was faster
			}
		}
	}

	/**
	 * Threads of one instance wait for each other: a database that refuses the second row
	 * would be logged as a failed transaction.
	 */
	@Override
	public synchronized boolean register(String listener, Instant since, Collection<String> skipped) {
		if (!known(List.of(listener)).isEmpty()) {
			return false;
		}
		try {
			this.database.newTransaction().executeWithoutResult((status) -> {
				this.progress.add(listener, since);
				insert(skipped.stream().map((runId) -> new RunEvent(listener, runId, null, null, 0)).toList(),
						"SKIPPED");
			});
			return true;
		}
		catch (DuplicateKeyException ex) {
			// another thread or instance was faster
			return false;
		}
	}

	@Override
	public void caughtUp(Collection<String> listeners) {
		this.database.newTransaction().executeWithoutResult((status) -> this.progress.caughtUp(listeners));
	}

	@Override
	public @Nullable ReadPosition position(String reader) {
		return this.progress.position(reader);
	}

	@Override
	public int save(String reader, List<RunEvent> events, Collection<String> over, @Nullable ReadPosition position) {
		TransactionTemplate transaction = this.database.newTransaction();
		Integer added = transaction.execute((status) -> {
			int inserted = insertNew(events);
			this.triggered.delete(over);
			if (position != null) {
				this.progress.move(reader, position);
			}
			return inserted;
		});
		return (added != null) ? added : 0;
	}

	private int insertNew(List<RunEvent> events) {
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
				new SqlParameterValue(Types.VARCHAR, (task != null) ? ColumnText.of(task, MAX_TASK) : null),
				new SqlParameterValue(Types.BIGINT, (finishedAt != null) ? finishedAt.toEpochMilli() : null), state };
	}

	@Override
	public List<RunEvent> pending(Collection<String> listeners, int limit) {
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

	@Override
	public void makeDue(Duration longest) {
		int changed = write(this.database
			.sql("UPDATE trigger_run_event SET next_attempt_at = " + now()
					+ " WHERE state = 'PENDING' AND next_attempt_at > " + now() + " + :longest")
			.param("longest", longest.toMillis()));
		if (changed > 0) {
			logger.warn(changed + " ends of runs would wait for more than " + longest.toSeconds()
					+ " s and are handled now: the clock of the database was set back");
		}
	}

	@Override
	public boolean handle(RunEvent event, ThrowingRunnable handler) throws Exception {
		TransactionTemplate transaction = new TransactionTemplate(this.database.transactionManager());
		if (!this.timeout.isZero()) {
			// an interrupt does not end a statement that waits, such as for a lock
			transaction.setTimeout(seconds(this.timeout));
		}
		try {
			return Boolean.TRUE.equals(transaction.execute((status) -> {
				if (done(event) == 0) {
					return false;
				}
				try {
					handler.run();
				}
				catch (RuntimeException ex) {
					throw ex;
				}
				catch (Exception ex) {
					throw new HandlerException(ex);
				}
				return true;
			}));
		}
		catch (HandlerException ex) {
			throw ex.exception;
		}
	}

	/**
	 * Return a time in seconds, not less than it is.
	 */
	private static int seconds(Duration time) {
		return (int) Math.min(MAX_TIMEOUT, time.toSeconds()) + 1;
	}

	/**
	 * Change something in a transaction of its own: a pool need not commit by itself.
	 * @return the number of rows
	 */
	private int write(JdbcClient.StatementSpec statement) {
		Integer updated = this.database.newTransaction().execute((status) -> statement.update());
		return (updated != null) ? updated : 0;
	}

	private int done(RunEvent event) {
		return this.database
			.sql("UPDATE trigger_run_event SET state = 'DONE', changed_at = " + now()
					+ " WHERE listener = :listener AND run_id = :runId AND " + state() + " = 'PENDING'")
			.param("listener", event.listener())
			.param("runId", event.runId())
			.update();
	}

	@Override
	public void failed(RunEvent event, String reason, @Nullable Duration delay, boolean counts) {
		write(this.database
			.sql("UPDATE trigger_run_event SET state = :next, attempts = attempts + :counts, last_error = :reason, "
					+ "next_attempt_at = " + now() + " + :delay, changed_at = " + now()
					+ " WHERE listener = :listener AND run_id = :runId AND " + state() + " = 'PENDING'")
			.param("next", (delay != null) ? "PENDING" : "PARKED")
			.param("counts", counts ? 1 : 0)
			.param("reason", ColumnText.of(reason, MAX_REASON))
			.param("delay", (delay != null) ? delay.toMillis() : 0L)
			.param("listener", event.listener())
			.param("runId", event.runId()));
	}

	@Override
	public Counts counts() {
		Map<String, Long> numbers = new HashMap<>();
		Map<String, Long> ages = new HashMap<>();
		this.database
			.sql("SELECT state, COUNT(*), MAX(" + now() + " - created_at) FROM trigger_run_event "
					+ "WHERE state IN ('PENDING', 'PARKED') GROUP BY state")
			.query((row) -> {
				numbers.put(row.getString(1), row.getLong(2));
				ages.put(row.getString(1), row.getLong(3));
			});
		return new Counts(numbers.getOrDefault("PENDING", 0L), numbers.getOrDefault("PARKED", 0L),
				Duration.ofMillis(Math.max(0, ages.getOrDefault("PENDING", 0L))));
	}

	@Override
	public List<ParkedRunEvent> parked(int limit) {
		return this.parked.find(limit);
	}

	@Override
	public boolean requeue(String listener, String runId) {
		return this.parked.requeue(listener, runId);
	}

	@Override
	public boolean drop(String listener, String runId) {
		return this.parked.drop(listener, runId);
	}

	@Override
	public TriggeredRuns triggeredRuns() {
		return this.triggered;
	}

	@Override
	public boolean clean(Duration retention, Instant before) {
		return this.handled.delete(retention, before);
	}

	/**
	 * Carries a checked exception out of a transaction, which is rolled back.
	 */
	private static final class HandlerException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Exception exception;

		private HandlerException(Exception exception) {
			super(exception);
			this.exception = exception;
		}

	}

}
