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

import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.autoconfigure.TriggerClientCustomizer;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.contracts.Contract;

import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;

/**
 * Lets clients validate payloads.
 */
final class ContractValidation implements TriggerClientCustomizer {

	private static final String PROPERTY = "trigger.contract.validate";

	private static final String LIBRARY = "com.networknt.schema.SchemaRegistry";

	private final Contract contract;

	ContractValidation(ResourceLoader resources) {
		this.contract = contract(resources);
	}

	private static Contract contract(ResourceLoader resources) {
		if (!ClassUtils.isPresent(LIBRARY, resources.getClassLoader())) {
			throw new InvalidTriggerPropertyException(PROPERTY,
					"'" + PROPERTY + "' needs a validator for JSON schema, but there is none",
					"Add the dependency com.networknt:json-schema-validator, version 3 or later, or remove the property");
		}
		Contract contract = ContractResource.find(resources, PROPERTY);
		if (contract == null) {
			throw new InvalidTriggerPropertyException(PROPERTY,
					"'" + PROPERTY + "' needs the contract at " + Contract.RESOURCE
							+ " on the class path, but there is none",
					"Build the application with the goal 'generate' of trigger-maven-plugin, or remove the property");
		}
		return contract;
	}

	@Override
	public void customize(TriggerTemplateBuilder builder) {
		builder.payloadValidator(new SchemaPayloadValidator(this.contract));
	}

}
