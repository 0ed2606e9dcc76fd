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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.spring.runlistener.RunEventStore.Since;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads which runs of one client are over, and saves for whom. It is used by one thread.
 * <p>
 * Rows come late: each query starts some time before the last run that was read, and now
 * and then a longer time. What was seen already is left out.
 */
final class RunReader {

	private static final Log logger = LogFactory.getLog(RunReader.class);

	/**
	 * How far back the server looks.
	 */
	static final Duration REACH = Duration.ofDays(30);

	private static final Duration OVERLAP = Duration.ofSeconds(60);

	private static final Duration LONG_OVERLAP = Duration.ofMinutes(15);

	private static final long LONG_OVERLAP_NANOS = Duration.ofMinutes(10).toNanos();

	private static final long PROGRESS_NANOS = Duration.ofSeconds(5).toNanos();

	private final String name;

	private final Map<String, RunListener> listeners;

	private final FinishedRunQuery query;

	private final RunEventStore store;

	private final Duration kept;

	/**
	 * What ended before is, for each listener, something that it is not called for.
	 */
	private final Map<String, Instant> since = new HashMap<>();

	/**
	 * The listeners that were not called for all runs up to the position.
	 */
	private final Set<String> late = new HashSet<>();

	private final RunMatcher matcher;

	/**
	 * The runs that need not be looked up in the store again.
	 */
	private final Set<String> seen = Collections.newSetFromMap(new BoundedMap<>());

	private @Nullable ReadPosition position;

	/**
	 * The id of the last run without an end that was read, empty for none.
	 */
	private String canceled = "";

	private boolean started;

	private long longOverlapAt;

	private long progressAt;

	/**
	 * Create a reader.
	 * @param name the name under which the store knows it
	 * @param listeners the listeners by their ids
	 * @param query the queries
	 * @param store where to save
	 * @param kept how long it is known what listeners were called for
	 */
	RunReader(String name, Map<String, RunListener> listeners, FinishedRunQuery query, RunEventStore store,
			Duration kept) {
		this.name = name;
		this.listeners = Map.copyOf(listeners);
		this.query = query;
		this.store = store;
		this.kept = kept;
		this.matcher = new RunMatcher(listeners, store);
	}

	/**
	 * Make listeners known that are not: they are called for what happens from now on.
	 * Done by each instance, so that nothing is lost while an older version leads.
	 */
	void register() {
		Map<String, Since> known = this.store.known(this.listeners.keySet());
		Set<String> unknown = new LinkedHashSet<>(this.listeners.keySet());
		unknown.removeAll(known.keySet());
		if (unknown.isEmpty()) {
			return;
		}
		Instant last = this.query.last();
		List<FinishedRun> canceled = canceledByOthers();
		for (String listener : unknown) {
			RunFilter filter = listener(listener).filter();
			if (!this.store.register(listener, (last != null) ? last : Instant.EPOCH,
					canceled.stream().filter(filter::matches).map(FinishedRun::runId).toList())) {
				continue;
			}
			logger.info("The run listener '" + listener + "' is new: it is called for runs that are over "
					+ ((last != null) ? "after " + last : "from now on"));
		}
	}

	private RunListener listener(String id) {
		RunListener listener = this.listeners.get(id);
		if (listener == null) {
			throw new IllegalStateException("No listener '" + id + "'");
		}
		return listener;
	}

	private List<FinishedRun> canceledByOthers() {
		List<FinishedRun> all = new ArrayList<>();
		List<FinishedRun> page = this.query.canceled("");
		all.addAll(page);
		while (page.size() == FinishedRunQuery.PAGE_SIZE) {
			page = this.query.canceled(page.get(page.size() - 1).runId());
			all.addAll(page);
		}
		Set<String> own = this.store.triggeredRuns().of(all.stream().map(FinishedRun::runId).toList());
		all.removeIf((run) -> own.contains(run.runId()));
		return all;
	}

	/**
	 * Start where this or another instance stopped, and where listeners are that another
	 * did not know.
	 */
	void start() {
		register();
		this.position = this.store.position(this.name);
		this.since.clear();
		this.late.clear();
		this.store.known(this.listeners.keySet()).forEach(this::startOf);
		this.seen.clear();
		this.canceled = "";
		this.longOverlapAt = System.nanoTime() - LONG_OVERLAP_NANOS;
		this.started = false;
		warnOfGap();
	}

	/**
	 * A listener that is not up to the position is new, or was left out by another
	 * version that led. What it was called for last is read again, since rows come late,
	 * unless it may be forgotten by now that it was.
	 */
	private void startOf(String listener, Since known) {
		ReadPosition current = this.position;
		Instant read = known.readUntil();
		Instant start = known.since();
		boolean leftOut = read == null || (current != null && read.isBefore(current.finishedAt()));
		if (leftOut) {
			this.late.add(listener);
		}
		if (read != null) {
			// it may also be ahead, by what it was called for in another environment
			Instant last = (leftOut || current == null) ? read : current.finishedAt();
			boolean forgotten = leftOut && read.isBefore(Instant.now().minus(this.kept.dividedBy(2)));
			Instant again = forgotten ? read : ReadPosition.before(last).minus(LONG_OVERLAP).finishedAt();
			start = again.isAfter(start) ? again : start;
		}
		this.since.put(listener, start);
	}

