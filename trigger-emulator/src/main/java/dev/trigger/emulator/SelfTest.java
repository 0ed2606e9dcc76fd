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

package dev.trigger.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Uses an emulator on a free port as clients and browsers do. That it loads what a usual
 * program loads makes it fit for creating an archive of classes.
 */
final class SelfTest {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private final TriggerEmulator emulator;

	private SelfTest(TriggerEmulator emulator) {
		this.emulator = emulator;
	}

	/**
	 * Start an emulator, use it, and close it.
	 * @throws IllegalStateException if it does not respond as it should
	 */
	static void run() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			new SelfTest(emulator).use();
		}
		catch (IOException ex) {
			throw new IllegalStateException("the self-test failed: " + ex, ex);
		}
	}

	private void use() throws IOException {
		this.emulator.tasks("{\"tasks\":{\"echo\":\"echo\"}}");
		JsonNode triggered = send("POST", "/api/v1/tasks/echo/trigger", "{\"payload\":{\"hello\":\"world\"}}");
		this.emulator.awaitIdle(PATIENCE);
		JsonNode run = send("GET", "/api/v3/runs/" + triggered.path("id").asString(), null);
		if (!run.path("status").asString("").equals("COMPLETED")) {
			throw new IllegalStateException("the self-test failed: its run is " + run);
		}
		send("GET", "/api/v1/runs", null);
		send("GET", "/realtime/v1/runs/" + run.path("id").asString() + "?offset=-1", null);
		send("GET", "/emulator/runs", null);
	}

	private JsonNode send(String method, String path, @Nullable String body) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create(this.emulator.apiUrl() + path)
			.toURL()
			.openConnection();
		connection.setRequestMethod(method);
		connection.setRequestProperty("authorization", "Bearer " + this.emulator.secretKey("dev"));
		connection.setReadTimeout((int) PATIENCE.toMillis());
		if (body != null) {
			connection.setRequestProperty("content-type", "application/json");
			connection.setDoOutput(true);
			connection.getOutputStream().write(Json.utf8(body));
		}
		try (InputStream content = connection.getInputStream()) {
			JsonNode json = Json.parse(new String(content.readAllBytes(), StandardCharsets.UTF_8));
			if (json == null) {
				throw new IllegalStateException("the self-test failed: no JSON from " + path);
			}
			return json;
		}
	}

}
