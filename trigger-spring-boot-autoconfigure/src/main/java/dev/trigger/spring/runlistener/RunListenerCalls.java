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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.DefaultScheduler;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.run.Run;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Calls the listeners of a run one after the other. The run is retrieved before a
 * transaction begins. What fails is tried again later, or parked.
 */
final class RunListenerCalls {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Duration NOT_YET = Duration.ofSeconds(1);

	private final Map<String, RunListener> listeners;

	private final Map<String, TriggerOperations> clients;

	private final RunEventStore store;

	private final RunListenerSettings settings;

	private final RunListenerStatistics.Recorder statistics;

	private final RunListenerFailureLog failures = new RunListenerFailureLog();

	private final RunListenerObservations observations;

	private final RunListenerTimeLimit timeLimit;

	private final BooleanSupplier stopped;

	private final Mono<Void> end;

	private final Consumer<Duration> retryAt;

	/**
	 * How long to wait for a server or a database that can't be reached.
	 */
	private final Duration outage;

	/**
	 * Create calls.
	 * @param listeners the listeners by their ids
	 * @param clients the clients by their names
	 * @param store has the events
	 * @param settings how often and when to try again
	 * @param statistics counts
	 * @param observations observe calls
	 * @param stopped returns whether nothing new is to be started
	 * @param end completes when that is so
	 * @param retryAt receives after what time something is to be tried again
	 */
	RunListenerCalls(Map<String, RunListener> listeners, Map<String, TriggerOperations> clients, RunEventStore store,
			RunListenerSettings settings, RunListenerStatistics.Recorder statistics,
			RunListenerObservations observations, BooleanSupplier stopped, Mono<Void> end, Consumer<Duration> retryAt) {
		this.listeners = listeners;
		this.clients = Map.copyOf(clients);
		this.store = store;
		this.settings = settings;
		this.statistics = statistics;
		this.observations = observations;
		this.timeLimit = new RunListenerTimeLimit(settings.timeout(), new DefaultScheduler());
		this.stopped = stopped;
		this.end = end;
		this.retryAt = retryAt;
		this.outage = settings.outage();
	}

	/**
	 * Call the listeners of a run one after the other.
	 * @param runId the id of the run
	 * @param events what is to be handled
	 * @param stuck is called if a listener does not end although it was interrupted
	 */
	void handle(String runId, List<RunEvent> events, Runnable stuck) {
		try {
			Map<String, Run> retrieved = new LinkedHashMap<>();
			for (RunEvent event : events) {
				RunListener listener = this.listeners.get(event.listener());
				if (listener == null || this.stopped.getAsBoolean()) {
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
				handle(listener, event, run, stuck);
			}
		}
		catch (RuntimeException | Error ex) {
			if (!this.stopped.getAsBoolean()) {
				// the event stays as it is, and is handled when the database is back
				this.statistics.failure(RunListenerStatistics.EVENT,
						"The end of the run " + runId + " can't be handled", ex);
				this.retryAt.accept(this.outage);
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
			Run run = client.runs()
				.retrieve(event.runId())
				.takeUntilOther(this.end)
				.contextWrite(TriggerHttp.IN_BACKGROUND)
				.block(PATIENCE);
			if (this.stopped.getAsBoolean()) {
				return null;
			}
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
			else if (!this.stopped.getAsBoolean()) {
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

	private void handle(RunListener listener, RunEvent event, Run run, Runnable stuck) {
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
		AtomicBoolean called = new AtomicBoolean();
		try {
			RunFinished<?> finished = new RunFinished<>(run, output, event.attempts() + 1);
			boolean handled = this.store.handle(event, () -> {
				called.set(true);
				this.observations.observe(listener, finished,
						(context) -> this.timeLimit.call("'" + event.listener() + "' for the run " + event.runId(),
								() -> listener.handler().handle(finished, context), stuck));
			});
			this.statistics.works(RunListenerStatistics.EVENT);
			if (handled) {
				this.statistics.handled(event.listener(), System.nanoTime() - start);
			}
		}
		catch (Exception | Error ex) {
			// a pool of connections would refuse to wait, so that the failure is
			// forgotten
			boolean interrupted = Thread.interrupted() || ex instanceof InterruptedException;
			if (!called.get() && ex instanceof RuntimeException failure) {
				throw failure;
			}
			if (!this.stopped.getAsBoolean() || !interrupted) {
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

	private void failed(RunEvent event, String what, Throwable failure, @Nullable Duration delay) {
		if (delay != null) {
			this.failures.retried(event, what + ", attempt " + (event.attempts() + 1) + " of "
					+ this.settings.maxAttempts() + ". It is tried again in " + delay.toMillis() + " ms", failure);
		}
		else {
			this.failures.parked(event,
					what + ", which is not tried again: the event is parked, until it is given "
							+ "back by the actuator endpoint 'triggerrunlistener' or RunListenerContainer.requeue",
					failure);
		}
		postpone(event, failure.toString(), delay, true);
		this.statistics.failed(event.listener(), delay == null);
	}

	private void postpone(RunEvent event, String reason, @Nullable Duration delay, boolean counts) {
		this.store.failed(event, reason, delay, counts);
		if (delay != null) {
			this.retryAt.accept(delay);
		}
	}

}
