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

package dev.trigger.spring.contracts.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractChange;
import dev.trigger.spring.contracts.ContractTask;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a change which does not count as breaking breaks nothing: what was valid
 * before is valid after it.
 */
class BreakingChangeTests {

	private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);

	private static final List<JsonNode> SCHEMAS = schemas();

	private static int harmless;

	private static List<JsonNode> schemas() {
		List<JsonNode> schemas = new ArrayList<>();
		Recordings.contracts().values().forEach((contract) -> contract.tasks().values().forEach((task) -> {
			JsonNode schema = task.payloadSchema();
			if (schema != null && schema.isObject() && !schema.toString().contains("$ref")) {
				schemas.add(schema);
			}
		}));
		return schemas;
	}

	@Property(tries = 2000, shrinking = ShrinkingMode.OFF)
	void whatDoesNotBreakLetsValidPayloadsPass(@ForAll long seed) {
		Random random = new Random(seed);
		JsonNode before = SCHEMAS.get(random.nextInt(SCHEMAS.size()));
		JsonNode after = before.deepCopy();
		change(after, random);
		assertThatValidPayloadsPass(before, after, random);
	}

	@Property(tries = 2000, shrinking = ShrinkingMode.OFF)
	void whatIsReferredToMayBreakToo(@ForAll long seed) {
		Random random = new Random(seed);
		JsonNode before = SCHEMAS.get(random.nextInt(SCHEMAS.size())).deepCopy();
		if (refer((ObjectNode) before, random)) {
			JsonNode after = before.deepCopy();
			change(after.path("definitions"), random);
			assertThatValidPayloadsPass(before, after, random);
		}
	}

	private static void assertThatValidPayloadsPass(JsonNode before, JsonNode after, Random random) {
		List<ContractChange> changes = contract(before).changesTo(contract(after));
		if (after.equals(before) || changes.stream().anyMatch(ContractChange::breaking)) {
			return;
		}
		Schema old;
		Schema now;
		try {
			old = REGISTRY.getSchema(before);
			old.initializeValidators();
			now = REGISTRY.getSchema(after);
			now.initializeValidators();
		}
		catch (SchemaException ex) {
			return;
		}
		for (int i = 0; i < 10; i++) {
			JsonNode sample = JsonMapper.shared().readTree(new SampleMaker(before, random).make().toString());
			if (old.validate(sample).isEmpty()) {
				harmless++;
				assertThat(now.validate(sample)).as("%s became %s: %s, but %s", before, after, changes, sample)
					.isEmpty();
			}
		}
	}

	/**
	 * Move some parts of a schema to its definitions.
	 * @return whether there are any
	 */
	private static boolean refer(ObjectNode schema, Random random) {
		List<ObjectNode> parts = new ArrayList<>();
		collectSchemas(schema, parts);
		parts.remove(schema);
		ObjectNode definitions = JsonNodeFactory.instance.objectNode();
		for (ObjectNode part : parts) {
			if (random.nextInt(3) == 0) {
				String name = "d" + definitions.size();
				definitions.set(name, JsonNodeFactory.instance.objectNode().setAll(part));
				part.removeAll().put("$ref", "#/definitions/" + name);
			}
		}
		schema.set("definitions", definitions);
		return !definitions.isEmpty();
	}

	private static void collectSchemas(JsonNode schema, List<ObjectNode> schemas) {
		if (!(schema instanceof ObjectNode object)) {
			return;
		}
		schemas.add(object);
		List.of("items", "additionalProperties", "not").forEach((name) -> collectSchemas(object.path(name), schemas));
		List.of("properties", "patternProperties", "anyOf", "oneOf", "allOf")
			.forEach((name) -> object.path(name).forEach((part) -> collectSchemas(part, schemas)));
	}

	@AfterContainer
	static void manyChangesWereHarmless() {
		assertThat(harmless).isGreaterThan(1000);
	}

	/**
	 * Change some part of a schema.
	 */
	private static void change(JsonNode schema, Random random) {
		List<JsonNode> places = new ArrayList<>();
		collect(schema, places);
		JsonNode place = places.get(random.nextInt(places.size()));
		if (place instanceof ArrayNode array) {
			if (random.nextBoolean() && !array.isEmpty()) {
				array.remove(random.nextInt(array.size()));
			}
			else if (!array.isEmpty()) {
				array.add(array.get(random.nextInt(array.size())).isString() ? JsonNodeFactory.instance.stringNode("a")
						: JsonNodeFactory.instance.objectNode().put("type", "boolean"));
			}
			return;
		}
		ObjectNode object = (ObjectNode) place;
		List<String> names = new ArrayList<>(object.propertyNames());
		String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
		switch (random.nextInt(8)) {
			case 0 -> object.remove(name);
			case 1 -> object.put("maxLength", random.nextInt(5));
			case 2 -> object.put("minimum", random.nextInt(5));
			case 3 -> object.put("additionalProperties", random.nextBoolean());
			case 4 -> object.put("description", "new");
			case 5 -> object.set("new", JsonNodeFactory.instance.objectNode().put("type", "string"));
			case 6 -> object.put("type", List.of("string", "number", "object").get(random.nextInt(3)));
			default -> {
				JsonNode value = object.path(name);
				if (value.isNumber()) {
					object.put(name, value.asInt(0) + random.nextInt(3) - 1);
				}
				else if (value.isObject()) {
					object.set("other", value.deepCopy());
				}
			}
		}
	}

	private static void collect(JsonNode node, List<JsonNode> places) {
		if (node.isContainer()) {
			places.add(node);
			node.forEach((child) -> collect(child, places));
		}
	}

	private static Contract contract(JsonNode schema) {
		SortedMap<String, ContractTask> tasks = new TreeMap<>();
		tasks.put("t", new ContractTask(null, null, schema));
		return new Contract("proj_1", "prod", tasks);
	}

}
