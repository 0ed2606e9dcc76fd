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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.jdbc.BackgroundLoop;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Sinks;

/**
 * Finds what is to be handled, and has it handled: several runs at the same time, each of
 * them once.
 */
final class RunDispatcher {

	private static final Duration IDLE = Duration.ofSeconds(5);

	private final Map<String, RunListener> listeners;

	private final RunListenerCalls calls;

	private final RunEventStore store;

	private final RunListenerSettings settings;

	private final RunListenerStatistics.Recorder statistics;

	private final Executor executor;

	/**
	 * How long to wait for a server or a database that can't be reached.
	 */
	private final Duration outage;

	private final RunPermits permits;

	private final Wakeup wakeup = new Wakeup();

	private final RunsUnderWay underWay;

	/**
	 * When the next failed event is due, by the clock of the JVM.
	 */
	private final AtomicLong nextRetry = new AtomicLong(Long.MAX_VALUE);

	private final Sinks.Empty<Void> end = Sinks.empty();

	private volatile boolean stopped;

	RunDispatcher(Map<String, RunListener> listeners, Map<String, TriggerOperations> clients, RunEventStore store,
			RunListenerSettings settings, RunListenerStatistics.Recorder statistics,
			RunListenerObservations observations, RunsUnderWay underWay, Executor executor) {
		this.listeners = Map.copyOf(listeners);
		this.store = store;
		this.settings = settings;
		this.statistics = statistics;
		this.underWay = underWay;
		this.executor = executor;
		this.outage = settings.outage();
		this.permits = new RunPermits(settings.concurrency());
		this.calls = new RunListenerCalls(this.listeners, clients, store, settings, statistics, observations,
				() -> this.stopped, this.end.asMono(), this::retryAt);
	}

	/**
	 * There is something to be handled.
	 */
	void wakeUp() {
		this.wakeup.signal();
	}

	/**
	 * Start nothing new. What is not yet with a listener is given up.
	 */
	void stop() {
		this.stopped = true;
		this.end.tryEmitEmpty();
		this.wakeup.signal();
	}

	/**
	 * Return what handles what there is until stopped.
	 */
	BackgroundLoop loop() {
		return new BackgroundLoop(this::step, (failure, failures) -> {
			this.statistics.failure(RunListenerStatistics.DISPATCHER,
					"The database can't be asked what is to be handled", failure);
			return this.outage;
		});
	}

	private @Nullable Duration step() throws InterruptedException {
		int started = dispatch();
		this.statistics.works(RunListenerStatistics.DISPATCHER);
		if (started == 0 && !this.stopped) {
			long untilRetry = Math.max(0, this.nextRetry.get() - System.nanoTime());
			this.wakeup.await(Duration.ofNanos(Math.min(IDLE.toNanos(), untilRetry + 1_000_000)));
		}
		return this.stopped ? null : Duration.ZERO;
	}

	private int dispatch() throws InterruptedException {
		Set<String> busy = this.underWay.ids();
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
			RunPermits.Permit permit = this.permits.acquire();
			if (this.stopped) {
				permit.release();
				return started;
			}
			if (this.underWay.add(run.getKey())) {
				start(run.getKey(), run.getValue(), permit);
				started++;
			}
			else {
				permit.release();
			}
		}
		return started;
	}

	private void start(String runId, List<RunEvent> events, RunPermits.Permit permit) {
		boolean accepted = false;
		try {
			this.executor.execute(() -> {
				try {
					this.calls.handle(runId, events, permit::replace);
				}
				finally {
					end(runId, permit);
				}
			});
			accepted = true;
		}
		finally {
			if (!accepted) {
				end(runId, permit);
			}
		}
	}

	private void end(String runId, RunPermits.Permit permit) {
		this.underWay.remove(runId);
		permit.release();
		this.wakeup.signal();
	}

	private void retryAt(Duration delay) {
		long due = System.nanoTime() + delay.toNanos();
		this.nextRetry.accumulateAndGet(due, Math::min);
	}

}
