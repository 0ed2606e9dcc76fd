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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.http.WebApplication;
import dev.trigger.emulator.state.Environment;
import org.jspecify.annotations.Nullable;

/**
 * Does what a client would ask the emulated API for, with the key of the environment, so
 * that the same rules hold. Such requests are not recorded.
 */
final class ApiForwarder {

	private final WebApplication api;

	ApiForwarder(WebApplication api) {
		this.api = api;
	}

	EmulatorResponse get(ServerRequest request, Environment environment, String path) {
		return send(request, environment, "GET", path, null);
	}

	EmulatorResponse post(ServerRequest request, Environment environment, String path, Object body) {
		return send(request, environment, "POST", path, body);
	}

	static String segment(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private EmulatorResponse send(ServerRequest request, Environment environment, String method, String path,
			@Nullable Object body) {
		byte[] bytes = (body != null) ? Json.bytes(body) : new byte[0];
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("authorization", "Bearer " + environment.apiKey());
		headers.put("x-trigger-api-version", "2025-07-16");
		if (environment.branchName() != null) {
			headers.put("x-trigger-branch", environment.branchName());
		}
		String host = request.header("host");
		if (host != null) {
			headers.put("host", host);
		}
		if (body != null) {
			headers.put("content-type", "application/json");
			headers.put("content-length", String.valueOf(bytes.length));
		}
		return this.api.handle(new ServerRequest(method, path, headers, bytes));
	}

}
