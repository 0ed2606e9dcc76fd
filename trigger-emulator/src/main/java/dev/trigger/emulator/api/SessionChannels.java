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
import java.util.List;
import java.util.Locale;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Session;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The channels of sessions: one into the session, one out of it, and those with a name
 * that newer servers have.
 */
final class SessionChannels {

	private static final String ONE = "/realtime/v1/sessions/{session}";

	private static final long MAX_BODY = 1024 * 1024;

	private static final List<String> DIRECTIONS = List.of("out", "in");

	private final Duration check;

	/**
	 * Create the routes.
	 * @param hold for how long a poll is held, in which a quiet channel is looked at four
	 * times
	 */
	SessionChannels(Duration hold) {
		this.check = StreamReads.check(hold);
	}

	void addTo(Router router) {
		open(router.get("sessions.read", ONE + "/{io}", (call) -> read(call, direction(call))));
		open(router.add("sessions.lastChunk", "HEAD", ONE + "/{io}", SessionChannels::lastChunk));
		open(router.put("sessions.initializeStream", ONE + "/{io}", SessionChannels::initialize));
		open(router.get("sessions.records", ONE + "/{io}/records", SessionChannels::records));
		appends(router.post("sessions.in.send", ONE + "/in/append", (call) -> send(call, "in")));
		appends(router.post("sessions.out.append", ONE + "/out/append", (call) -> send(call, "out")));
		appends(router.post("sessions.append", ONE + "/{io}/append", (call) -> send(call, direction(call))));
		String named = ONE + "/channels/{channel}";
		open(router.get("sessions.channel.read", named + "/{io}",
				(call) -> read(call, direction(call) + "/" + call.variable("channel"))));
		appends(router.post("sessions.channel.in.send", named + "/in/append",
				(call) -> send(call, "in/" + call.variable("channel"))));
	}

	private static Route open(Route route) {
		return route.publicToken().cors().unlimited().others(OtherMethods.REFUSED);
	}

	private static void appends(Route route) {
		open(route).maxBody(MAX_BODY).wrongMethod(405);
	}

	private static String direction(ApiCall call) {
		return call.oneOf("io", DIRECTIONS);
	}

	private EmulatorResponse read(ApiCall call, String channel) {
		String key = readable(call);
		StreamLog log = StreamStore.channel(call.state(), call.environment(), key, channel);
		boolean settled = channel.startsWith("out") && "1".equals(call.request().header("x-peek-settled"))
				&& isSettled(log.last());
		String after = call.request().header("last-event-id");
		StreamReader.ReadSettings settings = new StreamReader.ReadSettings(true,
				StreamReads.after((after != null && !after.isEmpty()) ? after : null), null, timeout(call), this.check,
				settled);
		EmulatorResponse response = StreamReads.events(call.state(), log, settings);
		return settled ? response.header("x-session-settled", "true") : response;
	}

	private static boolean isSettled(StreamLog.@Nullable StreamRecord last) {
		return last != null && last.headers().contains(List.of("trigger-control", "turn-complete"));
	}

	private static Duration timeout(ApiCall call) {
		String header = call.request().header("timeout-seconds");
		if (header == null || header.isEmpty()) {
			return Duration.ofSeconds(60);
		}
		double seconds = NodeJson.coerce(header);
		if (!Double.isFinite(seconds) || seconds != Math.rint(seconds)) {
			throw new ResponseException(StreamRoutes.plain(400, "Invalid timeout seconds"));
		}
		if (seconds < 1) {
			throw new ResponseException(StreamRoutes.plain(400, "Timeout seconds must be greater than 0"));
		}
		if (seconds > 600) {
			throw new ResponseException(StreamRoutes.plain(400, "Timeout seconds must be less than 600"));
		}
		return Duration.ofSeconds((long) seconds);
	}

	/**
	 * Return the name of the channels of a session that may be read. An external
	 * identifier may be that of a session to come.
	 */
	private static String readable(ApiCall call) {
		String id = call.variable("session");
		Session session = SessionRoutes.lookUp(call.environment(), id);
		if (session != null) {
			SessionRoutes.authorize(call, "read", session);
			return key(session);
		}
		if (id.startsWith("session_")) {
			throw ApiCall.notFound(false);
		}
		call.authorize("read", "sessions:" + id);
		return id;
	}

