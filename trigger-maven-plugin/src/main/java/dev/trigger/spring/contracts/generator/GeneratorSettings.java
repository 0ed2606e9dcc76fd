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

import java.util.Map;
import java.util.regex.Pattern;

import javax.lang.model.SourceVersion;

import org.jspecify.annotations.Nullable;

/**
 * How sources are generated.
 *
 * @param packageName the package of the sources
 * @param interfaceName the name of the interface for all tasks, such as
 * {@code DeployedTasks}
 * @param grouping which tasks have an interface in common
 * @param numbers what {@code number} of JSON schema becomes
 * @param validation whether constraints become annotations of Jakarta Validation
 * @param client the name of the client that the interface uses, {@code null} for the one
 * without a name
 * @param outputs the types of outputs by the identifiers of tasks, else {@code JsonNode}
 * @param payloads the types of payloads by the identifiers of tasks, instead of generated
 * ones
 * @since 1.0.0
 */
public record GeneratorSettings(String packageName, String interfaceName, Grouping grouping, Numbers numbers,
		boolean validation, @Nullable String client, Map<String, String> outputs, Map<String, String> payloads) {

	private static final Pattern TYPE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if a name is not valid in Java
	 */
	public GeneratorSettings {
		if (!SourceVersion.isName(packageName, SourceVersion.RELEASE_17)) {
			throw new IllegalArgumentException(
					"'" + packageName + "' is not a package name: set 'packageName' to one such as com.example.tasks");
		}
		if (!SourceVersion.isIdentifier(interfaceName)
				|| SourceVersion.isKeyword(interfaceName, SourceVersion.RELEASE_17)) {
			throw new IllegalArgumentException("'" + interfaceName
					+ "' is not a name of an interface: set 'interfaceName' to one such as ShopTasks");
		}
		outputs = Map.copyOf(outputs);
		payloads = Map.copyOf(payloads);
		check("outputs", outputs);
		check("payloads", payloads);
	}

	private static void check(String name, Map<String, String> types) {
		types.forEach((task, type) -> {
			if (!TYPE.matcher(type).matches() || !SourceVersion.isName(type, SourceVersion.RELEASE_17)) {
				throw new IllegalArgumentException(
						"'" + type + "' is not a plain type name (type arguments are not supported): set '" + name
								+ "' of the task '" + task + "' to one such as com.example.Receipt");
			}
		});
	}

	/**
	 * Return the usual settings.
	 * @param packageName the package of the sources
	 * @return one interface, exact numbers, no annotations of Jakarta Validation
	 */
	public static GeneratorSettings of(String packageName) {
		return new GeneratorSettings(packageName, "DeployedTasks", Grouping.PROJECT, Numbers.BIG_DECIMAL, false, null,
				Map.of(), Map.of());
	}

	/**
	 * Return these settings with annotations of Jakarta Validation.
	 * @param validation whether constraints become annotations
	 * @return the new settings
	 */
	public GeneratorSettings withValidation(boolean validation) {
		return new GeneratorSettings(this.packageName, this.interfaceName, this.grouping, this.numbers, validation,
				this.client, this.outputs, this.payloads);
	}

}
