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
 * A prompt in a list.
 *
 * @param slug the slug that names it
 * @param friendlyId the id, {@code prompt_…}
 * @param description what it is for
 * @param tags the tags
 * @param defaultModel the model that it is meant for
 * @param currentVersion the version in use
 * @param hasOverride whether a version that was set through the API or the dashboard
 * overrides the one in the code
 * @param updatedAt when it was last changed
 * @since 1.0.0
 */
public record PromptSummary(String slug, @Nullable String friendlyId, @Nullable String description, List<String> tags,
		@Nullable String defaultModel, @Nullable Integer currentVersion, @Nullable Boolean hasOverride,
		@Nullable Instant updatedAt) implements Serializable {

	/**
	 * Create a summary.
	 */
	public PromptSummary {
		tags = (tags != null) ? List.copyOf(tags) : List.of();
	}

}
