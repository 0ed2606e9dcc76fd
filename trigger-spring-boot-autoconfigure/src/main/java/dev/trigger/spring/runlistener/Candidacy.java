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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.trigger.spring.jdbc.BackgroundLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decides, by a lease, when this instance is the one that calls listeners. It also makes
 * the listeners known, which every instance does.
 */
final class Candidacy {

	private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

	private static final Duration REGISTRATION_PAUSE = Duration.ofSeconds(2);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private final RunEventStore store;

	private final Set<String> listeners;

	private final Duration lease;

	/**
	 * Before anything can be triggered whose end is of interest.
	 */
	private final long createdAt;

	private final RunListenerStatistics.Recorder statistics;

	private final Supplier<Leadership> leaderships;

	private final Runnable registration;

	private final List<BackgroundLoop> loops = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	/**
	 * Earlier leaderships whose listeners may still be called.
	 */
	private final List<Leadership> former = new ArrayList<>();

	private volatile @Nullable Leadership leadership;

	private volatile long renewedAt = System.nanoTime();

	private boolean opened;

	private boolean stopped;

	/**
	 * Whether the lease was acquired when that was last tried.
	 */
	private boolean holding;

	private boolean resigned;

	/**
	 * Create a candidacy.
	 * @param store has the lease
	 * @param listeners the ids of the listeners
	 * @param lease how long the lease holds
	 * @param createdAt since when there are the listeners, by the clock of the JVM
	 * @param statistics records what fails
	 * @param leaderships creates what the leading instance does
	 * @param registration makes the listeners known
	 */
	Candidacy(RunEventStore store, Set<String> listeners, Duration lease, long createdAt,
			RunListenerStatistics.Recorder statistics, Supplier<Leadership> leaderships, Runnable registration) {
		this.store = store;
		this.listeners = listeners;
		this.lease = lease;
		this.createdAt = createdAt;
		this.statistics = statistics;
		this.leaderships = leaderships;
		this.registration = registration;
	}

	void start() {
		start("lease", new BackgroundLoop(this::lead, (failure, failures) -> leadFailed(failure)));
		start("registration", new BackgroundLoop(this::register, (failure, failures) -> {
			this.statistics.failure(RunListenerStatistics.REGISTRATION, "Run listeners can't be registered", failure);
			return REGISTRATION_PAUSE;
		}));
	}

	private void start(String name, BackgroundLoop loop) {
		this.loops.add(loop);
		Thread thread = RunListenerThreads.create(name, loop);
		this.threads.add(thread);
		thread.start();
	}

	/**
	 * Try to become the instance that calls listeners, or to stay it.
	 */
	private Duration lead() throws InterruptedException {
		long before = System.nanoTime();
		open();
		boolean leading = this.store.tryLead();
		if (leading) {
			this.renewedAt = before;
		}
		this.statistics.works(RunListenerStatistics.LEASE);
		change(leading);
		return this.lease.dividedBy(3);
	}

	private Duration leadFailed(Throwable failure) {
		this.statistics.failure(RunListenerStatistics.LEASE, "It can't be decided which instance calls run listeners",
				failure);
		if (System.nanoTime() - this.renewedAt > this.lease.toNanos()) {
			try {
				change(false);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		return this.lease.dividedBy(3);
	}

	private void open() {
		synchronized (this.store) {
			if (!this.opened) {
				this.store.open();
				this.store.announce(this.listeners, Duration.ofNanos(System.nanoTime() - this.createdAt));
				this.opened = true;
			}
		}
	}

	/**
	 * Make listeners known, also on an instance that does not call them.
	 */
	private @Nullable Duration register() {
		open();
		this.registration.run();
		this.statistics.works(RunListenerStatistics.REGISTRATION);
		return null;
	}

	private synchronized void change(boolean leading) throws InterruptedException {
		this.holding = leading;
		if (leading && this.resigned) {
			// the database was so slow that the stop did not wait for it
			this.store.resign();
		}
		Leadership current = this.leadership;
		if (leading && current == null && !this.stopped) {
			logger.info("This instance calls the run listeners " + this.listeners);
			Leadership started = this.leaderships.get();
			this.leadership = started;
			started.start();
		}
		else if (!leading && current != null) {
			logger.warn("This instance does not call run listeners any more: another does, or the database can't be "
					+ "reached");
			this.leadership = null;
			this.former.removeIf(Leadership::isOver);
			this.former.add(current);
			current.end();
		}
	}

	/**
	 * Return what this instance does as the one that calls listeners.
	 * @return the leadership, {@code null} if another instance calls them
	 */
	@Nullable Leadership leadership() {
		return this.leadership;
	}

	/**
	 * Let another instance call listeners. Those that are being called get the time to
	 * end.
	 */
	void stop() {
		List<Leadership> ending;
		synchronized (this) {
			this.stopped = true;
			ending = new ArrayList<>(this.former);
			Leadership current = this.leadership;
			if (current != null) {
				ending.add(current);
			}
			this.leadership = null;
		}
		this.loops.forEach(BackgroundLoop::stop);
		this.threads.forEach(Thread::interrupt);
		try {
			end(ending);
			for (Thread thread : this.threads) {
				thread.join(1000);
			}
			resign();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			logger.debug("Another instance takes over when the lease is over", ex);
		}
	}

	/**
	 * Give the lease back, which may have been acquired during the stop.
	 */
	private synchronized void resign() {
		this.resigned = true;
		if (this.holding) {
			this.store.resign();
		}
	}

	private static void end(List<Leadership> ending) throws InterruptedException {
		for (Leadership leadership : ending) {
			leadership.end();
		}
		long end = System.nanoTime() + STOP_TIMEOUT.toNanos();
		for (Leadership leadership : ending) {
			leadership.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
		}
	}

}
