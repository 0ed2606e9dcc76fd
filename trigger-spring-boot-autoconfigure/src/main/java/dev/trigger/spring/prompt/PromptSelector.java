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
 * Which version of a prompt to take.
 *
 * @param label the label of the version
 * @param version the number of the version
 * @since 1.0.0
 */
public record PromptSelector(@Nullable String label, @Nullable Integer version) {

	private static final PromptSelector CURRENT = new PromptSelector(null, null);

	/**
	 * Select the version in use.
	 * @return the selector
	 */
	public static PromptSelector current() {
		return CURRENT;
	}

	/**
	 * Select the version with a label.
	 * @param label the label
	 * @return the selector
	 */
	public static PromptSelector label(String label) {
		return new PromptSelector(label, null);
	}

	/**
	 * Select a version by its number.
	 * @param version the number
	 * @return the selector
	 */
	public static PromptSelector version(int version) {
		return new PromptSelector(null, version);
	}

}
