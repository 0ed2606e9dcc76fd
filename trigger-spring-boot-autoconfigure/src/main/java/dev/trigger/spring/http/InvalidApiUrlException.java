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

package dev.trigger.spring.http;

import dev.trigger.spring.exception.InvalidConfigurationException;

/**
 * Thrown for an address of the API that can't be used, or must not be used because it
 * would send the credential in the clear.
 *
 * @since 1.0.0
 */
public class InvalidApiUrlException extends InvalidConfigurationException {

	private static final long serialVersionUID = 1L;

	InvalidApiUrlException(String description, String action) {
		super(description, action, null);
	}

}
