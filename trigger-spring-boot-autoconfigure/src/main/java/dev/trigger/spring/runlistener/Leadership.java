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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.jdbc.BackgroundLoop;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * What the one instance does that reads runs and calls listeners, from when it becomes it
 * until it is not any more.
 */
final class Leadership {

	private static final Log logger = LogFactory.getLog(Leadership.class);

	private static final Duration HOUSEKEEPING = Duration.ofSeconds(10);

	/**
	 * Longer than any overlap, and than what a feed starts with.
	 */
	private static final Duration READ_AGAIN = Duration.ofHours(3);

	private final RunDispatcher dispatcher;

	private final List<String> readers = new ArrayList<>();

	private final RunEventStore store;

	private final RunListenerStatistics.Recorder statistics;

	private final Duration retention;

	private final Duration longestWait;

	private final List<RunReaderLoop> loops = new ArrayList<>();

	private final List<BackgroundLoop> running = new ArrayList<>();

	private final List<Thread> threads = new ArrayList<>();

	private final RunsUnderWay underWay;

	private final ExecutorService handlers;

	Leadership(Map<String, RunListener> listeners, Map<String, TriggerOperations> clients, RunEventStore store,
			RunListenerSettings settings, RunListenerStatistics.Recorder statistics,
			RunListenerObservations observations, RunsUnderWay underWay) {
		this.store = store;
		this.underWay = underWay;
		this.statistics = statistics;
		this.retention = settings.retention();
		this.longestWait = settings.longestWait();
		this.handlers = Executors.newCachedThreadPool(RunListenerThreads.factory("handler"));
		this.dispatcher = new RunDispatcher(listeners, clients, store, settings, statistics, observations, underWay,
				this.handlers);
		readers(listeners, clients, store, this.retention).forEach((name, reader) -> {
			TriggerOperations client = client(clients, name);
			this.readers.add(readerName(name, client));
			Wakeup wakeup = new Wakeup();
			this.loops.add(new RunReaderLoop(reader, new RunFeed(client, wakeup::signal),
					new RunSweep(name, client, store, settings), settings, statistics.reader(name),
					this.dispatcher::wakeUp, wakeup));
		});
	}

	/**
	 * Return the readers by the names of their clients.
	 */
	static Map<String, RunReader> readers(Map<String, RunListener> listeners, Map<String, TriggerOperations> clients,
			RunEventStore store, Duration retention) {
		Duration kept = (retention.compareTo(READ_AGAIN) > 0) ? retention : READ_AGAIN;
		Map<String, RunReader> readers = new LinkedHashMap<>();
		clients.forEach((name, client) -> {
			Map<String, RunListener> own = new HashMap<>(listeners);
			own.values().removeIf((listener) -> !listener.client().equals(name));
			List<RunFilter> filters = own.values().stream().map(RunListener::filter).toList();
			readers.put(name, new RunReader(readerName(name, client), own,
					new FinishedRunQuery(client, RunFilter.tasksOf(filters)), store, kept));
		});
		return readers;
	}

	/**
	 * Return the name of the reader of a client, which is another one when the client is
	 * moved to another environment.
	 */
	private static String readerName(String name, TriggerOperations client) {
		return name + "@" + client.environment() + ((client.branch() != null) ? "/" + client.branch() : "");
	}

	private static TriggerOperations client(Map<String, TriggerOperations> clients, String name) {
		TriggerOperations client = clients.get(name);
		if (client == null) {
			throw new IllegalStateException("No client '" + name + "'");
		}
		return client;
	}

	void start() {
		start("dispatcher", this.dispatcher.loop());
		this.loops.forEach((loop) -> start("reader", loop.loop()));
		start("housekeeping", new BackgroundLoop(this::keep, (failure, failures) -> {
			logger.debug("Run events can't be counted and cleaned up now", failure);
			return HOUSEKEEPING;
		}));
	}

	private void start(String name, BackgroundLoop loop) {
		this.running.add(loop);
		Thread thread = RunListenerThreads.create(name, loop);
		this.threads.add(thread);
		thread.start();
	}

	/**
	 * Count and clean up, apart from all that must not wait for a slow database.
	 */
	private Duration keep() {
		this.underWay.reportSlow();
		this.store.makeDue(this.longestWait);
		this.statistics.counts(this.store.counts());
		clean();
		return HOUSEKEEPING;
	}

	/**
	 * What may be read again must not be forgotten, however long ago it was: in a quiet
	 * environment that is the end of the last run.
	 */
	private void clean() {
		Instant before = Instant.MAX;
		for (String reader : this.readers) {
			ReadPosition position = this.store.position(reader);
			if (position == null) {
				return;
			}
			before = position.finishedAt().isBefore(before) ? position.finishedAt() : before;
		}
		Instant kept = ReadPosition.before(before).minus(READ_AGAIN).finishedAt();
		while (this.store.clean(this.retention, kept) && !Thread.currentThread().isInterrupted()) {
			logger.debug("More is to be cleaned up");
		}
	}

	void wakeUp() {
		this.dispatcher.wakeUp();
	}

	/**
	 * Call no further listener. Those that are being called go on: whether their events
	 * are handled is decided by their transactions, also if another instance leads.
	 */
	void end() throws InterruptedException {
		this.dispatcher.stop();
		this.loops.forEach(RunReaderLoop::stop);
		this.running.forEach(BackgroundLoop::stop);
		this.threads.forEach(Thread::interrupt);
		this.handlers.shutdown();
		for (Thread thread : this.threads) {
			thread.join(1000);
		}
		this.statistics.endOfReading();
	}

	/**
	 * Return whether no listener is being called any more.
	 */
	boolean isOver() {
		return this.handlers.isTerminated();
	}

	/**
	 * Wait for the listeners that are being called, and interrupt them in the end.
	 * @param timeout how long to wait at most
	 */
	void awaitEnd(Duration timeout) throws InterruptedException {
		try {
			if (!this.handlers.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("Run listeners did not end within " + timeout.toMillis()
						+ " ms. They are interrupted, and called again later");
			}
		}
		finally {
			this.handlers.shutdownNow();
		}
	}

}
