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

package dev.trigger.spring.prompt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a prompt to resolve; the current one unless a label or a version is
 * set.
 *
 * @since 1.0.0
 */
public final class PromptQuery {

	private static final PromptQuery CURRENT = new PromptQuery(new InputValues());

	private final InputValues values;

	private PromptQuery(InputValues values) {
		this.values = values;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the options
	 */
	public static PromptQuery current() {
		return CURRENT;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static PromptQuery of(Consumer<Builder> customizer) {
		return CURRENT.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public PromptQuery with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new PromptQuery(builder.values.copy());
	}

	Map<String, @Nullable Object> toBody(Map<String, ?> variables) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("variables", variables);
		body.putAll(this.values.toMap());
		return body;
	}

	/**
	 * Builds {@link PromptQuery}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Select the version with a label.
		 * @param label the label
		 * @return this builder
		 */
		public Builder label(String label) {
			this.values.text("label", label);
			return this;
		}

		/**
		 * Select a version.
		 * @param version the version
		 * @return this builder
		 */
		public Builder version(int version) {
			this.values.set("version", version);
			return this;
		}

	}

}
