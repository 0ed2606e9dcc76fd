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

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.run.Run;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Retrieves runs that this application triggered and that neither query nor feed showed
 * as over: the server loses some for its queries.
 */
final class RunSweep {

	private static final Log logger = LogFactory.getLog(RunSweep.class);

	/**
	 * So few that the queries do not wait for long.
	 */
	private static final int LIMIT = 10;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * Runs that ended a shorter time ago are handled, however short the retention is.
	 */
	private static final Duration SHORTEST = Duration.ofHours(1);

	private static final Duration LONGEST = Duration.ofHours(6);

	private final String clientName;

	private final TriggerOperations client;

	private final TriggeredRuns runs;

	private final Duration first;

	private final Duration retention;

	private boolean behind;

	RunSweep(String clientName, TriggerOperations client, RunEventStore store, RunListenerSettings settings) {
		this.clientName = clientName;
		this.client = client;
		this.runs = store.triggeredRuns();
		this.first = settings.sweepAfter();
		this.retention = (settings.retention().compareTo(SHORTEST) > 0) ? settings.retention() : SHORTEST;
	}

	/**
	 * Return whether there were more runs to retrieve than {@link #find()} did.
	 */
	boolean isBehind() {
		return this.behind;
	}

	/**
	 * Return some of the runs that are over.
	 */
	List<FinishedRun> find() {
		this.behind = false;
		this.runs.makeDue(this.clientName, this.first);
		List<FinishedRun> found = new ArrayList<>();
		List<TriggeredRun> overdue = this.runs.overdue(this.clientName, LIMIT);
		for (TriggeredRun triggered : overdue) {
			if (Thread.currentThread().isInterrupted()) {
				return found;
			}
			// before it is retrieved, so that a run that fails does not hold up
			// others. Runs that are over are forgotten when that is saved
			this.runs.checkLater(triggered.runId(), next(triggered.age()));
			Run run;
			try {
				run = retrieve(triggered.runId());
			}
			catch (NotFoundException ex) {
				// of another environment, or deleted
				this.runs.forget(List.of(triggered.runId()));
				continue;
			}
			catch (TriggerException | IllegalStateException ex) {
				logger.debug("The run " + triggered.runId() + " can't be retrieved", ex);
				if (isOfTheRun(ex)) {
					continue;
				}
				// the server can't be asked now, neither for this run nor for others
				return found;
			}
			if (run != null && run.isFinished()) {
				if (isForgotten(run, triggered.now())) {
					this.runs.forget(List.of(run.id()));
				}
				else {
					logger.debug("The run " + run.id() + " is over, which no query showed");
					found.add(new FinishedRun(run.id(), run.status(), run.taskIdentifier(), run.tags(),
							run.finishedAt()));
				}
			}
		}
		this.behind = overdue.size() == LIMIT;
		return found;
	}

	/**
	 * Return whether a run can't be retrieved because of what it is, unlike one while the
	 * server can't be reached or the credential is refused.
	 */
	static boolean isOfTheRun(Exception failure) {
		if (failure instanceof TriggerApiException response) {
			return switch (response.getStatus()) {
				case 401, 403, 408, 409, 429 -> false;
				default -> response.getStatus() < 500;
			};
		}
		return failure instanceof TriggerDecodingException;
	}

	/**
	 * Return whether it may not be kept any more that the run was handled: it was found
	 * by its idempotency key long after its end.
	 */
	private boolean isForgotten(Run run, Instant now) {
		Instant end = (run.finishedAt() != null) ? run.finishedAt() : run.updatedAt();
		return end != null && end.isBefore(now.minus(this.retention));
	}

	private @Nullable Run retrieve(String runId) {
		return this.client.withRetry((policy) -> policy.withMaxAttempts(1))
			.runs()
			.retrieve(runId)
			.contextWrite(TriggerHttp.IN_BACKGROUND)
			.block(PATIENCE);
	}

	/**
	 * A run that has been going on for long is looked at less often.
	 */
	private Duration next(Duration age) {
		Duration half = age.dividedBy(2);
		Duration next = (half.compareTo(this.first) > 0) ? half : this.first;
		return (next.compareTo(LONGEST) < 0) ? next : LONGEST;
	}

}
