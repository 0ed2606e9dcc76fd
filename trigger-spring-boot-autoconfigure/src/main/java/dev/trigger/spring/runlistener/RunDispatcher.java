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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.run.Run;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Calls listeners for what is to be handled: several runs at the same time, the listeners
 * of one run one after the other. A run is retrieved before a transaction begins.
 */
final class RunDispatcher {

	private static final Log logger = LogFactory.getLog(RunDispatcher.class);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration IDLE = Duration.ofSeconds(5);

	private static final Duration NOT_YET = Duration.ofSeconds(1);

	private final Map<String, RunListener> listeners;

	private final Map<String, TriggerOperations> clients;

	private final RunEventStore store;

	private final RunListenerSettings settings;

	private final RunListenerStatistics.Recorder statistics;

	private final Executor executor;

	/**
	 * How long to wait for a server or a database that can't be reached.
	 */
	private final Duration outage;

	private final Semaphore permits;

	private final Wakeup wakeup = new Wakeup();

	/**
	 * The ids of the runs that are being handled.
	 */
	private final Set<String> underWay = new HashSet<>();

	/**
	 * When the next failed event is due, by the clock of the JVM.
	 */
	private final AtomicLong nextRetry = new AtomicLong(Long.MAX_VALUE);

	private volatile boolean stopped;

	RunDispatcher(Map<String, RunListener> listeners, Map<String, TriggerOperations> clients, RunEventStore store,
			RunListenerSettings settings, RunListenerStatistics.Recorder statistics, Executor executor) {
		this.listeners = Map.copyOf(listeners);
		this.clients = Map.copyOf(clients);
		this.store = store;
		this.settings = settings;
		this.statistics = statistics;
		this.executor = executor;
		this.outage = settings.outage();
		this.permits = new Semaphore(settings.concurrency());
	}

	/**
	 * There is something to be handled.
	 */
	void wakeUp() {
		this.wakeup.signal();
	}

	/**
	 * Start nothing new.
	 */
	void stop() {
		this.stopped = true;
		this.wakeup.signal();
	}

	/**
	 * Wait until nothing is under way.
	 * @return whether that is so in time
	 */
	boolean awaitEnd(Duration timeout) throws InterruptedException {
		boolean ended = this.permits.tryAcquire(this.settings.concurrency(), timeout.toMillis(), TimeUnit.MILLISECONDS);
		if (ended) {
			this.permits.release(this.settings.concurrency());
		}
		return ended;
	}

	/**
	 * Handle what there is until stopped.
	 */
	void run() throws InterruptedException {
		while (!this.stopped) {
			int started;
			try {
				started = dispatch();
				this.statistics.works(RunListenerStatistics.DISPATCHER);
			}
			catch (RuntimeException ex) {
				if (this.stopped) {
					return;
				}
				this.statistics.failure(RunListenerStatistics.DISPATCHER,
						"The database can't be asked what is to be handled", ex);
				this.wakeup.await(this.outage);
				continue;
			}
			if (started == 0) {
				long untilRetry = Math.max(0, this.nextRetry.get() - System.nanoTime());
				this.wakeup.await(Duration.ofNanos(Math.min(IDLE.toNanos(), untilRetry + 1_000_000)));
			}
		}
	}

	private int dispatch() throws InterruptedException {
		Set<String> busy;
		synchronized (this.underWay) {
			busy = new HashSet<>(this.underWay);
		}
		if (this.nextRetry.get() - System.nanoTime() <= 0) {
			this.nextRetry.set(Long.MAX_VALUE);
		}
		int limit = (this.settings.concurrency() * 8) + (busy.size() * this.listeners.size());
		Map<String, List<RunEvent>> runs = new LinkedHashMap<>();
		for (RunEvent event : this.store.pending(this.listeners.keySet(), limit)) {
			if (!busy.contains(event.runId())) {
				runs.computeIfAbsent(event.runId(), (id) -> new ArrayList<>()).add(event);
			}
		}
		int started = 0;
		for (Map.Entry<String, List<RunEvent>> run : runs.entrySet()) {
			this.permits.acquire();
			if (this.stopped) {
				this.permits.release();
				return started;
			}
			start(run.getKey(), run.getValue());
			started++;
		}
		return started;
	}

	private void start(String runId, List<RunEvent> events) {
		synchronized (this.underWay) {
			this.underWay.add(runId);
		}
		boolean accepted = false;
		try {
			this.executor.execute(() -> {
				try {
					handle(runId, events);
				}
				finally {
					end(runId);
				}
			});
			accepted = true;
		}
		finally {
			if (!accepted) {
				end(runId);
			}
		}
	}

