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

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import dev.trigger.spring.jdbc.RequiredTables;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of run listeners, as known to this instance.
 *
 * @param durable whether events are kept in a database
 * @param leader whether this instance reads runs and calls listeners
 * @param handled how many events this instance handled
 * @param failed how many calls of listeners failed
 * @param pending how many events were to be handled some seconds ago, as far as known
 * @param parked how many events are parked, as far as known
 * @param oldest how long the oldest event has been waiting
 * @param lastRead when runs of all clients were last read with success, {@code null} for
 * never
 * @param lastReadAge how long ago that was, also if the clock was set meanwhile, or for
 * how long this instance has been reading if there was no success; {@code null} if it
 * does not read
 * @param undecided for how long it could not be decided which instance calls the
 * listeners, {@code null} if it can be: then none does
 * @param failure what does not work now, {@code null} if everything does
 * @since 1.0.0
 */
public record RunListenerStatistics(boolean durable, boolean leader, long handled, long failed, long pending,
		long parked, Duration oldest, @Nullable Instant lastRead, @Nullable Duration lastReadAge,
		@Nullable Duration undecided, @Nullable String failure) implements Serializable {

	/**
	 * What can fail, apart from reading the runs of a client.
	 */
	static final String LEASE = "The decision which instance calls run listeners";

	static final String REGISTRATION = "Making run listeners known";

	static final String DISPATCHER = "Looking for what run listeners have to handle";

	static final String RUN = "Retrieving runs for run listeners";

	static final String EVENT = "Handling runs that are over";

	/**
	 * Records what happens. Each thing that can fail does so by itself: that one works
	 * says nothing of the others.
	 */
	static final class Recorder {

		private static final Log logger = LogFactory.getLog(RunListenerContainer.class);

		private static final RequiredTables TABLES = new RequiredTables(
				"dev/trigger/spring/jdbc/schema-*.sql and dev/trigger/spring/runlistener/schema-*.sql",
				"trigger.run-listener.initialize-schema");

		private static final long LOG_NANOS = Duration.ofMinutes(1).toNanos();

		private final List<RunListenerObserver> observers;

		private final AtomicLong handled = new AtomicLong();

		private final AtomicLong failed = new AtomicLong();

		private final Map<String, Failure> failures = new ConcurrentHashMap<>();

		private final Map<String, Reading> lastReads = new ConcurrentHashMap<>();

		private volatile RunEventStore.Counts counts = RunEventStore.Counts.NONE;

		Recorder(List<RunListenerObserver> observers) {
			this.observers = List.copyOf(observers);
		}

		/**
		 * Return what records the reading of one client's runs.
		 */
		Reader reader(String client) {
			this.lastReads.put(client, new Reading(null, System.nanoTime()));
			return new Reader(this, client);
		}

		/**
		 * Another instance reads from now on.
		 */
		void endOfReading() {
			this.lastReads.keySet().forEach((client) -> this.failures.remove(Reader.source(client)));
			this.lastReads.clear();
			this.failures.keySet().removeAll(List.of(DISPATCHER, RUN, EVENT));
		}

		/**
		 * Something works, maybe again.
		 */
		void works(String source) {
			if (this.failures.remove(source) != null) {
				logger.info(source + " works again");
			}
		}

		/**
		 * Something that listeners depend on does not work. It is tried again, so that
		 * the first time is logged, and then one a minute.
		 */
		void failure(String source, String what, Throwable failure) {
			String text = what + ": " + TABLES.describe(failure);
			this.failures.compute(source, (key, last) -> {
				if (last != null && System.nanoTime() - last.loggedAt() <= LOG_NANOS) {
					return new Failure(text, last.since(), last.loggedAt());
				}
				logger.warn(text + ". It is tried again");
				logger.debug(what, failure);
				long now = System.nanoTime();
				return new Failure(text, (last != null) ? last.since() : now, now);
			});
		}

		void handled(String listener, long nanos) {
			this.handled.incrementAndGet();
			called(listener, RunListenerObserver.Outcome.HANDLED, Duration.ofNanos(nanos));
		}

		void failed(String listener, boolean parked) {
			this.failed.incrementAndGet();
			called(listener, parked ? RunListenerObserver.Outcome.PARKED : RunListenerObserver.Outcome.FAILED,
					Duration.ZERO);
		}

		private void called(String listener, RunListenerObserver.Outcome outcome, Duration time) {
			for (RunListenerObserver observer : this.observers) {
				try {
					observer.called(listener, outcome, time);
				}
				catch (RuntimeException | Error ex) {
					// a failing observer must not change the outcome
					logger.warn("An observer of run listeners failed", ex);
				}
			}
		}

		void counts(RunEventStore.Counts counts) {
			this.counts = counts;
		}

		RunListenerStatistics snapshot(boolean durable, boolean leader) {
			RunEventStore.Counts current = this.counts;
			long now = System.nanoTime();
			Reading lastRead = this.lastReads.values()
				.stream()
				.max(Comparator.comparing((Reading reading) -> reading.age(now)))
				.orElse(null);
			Failure lease = this.failures.get(LEASE);
			Failure failure = (lease != null) ? lease
					: this.failures.entrySet()
						.stream()
						.min(Map.Entry.comparingByKey())
						.map(Map.Entry::getValue)
						.orElse(null);
			return new RunListenerStatistics(durable, leader, this.handled.get(), this.failed.get(), current.pending(),
					current.parked(), current.oldest(), (lastRead != null) ? lastRead.at() : null,
					(lastRead != null) ? lastRead.age(now) : null,
					(lease != null) ? Duration.ofNanos(now - lease.since()) : null,
					(failure != null) ? failure.text() : null);
		}

		/**
		 * What does not work.
		 *
		 * @param text why
		 * @param since when it failed first, by the clock of the JVM
		 * @param loggedAt when that was logged, by the clock of the JVM
		 */
		private record Failure(String text, long since, long loggedAt) {

		}

		/**
		 * When runs were read.
		 *
		 * @param at the time of the day, {@code null} if they were not read yet
		 * @param nanos the time by the clock of the JVM, which nobody sets
		 */
		private record Reading(@Nullable Instant at, long nanos) {

			static Reading now() {
				return new Reading(Instant.now(), System.nanoTime());
			}

			Duration age(long now) {
				return Duration.ofNanos(now - this.nanos);
			}

		}

	}

	/**
	 * Records the reading of one client's runs.
	 *
	 * @param recorder records what happens
	 * @param client the name of the client
	 */
	record Reader(Recorder recorder, String client) {

		static String source(String client) {
			return "Reading runs of the client '" + client + "' that are over";
		}

		void read() {
			this.recorder.lastReads.put(this.client, Recorder.Reading.now());
			this.recorder.works(source(this.client));
		}

		void failure(Throwable failure) {
			this.recorder.failure(source(this.client), "Runs that are over can't be read", failure);
		}

	}

}
