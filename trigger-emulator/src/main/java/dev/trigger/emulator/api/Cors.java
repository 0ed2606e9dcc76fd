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

import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Lets browsers use the routes that the server lets them use. The keys of an emulator are
 * known to everybody, and so it permits pages of loopback origins only.
 */
final class Cors {

	private static final Pattern LOOPBACK = Pattern
		.compile("https?://(?:localhost|[\\w-]+\\.localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

	private static final String MAX_AGE = "300";

	private Cors() {
	}

	static EmulatorResponse preflight(ServerRequest request) {
		EmulatorResponse response = EmulatorResponse.ok(new JsonBody());
		String origin = origin(request);
		if (origin == null) {
			return response;
		}
		EmulatorResponse permitted = withOrigin(response, origin)
			.header("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE")
			.header("access-control-max-age", MAX_AGE);
		String headers = request.header("access-control-request-headers");
		return (headers != null) ? permitted.header("access-control-allow-headers", headers) : permitted;
	}

	/**
	 * Permit the page to read the response of a route for browsers, whatever its status.
	 */
	static EmulatorResponse permit(ServerRequest request, EmulatorResponse response) {
		if (response.headers().containsKey("access-control-allow-origin")) {
			// the route has done so itself
			return response;
		}
		EmulatorResponse exposed = response.headers().containsKey("access-control-expose-headers") ? response
				: response.header("access-control-expose-headers", "x-trigger-jwt,x-trigger-jwt-claims");
		String origin = origin(request);
		return (origin != null) ? withOrigin(exposed, origin) : exposed;
	}

	private static EmulatorResponse withOrigin(EmulatorResponse response, String origin) {
		return response.header("access-control-allow-origin", origin).header("vary", "Origin");
	}

	private static @Nullable String origin(ServerRequest request) {
		String origin = request.header("origin");
		return (origin != null && LOOPBACK.matcher(origin).matches()) ? origin : null;
	}

}
