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

import org.jspecify.annotations.Nullable;

/**
 * A version that takes the place of the one in the code.
 *
 * @param textContent the template; needed to create one
 * @param model the model that it is meant for
 * @param commitMessage why it is made
 * @param source where it comes from; only when creating one
 * @since 1.0.0
 */
public record PromptOverride(@Nullable String textContent, @Nullable String model, @Nullable String commitMessage,
		@Nullable String source) {

	/**
	 * Return an override.
	 * @param textContent the template
	 * @return the override
	 */
	public static PromptOverride of(String textContent) {
		return new PromptOverride(textContent, null, null, null);
	}

}
