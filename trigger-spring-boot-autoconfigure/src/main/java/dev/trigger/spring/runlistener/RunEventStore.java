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

import org.jspecify.annotations.Nullable;

/**
 * Keeps how far was read, what is to be handled and what was handled. All methods block.
 */
interface RunEventStore {

	/**
	 * Prepare the store, such as by creating tables.
	 */
	default void open() {
	}

	/**
	 * Become or stay the one instance that reads and handles.
	 * @return whether this instance is it
	 */
	boolean tryLead();

	/**
	 * Let another instance lead.
	 */
	void resign();

	/**
	 * Return how far listeners are.
	 * @param listeners the ids of listeners
	 * @return by id, without those that are not known
	 */
	Map<String, Since> known(Collection<String> listeners);

	/**
	 * Note that there are listeners, before the server can be asked where they start: the
	 * application may trigger runs, and be killed, until then.
	 * @param listeners the ids of listeners, of which some may be known
	 * @param age for how long there are these listeners
	 */
	void announce(Collection<String> listeners, Duration age);

	/**
	 * Make a listener known.
	 * @param listener the id
	 * @param since the end of the last run that it is not called for, unless it was
	 * announced before that
	 * @param skipped the ids of runs without an end that it is not called for
	 * @return whether it was not known
	 */
	boolean register(String listener, Instant since, Collection<String> skipped);

	/**
	 * Remember that listeners were called for all runs up to one.
	 * @param listeners the ids of the listeners
	 * @param end the end of the run
	 */
	void caughtUp(Collection<String> listeners, Instant end);

	/**
	 * Return the position of a reader.
	 */
	@Nullable ReadPosition position(String reader);

	/**
	 * Add what is to be handled, unless it is known, and move on, all or nothing.
	 * @param reader the name of the reader
	 * @param listeners the ids of its listeners. Those that caught up move on with it
	 * @param events what is to be handled
	 * @param over the ids of runs that are over, whether anybody is called for them or
	 * not
	 * @param position the new position, {@code null} for the present one
	 * @return how much was new
	 */
	int save(String reader, Collection<String> listeners, List<RunEvent> events, Collection<String> over,
			@Nullable ReadPosition position);

	/**
	 * Return what is to be handled now, the oldest first.
	 * @param listeners the ids of the listeners that there are
	 * @param limit the largest number
	 */
	List<RunEvent> pending(Collection<String> listeners, int limit);

	/**
	 * Let nothing wait for longer than it can have to, which happens if the clock of the
	 * store is set back.
	 * @param longest the longest time from now
	 */
	default void makeDue(Duration longest) {
	}

	/**
	 * Handle an event, and mark it as handled, all or nothing.
	 * @param event the event
	 * @param handler handles it
	 * @return {@code false} if it was handled already, or is parked
	 * @throws Exception if the handler failed, or the transaction
	 */
	boolean handle(RunEvent event, ThrowingRunnable handler) throws Exception;

	/**
	 * Remember that an event was not handled.
	 * @param event the event
	 * @param reason why
	 * @param delay when to try again, {@code null} for never
	 * @param counts whether it is an attempt of the listener
	 */
	void failed(RunEvent event, String reason, @Nullable Duration delay, boolean counts);

	/**
	 * Return how much is pending and parked.
	 */
	Counts counts();

	List<ParkedRunEvent> parked(int limit);

	boolean requeue(String listener, String runId);

	boolean drop(String listener, String runId);

	/**
	 * Return the runs that the application triggered.
	 */
	TriggeredRuns triggeredRuns();

	/**
	 * Remove some of what is not needed any more.
	 * @param retention how long handled events are kept
	 * @param before the earliest end of a run that may be read again
	 * @return whether there may be more to remove
	 */
	boolean clean(Duration retention, Instant before);

	/**
	 * How far a listener is.
	 *
	 * @param since the end of the last run that it is not called for
	 * @param readUntil the end of the last run up to which it was called for all others,
	 * {@code null} if it did not catch up yet
	 */
	record Since(Instant since, @Nullable Instant readUntil) {

	}

	/**
	 * How much there is.
	 *
	 * @param pending how many events are to be handled
	 * @param parked how many are parked
	 * @param oldest the age of the oldest one that is to be handled
	 */
	record Counts(long pending, long parked, Duration oldest) {

		static final Counts NONE = new Counts(0, 0, Duration.ZERO);

	}

	/**
	 * Does something that may fail.
	 */
	@FunctionalInterface
	interface ThrowingRunnable {

		void run() throws Exception;

	}

}
