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
import java.util.List;
import java.util.Map;

import dev.trigger.spring.jdbc.CausePreservingTransactionTemplate;
import dev.trigger.spring.jdbc.DatabaseLease;
import dev.trigger.spring.jdbc.TriggerDatabase;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps everything in tables of the application's database. An event is marked as handled
 * in the transaction of its handler, by an update that only one transaction can make:
 * that, and not the lease, is why no event is handled twice.
 */
final class JdbcRunEventStore implements RunEventStore {

	/**
	 * In seconds: some drivers count in milliseconds.
	 */
	private static final int MAX_TIMEOUT = 1_000_000;

	private final TriggerDatabase database;

	private final DatabaseLease lease;

	private final JdbcReadProgress progress;

	private final JdbcTriggeredRuns triggered;

	private final JdbcPendingEvents pending;

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
		this.pending = new JdbcPendingEvents(database);
		this.parked = new JdbcParkedEvents(database);
		this.handled = new JdbcHandledEvents(database);
		this.timeout = timeout;
		this.schema = schema;
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
				this.pending.skip(listener, skipped);
			});
			return true;
		}
		catch (DuplicateKeyException ex) {
			// another thread or instance was faster
			return false;
		}
	}

	@Override
	public void caughtUp(Collection<String> listeners, Instant end) {
		this.database.newTransaction().executeWithoutResult((status) -> this.progress.caughtUp(listeners, end));
	}

	@Override
	public @Nullable ReadPosition position(String reader) {
		return this.progress.position(reader);
	}

	@Override
	public int save(String reader, Collection<String> listeners, List<RunEvent> events, Collection<String> over,
			@Nullable ReadPosition position) {
		try {
			return saveAll(reader, listeners, events, over, position);
		}
		catch (DataIntegrityViolationException ex) {
			// identifiers of tasks are only shown, and must not keep runs from being read
			return saveAll(reader, listeners, events.stream().map(RunEvent::withTaskInAscii).toList(), over, position);
		}
	}

	private int saveAll(String reader, Collection<String> listeners, List<RunEvent> events, Collection<String> over,
			@Nullable ReadPosition position) {
		TransactionTemplate transaction = this.database.newTransaction();
		Integer added = transaction.execute((status) -> {
			int inserted = this.pending.add(events);
			this.triggered.delete(over);
			if (position != null) {
				this.progress.move(reader, position);
				this.progress.move(listeners, position.finishedAt());
			}
			return inserted;
		});
		return (added != null) ? added : 0;
	}

	@Override
	public List<RunEvent> pending(Collection<String> listeners, int limit) {
		return this.pending.find(listeners, limit);
	}

	@Override
	public void makeDue(Duration longest) {
		this.pending.makeDue(longest);
	}

	@Override
	public boolean handle(RunEvent event, ThrowingRunnable handler) throws Exception {
		TransactionTemplate transaction = new CausePreservingTransactionTemplate(this.database.transactionManager());
		if (!this.timeout.isZero()) {
			// an interrupt does not end a statement that waits, such as for a lock
			transaction.setTimeout(seconds(this.timeout));
		}
		try {
			return Boolean.TRUE.equals(transaction.execute((status) -> {
				if (!this.pending.done(event)) {
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

	@Override
	public void failed(RunEvent event, String reason, @Nullable Duration delay, boolean counts) {
		this.pending.failed(event, reason, delay, counts);
	}

	@Override
	public Counts counts() {
		return this.pending.counts();
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
