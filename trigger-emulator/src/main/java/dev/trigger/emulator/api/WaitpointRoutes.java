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
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Packets;
import dev.trigger.emulator.state.Payloads;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.Tokens;
import dev.trigger.emulator.state.Waitpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Waitpoint tokens.
 */
final class WaitpointRoutes {

	private static final String PATH = "/api/v1/waitpoints/tokens";

	private static final long MAX_NEW_TOKEN = 10 * 1024;

	private static final long MAX_DATA = 3 * 1024 * 1024;

	private static final Pattern ID = Pattern.compile("waitpoint_[^_]+|(?!waitpoint_).*");

	private static final BodySchema NEW_TOKEN = BodySchema.of("wait.createToken");

	private static final Set<String> STATUSES = Set.of("WAITING", "COMPLETED", "TIMED_OUT");

	void addTo(Router router) {
		router.post("wait.createToken", PATH, this::create).maxBody(MAX_NEW_TOKEN).others(OtherMethods.REFUSED);
		router.get("wait.listTokens", PATH, this::list);
		router.get("wait.retrieveToken", PATH + "/{waitpointId}", this::retrieve);
		router.post("wait.completeToken", PATH + "/{waitpointId}/complete", this::complete)
			.publicToken()
			.cors()
			.anyAction()
			.maxBody(MAX_DATA)
			.wrongMethod(405);
		router.post("wait.completeTokenByCallback", PATH + "/{waitpointId}/callback/{callbackHash}", this::callback)
			.access(RouteAccess.OPEN)
			.unlimited()
			.others(OtherMethods.REFUSED);
		router
			.post("runs.waitForToken", "/engine/v1/runs/{runId}/waitpoints/tokens/{waitpointId}/wait",
					this::waitForToken)
			.maxBody(MAX_NEW_TOKEN)
			.others(OtherMethods.REFUSED);
	}

	private EmulatorResponse create(ApiCall call) {
		JsonNode given = NEW_TOKEN.read(call);
		NewToken token = NewToken.create(call, given);
		Waitpoint waitpoint = token.waitpoint();
		JsonBody body = JsonBody.of("id", waitpoint.id())
			.with("isCached", token.cached())
			.with("url", url(call.state(), call.environment(), waitpoint));
		return TokenHeaders.forWaitpoint(call, EmulatorResponse.ok(body), waitpoint.id());
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		int size = OrderedPages.size(call.request(), issues);
		List<String> statuses = call.request().queryList("filter[status]");
		List<String> unknown = statuses.stream().filter((status) -> !STATUSES.contains(status)).toList();
		if (!unknown.isEmpty()) {
			issues.custom("Invalid status values: " + String.join(", ", unknown), "filter[status]");
		}
		Instant from = RunFilter.date(call.request(), "filter[createdAt][from]", issues);
		Instant to = RunFilter.date(call.request(), "filter[createdAt][to]", issues);
		issues.refuseQuery();
		List<String> tags = call.request().queryList("filter[tags]");
		String key = call.query("filter[idempotencyKey]");
		Duration period = Periods.parse(call.query("filter[createdAt][period]"));
		Instant since = (period != null) ? call.now().minus(period) : null;
		List<Waitpoint> waitpoints = new ArrayList<>(call.environment().all(Waitpoint.class).values());
		waitpoints.removeIf((waitpoint) -> (!statuses.isEmpty() && !matches(waitpoint, statuses))
				|| (!tags.isEmpty() && tags.stream().noneMatch(waitpoint.tags()::contains))
				|| (key != null && !key.isEmpty() && !waitpoint.hasKey(key))
				|| (since != null && waitpoint.createdAt().isBefore(since))
				|| (from != null && waitpoint.createdAt().isBefore(from))
				|| (to != null && waitpoint.createdAt().isAfter(to)));
		Collections.reverse(waitpoints);
		String cursor = String.valueOf(OrderedPages.cursorOf(call));
		return EmulatorResponse
			.ok(new OrderedPages<Waitpoint>(WaitpointRoutes::cursor, (waitpoint) -> summary(call, waitpoint), false)
				.page(call, waitpoints, size, (waitpoint) -> cursor(waitpoint).compareTo(cursor) < 0,
						(waitpoint) -> cursor(waitpoint).compareTo(cursor) > 0));
	}

	/**
	 * Servers store whether a wait is over apart from how it ended, and check the latter
	 * only if they are asked for a single status.
	 */
	private static boolean matches(Waitpoint waitpoint, List<String> statuses) {
		boolean over = statuses.stream().anyMatch((status) -> !status.equals("WAITING"));
		return statuses.contains(waitpoint.status())
				|| (Set.copyOf(statuses).size() > 1 && over && waitpoint.completedAt() != null);
	}

	private static String cursor(Waitpoint waitpoint) {
		return waitpoint.id().substring("waitpoint_".length());
	}

	private EmulatorResponse retrieve(ApiCall call) {
		Waitpoint waitpoint = call.environment().find(Waitpoint.class, call.variable("waitpointId"));
		if (waitpoint == null) {
			// the real server breaks here, instead of returning 404
			throw new ResponseException(500, "Internal Server Error");
		}
		return EmulatorResponse.ok(JsonBody.of("id", waitpoint.id())
			.with("type", "MANUAL")
			.with("url", url(call.state(), call.environment(), waitpoint))
			.with("status", waitpoint.status())
			.with("idempotencyKey", waitpoint.idempotencyKey())
			.with("userProvidedIdempotencyKey", waitpoint.isKeyOfUser())
			.maybe("idempotencyKeyExpiresAt", waitpoint.keyExpiresAt())
			.maybe("inactiveIdempotencyKey", waitpoint.inactiveKey())
			.maybe("output", waitpoint.output())
			.with("outputType", waitpoint.outputType())
			.with("outputIsError", waitpoint.isTimedOut())
			.maybe("timeoutAt", waitpoint.timeoutAt())
			.maybe("completedAfter", waitpoint.timeoutAt())
			.maybe("completedAt", waitpoint.completedAt())
			.with("createdAt", waitpoint.createdAt())
			.with("tags", waitpoint.tags()));
	}

