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

package dev.trigger.spring.contracts;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The file that holds a contract: the same content always gives the same bytes.
 */
final class ContractJson {

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(500).build())
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

	private static final Set<String> DATA = Set.of("const", "default", "enum", "examples");

	private static final Set<String> SCHEMAS = Set.of("$defs", "definitions", "dependencies", "patternProperties",
			"properties");

	private ContractJson() {
	}

	static byte[] write(Contract contract) {
		ObjectNode root = JsonNodeFactory.instance.objectNode();
		root.put("project", contract.project());
		root.put("environment", contract.environment());
		ObjectNode tasks = root.putObject("tasks");
		contract.tasks().forEach((id, task) -> {
			ObjectNode node = tasks.putObject(id);
			put(node, "filePath", task.filePath());
			put(node, "triggerSource", task.triggerSource());
			JsonNode schema = task.payloadSchema();
			if (schema != null) {
				node.set("payloadSchema", schema);
			}
		});
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(INDENTER)
			.withArrayIndenter(INDENTER);
		return (MAPPER.writer().with(printer).writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
	}

	private static void put(ObjectNode node, String name, @Nullable String value) {
		if (value != null) {
			node.put(name, value);
		}
	}

	static Contract read(byte[] json) {
		JsonNode root;
		try {
			root = MAPPER.readTree(json);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The contract is not JSON: " + ex.getOriginalMessage(), ex);
		}
		JsonNode project = root.path("project");
		JsonNode environment = root.path("environment");
		if (!project.isString() || !environment.isString() || !root.path("tasks").isObject()) {
			throw new IllegalArgumentException("The contract must have 'project', 'environment' and 'tasks': "
					+ "write it again with the goal 'pull' of trigger-maven-plugin");
		}
		SortedMap<String, ContractTask> tasks = new TreeMap<>();
		root.path("tasks")
			.properties()
			.forEach((task) -> tasks.put(task.getKey(), new ContractTask(text(task.getValue().path("filePath")),
					text(task.getValue().path("triggerSource")), schema(task.getValue()))));
		return new Contract(project.stringValue(), environment.stringValue(), tasks);
	}

	private static @Nullable String text(JsonNode node) {
		return node.isString() ? node.stringValue() : null;
	}

	private static @Nullable JsonNode schema(JsonNode task) {
		JsonNode schema = task.path("payloadSchema");
		return (schema.isObject() || schema.isBoolean()) ? schema : null;
	}

	/**
	 * Sort what has no order in a schema: the names of an object, and the names that are
	 * required.
	 */
	static JsonNode sorted(JsonNode schema) {
		return sorted(schema, Kind.SCHEMA);
	}

	private static JsonNode sorted(JsonNode node, Kind kind) {
		if (node.isObject()) {
			SortedMap<String, JsonNode> entries = new TreeMap<>();
			node.properties()
				.forEach((entry) -> entries.put(entry.getKey(), value(entry.getKey(), entry.getValue(), kind)));
			ObjectNode sorted = JsonNodeFactory.instance.objectNode();
			entries.forEach(sorted::set);
			return sorted;
		}
		if (node.isArray()) {
			ArrayNode sorted = JsonNodeFactory.instance.arrayNode();
			node.forEach((element) -> sorted.add(sorted(element, kind)));
			return sorted;
		}
		// the same whether it was read as a double or a decimal
		return node.isFloatingPointNumber()
				? JsonNodeFactory.instance.numberNode(node.decimalValue().stripTrailingZeros()) : node;
	}

	private static JsonNode value(String name, JsonNode value, Kind kind) {
		if (kind != Kind.SCHEMA) {
			return sorted(value, (kind == Kind.SCHEMAS) ? Kind.SCHEMA : Kind.DATA);
		}
		if (name.equals("required") && value.isArray()) {
			List<JsonNode> names = new ArrayList<>();
			value.forEach(names::add);
			names.sort(Comparator.comparing(JsonNode::toString));
			return JsonNodeFactory.instance.arrayNode().addAll(names);
		}
		return sorted(value, DATA.contains(name) ? Kind.DATA : SCHEMAS.contains(name) ? Kind.SCHEMAS : Kind.SCHEMA);
	}

	/**
	 * What a part of a schema is.
	 */
	private enum Kind {

		/**
		 * A schema.
		 */
		SCHEMA,

		/**
		 * Schemas by name.
		 */
		SCHEMAS,

		/**
		 * A value that is compared with payloads, or stands in for one.
		 */
		DATA

	}

}
