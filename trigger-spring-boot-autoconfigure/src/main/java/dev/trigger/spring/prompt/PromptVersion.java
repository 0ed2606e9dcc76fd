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
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A version of a prompt.
 *
 * @param id the id
 * @param version the number
 * @param labels the labels, such as {@code current}
 * @param source where it comes from, such as {@code code}
 * @param model the model that it is meant for
 * @param textContent the template
 * @param commitMessage why it was created
 * @param contentHash the hash of its content
 * @param createdAt when it was created
 * @since 1.0.0
 */
public record PromptVersion(String id, @Nullable Integer version, List<String> labels, @Nullable String source,
		@Nullable String model, @Nullable String textContent, @Nullable String commitMessage,
		@Nullable String contentHash, @Nullable Instant createdAt) implements Serializable {

	/**
	 * Create a version.
	 */
	public PromptVersion {
		labels = (labels != null) ? List.copyOf(labels) : List.of();
	}

}
