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

import java.io.Serializable;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A task as a contract has it.
 *
 * @param filePath the file of the TypeScript sources that declares it, {@code null} if
 * unknown
 * @param triggerSource what triggers it, such as {@code STANDARD} or {@code SCHEDULED},
 * {@code null} if unknown
 * @param payloadSchema the JSON schema (draft-07) of its payload, {@code null} if it
 * declares none
 * @since 1.0.0
 */
public record ContractTask(@Nullable String filePath, @Nullable String triggerSource,
		@Nullable JsonNode payloadSchema) implements Serializable {

	/**
	 * Create a task.
	 */
	public ContractTask {
		payloadSchema = (payloadSchema != null && !payloadSchema.isNull()) ? ContractJson.sorted(payloadSchema) : null;
	}

}
