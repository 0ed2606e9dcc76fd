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
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.spring.runlistener.TriggerRunListener.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Finds the listeners of runs that are over. It is used by one thread.
 * <p>
 * Whether a run is the application's own matters to listeners that want no others, and to
 * those that start after its end: the application may have triggered it while the server
 * could not be asked where they start. To others it is one that is read again, for
 * listeners that start earlier, and maybe after it was forgotten that it was handled.
 */
final class RunMatcher {

	/**
	 * For how long the instance that triggered a run may not have said so yet.
	 */
	private static final long FOREIGN_NANOS = Duration.ofSeconds(30).toNanos();

	private final Map<String, RunListener> listeners;

	private final RunEventStore store;

	/**
	 * Since when runs are known to be somebody else's.
	 */
	private final Map<String, Long> foreign = new BoundedMap<>();

	RunMatcher(Map<String, RunListener> listeners, RunEventStore store) {
		this.listeners = Map.copyOf(listeners);
		this.store = store;
	}

	/**
	 * Find the listeners of runs.
	 * @param runs the runs
	 * @param since the end up to which runs of others are not for a listener
	 * @return what is to be handled, and the runs that have all their listeners
	 */
	Match match(List<FinishedRun> runs, Map<String, Instant> since) {
		List<RunEvent> events = new ArrayList<>();
		List<String> decided = new ArrayList<>();
		Set<String> own = null;
		for (FinishedRun run : runs) {
			boolean undecided = false;
			for (RunListener listener : this.listeners.values()) {
				if (!listener.filter().matches(run)) {
					continue;
				}
				if (listener.filter().scope() == Scope.APPLICATION || isBefore(run, since.get(listener.id()))) {
					own = (own != null) ? own
							: this.store.triggeredRuns().of(runs.stream().map(FinishedRun::runId).toList());
					if (!own.contains(run.runId())) {
						undecided |= isUndecided(run);
						continue;
					}
				}
				events.add(new RunEvent(listener.id(), run.runId(), run.task(), run.finishedAt(), 0));
			}
			if (!undecided) {
				decided.add(run.runId());
				this.foreign.remove(run.runId());
			}
		}
		return new Match(events, decided);
	}

	private boolean isUndecided(FinishedRun run) {
		long now = System.nanoTime();
		Long first = this.foreign.putIfAbsent(run.runId(), now);
		return first == null || now - first < FOREIGN_NANOS;
	}

	private static boolean isBefore(FinishedRun run, @Nullable Instant since) {
		Instant end = run.finishedAt();
		return since != null && end != null && !end.isAfter(since);
	}

	/**
	 * Whom runs are for.
	 *
	 * @param events what is to be handled
	 * @param decided the ids of the runs of which nothing else can turn out
	 */
	record Match(List<RunEvent> events, List<String> decided) {

	}

}
