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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.RunStatus;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What can be done with a run besides retrieving, canceling and replaying it.
 */
final class RunDetailRoutes {

	private static final int MAX_TAGS = 10;

	private static final JsonBody NO_NEW_TAGS = JsonBody.of("message", "No new tags to add");

	private static final BodySchema RESCHEDULE = BodySchema.of("runs.reschedule");

	private static final BodySchema ADD_TAGS = BodySchema.of("runs.addTags");

	private static final BodySchema RESET_KEY = BodySchema.of("idempotencyKeys.reset");

	void addTo(Router router) {
		router.post("runs.reschedule", "/api/v1/runs/{runId}/reschedule", this::reschedule)
			.terse("Invalid or missing API Key")
			.others(OtherMethods.REFUSED_IN_BODY);
		router.post("runs.addTags", "/api/v1/runs/{runId}/tags", this::addTags)
			.terse("Invalid or Missing API Key")
			.others(OtherMethods.REFUSED_IN_BODY);
		router.get("runs.result", "/api/v1/runs/{runId}/result", this::result).terse("Invalid or Missing API Key");
		router.get("runs.trace", "/api/v1/runs/{runId}/trace", this::trace).publicToken().cors();
		router.get("runs.span", "/api/v1/runs/{runId}/spans/{spanId}", this::span).publicToken().cors();
		router.get("runs.events", "/api/v1/runs/{runId}/events", this::events).publicToken().cors();
		router.get("runs.packetUrl", "/api/v1/runs/{runId}/packets/{field}", this::packetUrl);
		router.post("idempotencyKeys.reset", "/api/v1/idempotencyKeys/{key}/reset", this::resetKey)
			.publicToken()
			.cors()
			.anyAction()
			.wrongMethod(405);
	}

	private EmulatorResponse reschedule(ApiCall call) {
		JsonNode body = call.jsonOrBreak();
		if (!RESCHEDULE.issues(body).isEmpty()) {
			throw new ResponseException(400, "Invalid request body");
		}
		Instant until = TimeSpans.delay(body.path("delay"), call.now());
		if (until == null) {
			throw new ResponseException(400, "Invalid delay: " + body.path("delay").asString(""));
		}
		TaskRun run = call.run("Run not found");
		if (run.status() != RunStatus.DELAYED) {
			throw new ResponseException(400, "Cannot reschedule a run that is not delayed");
		}
		call.state().engine().reschedule(run, until);
		return EmulatorResponse.ok(RunJson.details(call, run));
	}

	private EmulatorResponse addTags(ApiCall call) {
		JsonNode body = call.jsonOr(500, "Something went wrong, please try again.");
		ADD_TAGS.issues(body).refuseWithIssues("Invalid request body");
		JsonNode given = body.path("tags");
		List<String> added = new ArrayList<>();
		if (given.isArray()) {
			given.forEach((tag) -> added.add(tag.asString()));
		}
		else {
			added.add(given.asString());
		}
		added.removeIf(String::isBlank);
		if (added.isEmpty()) {
			return EmulatorResponse.ok(NO_NEW_TAGS);
		}
		TaskRun run = call.run("Run not found");
		added.removeAll(run.tags());
		if (added.isEmpty()) {
			return EmulatorResponse.ok(NO_NEW_TAGS);
		}
		int total = run.tags().size() + added.size();
		if (total > MAX_TAGS) {
			throw new ResponseException(422, "Runs can only have " + MAX_TAGS + " tags, you're trying to set " + total
					+ ". These tags have not been set: '" + String.join("', '", added) + "'.");
		}
		run.change(run.content().withTags(added), call.now());
		return EmulatorResponse.ok(JsonBody.of("message", "Successfully set " + added.size() + " new tags."));
	}

	private EmulatorResponse result(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		JsonBody result = (run != null) ? result(run) : null;
		if (result == null) {
			throw new ResponseException(404, "Run either doesn't exist or is not finished");
		}
		return EmulatorResponse.ok(result);
	}

	/**
	 * Return the result of a run. The second generation of the engine keeps results
	 * elsewhere, and so there is one only if it needs no attempt.
	 * @param run the run
	 * @return the result of a run that was canceled, {@code null} for others
	 */
	static @Nullable JsonBody result(TaskRun run) {
		return (run.status() != RunStatus.CANCELED) ? null
				: JsonBody.of("ok", false)
					.with("id", run.id())
					.with("taskIdentifier", run.taskId())
					.with("error", JsonBody.of("type", "INTERNAL_ERROR").with("code", "TASK_RUN_CANCELLED"));
	}

	private EmulatorResponse trace(ApiCall call) {
		TaskRun run = find(call);
		if (call.query("page[size]") != null) {
			JsonBody page = JsonBody.of("data", Traces.rows(run))
				.with("attemptFailures", List.of())
				.with("pagination", JsonBody.of("truncated", false));
			return EmulatorResponse.ok(page);
		}
		return EmulatorResponse.ok(JsonBody.of("trace",
				JsonBody.of("traceId", Traces.traceId(run))
					.with("rootSpan", Traces.tree(run))
					.with("isTruncated", false)));
	}

	private EmulatorResponse span(ApiCall call) {
		JsonBody span = Traces.span(find(call), call.variable("spanId"));
		if (span == null) {
			throw new ResponseException(404, "Span not found");
		}
		return EmulatorResponse.ok(span);
	}

	private EmulatorResponse events(ApiCall call) {
		return EmulatorResponse.ok(JsonBody.of("events", Traces.events(find(call))));
	}

	private EmulatorResponse packetUrl(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		String path = null;
		if (run != null && call.variable("field").equals("payload")
				&& run.command().payloadType().equals(Payloads.STORE) && run.command().payload() != null) {
			path = run.command().payload().asString();
		}
		if (run != null && call.variable("field").equals("output")) {
			path = EmulatorState.outputPath(run);
		}
		if (run == null || path == null || call.state().packets().get(run.environment(), path) == null) {
			throw new ResponseException(404, "Packet not found");
		}
		return EmulatorResponse.ok(JsonBody.of("presignedUrl",
				call.state().packets().presign("GET", run.environment(), path, call.now())));
	}

	private EmulatorResponse resetKey(ApiCall call) {
		String taskId = RESET_KEY.read(call).path("taskIdentifier").asString();
		call.authorize("write", "runs");
		String key = call.variable("key");
		List<TaskRun> runs = RunListRoutes.matching(call.environment(),
				(run) -> run.taskId().equals(taskId) && key.equals(run.idempotencyKey()));
		if (runs.isEmpty()) {
			throw new ResponseException(404, "No runs found with idempotency key: " + key + " and task: " + taskId);
		}
		runs.forEach(TaskRun::resetIdempotencyKey);
		return EmulatorResponse.ok(JsonBody.of("id", key));
	}

	private static TaskRun find(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw ApiCall.notFound(true);
		}
		RunRoutes.authorizeRead(call, run);
		return run;
	}

}