	/**
	 * Return what names the channels of a session.
	 * @param session the session
	 * @return its external identifier, or else its identifier
	 */
	static String key(Session session) {
		return (session.externalId() != null) ? session.externalId() : session.id();
	}

	private static EmulatorResponse lastChunk(ApiCall call) {
		direction(call);
		readable(call);
		// a reader of a channel keeps its position itself
		return EmulatorResponse.empty(200).header("x-last-chunk-index", "0");
	}

	private static EmulatorResponse initialize(ApiCall call) {
		String direction = direction(call);
		String id = call.variable("session");
		call.authorize("write", "sessions:" + id);
		if (direction.equals("out") && call.claims() != null) {
			throw new ResponseException(
					StreamRoutes.plain(403, "Initializing the out channel requires secret key authentication"));
		}
		Session session = SessionRoutes.lookUp(call.environment(), id);
		if (session == null && id.startsWith("session_")) {
			throw new ResponseException(StreamRoutes.plain(404, "Session not found"));
		}
		if (session != null && session.closedAt() != null) {
			throw new ResponseException(StreamRoutes.plain(400, "Cannot initialize a channel on a closed session"));
		}
		EmulatorResponse response = EmulatorResponse.json(202, JsonBody.of("version", "v2"));
		return StreamRoutes.withStore(call, response,
				"sessions/" + ((session != null) ? key(session) : id) + "/" + direction);
	}

	private static EmulatorResponse records(ApiCall call) {
		String direction = direction(call);
		String after = call.query("afterEventId");
		if (after != null && !after.matches("\\d{1,18}")) {
			Issues issues = new Issues();
			issues.invalid(JsonBody.of("validation", "regex")
				.with("code", "invalid_string")
				.with("message", "Invalid")
				.with("path", List.of("afterEventId")));
			issues.refuseQuery();
		}
		StreamLog log = StreamStore.channel(call.state(), call.environment(), readable(call), direction);
		return EmulatorResponse.ok(JsonBody.of("records",
				log.from(StreamReads.after(after), Integer.MAX_VALUE).stream().map(SessionChannels::json).toList()));
	}

	/**
	 * Return a record as the list shows it. One without a value has empty texts.
	 */
	private static JsonBody json(StreamLog.StreamRecord entry) {
		return JsonBody.of("data", (entry.data() != null) ? entry.data() : "")
			.with("id", (entry.data() != null) ? entry.partId() : "")
			.with("seqNum", entry.seq())
			.maybe("headers", entry.headers().isEmpty() ? null : entry.headers());
	}

	private static EmulatorResponse send(ApiCall call, String channel) {
		Session session = SessionRoutes.changed(call);
		String over = session.status(call.now()).toLowerCase(Locale.ROOT);
		if (!over.equals("active")) {
			throw new ResponseException(StreamRoutes.refusal(400,
					"Cannot append to " + (over.equals("closed") ? "a " : "an ") + over + " session"));
		}
		if (channel.equals("out") && call.claims() != null) {
			throw new ResponseException(
					StreamRoutes.refusal(403, "Appending to the out channel requires secret key authentication"));
		}
		SessionRuns.ensure(call, session);
		return append(call, session, channel);
	}

	private static EmulatorResponse append(ApiCall call, Session session, String channel) {
		StreamLog log = StreamStore.channel(call.state(), call.environment(), key(session), channel);
		String partId = call.request().header("x-part-id");
		if (partId != null && log.part(partId) != null) {
			return EmulatorResponse.ok(JsonBody.of("ok", true));
		}
		JsonNode data = Json
			.tree(channel.startsWith("in") ? withoutTrust(call.request().bodyText()) : call.request().bodyText());
		String id = StreamRoutes.partId(call);
		StreamRoutes.refuseTooLarge("v2", data, id);
		StreamLog.StreamRecord entry = log.append(data, id, List.of());
		return EmulatorResponse.ok(JsonBody.of("ok", true).with("seq", entry.seq()));
	}

	/**
	 * Only a webhook may claim to be one.
	 */
	private static String withoutTrust(String part) {
		JsonNode message = part.contains("\"actionSource\"") ? Json.parse(part) : null;
		if (message != null && message.path("payload") instanceof ObjectNode payload
				&& payload.path("actionSource").asString("").equals("webhook")) {
			payload.remove("actionSource");
			return NodeJson.stringify(message);
		}
		return part;
	}

}
