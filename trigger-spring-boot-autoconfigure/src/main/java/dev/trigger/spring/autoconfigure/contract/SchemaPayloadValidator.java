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

package dev.trigger.spring.autoconfigure.contract;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractTask;
import dev.trigger.spring.payload.InvalidPayloadException;
import dev.trigger.spring.payload.PayloadValidator;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.JsonNode;

/**
 * Validates payloads against the schemas of a contract. A schema comes from elsewhere:
 * nothing that it refers to is loaded, and one that can't be used is left out with a
 * warning.
 */
final class SchemaPayloadValidator implements PayloadValidator {

	private static final Log logger = LogFactory.getLog(SchemaPayloadValidator.class);

	private final Contract contract;

	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7,
			(builder) -> builder.schemaLoader((loader) -> loader.fetchRemoteResources(false)
				.block((address) -> !address.toString().startsWith("http://json-schema.org/"))));

	private final Map<String, Optional<Schema>> schemas = new ConcurrentHashMap<>();

	SchemaPayloadValidator(Contract contract) {
		this.contract = contract;
	}

	@Override
	public void validate(String task, JsonNode payload) {
		List<String> errors;
		try {
			Optional<Schema> schema = this.schemas.computeIfAbsent(task, this::schema);
			if (schema.isEmpty()) {
				return;
			}
			errors = schema.get()
				.validate(payload)
				.stream()
				.map((error) -> path(error.getInstanceLocation().toString()) + ": " + error.getMessage())
				.distinct()
				.toList();
		}
		catch (SchemaException | StackOverflowError ex) {
			leaveOut(task, ex);
			return;
		}
		if (!errors.isEmpty()) {
			throw new InvalidPayloadException(task, errors);
		}
	}

	private static String path(String location) {
		return location.isEmpty() ? "/" : location;
	}

	private Optional<Schema> schema(String task) {
		ContractTask contractTask = this.contract.tasks().get(task);
		JsonNode schema = (contractTask != null) ? contractTask.payloadSchema() : null;
		return (schema != null) ? Optional.of(this.registry.getSchema(schema)) : Optional.empty();
	}

	private void leaveOut(String task, Throwable failure) {
		if (!Optional.empty().equals(this.schemas.put(task, Optional.empty()))) {
			logger.warn("Payloads for the task '" + task + "' are not validated, since its schema can't be used: "
					+ ((failure instanceof StackOverflowError) ? "it refers to itself without end"
							: failure.getMessage()));
		}
	}

}