	/**
	 * Say that runs may be lost, unless there were none when they were last read.
	 */
	private void warnOfGap() {
		ReadPosition stored = this.position;
		if (stored == null || stored.finishedAt().equals(Instant.EPOCH)) {
			return;
		}
		if (stored.finishedAt().isBefore(Instant.now().minus(REACH))) {
			logger.warn("Runs were last read up to " + stored.finishedAt() + ". Those that were triggered more than "
					+ REACH.toDays() + " days ago can't be read any more, and their listeners are not called");
		}
	}

	/**
	 * Read what is new.
	 * @return how much has to be handled
	 */
	int read() {
		int added = 0;
		ReadPosition known = this.position;
		ReadPosition from = from();
		List<FinishedRun> page;
		long read = 0;
		this.progressAt = System.nanoTime();
		do {
			page = this.query.after(from);
			if (!page.isEmpty()) {
				from = position(page.get(page.size() - 1));
			}
			added += save(unseen(page), later(from));
			read += page.stream().filter((run) -> known == null || position(run).compareTo(known) > 0).count();
			logProgress(read, from, page.size() < FinishedRunQuery.PAGE_SIZE);
		}
		while (page.size() == FinishedRunQuery.PAGE_SIZE && !Thread.currentThread().isInterrupted());
		if (page.size() < FinishedRunQuery.PAGE_SIZE) {
			caughtUp();
		}
		return added;
	}

	/**
	 * The same until there is something new, so that the text of the query is the same.
	 */
	private ReadPosition from() {
		ReadPosition current = this.position;
		if (!this.started) {
			this.longOverlapAt = System.nanoTime();
			ReadPosition start = (current != null) ? current.minus(LONG_OVERLAP) : null;
			for (Instant known : this.since.values()) {
				// the application's own runs may have ended before it was known
				ReadPosition wanted = ReadPosition.before(known).minus(OVERLAP);
				start = (start == null || wanted.compareTo(start) < 0) ? wanted : start;
			}
			return (start != null) ? start : ReadPosition.before(Instant.EPOCH);
		}
		if (current == null) {
			return ReadPosition.before(Instant.EPOCH);
		}
		if (System.nanoTime() - this.longOverlapAt > LONG_OVERLAP_NANOS) {
			this.longOverlapAt = System.nanoTime();
			return current.minus(LONG_OVERLAP);
		}
		return current.minus(OVERLAP);
	}

	private ReadPosition later(ReadPosition other) {
		ReadPosition current = this.position;
		return (current != null) ? ReadPosition.later(current, other) : other;
	}

	private static ReadPosition position(FinishedRun run) {
		Instant time = run.finishedAt();
		return new ReadPosition((time != null) ? time : Instant.EPOCH, run.runId());
	}

	private void caughtUp() {
		if (this.started) {
			return;
		}
		ReadPosition current = this.position;
		if (!this.late.isEmpty() && current != null) {
			this.store.caughtUp(this.late, current.finishedAt());
		}
		this.started = true;
	}

	/**
	 * Log how far behind listeners are. What was read before says nothing of that.
	 */
	private void logProgress(long read, ReadPosition from, boolean end) {
		boolean many = read > FinishedRunQuery.PAGE_SIZE * 2L;
		if (many && (end || System.nanoTime() - this.progressAt > PROGRESS_NANOS)) {
			this.progressAt = System.nanoTime();
			logger.info((end ? "Caught up" : "Catching up") + " on runs that are over: read " + read + ", now at "
					+ from.finishedAt());
		}
	}

	/**
	 * Read runs that have no end. Many of them are read a part at a time, so that others
	 * don't wait for that.
	 * @return how much has to be handled
	 */
	int readCanceled() {
		List<FinishedRun> page = this.query.canceled(this.canceled);
		// after the last page from the first one again: a run may be canceled long after
		// others with later ids
		this.canceled = (page.size() == FinishedRunQuery.PAGE_SIZE) ? page.get(page.size() - 1).runId() : "";
		return save(unseen(page), null);
	}

	/**
	 * Return whether all runs without an end were read.
	 */
	boolean isEndOfCanceled() {
		return this.canceled.isEmpty();
	}

	/**
	 * Save runs that were found in another way.
	 * @return how much has to be handled
	 */
	int add(List<FinishedRun> runs) {
		return save(unseen(runs), null);
	}

	/**
	 * Save runs that this application triggered. That was recorded after they were seen
	 * if it triggered them again with their idempotency key, or they were over at once.
	 * @return how much has to be handled
	 */
	int addTriggered(List<FinishedRun> runs) {
		return save(runs, null);
	}

	private List<FinishedRun> unseen(List<FinishedRun> runs) {
		return runs.stream().filter((run) -> !this.seen.contains(run.runId())).toList();
	}

	private int save(List<FinishedRun> runs, @Nullable ReadPosition next) {
		RunMatcher.Match match = this.matcher.match(runs, this.since);
		List<RunEvent> events = match.events();
		List<String> decided = match.decided();
		boolean moved = next != null && !next.equals(this.position);
		if (events.isEmpty() && decided.isEmpty() && !moved) {
			return 0;
		}
		int added = this.store.save(this.name, this.listeners.keySet(), events, decided, moved ? next : null);
		this.seen.addAll(decided);
		if (moved) {
			this.position = next;
		}
		return added;
	}

}
