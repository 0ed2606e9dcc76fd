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

package dev.trigger.spring.envvar;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Environment variables to import together.
 *
 * @param variables the variables by their names
 * @param parentVariables variables to import into the parent of the preview branch
 * @param override whether variables that exist get the new values; else the server
 * refuses the import because of them
 * @param isSecret whether the values can be read by runs only
 * @since 1.0.0
 */
public record EnvVarImport(Map<String, String> variables, @Nullable Map<String, String> parentVariables,
		@Nullable Boolean override, @JsonProperty("isSecret") @Nullable Boolean isSecret) {

	/**
	 * Create an import.
	 */
	public EnvVarImport {
		Assert.isTrue(!variables.isEmpty() || (parentVariables != null && !parentVariables.isEmpty()),
				"There must be at least one variable to import");
		variables = Map.copyOf(variables);
		parentVariables = (parentVariables != null) ? Map.copyOf(parentVariables) : null;
	}

	/**
	 * Return an import of some variables.
	 * @param variables the variables by their names
	 * @return the import
	 */
	public static EnvVarImport of(Map<String, String> variables) {
		return new EnvVarImport(variables, null, null, null);
	}

	/**
	 * Return this import with variables for the parent of the preview branch.
	 * @param parentVariables the variables by their names
	 * @return the new import
	 */
	public EnvVarImport withParentVariables(Map<String, String> parentVariables) {
		return new EnvVarImport(this.variables, parentVariables, this.override, this.isSecret);
	}

	/**
	 * Return this import for variables that may exist already.
	 * @return the new import
	 */
	public EnvVarImport overriding() {
		return new EnvVarImport(this.variables, this.parentVariables, true, this.isSecret);
	}

	/**
	 * Return this import with values that can be read by runs only.
	 * @return the new import
	 */
	public EnvVarImport asSecrets() {
		return new EnvVarImport(this.variables, this.parentVariables, this.override, true);
	}

	/**
	 * Return the names only: values don't belong in logs.
	 */
	@Override
	public String toString() {
		return "EnvVarImport[names=" + this.variables.keySet() + "]";
	}

}
