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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.jdbc.BackgroundLoop;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Calls {@link TriggerRunListener @TriggerRunListener} methods. One instance, the holder
 * of a lease in the shared database, calls them for all; another takes over when it stops
 * or is killed.
 *
 * @since 1.0.0
 */
public final class RunListenerContainer implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

	private final Supplier<RunEventStore> stores;

	private final boolean local;

	private final Function<String, TriggerOperations> clientsByName;

	private final RunListenerSettings settings;

	private final RunListenerStatistics.Recorder statistics;

	private final RunListenerObservations observations;

	private final TriggeredRunRecorder recorder;

	private final Map<String, RunListener> listeners = new LinkedHashMap<>();

	private final Map<String, TriggerOperations> clients = new LinkedHashMap<>();

	/**
	 * Before anything can be triggered whose end is of interest.
	 */
	private final long createdAt = System.nanoTime();

	private volatile @Nullable RunEventStore store;

	private volatile boolean running;

	private volatile @Nullable Candidacy candidacy;

	private final RunsUnderWay underWay;

	/**
	 * Create a container.
	 * @param stores supplies the store, when there is a listener
	 * @param local whether the server runs on this machine, where it is one of a test or
	 * of development: nobody misses what happens while it does not run
	 * @param clientsByName finds clients by their names
	 * @param settings the settings
	 * @param recorder hears which runs are triggered
	 * @param observers observe calls of listeners
	 * @param observationRegistry where calls of listeners are observed
	 */
	RunListenerContainer(Supplier<RunEventStore> stores, boolean local,
			Function<String, TriggerOperations> clientsByName, RunListenerSettings settings,
			TriggeredRunRecorder recorder, List<RunListenerObserver> observers,
			ObservationRegistry observationRegistry) {
		this.stores = stores;
		this.local = local;
		this.clientsByName = clientsByName;
		this.settings = settings;
		this.recorder = recorder;
		this.statistics = new RunListenerStatistics.Recorder(observers);
		this.observations = new RunListenerObservations(observationRegistry);
		this.underWay = new RunsUnderWay(settings.slow());
	}

	void add(RunListener listener) {
		if (this.running) {
			throw new InvalidRunListenerException(
					"The run listener '" + listener.id()
							+ "' is in a child context, but the RunListenerContainer of the "
							+ "parent context has already started",
					"Declare it in the parent context, or exclude TriggerRunListenerAutoConfiguration there if only this "
							+ "context has listeners");
		}
		RunListener other = this.listeners.putIfAbsent(listener.id(), listener);
		if (other != null) {
			throw new InvalidRunListenerException("There are two run listeners with the id '" + listener.id() + "'",
					"Give one of them another 'id' in its @TriggerRunListener");
		}
		try {
			this.clients.computeIfAbsent(listener.client(), this.clientsByName);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRunListenerException(
					"The run listener '" + listener.id() + "' has no client. " + ex.getMessage(),
					"Correct the 'client' of its @TriggerRunListener, or configure it with 'trigger.clients."
							+ listener.client() + ".secret-key'",
					ex);
		}
		// recorded from now on, since other beans may trigger before the container starts
		this.recorder
			.remember((client, task) -> listener.client().equals(client) && listener.filter().matchesTask(task));
	}

	@Override
	public synchronized void start() {
		if (this.running) {
			return;
		}
		this.running = true;
		if (this.clients.values().stream().allMatch(RunListenerContainer::makesNoRequests)) {
			return;
		}
		RunEventStore opened = store();
		if (opened instanceof InMemoryRunEventStore && !this.local) {
			logger.warn("Run listeners " + this.listeners.keySet() + " work without a database: they are not called "
					+ "for runs that are over while the application is not running, each of several instances calls "
					+ "its own, and a call that is cut off is not repeated. A DataSource and a transaction manager "
					+ "change that");
		}
		Candidacy started = new Candidacy(opened, this.listeners.keySet(), this.settings.lease(), this.createdAt,
				this.statistics, () -> lead(opened), () -> register(opened));
		this.candidacy = started;
		started.start();
		this.recorder.saveTo(opened, this.settings.sweepAfter());
	}

	/**
	 * Return the one store: the recorder goes on to write to it when this is stopped.
	 */
	private RunEventStore store() {
		RunEventStore current = this.store;
		if (current == null) {
			current = this.stores.get();
			this.store = current;
		}
		return current;
	}

	/**
	 * Return whether a client is one that Mockito makes, which knows of no runs.
	 */
	private static boolean makesNoRequests(TriggerOperations client) {
		return client.capabilities() == null;
	}

	private Leadership lead(RunEventStore store) {
		return new Leadership(this.listeners, this.clients, store, this.settings, this.statistics, this.observations,
				this.underWay);
	}

	private void register(RunEventStore store) {
		Leadership.readers(this.listeners, this.clients, store, this.settings.retention())
			.values()
			.forEach(RunReader::register);
	}

	@Override
	public void stop() {
		Candidacy stopping;
		synchronized (this) {
			this.running = false;
			stopping = this.candidacy;
			this.candidacy = null;
		}
		if (stopping != null) {
			stopping.stop();
		}
	}

	@Override
	public void stop(Runnable callback) {
		BackgroundLoop.stopInBackground(RunListenerThreads.PREFIX + "stop", this::stop, callback);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Listeners are stopped before what they need, and started after it.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 100;
	}

	List<RunListener> listeners() {
		return List.copyOf(this.listeners.values());
	}

	/**
	 * Return the ids of the listeners.
	 * @return the ids
	 */
	public List<String> getListeners() {
		return List.copyOf(this.listeners.keySet());
	}

	/**
	 * Return how the listeners are doing, without asking the database.
	 * @return the statistics of this instance
	 */
	public RunListenerStatistics getStatistics() {
		return this.statistics.snapshot(!(this.store instanceof InMemoryRunEventStore), leadership() != null);
	}

	private @Nullable Leadership leadership() {
		Candidacy current = this.candidacy;
		return (current != null) ? current.leadership() : null;
	}

	/**
	 * Return events that listeners failed to handle as often as is allowed.
	 * @param limit the largest number of events
	 * @return the events, the oldest first
	 */
	public List<ParkedRunEvent> findParked(int limit) {
		RunEventStore current = this.store;
		return (current != null) ? current.parked(limit) : List.of();
	}

	/**
	 * Call a listener again for an event that is parked.
	 * @param listener the id of the listener
	 * @param runId the id of the run
	 * @return whether there is such an event
	 */
	public boolean requeue(String listener, String runId) {
		RunEventStore current = this.store;
		boolean done = current != null && current.requeue(listener, runId);
		Leadership leading = leadership();
		if (done && leading != null) {
			leading.wakeUp();
		}
		return done;
	}

	/**
	 * Give up an event that is parked. Its listener is not called again.
	 * @param listener the id of the listener
	 * @param runId the id of the run
	 * @return whether there is such an event
	 */
	public boolean drop(String listener, String runId) {
		RunEventStore current = this.store;
		return current != null && current.drop(listener, runId);
	}

}