	private static JsonBody summary(ApiCall call, Waitpoint waitpoint) {
		return JsonBody.of("id", waitpoint.id())
			.with("url", url(call.state(), call.environment(), waitpoint))
			.with("status", waitpoint.status())
			.maybe("idempotencyKey",
					waitpoint.isKeyOfUser()
							? Objects.requireNonNullElse(waitpoint.inactiveKey(), waitpoint.idempotencyKey()) : null)
			.maybe("idempotencyKeyExpiresAt", waitpoint.keyExpiresAt())
			.maybe("completedAt", waitpoint.completedAt())
			.maybe("timeoutAt", waitpoint.timeoutAt())
			.maybe("completedAfter", waitpoint.timeoutAt())
			.with("tags", LocaleOrder.sort(waitpoint.tags()))
			.with("createdAt", waitpoint.createdAt());
	}

	private EmulatorResponse complete(ApiCall call) {
		Issues issues = new Issues();
		Input input = new Input(call.json(), issues);
		issues.refuse();
		call.authorize("write", "waitpoints:" + call.variable("waitpointId"));
		if (!ID.matcher(call.variable("waitpointId")).matches()) {
			throw new ResponseException(500, "Internal Server Error");
		}
		Waitpoint waitpoint = call.environment().find(Waitpoint.class, call.variable("waitpointId"));
		if (waitpoint == null) {
			throw new ResponseException(404, "Waitpoint not found");
		}
		complete(call, call.environment(), waitpoint, input.get("data"), "token");
		return EmulatorResponse.ok(JsonBody.of("success", true));
	}

	private static void complete(ApiCall call, Environment environment, Waitpoint waitpoint, @Nullable JsonNode data,
			String file) {
		if (data != null && data.isString()) {
			complete(call, environment, waitpoint, data.asString(), "text/plain", file + ".txt");
		}
		else {
			String output = (data != null) ? Json.string(JsonBody.of("json", data)) : "";
			complete(call, environment, waitpoint, output, "application/super+json", file + ".json");
		}
	}

	private static void complete(ApiCall call, Environment environment, Waitpoint waitpoint, String output, String type,
			String file) {
		byte[] bytes = Json.utf8(output);
		if (bytes.length == 0) {
			waitpoint.complete(null, "application/json", call.now());
		}
		else if (bytes.length < Payloads.LARGE) {
			waitpoint.complete(output, type, call.now());
		}
		else if (waitpoint.completedAt() == null) {
			String path = waitpoint.id() + "/" + file;
			call.state().packets().put(environment, path, new Packets.Packet(type, bytes));
			waitpoint.complete(path, Payloads.STORE, call.now());
		}
	}

	private EmulatorResponse callback(ApiCall call) {
		String length = call.request().header("content-length");
		if (length == null) {
			throw new ResponseException(411, "Content-Length header is required");
		}
		if (call.request().body().length > MAX_DATA) {
			throw new ResponseException(413, "Request body too large");
		}
		String id = call.variable("waitpointId");
		if (!ID.matcher(id).matches()) {
			throw new ResponseException(EmulatorResponse.text(500, "Unexpected Server Error"));
		}
		for (Environment environment : call.state().accounts().environments()) {
			Waitpoint waitpoint = environment.find(Waitpoint.class, id);
			if (waitpoint != null) {
				checkHash(hash(environment, id), call.variable("callbackHash"));
				complete(call, environment, waitpoint, call.lenientJson(), "http-callback");
				return EmulatorResponse.ok(JsonBody.of("success", true));
			}
		}
		throw new ResponseException(404, "Waitpoint not found");
	}

	/**
	 * Refuse a wrong hash. Servers break on one that is as long as it must be but has
	 * other characters than hexadecimal digits.
	 */
	private static void checkHash(String expected, String given) {
		if (given.length() == expected.length() && !given.matches("[0-9a-fA-F]+")) {
			throw new ResponseException(500, "Failed to complete HTTP callback");
		}
		if (!given.equalsIgnoreCase(expected)) {
			throw new ResponseException(401, "Invalid URL, hash doesn't match");
		}
	}

	private EmulatorResponse waitForToken(ApiCall call) {
		Waitpoint waitpoint = call.environment().find(Waitpoint.class, call.variable("waitpointId"));
		if (waitpoint == null || call.environment().run(call.variable("runId")) == null) {
			// the real server means to say what is missing, and catches that itself
			throw new ResponseException(500, "Failed to wait for waitpoint token");
		}
		return EmulatorResponse.ok(JsonBody.of("success", true));
	}

	private static String url(EmulatorState state, Environment environment, Waitpoint waitpoint) {
		return state.apiUrl() + PATH + "/" + waitpoint.id() + "/callback/" + hash(environment, waitpoint.id());
	}

	private static String hash(Environment environment, String waitpointId) {
		return Tokens.hash(environment.apiKey(), waitpointId);
	}

}
