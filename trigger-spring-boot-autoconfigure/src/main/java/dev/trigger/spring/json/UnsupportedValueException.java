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

package dev.trigger.spring.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;

/**
 * Thrown while a value that JSON has no form for is written or read. Its message has
 * nothing of the value but the name of its class.
 */
final class UnsupportedValueException extends DatabindException {

	private static final long serialVersionUID = 1L;

	UnsupportedValueException(JsonGenerator generator, Class<?> type, String reason) {
		this(generator, "an object of " + type.getTypeName() + " " + reason);
	}

	UnsupportedValueException(JsonParser parser, Class<?> type, String reason) {
		super(parser, "an object of " + type.getTypeName() + " " + reason);
	}

	UnsupportedValueException(JsonGenerator generator, String message) {
		super(generator, message);
	}

}
