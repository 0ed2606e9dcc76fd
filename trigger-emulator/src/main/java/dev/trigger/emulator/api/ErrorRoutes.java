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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.ErrorState;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.RunError;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Groups of errors, made from the runs that failed.
 */
final class ErrorRoutes {

	private static final String PATH = "/api/v1/errors";

	private static final BodySchema RESOLVE = BodySchema.of("errors.resolve");

	private static final BodySchema IGNORE = BodySchema.of("errors.ignore");

	private static final List<String> STATUSES = List.of("unresolved", "resolved", "ignored");

	private static final Set<RunStatus> FAILED = EnumSet.of(RunStatus.FAILED, RunStatus.CRASHED,
			RunStatus.SYSTEM_FAILURE, RunStatus.TIMED_OUT);

	private static final Duration DEFAULT_PERIOD = Duration.ofDays(1);

	private static final Duration RETENTION = Duration.ofDays(30);

	private static final int LONGEST_SEARCH = 1000;

	private static final int MAX_VERSIONS = 5;

	void addTo(Router router) {
		router.get("errors.list", PATH, this::list).publicToken().cors();
		router
			.get("errors.retrieve", PATH + "/{errorId}",
					(call) -> EmulatorResponse.ok(find(call, "read").details(call)))
			.publicToken()
			.cors();
		router.post("errors.resolve", PATH + "/{errorId}/resolve", (call) -> decide(call, "resolved", RESOLVE))
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.post("errors.ignore", PATH + "/{errorId}/ignore", (call) -> decide(call, "ignored", IGNORE))
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.post("errors.unresolve", PATH + "/{errorId}/unresolve", (call) -> decide(call, "unresolved", null))
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		int size = OrderedPages.size(call.request(), issues);
		List<String> tasks = call.request().queryList("filter[taskIdentifier]");
		List<String> statuses = statuses(call, STATUSES, "unresolved, resolved, ignored", issues);
		String search = call.query("filter[search]");
		if (search != null && search.length() > LONGEST_SEARCH) {
			issues.tooLong(LONGEST_SEARCH, "filter[search]");
		}
		Instant from = RunFilter.date(call.request(), "filter[from]", issues);
		Instant to = RunFilter.date(call.request(), "filter[to]", issues);
		issues.refuseQuery();
		call.authorize("read", "errors");
		List<String> versions = call.request().queryList("filter[version]");
		String text = (search != null) ? search.strip().toLowerCase(Locale.ROOT) : "";
		Predicate<TaskRun> occurred = occurred(call, from, to)
			.and((run) -> versions.isEmpty() || versions.contains(String.valueOf(run.version())));
		List<Occurrences> listed = new ArrayList<>();
		for (Group group : groups(call).values()) {
			Occurrences occurrences = new Occurrences(group, (int) group.runs().stream().filter(occurred).count());
			if (occurrences.count() > 0 && (tasks.isEmpty() || tasks.contains(group.taskId()))
					&& (statuses.isEmpty() || statuses.contains(group.state(call).status())) && group.mentions(text)) {
				listed.add(occurrences);
			}
		}
		listed.sort(Comparator.reverseOrder());
		Occurrences place = Occurrences.at(OrderedPages.cursorOf(call));
		OrderedPages<Occurrences> pages = new OrderedPages<>(Occurrences::cursor,
				(occurrences) -> occurrences.group().summary(call, occurrences.count()), true);
		JsonBody page = pages.page(call, listed, size,
				(occurrences) -> place == null || occurrences.compareTo(place) < 0,
				(occurrences) -> place == null || occurrences.compareTo(place) > 0);
		if (place == null && !OrderedPages.isBackward(call) && page.get("pagination") instanceof JsonBody pagination) {
			// a cursor that is none is as good as no cursor
			pagination.remove("previous");
		}
		return EmulatorResponse.ok(page);
	}

	/**
	 * Return when errors count that a list is asked for: those of the last day, unless it
	 * is asked for a time. What is older than servers keep never does.
	 */
	private static Predicate<TaskRun> occurred(ApiCall call, @Nullable Instant from, @Nullable Instant to) {
		boolean period = call.hasQuery("filter[period]");
		Duration given = period ? Periods.parse(call.query("filter[period]")) : null;
		Duration span = (given != null && !given.isZero()) ? given : DEFAULT_PERIOD;
		Instant oldest = call.now().minus(RETENTION);
		Instant asked = (!period && from != null) ? from : call.now().minus(span);
		Instant start = asked.isBefore(oldest) ? oldest : asked;
		Instant end = (period || to == null) ? call.now() : to;
		return (run) -> !minute(run).isBefore(start.truncatedTo(ChronoUnit.MINUTES)) && !minute(run).isAfter(end);
	}

	private static Instant minute(TaskRun run) {
		Instant at = run.finishedAt();
		return ((at != null) ? at : run.createdAt()).truncatedTo(ChronoUnit.MINUTES);
	}

	/**
	 * Read the statuses that a list asks for, and note those that there are not.
	 */
	static List<String> statuses(ApiCall call, List<String> known, String allowed, Issues issues) {
		String text = call.query("filter[status]");
		if (text == null || text.isEmpty()) {
			return List.of();
		}
		List<String> statuses = List.of(text.split(",", -1));
		List<String> unknown = statuses.stream().filter((status) -> !known.contains(status)).toList();
		if (!unknown.isEmpty()) {
			issues.custom("Invalid status values: " + String.join(", ", unknown) + ". Allowed: " + allowed + ".",
					"filter[status]");
		}
		return statuses;
	}

