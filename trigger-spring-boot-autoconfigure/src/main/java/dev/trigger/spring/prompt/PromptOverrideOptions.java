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

import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

/**
 * The values that override those of a prompt.
 *
 * @since 1.0.0
 */
public final class PromptOverrideOptions {

	private static final String TEXT = "textContent";

	private final InputValues values;

	private PromptOverrideOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static PromptOverrideOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder(new InputValues());
		customizer.accept(builder);
		return new PromptOverrideOptions(builder.values.copy());
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public PromptOverrideOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new PromptOverrideOptions(builder.values.copy());
	}

	boolean hasTextContent() {
		return this.values.has(TEXT);
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Builds {@link PromptOverrideOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Set the text. Required to create an override.
		 * @param textContent the text
		 * @return this builder
		 */
		public Builder textContent(String textContent) {
			this.values.text(TEXT, TEXT, textContent);
			return this;
		}

		/**
		 * Set the model.
		 * @param model the model
		 * @return this builder
		 */
		public Builder model(String model) {
			this.values.text("model", model);
			return this;
		}

		/**
		 * Describe the change.
		 * @param commitMessage the description
		 * @return this builder
		 */
		public Builder commitMessage(String commitMessage) {
			this.values.text("commitMessage", commitMessage);
			return this;
		}

		/**
		 * Set where the override comes from.
		 * @param source the source
		 * @return this builder
		 */
		public Builder source(String source) {
			this.values.text("source", source);
			return this;
		}

	}

}
