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

package dev.trigger.spring.test.testcontainers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to the admin API of an emulator.
 */
final class EmulatorAdminClient {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	/**
	 * One for all emulators: each has threads of its own.
	 */
	private static final HttpClient HTTP = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final String url;

	private final String token;

	EmulatorAdminClient(String url, String token) {
		this.url = url;
		this.token = token;
	}

	List<ContainerRun> runs(String query) {
		List<ContainerRun> runs = list(send("GET", "runs?details=true&limit=10000" + query, null).path("runs"),
				ContainerRun.class);
		Collections.reverse(runs);
		return runs;
	}

	ContainerRun run(String runId) {
		return JSON.treeToValue(send("GET", "runs/" + segment(runId), null), ContainerRun.class);
	}

	List<ContainerRequest> requests(String query) {
		List<ContainerRequest> requests = list(send("GET", "requests?limit=10000" + query, null).path("requests"),
				ContainerRequest.class);
		Collections.reverse(requests);
		return requests;
	}

	JsonNode send(String method, String path, @Nullable Object body) {
		return send(method, path, body, PATIENCE);
	}

	JsonNode send(String method, String path, @Nullable Object body, Duration timeout) {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.url + "/emulator/" + path))
			.timeout(timeout)
			.header("authorization", "Bearer " + this.token)
			.header("content-type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString((body != null) ? JSON.writeValueAsString(body) : ""))
			.build();
		try {
			HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
			JsonNode json = JSON.readTree(response.body());
			if (response.statusCode() != 200) {
				String message = json.path("error").asString(response.body());
				throw (response.statusCode() == 400) ? new IllegalArgumentException(message)
						: new IllegalStateException(message);
			}
			return json;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while the emulator was asked for " + path, ex);
		}
	}

	static String segment(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static <T> List<T> list(JsonNode array, Class<T> type) {
		List<T> list = new ArrayList<>();
		array.forEach((item) -> list.add(JSON.treeToValue(item, type)));
		return list;
	}

}
