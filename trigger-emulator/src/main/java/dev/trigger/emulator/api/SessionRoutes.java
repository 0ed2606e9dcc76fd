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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Session;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.Tokens;
import dev.trigger.emulator.state.TriggerCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sessions.
 */
final class SessionRoutes {

	private static final String PATH = "/api/v1/sessions";

	private static final String ONE = PATH + "/{session}";

	private static final long MAX_BODY = 1024 * 1024;

	private static final BodySchema START = BodySchema.of("sessions.create");

	private static final BodySchema UPDATE = BodySchema.of("sessions.update");

	private static final BodySchema CLOSE = BodySchema.of("sessions.close");

	void addTo(Router router) {
		router.post("sessions.start", PATH, this::start)
			.publicToken()
			.cors()
			.maxBody(MAX_BODY)
			.others(OtherMethods.REFUSED);
		router.get("sessions.list", PATH, this::list).publicToken().cors();
		router.get("sessions.retrieve", ONE, (call) -> EmulatorResponse.ok(json(find(call, "read"))))
			.publicToken()
			.cors();
		router.patch("sessions.update", ONE, this::update).publicToken().cors().others(OtherMethods.REFUSED);
		router.post("sessions.close", ONE + "/close", this::close)
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.post("sessions.endAndContinue", ONE + "/end-and-continue", this::endAndContinue)
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.get("sessions.snapshotUrl", ONE + "/snapshot-url", (call) -> snapshot(call, "GET")).publicToken().cors();
		router.put("sessions.snapshotUploadUrl", ONE + "/snapshot-url", (call) -> snapshot(call, "PUT"))
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED);
		router.get("sessions.transcript", ONE + "/transcript", this::transcript).publicToken().cors();
	}

	private EmulatorResponse start(ApiCall call) {
		JsonNode input = START.read(call);
		String type = input.path("type").asString();
		String taskId = input.path("taskIdentifier").asString();
		String given = Json.text(input, "externalId");
		String externalId = (given != null) ? given.strip() : null;
		call.authorize("write", "sessions", "tasks:" + taskId);
		Environment environment = call.environment();
		Session existing = (externalId != null) ? lookUp(environment, externalId) : null;
		if (existing != null) {
			if (existing.closedAt() != null) {
				throw new ResponseException(409, "Session is closed");
			}
			return EmulatorResponse.json(200, started(call, existing, true));
		}
		EmulatorState state = call.state();
		Session session = new Session("session_" + state.ids().cuid(call.now()), type, taskId,
				input.path("triggerConfig"), call.now());
		session.setExternalId(externalId);
		session.setTags(strings(input.get("tags")));
		session.setMetadata(input.get("metadata"));
		session.setExpiresAt(TimeSpans.instant(Json.text(input, "expiresAt")));
		environment.all(Session.class).put(session.id(), session);
		session.setCurrentRun(run(call, session));
		return EmulatorResponse.json(201, started(call, session, false));
	}

	static TaskRun run(ApiCall call, Session session) {
		ObjectNode options = Json.object();
		session.triggerConfig().properties().forEach((option) -> {
			if (!option.getKey().equals("basePayload")) {
				options.set(option.getKey(), option.getValue());
			}
		});
		TaskRun run = call.state()
			.engine()
			.trigger(call.environment(),
					TriggerCommand.of(session.taskId(), session.triggerConfig().get("basePayload"), options))
			.run();
		run.setStreamsVersion("v2");
		return run;
	}

	private static JsonBody started(ApiCall call, Session session, boolean cached) {
		String key = SessionChannels.key(session);
		String token = Tokens.sign(
				TokenHeaders.claims(call.environment())
					.with("scopes", List.of("read:sessions:" + key, "write:sessions:" + key)),
				call.environment().apiKey(), call.now(), Duration.ofHours(1));
		TaskRun run = session.currentRun();
		return json(session).with("runId", (run != null) ? run.id() : null)
			.with("publicAccessToken", token)
			.with("isCached", cached);
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		int size = CursorPages.size(call.request(), "Number must be less than or equal to 100", issues);
		issues.refuseQuery();
		call.authorize("read", "sessions");
		List<String> types = call.request().queryList("filter[type]");
		List<String> tasks = call.request().queryList("filter[taskIdentifier]");
		List<String> tags = call.request().queryList("filter[tags]");
		List<String> statuses = call.request().queryList("filter[status]");
		String externalId = call.query("filter[externalId]");
		List<Session> sessions = new ArrayList<>(call.environment().all(Session.class).values());
		sessions.removeIf((session) -> (!types.isEmpty() && !types.contains(session.type()))
				|| (!tasks.isEmpty() && !tasks.contains(session.taskId()))
				|| (!tags.isEmpty() && tags.stream().noneMatch(session.tags()::contains))
				|| (!statuses.isEmpty() && !statuses.contains(session.status(call.now())))
				|| (externalId != null && !externalId.equals(session.externalId())));
		Collections.reverse(sessions);
		return EmulatorResponse.ok(CursorPages.page(call.request(), sessions, size, Session::id, SessionRoutes::json));
	}

	private EmulatorResponse update(ApiCall call) {
		Session session = find(call, "admin");
		JsonNode body = UPDATE.read(call);
		if (body.has("tags")) {
			session.setTags(strings(body.get("tags")));
		}
		if (body.has("metadata")) {
			session.setMetadata(body.path("metadata").isNull() ? null : body.get("metadata"));
		}
		if (body.has("externalId")) {
			session.setExternalId(Json.text(body, "externalId"));
		}
		session.touch(call.now());
		return EmulatorResponse.ok(json(session));
	}

	private EmulatorResponse close(ApiCall call) {
		Session session = find(call, "admin");
		JsonNode body = (call.request().body().length == 0) ? Json.object() : CLOSE.read(call);
		session.close(Json.text(body, "reason"), call.now());
		return EmulatorResponse.ok(json(session));
	}

	private EmulatorResponse endAndContinue(ApiCall call) {
		Session session = find(call, "write");
		String calling = Json.text(call.json(), "callingRunId");
		TaskRun current = session.currentRun();
		boolean swap = current == null || current.id().equals(calling);
		TaskRun next = (swap || current == null) ? run(call, session) : current;
		session.setCurrentRun(next);
		session.touch(call.now());
		return EmulatorResponse.ok(JsonBody.of("runId", next.id()).with("swapped", swap));
	}

	private EmulatorResponse snapshot(ApiCall call, String method) {
		Session session = find(call, method.equals("GET") ? "read" : "write");
		return EmulatorResponse.ok(JsonBody.of("presignedUrl",
				call.state()
					.packets()
					.presign(method, call.environment(), "sessions/" + session.id() + "/snapshot.json", call.now())));
	}

	private EmulatorResponse transcript(ApiCall call) {
		Session session = find(call, "read");
		List<Object> messages = new ArrayList<>();
		StreamLog out = channel(call, session, "out");
		out.from(0, Integer.MAX_VALUE).forEach((entry) -> messages.add(String.valueOf(entry.data())));
		return EmulatorResponse.ok(JsonBody.of("messages", messages)
			.with("cursors", JsonBody.of("lastOutEventId", String.valueOf(out.size()))
				.with("lastInEventId", String.valueOf(channel(call, session, "in").size()))));
	}

	private static StreamLog channel(ApiCall call, Session session, String name) {
		return StreamStore.channel(call.state(), call.environment(), SessionChannels.key(session), name);
	}

	private static Session find(ApiCall call, String action) {
		Session session = lookUp(call.environment(), call.variable("session"));
		if (session == null) {
			throw ApiCall.notFound(false);
		}
		authorize(call, action, session);
		return session;
	}

	static void authorize(ApiCall call, String action, Session session) {
		call.authorize(action, "sessions:" + session.id(), "sessions:" + session.externalId());
	}

	static @Nullable Session lookUp(Environment environment, String id) {
		Session session = environment.find(Session.class, id);
		return (session != null) ? session
				: environment.all(Session.class)
					.values()
					.stream()
					.filter((candidate) -> id.equals(candidate.externalId()))
					.findFirst()
					.orElse(null);
	}

	private static List<String> strings(@Nullable JsonNode list) {
		return (list != null && list.isArray()) ? list.valueStream().map(JsonNode::asString).toList() : List.of();
	}

	private static JsonBody json(Session session) {
		TaskRun run = session.currentRun();
		return JsonBody.of("id", session.id())
			.with("externalId", session.externalId())
			.with("type", session.type())
			.with("taskIdentifier", session.taskId())
			.with("triggerConfig", session.triggerConfig())
			.with("currentRunId", (run != null) ? run.id() : null)
			.with("tags", session.tags())
			.with("metadata", session.metadata())
			.with("closedAt", session.closedAt())
			.with("closedReason", session.closedReason())
			.with("expiresAt", session.expiresAt())
			.with("createdAt", session.createdAt())
			.with("updatedAt", session.updatedAt());
	}

}
