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

package dev.trigger.spring.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.trigger.spring.test.http.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;

/**
 * A request and the answer of a real server.
 */
record Recording(String name, JsonNode json) {

	static Stream<Recording> all() {
		return resources("classpath:contract/server/*/*.json").map(Recording::load)
			.sorted(Comparator.comparing(Recording::name));
	}

	static JsonNode read(String resource) {
		try (InputStream stream = resources("classpath:contract/" + resource).findFirst()
			.orElseThrow()
			.getInputStream()) {
			return Json.mapper().readTree(stream);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Nullable String operation() {
		return Json.text(this.json, "operation");
	}

	String credentialKind() {
		return this.json.path("credentialKind").asString();
	}

	String method() {
		return request().path("method").asString();
	}

	String path() {
		return request().path("path").asString();
	}

	List<Map.Entry<String, String>> query() {
		return request().path("query")
			.valueStream()
			.map((pair) -> Map.entry(pair.get(0).asString(), pair.get(1).asString()))
			.toList();
	}

	Map<String, String> headers() {
		Map<String, String> headers = new LinkedHashMap<>();
		request().path("headers")
			.properties()
			.forEach((header) -> headers.put(header.getKey().toLowerCase(), header.getValue().asString()));
		headers.remove("authorization");
		return headers;
	}

	@Nullable String body() {
		JsonNode request = request();
		if (request.has("body")) {
			return request.get("body").toString();
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

	@Nullable JsonNode responseBody() {
		return this.json.path("response").get("body");
	}

	@Nullable String responseText() {
		return Json.text(this.json.path("response"), "bodyText");
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static Recording load(Resource resource) {
		try (InputStream stream = resource.getInputStream()) {
			String[] path = resource.getURL().getPath().split("/");
			return new Recording(path[path.length - 2] + "/" + path[path.length - 1].replace(".json", ""),
					Json.mapper().readTree(stream));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Resource> resources(String pattern) {
		try {
			return Arrays.stream(new PathMatchingResourcePatternResolver().getResources(pattern));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