	private static EmulatorResponse decide(ApiCall call, String status, @Nullable BodySchema schema) {
		JsonNode decision = (schema != null) ? schema.read(call) : Json.object();
		call.authorize("write", "errors:" + call.variable("errorId"));
		Group group = groups(call).get(call.variable("errorId"));
		if (group == null) {
			throw new ResponseException(404, "Resource not found");
		}
		call.environment().all(ErrorState.class).put(group.id(), new ErrorState(status, call.now(), decision));
		return EmulatorResponse.ok(group.details(call));
	}

	private static Group find(ApiCall call, String action) {
		Group group = groups(call).get(call.variable("errorId"));
		if (group == null) {
			throw ApiCall.notFound(false);
		}
		call.authorize(action, "errors:" + group.id());
		return group;
	}

	private static Map<String, Group> groups(ApiCall call) {
		Map<String, Group> groups = new LinkedHashMap<>();
		for (TaskRun run : call.environment().runs()) {
			RunError error = run.error();
			String fingerprint = fingerprint(run);
			if (error != null && fingerprint != null) {
				groups
					.computeIfAbsent("error_" + fingerprint,
							(id) -> new Group(id, fingerprint, run.taskId(), error, new ArrayList<>()))
					.runs()
					.add(run);
			}
		}
		return groups;
	}

	/**
	 * Return what runs that fail alike have in common.
	 * @param run the run
	 * @return the fingerprint, {@code null} unless the run has failed
	 */
	static @Nullable String fingerprint(TaskRun run) {
		RunError error = run.error();
		return (error != null && FAILED.contains(run.status())) ? ErrorFingerprint.of(run.taskId(), error) : null;
	}

	private record Group(String id, String fingerprint, String taskId, RunError error, List<TaskRun> runs) {

		Instant firstSeen() {
			return this.runs.get(0).createdAt();
		}

		Instant lastSeen() {
			return this.runs.get(this.runs.size() - 1).createdAt();
		}

		ErrorState state(ApiCall call) {
			ErrorState state = call.environment().find(ErrorState.class, this.id);
			return (state != null) ? state : new ErrorState("unresolved", null, Json.object());
		}

		boolean mentions(String text) {
			return String.valueOf(this.error.name()).toLowerCase(Locale.ROOT).contains(text)
					|| String.valueOf(this.error.message()).toLowerCase(Locale.ROOT).contains(text);
		}

		JsonBody summary(ApiCall call, int count) {
			ErrorState state = state(call);
			return head().with("status", state.status())
				.with("count", count)
				.with("firstSeen", firstSeen())
				.with("lastSeen", lastSeen())
				.with("resolvedAt", at(state, "resolved"))
				.with("ignoredUntil", until(state));
		}

		JsonBody details(ApiCall call) {
			ErrorState state = state(call);
			JsonNode decision = state.decision();
			return head().with("count", this.runs.size())
				.with("firstSeen", firstSeen())
				.with("lastSeen", lastSeen())
				.with("affectedVersions",
						this.runs.stream()
							.map(TaskRun::version)
							.filter(Objects::nonNull)
							.distinct()
							.sorted(Versions.ORDER.reversed())
							.limit(MAX_VERSIONS)
							.toList())
				.with("status", state.status())
				.with("resolvedAt", at(state, "resolved"))
				.with("resolvedInVersion", decision.get("resolvedInVersion"))
				.with("resolvedBy", null)
				.with("ignoredAt", at(state, "ignored"))
				.with("ignoredUntil", until(state))
				.with("ignoredReason", decision.get("reason"))
				.with("ignoredByUserId", null)
				.with("ignoredUntilOccurrenceRate", decision.get("occurrenceRate"))
				.with("ignoredUntilTotalOccurrences", decision.get("totalOccurrences"));
		}

		private JsonBody head() {
			return JsonBody.of("id", this.id)
				.with("fingerprint", this.fingerprint)
				.with("taskIdentifier", this.taskId)
				.with("errorType", (this.error.name() != null) ? this.error.name() : "Error")
				.with("errorMessage", this.error.message());
		}

		private static @Nullable Instant at(ErrorState state, String status) {
			return state.status().equals(status) ? state.at() : null;
		}

		private static @Nullable Instant until(ErrorState state) {
			JsonNode duration = state.decision().get("duration");
			Instant at = at(state, "ignored");
			return (at != null && duration != null && duration.isNumber()) ? at.plusMillis(duration.longValue()) : null;
		}

	}

	/**
	 * An error as a list has it: in the order of how often it occurred.
	 *
	 * @param group the error
	 * @param count how often it occurred in the time that the list is for
	 */
	private record Occurrences(Group group, int count) implements Comparable<Occurrences> {

		@Override
		public int compareTo(Occurrences other) {
			return Comparator.comparingInt(Occurrences::count)
				.thenComparing((occurrences) -> occurrences.group.fingerprint())
				.thenComparing((occurrences) -> occurrences.group.taskId())
				.compare(this, other);
		}

		String cursor() {
			JsonBody place = JsonBody.of("occurrenceCount", this.count)
				.with("fingerprint", this.group.fingerprint())
				.with("taskIdentifier", this.group.taskId());
			return Base64.getEncoder().encodeToString(Json.utf8(Json.string(place)));
		}

		/**
		 * Read a cursor.
		 * @param cursor the text
		 * @return the place that it means, {@code null} if it is none
		 */
		static @Nullable Occurrences at(@Nullable String cursor) {
			JsonNode place = (cursor != null) ? OrderedPages.place(cursor, Base64.getDecoder()) : null;
			if (place == null || !place.path("occurrenceCount").isNumber() || !place.path("fingerprint").isString()
					|| !place.path("taskIdentifier").isString()) {
				return null;
			}
			Group group = new Group("", place.path("fingerprint").asString(), place.path("taskIdentifier").asString(),
					new RunError(null, "", null), List.of());
			return new Occurrences(group, (int) Json.number(place.path("occurrenceCount")));
		}

	}

}
