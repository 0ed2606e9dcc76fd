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
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.JavaScriptDate;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;

/**
 * The filters of the list of runs.
 */
final class RunFilter {

	/**
	 * How far back a list goes unless it is asked for a time.
	 */
	private static final Duration DEFAULT_PERIOD = Duration.ofDays(7);

	/**
	 * Older names of statuses, which filters still take although runs of this engine do
	 * not have all of them.
	 */
	private static final Set<String> OLDER = Set.of("FROZEN", "REATTEMPTING", "WAITING_FOR_DEPLOY", "INTERRUPTED");

	/**
	 * What runs execute on unless they ask for another machine.
	 */
	private static final String MACHINE = "small-1x";

	private RunFilter() {
	}

	/**
	 * Read the filters and note what is wrong with them.
	 * @param given the filters
	 * @param now the time that periods count from
	 * @param issues what is wrong
	 * @return what a run must match
	 */
	static Predicate<TaskRun> read(Values given, Instant now, Issues issues) {
		return statuses(given, issues).and(in(given, "filter[taskIdentifier]", TaskRun::taskId))
			.and(in(given, "filter[version]", TaskRun::version))
			.and(is(given, "filter[schedule]", (run) -> maybe(run.command().scheduleId())))
			.and(is(given, "filter[batch]", (run) -> maybe(run.command().batchId())))
			.and(is(given, "filter[bulkAction]", (run) -> run.links().bulkActions()))
			.and(is(given, "filter[error]", RunFilter::errors))
			.and(in(given, "filter[queue]", TaskRun::queue))
			.and(in(given, "filter[region]", RunFilter::region))
			.and(tags(given))
			.and(test(given, issues))
			.and(created(given, now, issues))
			.and(machines(given, issues));
	}

	private static List<String> maybe(@Nullable String value) {
		return (value != null) ? List.of(value) : List.of();
	}

	private static List<String> errors(TaskRun run) {
		String fingerprint = ErrorRoutes.fingerprint(run);
		return (fingerprint != null) ? List.of(fingerprint, "error_" + fingerprint) : List.of();
	}

	/**
	 * Return where a run executes. In development that is where its environment is.
	 * @param run the run
	 * @return the region's name
	 */
	static String region(TaskRun run) {
		String region = run.command().option("region");
		return (region != null && run.environment().kind() != EnvironmentKind.DEVELOPMENT) ? region
				: run.environment().region();
	}

	private static Predicate<TaskRun> statuses(Values given, Issues issues) {
		List<String> names = given.all("filter[status]");
		List<String> unknown = names.stream().filter((name) -> !isKnown(name)).toList();
		if (!unknown.isEmpty()) {
			issues.custom("Invalid status values: " + String.join(", ", unknown), "filter[status]");
		}
		return (run) -> names.isEmpty() || names(run).stream().anyMatch(names::contains);
	}

	private static boolean isKnown(String name) {
		return OLDER.contains(name) || Stream.of(RunStatus.values()).anyMatch((status) -> status.name().equals(name));
	}

	/**
	 * Return the names by which the status of a run is found.
	 */
	private static List<String> names(TaskRun run) {
		return switch (run.status()) {
			case WAITING -> List.of("WAITING", "FROZEN");
			case EXECUTING -> (run.attempts() > 1) ? List.of("EXECUTING", "REATTEMPTING") : List.of("EXECUTING");
			default -> List.of(run.status().name());
		};
	}

	/**
	 * Compare with one value, commas included.
	 */
	private static Predicate<TaskRun> is(Values given, String name, Function<TaskRun, Collection<String>> property) {
		String value = given.one(name);
		return (run) -> value == null || value.isEmpty() || property.apply(run).contains(value);
	}

	private static Predicate<TaskRun> in(Values given, String name, Function<TaskRun, @Nullable String> property) {
		Set<String> values = new HashSet<>(given.all(name));
		return (run) -> values.isEmpty() || values.contains(property.apply(run));
	}

