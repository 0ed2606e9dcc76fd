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

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A prompt with its variables filled in.
 *
 * @param promptId the id, {@code prompt_…}
 * @param slug the slug
 * @param version the version
 * @param labels the labels of the version
 * @param template the template
 * @param text the text with the variables filled in
 * @param model the model that it is meant for
 * @param config settings for the model
 * @since 1.0.0
 */
public record ResolvedPrompt(String promptId, @Nullable String slug, @Nullable Integer version, List<String> labels,
		@Nullable String template, @Nullable String text, @Nullable String model,
		@Nullable JsonNode config) implements Serializable {

	/**
	 * Create a resolved prompt.
	 */
	public ResolvedPrompt {
		labels = (labels != null) ? List.copyOf(labels) : List.of();
	}

}
