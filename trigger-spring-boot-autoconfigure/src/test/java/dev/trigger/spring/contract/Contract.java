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

package dev.trigger.spring.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder that says what the API expects and returns. Another one of the same form is
 * used with {@code -Dtrigger.contract.dir=DIR}; it may hold only some of the parts.
 */
public final class Contract {

	static final String SERVER = "http://SERVER";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Path DIRECTORY = findDirectory();

	private static final Set<String> FIELD_NAMES = findFieldNames();

	private Contract() {
	}

	private static Set<String> findFieldNames() {
		Set<String> names = new HashSet<>();
		for (Path directory : List.of(bundled(), DIRECTORY)) {
			for (String part : List.of("wire", "server")) {
				files(directory.resolve(part)).forEach((file) -> collectNames(file, names));
			}
		}
		leniency().findValues("field").forEach((field) -> names.addAll(List.of(field.asString().split("\\W+"))));
		return names;
	}

	/**
	 * Return what the official client accepts of each field of a response.
	 * @return the schemas by name
	 */
	static JsonNode leniency() {
		return read(bundled().resolve("schemas").resolve("leniency.json"));
	}

	private static void collectNames(JsonNode node, Set<String> names) {
		node.properties().forEach((field) -> {
			names.add(field.getKey());
			collectNames(field.getValue(), names);
		});
		if (node.isArray()) {
			node.forEach((element) -> collectNames(element, names));
		}
	}

	/**
	 * Return whether a response has a field of a name anywhere.
	 * @param name the name
	 * @return {@code true} if one has
	 */
	static boolean hasField(String name) {
		return FIELD_NAMES.contains(name);
	}

	private static Path findDirectory() {
		String given = System.getProperty("trigger.contract.dir", "");
		if (!given.isBlank()) {
			Path directory = Path.of(given);
			if (!Files.isDirectory(directory)) {
				throw new IllegalStateException("'trigger.contract.dir' is not a directory: " + given);
			}
			return directory;
		}
		return bundled();
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

	static boolean has(String part) {
		return Files.exists(DIRECTORY.resolve(part));
	}

	/**
	 * Return the cases of a part, in the order of their names.
	 * @param part {@code wire} or {@code server}
	 * @return the cases, empty if the folder has no such part
	 */
	static List<JsonNode> cases(String part) {
		return files(DIRECTORY.resolve(part));
	}

	private static List<JsonNode> files(Path directory) {
		if (!Files.isDirectory(directory)) {
			return List.of();
		}
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith(".json")).sorted().map(Contract::read).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the rows of a table of inputs and outputs.
	 * @param name the name of the table
	 * @return the rows, empty if the folder has no such table
	 */
	static List<JsonNode> vectors(String name) {
		Path file = DIRECTORY.resolve("vectors").resolve(name + ".json");
		return Files.exists(file) ? elements(read(file).path("rows")) : List.of();
	}

	/**
	 * Return the rows of the catalogue; those of the bundled contract if the folder has
	 * none.
	 * @return the rows
	 */
	public static List<JsonNode> endpoints() {
		Path file = DIRECTORY.resolve("endpoints.json");
		return elements(read(Files.exists(file) ? file : bundled().resolve("endpoints.json")));
	}

	/**
	 * Return what a real server said to each kind of credential.
	 * @return the rows, empty if the folder has none
	 */
	public static List<JsonNode> authMatrix() {
		Path file = DIRECTORY.resolve("auth-matrix.json");
		return Files.exists(file) ? elements(read(file).path("endpoints")) : List.of();
	}

	static JsonNode json(String text) {
		return JSON.readTree(text);
	}

	static List<JsonNode> elements(JsonNode array) {
		List<JsonNode> elements = new ArrayList<>();
		array.forEach(elements::add);
		return elements;
	}

	private static JsonNode read(Path file) {
		try {
			return JSON.readTree(Files.readAllBytes(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (JacksonException ex) {
			throw new IllegalStateException(file.getFileName() + " is not JSON", ex);
		}
	}

}