	private static Predicate<TaskRun> tags(Values given) {
		List<String> tags = given.all("filter[tag]");
		return (run) -> tags.isEmpty() || tags.stream().anyMatch(run.tags()::contains);
	}

	private static Predicate<TaskRun> machines(Values given, Issues issues) {
		List<String> machines = given.all("filter[machine]");
		List<String> unknown = machines.stream()
			.filter((machine) -> !TriggerOptionRules.MACHINES.contains(machine))
			.toList();
		if (!unknown.isEmpty()) {
			issues.custom("Invalid machine values: " + String.join(", ", unknown), "filter[machine]");
		}
		return (run) -> machines.isEmpty() || machines.contains(machine(run));
	}

	/**
	 * Return the machine of a run; one that asks for none has one when it starts.
	 */
	private static String machine(TaskRun run) {
		String machine = run.command().option("machine");
		return (machine != null) ? machine : (run.attempts() > 0) ? MACHINE : "";
	}

	private static Predicate<TaskRun> test(Values given, Issues issues) {
		String flag = given.one("filter[isTest]");
		String test = "".equals(flag) ? null : flag;
		if (test != null && !test.equals("true") && !test.equals("false")) {
			issues.custom("Invalid value for isTest: " + test, "filter[isTest]");
		}
		return (run) -> test == null || test.equals(String.valueOf("true".equals(run.command().option("test"))));
	}

	private static Predicate<TaskRun> created(Values given, Instant now, Issues issues) {
		Instant from = date(given.one("filter[createdAt][from]"), "filter[createdAt][from]", issues);
		Instant to = date(given.one("filter[createdAt][to]"), "filter[createdAt][to]", issues);
		String period = given.one("filter[createdAt][period]");
		if (period != null && !period.isEmpty()) {
			// it takes precedence over the two times, even if it is no valid period
			return since(now, Periods.parse(period));
		}
		if (from == null && to == null) {
			return since(now, DEFAULT_PERIOD);
		}
		return (run) -> (from == null || !run.createdAt().isBefore(from))
				&& (to == null || !run.createdAt().isAfter(to));
	}

	private static Predicate<TaskRun> since(Instant now, @Nullable Duration period) {
		return (run) -> period == null || period.isZero() || !run.createdAt().isBefore(now.minus(period));
	}

	/**
	 * Read a time, and note if it is none.
	 * @param request the request
	 * @param name the name of the parameter
	 * @param issues what is wrong
	 * @return the time, or {@code null}
	 */
	static @Nullable Instant date(ServerRequest request, String name, Issues issues) {
		return date(request.query(name), name, issues);
	}

	private static @Nullable Instant date(@Nullable String value, String name, Issues issues) {
		if (value == null) {
			return null;
		}
		double number = NodeJson.coerce(value);
		Instant date = Double.isNaN(number) ? JavaScriptDate.parse(value) : JavaScriptDate.of(number);
		if (date == null) {
			issues.invalidDate(name);
		}
		return date;
	}

	/**
	 * Where filters come from.
	 */
	interface Values {

		/**
		 * Return the value of a filter that has one.
		 * @param name the name, such as {@code filter[batch]}
		 * @return the value, or {@code null}
		 */
		@Nullable String one(String name);

		/**
		 * Return the values of a filter that may have several.
		 * @param name the name, such as {@code filter[tag]}
		 * @return the values, empty when there is no such filter
		 */
		List<String> all(String name);

		/**
		 * Return the filters in the query of a request, where commas separate values.
		 * @param request the request
		 * @return its filters
		 */
		static Values of(ServerRequest request) {
			return new Values() {

				@Override
				public @Nullable String one(String name) {
					return request.query(name);
				}

				@Override
				public List<String> all(String name) {
					return request.queryList(name);
				}

			};
		}

	}

}
