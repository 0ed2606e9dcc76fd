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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.trigger.spring.TriggerOperations;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.util.Assert;

/**
 * Calls {@link TriggerRunListener @TriggerRunListener} methods. One instance, the holder
 * of a lease in the shared database, calls them for all; another takes over when it stops
 * or is killed.
 *
 * @since 1.0.0
 */
public final class RunListenerContainer implements SmartLifecycle {

	private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private final Supplier<RunEventStore> stores;

	private final Function<String, TriggerOperations> clientsByName;

	private final RunListenerSettings settings;

	private final RunListenerStatistics.Recorder statistics;

	private final TriggeredRunRecorder recorder;

	private final Map<String, RunListener> listeners = new LinkedHashMap<>();

	private final Map<String, TriggerOperations> clients = new LinkedHashMap<>();

	/**
	 * Before anything can be triggered whose end is of interest.
	 */
	private final long createdAt = System.nanoTime();

	private volatile @Nullable RunEventStore store;

	private volatile boolean running;

	private volatile @Nullable Leadership leadership;

	private @Nullable Thread thread;

	private @Nullable Thread registration;

	private boolean opened;

	RunListenerContainer(Supplier<RunEventStore> stores, Function<String, TriggerOperations> clientsByName,
			RunListenerSettings settings, TriggeredRunRecorder recorder, List<RunListenerObserver> observers) {
		this.stores = stores;
		this.clientsByName = clientsByName;
		this.settings = settings;
		this.recorder = recorder;
		this.statistics = new RunListenerStatistics.Recorder(observers);
	}

	void add(RunListener listener) {
		Assert.state(!this.running, "Listeners must be added before the container is started");
		RunListener other = this.listeners.putIfAbsent(listener.id(), listener);
		if (other != null) {
			throw new InvalidRunListenerException("There are two run listeners with the id '" + listener.id() + "'",
					"Give one of them another 'id' in its @TriggerRunListener");
		}
		this.clients.computeIfAbsent(listener.client(), this.clientsByName);
		// from now on: other beans may trigger before the container is started
		this.recorder
			.remember((client, task) -> listener.client().equals(client) && listener.filter().matchesTask(task));
	}

	@Override
	public synchronized void start() {
		if (this.running) {
			return;
		}
		this.running = true;
		if (this.listeners.isEmpty()) {
			return;
		}
		RunEventStore opened = this.stores.get();
		this.store = opened;
		if (opened instanceof InMemoryRunEventStore) {
			logger.warn("Run listeners " + this.listeners.keySet() + " work without a database: they are not called "
					+ "for runs that are over while the application is not running, each of several instances calls "
					+ "its own, and a call that is cut off is not repeated. A DataSource and a transaction manager "
					+ "change that");
		}
		this.thread = RunListenerThreads.start("lease", () -> lead(opened));
		this.registration = RunListenerThreads.start("registration", () -> register(opened));
		this.recorder.saveTo(opened, this.settings.sweepAfter());
	}

	/**
	 * Try to become the instance that calls listeners, and stay it.
	 */
	private void lead(RunEventStore store) throws InterruptedException {
		long renewedAt = System.nanoTime();
		while (this.running) {
			try {
				long before = System.nanoTime();
				open(store);
				boolean leading = store.tryLead();
				if (leading) {
					renewedAt = before;
				}
				this.statistics.works(RunListenerStatistics.LEASE);
				change(leading, store);
			}
			catch (RuntimeException | Error ex) {
				if (this.running) {
					this.statistics.failure(RunListenerStatistics.LEASE,
							"It can't be decided which instance calls run listeners", ex);
				}
				if (System.nanoTime() - renewedAt > this.settings.lease().toNanos()) {
					change(false, store);
				}
			}
			TimeUnit.NANOSECONDS.sleep(this.settings.lease().toNanos() / 3);
		}
	}

	private void open(RunEventStore store) {
		synchronized (store) {
			if (!this.opened) {
				store.open();
				store.announce(this.listeners.keySet(), Duration.ofNanos(System.nanoTime() - this.createdAt));
				this.opened = true;
			}
		}
	}

	/**
	 * Make listeners known, also on an instance that does not call them.
	 */
	private void register(RunEventStore store) throws InterruptedException {
		while (this.running) {
			try {
				open(store);
				Leadership.readers(this.listeners, this.clients, store).values().forEach(RunReader::register);
				this.statistics.works(RunListenerStatistics.REGISTRATION);
				return;
			}
			catch (RuntimeException | Error ex) {
				if (this.running) {
					this.statistics.failure(RunListenerStatistics.REGISTRATION, "Run listeners can't be made known",
							ex);
				}
				TimeUnit.SECONDS.sleep(2);
			}
		}
	}

	private synchronized void change(boolean leading, RunEventStore store) throws InterruptedException {
		Leadership current = this.leadership;
		if (leading && current == null && this.running) {
			logger.info("This instance calls the run listeners " + this.listeners.keySet());
			Leadership started = new Leadership(this.listeners, this.clients, store, this.settings, this.statistics);
			this.leadership = started;
			started.start();
		}
		else if (!leading && current != null) {
			logger.warn("This instance does not call run listeners any more: another does, or the database can't be "
					+ "reached");
			this.leadership = null;
			current.stop(Duration.ZERO);
		}
	}

	@Override
	public void stop() {
		Thread leading;
		Leadership current;
		RunEventStore store = this.store;
		synchronized (this) {
			if (!this.running) {
				return;
			}
			this.running = false;
			leading = this.thread;
			current = this.leadership;
			this.leadership = null;
			this.thread = null;
		}
		try {
			if (leading == null || store == null) {
				return;
			}
			leading.interrupt();
			interrupt(this.registration);
			if (current != null) {
				current.stop(STOP_TIMEOUT);
			}
			leading.join(1000);
			if (current != null) {
				store.resign();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.debug("Another instance takes over when the lease is over", ex);
		}
	}

	private static void interrupt(@Nullable Thread thread) throws InterruptedException {
		if (thread != null) {
			thread.interrupt();
			thread.join(1000);
		}
	}

	@Override
	public void stop(Runnable callback) {
		RunListenerThreads.create("stop", () -> {
			try {
				stop();
			}
			finally {
				callback.run();
			}
		}).start();
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
		return this.statistics.snapshot(!(this.store instanceof InMemoryRunEventStore), this.leadership != null);
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
		Leadership leading = this.leadership;
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
