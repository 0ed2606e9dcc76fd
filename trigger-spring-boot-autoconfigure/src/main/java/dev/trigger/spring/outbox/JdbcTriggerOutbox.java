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

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.jdbc.BackgroundLoop;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.task.TaskType;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The outbox in a table of a relational database.
 *
 * @since 1.0.0
 */
public final class JdbcTriggerOutbox implements TriggerOutbox, OutboxAdministration, SmartLifecycle {

	private final OutboxEntries entries;

	private final OutboxDispatcher dispatcher;

	private final OutboxWriter writer;

	private final TriggerOutbox view = new View(OutboxWriter.Target.DEFAULT);

	/**
	 * Create an outbox.
	 * @param database the database, which has the table
	 * @param clients finds a client by its name
	 * @param settings how the outbox is emptied
	 * @param listeners receive the outcomes of the triggers
	 */
	public JdbcTriggerOutbox(TriggerDatabase database, Function<String, TriggerOperations> clients,
			OutboxSettings settings, Collection<? extends OutboxListener> listeners) {
		this(database, clients, settings, listeners, ObservationRegistry.NOOP);
	}

	/**
	 * Create an outbox whose triggers are observed, so that a run is part of the trace of
	 * the transaction that triggered it.
	 * @param database the database, which has the table
	 * @param clients finds a client by its name
	 * @param settings how the outbox is emptied
	 * @param listeners receive the outcomes of the triggers
	 * @param observationRegistry where triggers are observed, as they are written and as
	 * they are sent
	 */
	public JdbcTriggerOutbox(TriggerDatabase database, Function<String, TriggerOperations> clients,
			OutboxSettings settings, Collection<? extends OutboxListener> listeners,
			ObservationRegistry observationRegistry) {
		OutboxStore store = new OutboxStore(database);
		OutboxObservations observations = new OutboxObservations(observationRegistry);
		this.entries = new OutboxEntries(database);
		this.dispatcher = new OutboxDispatcher(store, new OutboxSender(clients, settings), observations, settings,
				List.copyOf(listeners));
		this.writer = new OutboxWriter(database, new OutboxTransactions(database, settings.ownTransaction()), clients,
				store, observations, this.dispatcher);
	}

	@Override
	public <P extends @Nullable Object, O> OutboxHandle<O> trigger(TaskType<P, O> task, P payload,
			TriggerOptions options) {
		return this.view.trigger(task, payload, options);
	}

	@Override
	public TriggerOutbox inOrder(String orderingKey) {
		return this.view.inOrder(orderingKey);
	}

	@Override
	public TriggerOutbox withClient(String name) {
		return this.view.withClient(name);
	}

	@Override
	public Optional<OutboxEntry> find(String id) {
		return OutboxFailures.report(() -> this.entries.find(id));
	}

	@Override
	public OutboxStatus status() {
		return OutboxFailures.report(this.entries::status);
	}

	@Override
	public List<OutboxEntry> parked(int limit) {
		return OutboxFailures.report(() -> this.entries.parked(limit));
	}

	@Override
	public boolean requeue(String id) {
		return requeue(() -> this.entries.requeue(id)) > 0;
	}

	@Override
	public int requeueAll() {
		return requeue(() -> this.entries.requeue(null));
	}

	private int requeue(Supplier<Integer> change) {
		int rows = OutboxFailures.report(change);
		this.dispatcher.pollNow();
		return rows;
	}

	@Override
	public boolean drop(String id) {
		return OutboxFailures.report(() -> this.entries.drop(id)) > 0;
	}

	/**
	 * Start sending.
	 */
	@Override
	public void start() {
		this.dispatcher.start();
	}

	/**
	 * Stop sending. Requests under way get some time to end.
	 */
	@Override
	public void stop() {
		this.dispatcher.stop();
	}

	@Override
	public void stop(Runnable callback) {
		BackgroundLoop.stopInBackground("trigger-outbox-stop", this::stop, callback);
	}

	@Override
	public boolean isRunning() {
		return this.dispatcher.isRunning();
	}

	/**
	 * Stop after the web server, whose last requests may trigger.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 4096;
	}

	/**
	 * A view with another target.
	 */
	private final class View implements TriggerOutbox {

		private final OutboxWriter.Target target;

		View(OutboxWriter.Target target) {
			this.target = target;
		}

		@Override
		public <P extends @Nullable Object, O> OutboxHandle<O> trigger(TaskType<P, O> task, P payload,
				TriggerOptions options) {
			return JdbcTriggerOutbox.this.writer.write(this.target, task, payload, options);
		}

		@Override
		public TriggerOutbox inOrder(String orderingKey) {
			return new View(this.target.inOrder(orderingKey));
		}

		@Override
		public TriggerOutbox withClient(String name) {
			return new View(this.target.withClient(name));
		}

		@Override
		public Optional<OutboxEntry> find(String id) {
			return JdbcTriggerOutbox.this.find(id);
		}

	}

}
