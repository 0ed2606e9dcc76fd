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
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.JavaScriptDate;
import dev.trigger.emulator.state.Session;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Sessions.
 */
final class SessionRoutes {

	static final String PATH = "/api/v1/sessions";

	private static final String ONE = PATH + "/{session}";

	private static final long MAX_BODY = 32 * 1024;

	private static final long MAX_NOTE = 1024;

	private static final BodySchema CONTINUE = BodySchema.of("sessions.endAndContinue");

	private static final BodySchema START = BodySchema.of("sessions.create");

	private static final BodySchema UPDATE = BodySchema.of("sessions.update");

	private static final BodySchema CLOSE = BodySchema.of("sessions.close");

	void addTo(Router router) {
		router.post("sessions.start", PATH, this::start)
			.publicToken()
			.cors()
			.maxBody(MAX_BODY)
			.others(OtherMethods.REFUSED);
		router.get("sessions.retrieve", ONE, (call) -> EmulatorResponse.ok(json(find(call, "read"))))
			.publicToken()
			.cors();
		router.patch("sessions.update", ONE, this::update)
			.publicToken()
			.cors()
			.maxBody(MAX_BODY)
			.others(OtherMethods.REFUSED);
		router.post("sessions.close", ONE + "/close", this::close)
			.publicToken()
			.cors()
			.maxBody(MAX_NOTE)
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.post("sessions.endAndContinue", ONE + "/end-and-continue", this::endAndContinue)
			.publicToken()
			.cors()
			.maxBody(MAX_NOTE)
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.get("sessions.snapshotUrl", ONE + "/snapshot-url", (call) -> snapshot(call, "GET"))
			.publicToken()
			.cors()
			.unlimited();
		router.put("sessions.snapshotUploadUrl", ONE + "/snapshot-url", (call) -> snapshot(call, "PUT"))
			.publicToken()
			.cors()
			.unlimited()
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
		Session session = existing;
		if (session == null) {
			session = new Session("session_" + call.state().ids().cuid(call.now()), type, taskId,
					input.path("triggerConfig"), call.now());
			session.setExternalId(externalId);
			session.setTags(Json.texts(input.get("tags")));
			session.setMetadata(input.get("metadata"));
			session.setExpiresAt(input.hasNonNull("expiresAt") ? JavaScriptDate.read(input.get("expiresAt")) : null);
			environment.all(Session.class).put(session.id(), session);
		}
		else {
			session.setTriggerConfig(input.path("triggerConfig"));
		}
		String over = session.status(call.now()).toLowerCase(Locale.ROOT);
		if (!over.equals("active")) {
			throw new ResponseException(409,
					"Session is " + over + "; use a different externalId to create a new session");
		}
		SessionRuns.ensure(call, session);
		return EmulatorResponse.json((existing != null) ? 200 : 201, started(call, session, existing != null));
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

	private EmulatorResponse update(ApiCall call) {
		JsonNode body = UPDATE.read(call);
		Session session = administered(call);
		if (body.has("externalId") && !Objects.equals(Json.text(body, "externalId"), session.externalId())) {
			throw new ResponseException(422, "externalId cannot be changed after creation; close this session and"
					+ " create a new one with the desired externalId");
		}
		if (body.has("tags")) {
			session.setTags(Json.texts(body.get("tags")));
		}
		if (body.has("metadata")) {
			session.setMetadata(body.path("metadata").isNull() ? null : body.get("metadata"));
		}
		session.touch(call.now());
		return EmulatorResponse.ok(json(session));
	}

	private EmulatorResponse close(ApiCall call) {
		JsonNode body = CLOSE.read(call);
		Session session = administered(call);
		session.close(Json.text(body, "reason"), call.now());
		return EmulatorResponse.ok(json(session));
	}

	private EmulatorResponse endAndContinue(ApiCall call) {
		String calling = CONTINUE.read(call).path("callingRunId").asString();
		Session session = changed(call);
		String over = session.status(call.now()).toLowerCase(Locale.ROOT);
		if (!over.equals("active")) {
			throw new ResponseException(400,
					"Cannot end-and-continue " + (over.equals("closed") ? "a " : "an ") + over + " session");
		}
		if (call.environment().run(calling) == null) {
			throw new ResponseException(404, "callingRunId not found in this environment");
		}
		TaskRun current = session.currentRun();
		boolean swap = current == null || current.id().equals(calling);
		TaskRun next = (swap || current == null) ? SessionRuns.next(call, session, calling) : current;
		session.setCurrentRun(next);
		session.touch(call.now());
		return EmulatorResponse.ok(JsonBody.of("runId", next.id()).with("swapped", swap));
	}

	private EmulatorResponse snapshot(ApiCall call, String method) {
		Session session = method.equals("GET") ? find(call, "read") : changed(call);
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

	/**
	 * Find the session that is written to: here a caller without permission is refused
	 * first.
	 */
	static Session changed(ApiCall call) {
		String id = call.variable("session");
		Session session = lookUp(call.environment(), id);
		if (session == null) {
			call.authorize("write", "sessions:" + id);
			throw new ResponseException(404, "Resource not found");
		}
		authorize(call, "write", session);
		return session;
	}

	private static Session administered(ApiCall call) {
		String id = call.variable("session");
		call.authorize("admin", "sessions:" + id);
		Session session = lookUp(call.environment(), id);
		if (session == null) {
			throw new ResponseException(404, "Session not found");
		}
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

	static JsonBody json(Session session) {
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
