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
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.query.TriggerQuery;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Asks for runs that are over. No query nests AND and OR, which the server would run as
 * something else. The status is compared with a list, since {@code is_finished} is not
 * true for interrupted runs. A text only changes when there was something new: the server
 * stores each query that is not the same as the last one.
 */
final class FinishedRunQuery {

	/**
	 * How many rows a query returns at most.
	 */
	static final int PAGE_SIZE = 500;

	private static final String COLUMNS = "SELECT run_id, status, task_identifier, tags, completed_at FROM runs WHERE ";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final List<String> FINAL = List.of("Completed", "Failed", "Canceled", "Crashed", "Timed out",
			"System failure", "Expired", "Interrupted");

	private final TriggerOperations client;

	private final TriggerQuery finished;

	private final TriggerQuery canceled;

	/**
	 * Create the queries of a client.
	 * @param client the client
	 * @param tasks the identifiers of the tasks, empty for all
	 */
	FinishedRunQuery(TriggerOperations client, Set<String> tasks) {
		// without retries, since the reader waits and repeats by itself
		this.client = client.withRetry((policy) -> policy.withMaxAttempts(1));
		this.finished = query(tasks,
				"status IN :statuses%s AND (completed_at, run_id) > (:time, :id) ORDER BY completed_at, run_id")
			.bind("statuses", FINAL);
		this.canceled = query(tasks, "status = 'Canceled'%s AND completed_at IS NULL AND run_id > :id ORDER BY run_id");
	}

	private static TriggerQuery query(Set<String> tasks, String condition) {
		String ofTasks = tasks.isEmpty() ? "" : " AND task_identifier IN :tasks";
		TriggerQuery query = query(COLUMNS + condition.formatted(ofTasks) + " LIMIT " + PAGE_SIZE);
		return tasks.isEmpty() ? query : query.bind("tasks", tasks.stream().sorted().toList());
	}

	private static TriggerQuery query(String text) {
		// the period is about when runs were triggered, not when they ended
		return TriggerQuery.of((query) -> query.query(text).within(RunReader.REACH));
	}

	/**
	 * Return the runs whose end is behind a position, the earliest first.
	 */
	List<FinishedRun> after(ReadPosition position) {
		return execute(this.finished.bind("time", position.finishedAt()).bind("id", position.runId()));
	}

	/**
	 * Return the end of the last run.
	 * @return the end, {@code null} if no run is over
	 */
	@Nullable Instant last() {
		List<FinishedRun> runs = execute(
				query(COLUMNS + "status IN :statuses AND completed_at IS NOT NULL ORDER BY completed_at DESC LIMIT 1")
					.bind("statuses", FINAL));
		return runs.isEmpty() ? null : runs.get(0).finishedAt();
	}

	/**
	 * Return runs that have no end since they were canceled before they were started.
	 * @param runId the id of the last run that is known, empty for none
	 * @return the runs behind it, by id
	 */
	List<FinishedRun> canceled(String runId) {
		return execute(this.canceled.bind("id", runId));
	}

	private List<FinishedRun> execute(TriggerQuery query) {
		List<Row> rows = this.client.query()
			.execute(query, Row.class)
			.contextWrite(TriggerHttp.IN_BACKGROUND)
			.block(PATIENCE);
		return (rows != null) ? rows.stream().map(Row::toRun).toList() : List.of();
	}

	/**
	 * A row of the table of runs.
	 */
	record Row(@JsonProperty("run_id") String runId, @Nullable RunStatus status,
			@JsonProperty("task_identifier") @Nullable String task, @Nullable List<String> tags,
			@JsonProperty("completed_at") @Nullable Instant completedAt) {

		FinishedRun toRun() {
			return new FinishedRun(this.runId, this.status, this.task, (this.tags != null) ? this.tags : List.of(),
					this.completedAt);
		}

	}

}
