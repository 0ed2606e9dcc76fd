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

package dev.trigger.spring.exception;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at the start of an application whose configuration can't be used: its
 * properties, its beans, or its methods that trigger tasks or listen to runs. Spring Boot
 * reports the description and the action, and never a credential.
 *
 * @since 1.0.0
 */
public abstract class InvalidConfigurationException extends IllegalStateException {

	private static final long serialVersionUID = 1L;

	private final String description;

	private final String action;

	/**
	 * Create a new exception.
	 * @param description what is wrong, as a sentence without full stop
	 * @param action what to do about it, as a sentence without full stop, or a question
	 * @param cause the cause, {@code null} if there is none
	 */
	protected InvalidConfigurationException(String description, String action, @Nullable Throwable cause) {
		super(description + ": " + Character.toLowerCase(action.charAt(0)) + action.substring(1), cause);
		this.description = description;
		this.action = action;
	}

	/**
	 * Return what is wrong.
	 * @return a sentence without full stop
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * Return what to do about it.
	 * @return a sentence without full stop, or a question with its mark
	 */
	public String getAction() {
		return this.action;
	}

}