	private void end(String runId) {
		synchronized (this.underWay) {
			this.underWay.remove(runId);
		}
		this.permits.release();
		this.wakeup.signal();
	}

	private void handle(String runId, List<RunEvent> events) {
		try {
			Map<String, Run> retrieved = new LinkedHashMap<>();
			for (RunEvent event : events) {
				RunListener listener = this.listeners.get(event.listener());
				if (listener == null || this.stopped) {
					continue;
				}
				Run run = retrieved.get(listener.client());
				if (run == null) {
					run = retrieve(listener, event);
					if (run == null) {
						continue;
					}
					retrieved.put(listener.client(), run);
				}
				handle(listener, event, run);
			}
		}
		catch (RuntimeException ex) {
			if (!this.stopped) {
				// the event stays as it is, and is handled when the database is back
				this.statistics.failure(RunListenerStatistics.RUN, "The end of the run " + runId + " can't be handled",
						ex);
				retryAt(this.outage);
				pause();
			}
		}
	}

	private void pause() {
		try {
			Thread.sleep(NOT_YET.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Retrieve a run.
	 * @return the run, {@code null} if its end can't be handled now
	 */
	private @Nullable Run retrieve(RunListener listener, RunEvent event) {
		TriggerOperations client = client(listener);
		try {
			Run run = client.runs().retrieve(event.runId()).contextWrite(TriggerHttp.IN_BACKGROUND).block(PATIENCE);
			this.statistics.works(RunListenerStatistics.RUN);
			if (run != null && run.isFinished()) {
				return run;
			}
			postpone(event, "The run is not over yet", NOT_YET, false);
		}
		catch (TriggerException | IllegalStateException ex) {
			if (RunSweep.isOfTheRun(ex)) {
				failed(event, "The run " + event.runId() + " is over, but can't be retrieved for the listener '"
						+ event.listener() + "'", ex, delay(event));
			}
			else if (!this.stopped) {
				this.statistics.failure(RunListenerStatistics.RUN, "The run " + event.runId() + " can't be retrieved",
						ex);
				postpone(event, "The run can't be retrieved: " + ex.getMessage(), this.outage, false);
			}
		}
		return null;
	}

	private TriggerOperations client(RunListener listener) {
		TriggerOperations client = this.clients.get(listener.client());
		if (client == null) {
			throw new IllegalStateException("No client '" + listener.client() + "'");
		}
		return client;
	}

	private void handle(RunListener listener, RunEvent event, Run run) {
		Object output;
		try {
			output = run.isSuccess()
					? client(listener).runs().output(run, ParameterizedTypeReference.forType(listener.outputType()))
					: null;
		}
		catch (TriggerDecodingException ex) {
			// which no further attempt can heal
			failed(event, what(event), ex, null);
			return;
		}
		long start = System.nanoTime();
		try {
			RunFinished<?> finished = new RunFinished<>(run, output, event.attempts() + 1);
			if (this.store.handle(event, () -> listener.handler().handle(finished))) {
				this.statistics.handled(event.listener(), System.nanoTime() - start);
			}
		}
		catch (Exception ex) {
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			if (!this.stopped || !Thread.currentThread().isInterrupted()) {
				failed(event, what(event), ex, delay(event));
			}
		}
	}

	private static String what(RunEvent event) {
		return "The listener '" + event.listener() + "' failed for the run " + event.runId();
	}

	/**
	 * Return the wait after a further failure, {@code null} if there was the last
	 * attempt.
	 */
	private @Nullable Duration delay(RunEvent event) {
		int attempt = event.attempts() + 1;
		return (attempt < this.settings.maxAttempts()) ? this.settings.delayAfter(attempt) : null;
	}

	private void failed(RunEvent event, String what, Exception failure, @Nullable Duration delay) {
		if (delay != null) {
			logger.warn(what + ", attempt " + (event.attempts() + 1) + " of " + this.settings.maxAttempts()
					+ ". It is tried again in " + delay.toMillis() + " ms", failure);
		}
		else {
			logger.error(what + ", which is not tried again: the event is parked, see RunListenerContainer", failure);
		}
		postpone(event, failure.toString(), delay, true);
		this.statistics.failed(event.listener(), delay == null);
	}

	private void postpone(RunEvent event, String reason, @Nullable Duration delay, boolean counts) {
		this.store.failed(event, reason, delay, counts);
		if (delay != null) {
			retryAt(delay);
		}
	}

	private void retryAt(Duration delay) {
		long due = System.nanoTime() + delay.toNanos();
		this.nextRetry.accumulateAndGet(due, Math::min);
	}

}
