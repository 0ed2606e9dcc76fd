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

package dev.trigger.emulator.admin;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may administer the emulator: this machine, and whoever has the token.
 */
final class AdminAccess {

	/**
	 * Names that a browser resolves to this machine only. Any other may have been made to
	 * point here by a page that wants to get in.
	 */
	private static final Pattern LOOPBACK = Pattern
		.compile("(?:localhost|[\\w-]+\\.localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

	private static final String BEARER = "Bearer ";

	private final @Nullable String token;

	AdminAccess(@Nullable String token) {
		this.token = token;
	}

	/**
	 * Return why a request is refused.
	 * @param request the request
	 * @param remote the address of the caller
	 * @return the response, or {@code null} for a request that is permitted
	 */
	@Nullable EmulatorResponse refuse(ServerRequest request, @Nullable InetAddress remote) {
		String authorization = request.header("authorization");
		if (this.token != null && authorization != null && authorization.startsWith(BEARER)) {
			return isToken(authorization.substring(BEARER.length())) ? null
					: refusal(401, "The token is not that of TRIGGER_EMULATOR_ADMIN_TOKEN");
		}
		if (remote == null || !remote.isLoopbackAddress()) {
			return refusal(401, (this.token != null)
					? "Send the token of TRIGGER_EMULATOR_ADMIN_TOKEN as a bearer token, or use the emulator from its own machine"
					: "The emulator has no admin token, and is administered from its own machine only. "
							+ "Start it with TRIGGER_EMULATOR_ADMIN_TOKEN to administer it from here");
		}
		String host = request.header("host");
		if (host == null || !LOOPBACK.matcher(host).matches()) {
			return refusal(403, "Use the emulator by the name localhost or 127.0.0.1, or with its admin token");
		}
		String origin = request.header("origin");
		if (origin != null && !origin.equals("http://" + host)) {
			return refusal(403, "Pages of other origins can't administer the emulator");
		}
		return null;
	}

	private boolean isToken(String given) {
		return this.token != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8),
				this.token.getBytes(StandardCharsets.UTF_8));
	}

	private static EmulatorResponse refusal(int status, String message) {
		return EmulatorResponse.json(status, JsonBody.of("error", message));
	}

}
