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

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractTask;
import dev.trigger.spring.task.TaskType;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that whatever a schema allows can be read as the type that was generated of it,
 * is written back equal, and that what is written is valid.
 */
class RoundTripTests {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/**
	 * An application may have settings of its own. They change nothing.
	 */
	private static final JsonMapper UNUSUAL = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_EMPTY))
		.build();

	private static final Map<String, Payload> PAYLOADS = payloads();

	private static final Map<String, Integer> VALID = new TreeMap<>();

	private static Map<String, Payload> payloads() {
		Map<String, Payload> payloads = new TreeMap<>();
		Map<String, String> sources = new LinkedHashMap<>();
		Map<String, Contract> contracts = new TreeMap<>();
		Recordings.contracts().forEach((name, contract) -> {
			String packageName = "com.example.p" + contracts.size();
			contracts.put(packageName, contract);
			sources.putAll(ContractGenerator.generate(contract, GeneratorSettings.of(packageName)).files());
		});
		ClassLoader classes = SourceCompiler.compile(sources);
		SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
		contracts.forEach((packageName, contract) -> types(classes, packageName).forEach((id, type) -> {
			ContractTask task = contract.tasks().get(id);
			JsonNode schema = (task != null) ? task.payloadSchema() : null;
			if (schema != null) {
				validator(registry, schema).ifPresent(
						(validator) -> payloads.put(packageName + " " + id, new Payload(schema, validator, type)));
			}
		}));
		return payloads;
	}

	/**
	 * Return a validator, unless the schema has a pattern or reference that it can't use,
	 * or leads nowhere.
	 */
	private static Optional<Schema> validator(SchemaRegistry registry, JsonNode schema) {
		try {
			Schema validator = registry.getSchema(schema);
			validator.initializeValidators();
			validator.validate(MAPPER.createObjectNode());
			return Optional.of(validator);
		}
		catch (SchemaException | StackOverflowError ex) {
			return Optional.empty();
		}
	}

	private static Map<String, TaskType<?, ?>> types(ClassLoader classes, String packageName) {
		Map<String, TaskType<?, ?>> types = new TreeMap<>();
		for (String name : List.of("DeployedTaskTypes", "DeployedTaskTypes2", "DeployedTaskTypes3")) {
			try {
				for (Field field : classes.loadClass(packageName + "." + name).getFields()) {
					if (field.get(null) instanceof TaskType<?, ?> type) {
						types.put(type.id(), type);
					}
				}
			}
			catch (ReflectiveOperationException ex) {
				// that of another contract
			}
		}
		return types;
	}

	@Provide
	Arbitrary<String> payload() {
		return Arbitraries.of(new ArrayList<>(PAYLOADS.keySet()));
	}

	@Property(tries = 1500, shrinking = ShrinkingMode.OFF)
	void whatASchemaAllowsIsReadAndWrittenBackEqual(@ForAll("payload") String name, @ForAll long seed) {
		Payload payload = PAYLOADS.get(name);
		JsonNode sample = MAPPER.readTree(new SampleMaker(payload.schema(), new Random(seed)).make().toString());
		if (sample.isMissingNode() || sample.isNull() || !payload.validator().validate(sample).isEmpty()) {
			return;
		}
		VALID.merge(name, 1, Integer::sum);
		for (JsonMapper mapper : List.of(MAPPER, UNUSUAL)) {
			JavaType type = mapper.constructType(payload.type().payloadType());
			Object value = mapper.readerFor(type).readValue(sample);
			JsonNode written = MAPPER.readTree(write(mapper, payload.type().payloadType(), value));
			assertThat(Comparison.difference("", sample, written)).as("%s: %s became %s", name, sample, written)
				.isNull();
			assertThat(payload.validator().validate(written)).as("%s: %s", name, written).isEmpty();
			assertThat(mapper.readerFor(type).<Object>readValue(written)).isEqualTo(value);
		}
	}

	/**
	 * Write as the client does: the declared type matters for its arguments only.
	 */
	private static String write(JsonMapper mapper, Type type, Object value) {
		return (type instanceof Class) ? mapper.writeValueAsString(value) : mapper
			.writerFor(mapper.getTypeFactory().constructSpecializedType(mapper.constructType(type), value.getClass()))
			.writeValueAsString(value);
	}

	@AfterContainer
	static void mostSchemasHadSamples() {
		assertThat(VALID.size()).isGreaterThan(PAYLOADS.size() * 8 / 10);
	}

	/**
	 * A payload.
	 *
	 * @param schema its schema
	 * @param validator what checks values against the schema
	 * @param type its type
	 */
	private record Payload(JsonNode schema, Schema validator, TaskType<?, ?> type) {

	}

}
