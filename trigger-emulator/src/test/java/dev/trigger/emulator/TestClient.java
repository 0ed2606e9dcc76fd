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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A plain HTTP client, so that the emulator is tested by something that knows nothing of
 * it.
 */
final class TestClient {

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.build();

	private final String baseUrl;

	private final Map<String, String> headers = new LinkedHashMap<>();

	TestClient(String baseUrl) {
		this.baseUrl = baseUrl;
	}

	static TestClient of(TriggerEmulator emulator, String environment) {
		return new TestClient(emulator.apiUrl()).header("authorization", "Bearer " + emulator.secretKey(environment))
			.header("x-trigger-api-version", "2025-07-16");
	}

	TestClient header(String name, String value) {
		TestClient copy = new TestClient(this.baseUrl);
		copy.headers.putAll(this.headers);
		copy.headers.put(name, value);
		return copy;
	}

	TestClient token(String token) {
		return header("authorization", "Bearer " + token);
	}

	Reply get(String path) {
		return send("GET", path, null);
	}

	Reply post(String path, @Nullable Object body) {
		return send("POST", path, (body instanceof String text) ? text : Json.string(body));
	}

	Reply put(String path, @Nullable Object body) {
		return send("PUT", path, (body instanceof String text) ? text : Json.string(body));
	}

	Reply delete(String path) {
		return send("DELETE", path, null);
	}

	Reply send(String method, String path, @Nullable String body) {
		return sendBody(method, path,
				(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
	}

	Reply sendBody(String method, String path, HttpRequest.BodyPublisher body) {
		try {
			return exchange(method, path, body);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Reply exchange(String method, String path, HttpRequest.BodyPublisher body) throws IOException {
		String url = path.startsWith("http") ? path : this.baseUrl + path;
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
			.timeout(Duration.ofSeconds(60))
			.method(method, body);
		this.headers.forEach(request::header);
		try {
			return new Reply(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

	/**
	 * Send a request whose response may come late.
	 */
	CompletableFuture<Reply> later(String path) {
		return later("GET", path, null);
	}

	CompletableFuture<Reply> later(String method, String path, @Nullable String body) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.baseUrl + path))
			.method(method,
					(body != null) ? HttpRequest.BodyPublishers.ofString(body) : HttpRequest.BodyPublishers.noBody());
		this.headers.forEach(request::header);
		CompletableFuture<HttpResponse<String>> response = CLIENT.sendAsync(request.build(),
				HttpResponse.BodyHandlers.ofString());
		CompletableFuture<Reply> reply = response.thenApply(Reply::new);
		reply.whenComplete((result, failure) -> {
			if (reply.isCancelled()) {
				response.cancel(true);
			}
		});
		return reply;
	}

	/**
	 * Read events until there are enough, or the response ends.
	 */
	Reply events(String path, Predicate<String> enough) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.baseUrl + path));
		this.headers.forEach(request::header);
		try {
			HttpResponse<InputStream> response = CLIENT.send(request.build(),
					HttpResponse.BodyHandlers.ofInputStream());
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (InputStream in = response.body()) {
				byte[] buffer = new byte[65_536];
				int read = 0;
				while (read >= 0) {
					bytes.write(buffer, 0, read);
					read = enough.test(bytes.toString(StandardCharsets.UTF_8)) ? -1 : in.read(buffer);
				}
			}
			return new Reply(response, bytes.toString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	static String query(List<Map.Entry<String, String>> parameters) {
		if (parameters.isEmpty()) {
			return "";
		}
		return "?" + String.join("&",
				parameters.stream()
					.map((parameter) -> encode(parameter.getKey()) + "=" + encode(parameter.getValue()))
					.toList());
	}

	private static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8);
	}

	record Reply(HttpResponse<?> response, String text) {

		Reply(HttpResponse<String> response) {
			this(response, response.body());
		}

		int status() {
			return this.response.statusCode();
		}

		JsonNode json() {
			return Json.mapper().readTree(this.text);
		}

		@Nullable String header(String name) {
			return this.response.headers().firstValue(name).orElse(null);
		}

		@Nullable String error() {
			return Json.text(json(), "error");
		}

		@Override
		public String toString() {
			return status() + " " + text();
		}

	}

}
