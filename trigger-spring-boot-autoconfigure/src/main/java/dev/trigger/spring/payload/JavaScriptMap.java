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

package dev.trigger.spring.payload;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An array of keys and values that is to become an object, once nothing refers to its
 * elements any more.
 */
final class JavaScriptMap extends ArrayNode {

	private static final long serialVersionUID = 1L;

	JavaScriptMap(ArrayNode pairs) {
		super(JsonNodeFactory.instance, pairs.size());
		addAll(pairs);
	}

	@Override
	public ArrayNode deepCopy() {
		return new JavaScriptMap(super.deepCopy());
	}

	/**
	 * Replace the maps in a tree.
	 * @param node the tree, which is changed
	 * @param form what becomes of them
	 * @return the tree without maps
	 */
	static JsonNode replaceAll(JsonNode node, SuperJson.MapForm form) {
		if (node instanceof ObjectNode object) {
			for (Map.Entry<String, JsonNode> property : object.properties()) {
				property.setValue(replaceAll(property.getValue(), form));
			}
		}
		else if (node instanceof ArrayNode array) {
			for (int index = 0; index < array.size(); index++) {
				array.set(index, replaceAll(array.get(index), form));
			}
		}
		return (node instanceof JavaScriptMap map && form == SuperJson.MapForm.OBJECT) ? map.toObject() : node;
	}

	private JsonNode toObject() {
		Map<String, JsonNode> properties = new LinkedHashMap<>();
		for (JsonNode pair : values()) {
			String name = (pair.size() == 2) ? toName(pair.path(0)) : null;
			if (name == null || properties.put(name, pair.path(1)) != null) {
				return this;
			}
		}
		ObjectNode object = objectNode();
		properties.forEach(object::set);
		return object;
	}

	private static @Nullable String toName(JsonNode key) {
		return (key.isString() || key.isNumber() || key.isBoolean()) ? key.asString() : null;
	}

}
