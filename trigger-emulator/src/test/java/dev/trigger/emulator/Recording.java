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
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request and the response of a real server.
 */
record Recording(String name, JsonNode json) {

	private static final Pattern LEFT_OUT = Pattern.compile("Request body left out: (\\d+) bytes");

	private static final Path BUNDLED = bundled();

	/**
	 * Return the recordings below {@code trigger.contract.dir}, or those of the
	 * repository.
	 */
	static Stream<Recording> all() {
		Path directory = directory();
		Stream<Path> files = Stream.of("server", "completions")
			.map(directory::resolve)
			.filter(Files::isDirectory)
			.flatMap(Recording::files);
		boolean pack = Files.isDirectory(directory.resolve("server"));
		return (pack ? files : files(directory)).map(Recording::load).filter(Recording::isOne);
	}

	/**
	 * Return the files in a folder of the recordings.
	 */
	static Stream<JsonNode> in(String folder) {
		Path directory = directory().resolve(folder);
		return Files.isDirectory(directory) ? files(directory).map(Recording::parse) : Stream.empty();
	}

	private static Path directory() {
		String given = System.getProperty("trigger.contract.dir", "");
		Path directory = given.isBlank() ? BUNDLED : Path.of(given);
		if (!Files.isDirectory(directory)) {
			throw new IllegalStateException("'trigger.contract.dir' is not a directory: " + given);
		}
		return directory;
	}

	static JsonNode read(String file) {
		return parse(BUNDLED.resolve(file));
	}

	private boolean isOne() {
		return this.json.path("request").has("path") && this.json.path("response").has("status");
	}

	/**
	 * Return the whole recording as text.
	 */
	String text() {
		return this.json.toString();
	}

	/**
	 * Return whether lists of the response were shortened when it was recorded.
	 */
	boolean isShortened() {
		return this.json.path("note").asString("").contains("shortened");
	}

	boolean hasRateLimitReset() {
		return responseHeader("x-ratelimit-reset") != null || responseHeader("x-ratelimit-limit") == null;
	}

	/**
	 * Return how long the request body was, if it was too long to be recorded.
	 */
	int leftOutBytes() {
		Matcher matcher = LEFT_OUT.matcher(this.json.path("note").asString(""));
		return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
	}

	@Nullable String operation() {
		return Json.text(this.json, "operation");
	}

	String credentialKind() {
		String kind = Json.text(this.json, "credentialKind");
		if (kind != null) {
			return kind;
		}
		// the folder "completions" names the credential in the header only
		return switch (request().path("headers").path("authorization").asString("")) {
			case "Bearer <secret_key>" -> "secret-dev";
			case "Bearer <access_token>" -> "pat";
			case "" -> "none";
			default -> "secret-prod";
		};
	}

	String method() {
		return request().path("method").asString();
	}

	/**
	 * Return the path, without the query that some recordings have in it.
	 */
	String path() {
		return address().replaceFirst("\\?.*", "");
	}

	private String address() {
		return request().path("path").asString().replace("<project_ref>", RecordedServer.PROJECT);
	}

	List<Map.Entry<String, String>> query() {
		if (request().path("query").isArray()) {
			return request().path("query")
				.valueStream()
				.map((pair) -> Map.entry(pair.get(0).asString(), pair.get(1).asString()))
				.toList();
		}
		String address = address();
		return !address.contains("?") ? List.of()
				: Stream.of(address.substring(address.indexOf('?') + 1).split("&"))
					.map((pair) -> pair.split("=", 2))
					.map((pair) -> Map.entry(decode(pair[0]), decode(pair[1])))
					.toList();
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	Map<String, String> headers() {
		Map<String, String> headers = new LinkedHashMap<>();
		request().path("headers")
			.properties()
			.forEach((header) -> headers.put(header.getKey().toLowerCase(), header.getValue().asString()));
		List.of("authorization", "content-length", "host", "connection").forEach(headers::remove);
		return headers;
	}

	@Nullable String body() {
		JsonNode request = request();
		if (request.has("body")) {
			boolean lines = String.valueOf(headers().get("content-type")).contains("ndjson");
			return lines ? request.get("body").asString() : request.get("body").toString();
		}
		if (request.has("bodyText")) {
			return request.get("bodyText").asString();
		}
		if (request.has("bodyLines")) {
			return String.join("\n", request.get("bodyLines").valueStream().map(JsonNode::toString).toList());
		}
		return null;
	}

	JsonNode request() {
		return this.json.path("request");
	}

	int status() {
		return this.json.path("response").path("status").asInt();
	}

	@Nullable String responseHeader(String name) {
		return Json.text(this.json.path("response").path("headers"), name);
	}

	/**
	 * Return the body of the response, {@code null} also for one that was cut when it was
	 * recorded.
	 */
	@Nullable JsonNode responseBody() {
		JsonNode body = this.json.path("response").get("body");
		return (body != null && body.isString()) ? null : body;
	}

	/**
	 * Return the body of the response, an empty object if it is not there or was cut.
	 */
	JsonNode responseOrEmpty() {
		JsonNode body = responseBody();
		return (body != null) ? body : Json.object();
	}

	boolean isCut() {
		return this.json.path("response").path("body").isString() && isJson();
	}

	private boolean isJson() {
		return String.valueOf(responseHeader("content-type")).contains("json");
	}

	@Nullable String responseText() {
		return Json.text(this.json.path("response"), "bodyText");
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static Recording load(Path file) {
		String folder = String.valueOf(file.getParent().getFileName());
		return new Recording(folder + "/" + file.getFileName().toString().replace(".json", ""), parse(file));
	}

	private static Stream<Path> files(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".json")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static JsonNode parse(Path file) {
		return Json.mapper().readTree(file);
	}

	/**
	 * Find the folder {@code contract} at the root of the repository.
	 */
	private static Path bundled() {
		for (Path path = Path.of("").toAbsolutePath(); path != null; path = path.getParent()) {
			if (Files.exists(path.resolve("contract").resolve("endpoints.json"))) {
				return path.resolve("contract");
			}
		}
		throw new IllegalStateException("The folder 'contract' at the root of the repository is missing");
	}

}
