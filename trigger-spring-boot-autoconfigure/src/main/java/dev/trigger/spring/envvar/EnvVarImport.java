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

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Environment variables to import together.
 *
 * @since 1.0.0
 */
public final class EnvVarImport {

	private static final String VARIABLES = "variables";

	private static final String PARENT_VARIABLES = "parentVariables";

	private static final Set<String> CREDENTIALS = Set.of("TRIGGER_SECRET_KEY", "TRIGGER_ACCESS_TOKEN");

	private final InputValues values;

	private EnvVarImport(InputValues values) {
		Assert.isTrue(!variables(values, VARIABLES).isEmpty() || !variables(values, PARENT_VARIABLES).isEmpty(),
				"There must be at least one variable to import");
		if (!values.has(VARIABLES)) {
			values.set(VARIABLES, Map.of());
		}
		this.values = values;
	}

	/**
	 * Return the import that a customizer sets.
	 * @param customizer sets the variables, at least one, and how to import them
	 * @return the import
	 */
	public static EnvVarImport of(Consumer<Builder> customizer) {
		Builder builder = new Builder(new InputValues());
		customizer.accept(builder);
		return new EnvVarImport(builder.values.copy());
	}

	/**
	 * Return the import of the variables of a {@code .env} file.
	 * @param file the file
	 * @return the import
	 * @throws IllegalArgumentException if the file has no variables, or a line that tools
	 * read in different ways
	 * @throws java.io.UncheckedIOException if the file can't be read
	 * @see Builder#dotEnv(Path)
	 */
	public static EnvVarImport fromDotEnv(Path file) {
		return of((variables) -> variables.dotEnv(file));
	}

	/**
	 * Return this import with changes.
	 * @param customizer changes the variables and how to import them
	 * @return the new import
	 */
	public EnvVarImport with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new EnvVarImport(builder.values.copy());
	}

	private static Map<?, ?> variables(InputValues values, String name) {
		return (values.get(name) instanceof Map<?, ?> variables) ? variables : Map.of();
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Return the names only: values don't belong in logs.
	 */
	@Override
	public String toString() {
		return "EnvVarImport[names=" + variables(this.values, VARIABLES).keySet() + "]";
	}

	/**
	 * Builds an {@link EnvVarImport}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Import a variable.
		 * @param name the name
		 * @param value the value, which may be empty
		 * @return this builder
		 */
		public Builder variable(String name, String value) {
			InputRules.notNull("name", name);
			return variables(Map.of(name, InputRules.notNull("value of " + name, value)));
		}

		/**
		 * Import variables, in addition to those set before.
		 * @param variables the variables by their names
		 * @return this builder
		 */
		public Builder variables(Map<String, String> variables) {
			return add(VARIABLES, variables);
		}

		/**
		 * Import variables into the parent of the preview branch, in addition to those
		 * set before.
		 * @param variables the variables by their names
		 * @return this builder
		 */
		public Builder parentVariables(Map<String, String> variables) {
			return add(PARENT_VARIABLES, variables);
		}

		/**
		 * Import the variables of a {@code .env} file, in addition to those set before.
		 * It has {@code NAME=value} lines with an optional {@code export}, comments, and
		 * values in quotes, which may span several lines. {@code TRIGGER_SECRET_KEY} and
		 * {@code TRIGGER_ACCESS_TOKEN} are left out: they belong to the caller, not to
		 * the tasks.
		 * @param file the file, in UTF-8 and not larger than 1 MiB; it is read now
		 * @return this builder
		 * @throws IllegalArgumentException if a line is one that tools read in different
		 * ways: an unquoted value with a {@code #}, a reference such as
		 * <code>${OTHER}</code>, a variable that is set twice, an unfinished quote. The
		 * message names the line, never a value
		 * @throws java.io.UncheckedIOException if the file can't be read
		 */
		public Builder dotEnv(Path file) {
			Map<String, String> variables = new LinkedHashMap<>(DotEnv.read(InputRules.notNull("file", file)));
			variables.keySet().removeAll(CREDENTIALS);
			return variables(variables);
		}

		private Builder add(String target, Map<String, String> variables) {
			Map<String, Object> all = new LinkedHashMap<>();
			EnvVarImport.variables(this.values, target).forEach((name, value) -> all.put((String) name, value));
			for (String name : new TreeSet<>(InputRules.notNull(target, variables).keySet())) {
				Assert.hasText(name, "The name of a variable must not be empty");
				all.put(name, InputRules.notNull("value of " + name, variables.get(name)));
			}
			this.values.set(target, all);
			return this;
		}

		/**
		 * Overwrite variables that exist; by default the server refuses an import that
		 * contains such variables.
		 * @return this builder
		 */
		public Builder override() {
			this.values.set("override", true);
			return this;
		}

		/**
		 * Make the variables secret, so that only runs can read their values.
		 * @return this builder
		 */
		public Builder secret() {
			this.values.set("isSecret", true);
			return this;
		}

	}

}
