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

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/**
 * Stands in for the deserializer of a class whose objects can't be read.
 */
final class UnsupportedTypeDeserializer extends ValueDeserializer<Object> {

	private final Class<?> type;

	private final String reason;

	UnsupportedTypeDeserializer(Class<?> type, String reason) {
		this.type = type;
		this.reason = reason;
	}

	@Override
	public Object deserialize(JsonParser parser, DeserializationContext context) {
		throw new UnsupportedValueException(parser, this.type, this.reason);
	}

}
