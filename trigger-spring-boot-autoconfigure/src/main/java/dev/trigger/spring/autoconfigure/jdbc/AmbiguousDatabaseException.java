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

package dev.trigger.spring.autoconfigure.jdbc;

import dev.trigger.spring.exception.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown at the start of an application that has several databases or transaction
 * managers, if it is not clear which one the outbox and run listeners use.
 */
final class AmbiguousDatabaseException extends InvalidConfigurationException {

	private static final long serialVersionUID = 1L;

	AmbiguousDatabaseException(String description, String action, @Nullable Throwable cause) {
		super(description, action, cause);
	}

}
