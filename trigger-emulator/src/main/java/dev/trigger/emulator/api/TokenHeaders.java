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

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Tokens;
import tools.jackson.databind.JsonNode;

/**
 * Adds the tokens that come with the handle of something new.
 */
final class TokenHeaders {

	private TokenHeaders() {
	}

	static EmulatorResponse forRun(ApiCall call, EmulatorResponse response, String runId) {
		JsonNode caller = call.claims();
		JsonBody claims = claims(call.environment())
			.with("scopes", List.of("read:runs:" + runId, "write:inputStreams:" + runId))
			.maybe("realtime", (caller != null) ? caller.get("realtime") : null);
		return withToken(call, response, claims, claims, Duration.ofHours(1));
	}

	static EmulatorResponse forBatch(ApiCall call, EmulatorResponse response, String batchId) {
		return withScope(call, response, "read:batch:" + batchId, Duration.ofHours(1));
	}

	static EmulatorResponse forWaitpoint(ApiCall call, EmulatorResponse response, String waitpointId) {
		return withScope(call, response, "write:waitpoints:" + waitpointId, Duration.ofHours(24));
	}

	private static EmulatorResponse withScope(ApiCall call, EmulatorResponse response, String scope,
			Duration lifetime) {
		// the claims are for clients that sign a token with scopes of their own
		JsonBody claims = claims(call.environment());
		return withToken(call, response, claims(call.environment()).with("scopes", List.of(scope)), claims, lifetime);
	}

	static JsonBody claims(Environment environment) {
		return JsonBody.of("sub", environment.id()).with("pub", true);
	}

	private static EmulatorResponse withToken(ApiCall call, EmulatorResponse response, JsonBody signed, JsonBody claims,
			Duration lifetime) {
		String token = Tokens.sign(signed, call.environment().apiKey(), call.now(), lifetime);
		return response.header("x-trigger-jwt", token).header("x-trigger-jwt-claims", Json.string(claims));
	}

}
