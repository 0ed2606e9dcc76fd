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

package dev.trigger.emulator.state;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns JSON into objects of the application, and such objects into JSON.
 */
public final class ApplicationTypes {

	private static final ApplicationTypes CLASS_PATH = new ApplicationTypes(
			Json.mapper().rebuild().findAndAddModules().build());

	private final JsonMapper mapper;

	private ApplicationTypes(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Return types that are read with the Jackson modules of the class path, such as the
	 * one for Kotlin.
	 * @return the types
	 */
	public static ApplicationTypes ofClassPath() {
		return CLASS_PATH;
	}

	/**
	 * Return types that are read and written as an application does. One that has only
	 * some of the fields is enough for a test.
	 * @param mapper the mapper of the application
	 * @return the types
	 */
	public static ApplicationTypes of(JsonMapper mapper) {
		return new ApplicationTypes(mapper.rebuild()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.UNWRAP_ROOT_VALUE)
			.disable(SerializationFeature.WRAP_ROOT_VALUE)
			.build());
	}

	/**
	 * Read an object.
	 * @param <T> the type
	 * @param json the JSON
	 * @param type the type
	 * @return the object
	 */
	public <T> T read(JsonNode json, Class<T> type) {
		return this.mapper.treeToValue(json, type);
	}

	/**
	 * Turn an object into JSON.
	 * @param value any value
	 * @return the tree
	 */
	public JsonNode tree(@Nullable Object value) {
		return Json.mapper().readTree(this.mapper.writeValueAsString(value));
	}

}
