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

package dev.trigger.emulator.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;

/**
 * The filters of the list of runs.
 */
final class RunFilter {

	/**
	 * The older names of statuses, which filters still take.
	 */
	private static final Map<String, RunStatus> OLDER = Map.of("FROZEN", RunStatus.WAITING, "REATTEMPTING",
			RunStatus.EXECUTING, "WAITING_FOR_DEPLOY", RunStatus.PENDING_VERSION, "INTERRUPTED", RunStatus.FAILED);

	private RunFilter() {
	}

	/**
	 * Read the filters and note what is wrong with them.
	 * @param request the request
	 * @param now the time that periods count from
	 * @param issues what is wrong
	 * @return what a run must match
	 */
	static Predicate<TaskRun> read(ServerRequest request, Instant now, Issues issues) {
		return statuses(request, issues).and(in(request, "filter[taskIdentifier]", TaskRun::taskId))
			.and(in(request, "filter[version]", (run) -> String.valueOf(run.version())))
			.and(in(request, "filter[schedule]", (run) -> String.valueOf(run.command().scheduleId())))
			.and(in(request, "filter[batch]", (run) -> String.valueOf(run.command().batchId())))
			.and(in(request, "filter[queue]", TaskRun::queue))
			.and(in(request, "filter[region]", (run) -> String.valueOf(run.command().option("region"))))
			.and(batch(request))
			.and(tags(request))
			.and(bulkActions(request))
			.and(machines(request, issues))
			.and(test(request, issues))
			.and(created(request, now, issues));
	}

	private static Predicate<TaskRun> batch(ServerRequest request) {
		String batchId = request.query("filter[batch]");
		return (run) -> {
			Batch batch = (batchId != null) ? run.environment().find(Batch.class, batchId) : null;
			return batch == null || batch.runs().contains(run);
		};
	}

	private static Predicate<TaskRun> statuses(ServerRequest request, Issues issues) {
		List<String> names = request.queryList("filter[status]");
		Set<RunStatus> statuses = new HashSet<>();
		List<String> unknown = new ArrayList<>();
		for (String name : names) {
			RunStatus status = OLDER.get(name);
			for (RunStatus candidate : RunStatus.values()) {
				status = candidate.name().equals(name) ? candidate : status;
			}
			if (status == null) {
				unknown.add(name);
			}
			else {
				statuses.add(status);
			}
		}
		if (!unknown.isEmpty()) {
			issues.custom("Invalid status values: " + String.join(", ", unknown), "filter[status]");
		}
		return (run) -> names.isEmpty() || statuses.contains(run.status());
	}

	private static Predicate<TaskRun> in(ServerRequest request, String name, Function<TaskRun, String> property) {
		List<String> values = request.queryList(name);
		return (run) -> values.isEmpty() || values.contains(property.apply(run));
	}

	private static Predicate<TaskRun> tags(ServerRequest request) {
		List<String> tags = request.queryList("filter[tag]");
		return (run) -> tags.isEmpty() || tags.stream().anyMatch(run.tags()::contains);
	}

	private static Predicate<TaskRun> bulkActions(ServerRequest request) {
		String bulkAction = request.query("filter[bulkAction]");
		return (run) -> bulkAction == null || run.links().bulkActions().contains(bulkAction);
	}

	private static Predicate<TaskRun> machines(ServerRequest request, Issues issues) {
		List<String> machines = request.queryList("filter[machine]");
		List<String> unknown = machines.stream()
			.filter((machine) -> !TriggerOptionRules.MACHINES.contains(machine))
			.toList();
		if (!unknown.isEmpty()) {
			issues.custom("Invalid machine values: " + String.join(", ", unknown), "filter[machine]");
		}
		return (run) -> machines.isEmpty() || machines.contains(String.valueOf(run.command().option("machine")));
	}

	private static Predicate<TaskRun> test(ServerRequest request, Issues issues) {
		String given = request.query("filter[isTest]");
		String test = "".equals(given) ? null : given;
		if (test != null && !test.equals("true") && !test.equals("false")) {
			issues.custom("Invalid value for isTest: " + test, "filter[isTest]");
		}
		return (run) -> test == null || test.equals(String.valueOf("true".equals(run.command().option("test"))));
	}

	private static Predicate<TaskRun> created(ServerRequest request, Instant now, Issues issues) {
		Instant from = date(request, "filter[createdAt][from]", issues);
		Instant to = date(request, "filter[createdAt][to]", issues);
		Duration period = TimeSpans.parse(request.query("filter[createdAt][period]"));
		Instant start = (period != null) ? now.minus(period) : from;
		return (run) -> (start == null || !run.createdAt().isBefore(start))
				&& (to == null || !run.createdAt().isAfter(to));
	}

	private static @Nullable Instant date(ServerRequest request, String name, Issues issues) {
		String value = request.query(name);
		Instant date = TimeSpans.instant("".equals(value) ? "0" : value);
		if (value != null && date == null) {
			issues.invalidDate(name);
		}
		return date;
	}

}
