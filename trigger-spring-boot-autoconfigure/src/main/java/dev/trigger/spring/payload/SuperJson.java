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

import java.math.BigInteger;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * Makes plain JSON out of the JSON that tasks return: {@code {"json": …, "meta": …}},
 * where the annotations tell which values have a type that JSON does not know.
 * <p>
 * A date, URL or regular expression stays the string that it is, a set the array, an
 * error the object. Annotations that are unknown, or do not fit the value, change
 * nothing.
 */
final class SuperJson {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final int MAX_INTEGER_DIGITS = 1000;

	private SuperJson() {
	}

	/**
	 * Revive a value.
	 * @param superJson the value with its annotations, not changed
	 * @param mapForm what becomes of a map
	 * @return plain JSON; {@linkplain JsonNode#isMissingNode() missing} if the value is
	 * {@code undefined}
	 */
	static JsonNode revive(JsonNode superJson, MapForm mapForm) {
		if (!superJson.isObject() || !superJson.has("json")) {
			return superJson;
		}
		JsonNode meta = superJson.path("meta");
		JsonNode json = superJson.path("json");
		if (meta.isEmpty()) {
			return json;
		}
		boolean legacy = meta.path("v").asInt(0) < 1;
		JsonPlace root = JsonPlace.root(json.deepCopy());
		annotate(meta.path("values"), root, legacy);
		new ReferentialEqualities(root, legacy).restore(meta.path("referentialEqualities"));
		return JavaScriptMap.replaceAll(root.value(), mapForm);
	}

	/**
	 * Follow the tree of annotations: an object leads to places inside of the value, an
	 * array has the annotation of the place itself and an object for what is inside.
	 */
	private static void annotate(JsonNode annotations, JsonPlace place, boolean legacy) {
		JsonNode inner = annotations.isArray() ? annotations.path(1) : annotations;
		if (inner.isObject()) {
			for (Map.Entry<String, JsonNode> entry : inner.properties()) {
				JsonPlace target = place.follow(SuperJsonPath.parse(entry.getKey(), legacy));
				if (target != null) {
					annotate(entry.getValue(), target, legacy);
				}
			}
		}
		if (annotations.isArray()) {
			JsonNode type = annotations.path(0);
			JsonNode value = type.isString() ? convert(type.stringValue(), place.value()) : null;
			if (value != null) {
				place.set(value);
			}
		}
	}

	private static @Nullable JsonNode convert(String type, JsonNode value) {
		return switch (type) {
			case "undefined" -> value.isNull() ? MissingNode.getInstance() : null;
			case "bigint" -> value.isString() ? toInteger(value.stringValue()) : null;
			case "number" -> value.isString() ? toNumber(value.stringValue()) : null;
			case "map" -> (value instanceof ArrayNode pairs && !(value instanceof JavaScriptMap))
					? new JavaScriptMap(pairs) : null;
			default -> null;
		};
	}

	private static @Nullable JsonNode toInteger(String text) {
		try {
			return (text.length() <= MAX_INTEGER_DIGITS) ? NODES.numberNode(new BigInteger(text)) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable JsonNode toNumber(String text) {
		return switch (text) {
			case "NaN" -> NODES.numberNode(Double.NaN);
			case "Infinity" -> NODES.numberNode(Double.POSITIVE_INFINITY);
			case "-Infinity" -> NODES.numberNode(Double.NEGATIVE_INFINITY);
			case "-0" -> NODES.numberNode(-0.0);
			default -> null;
		};
	}

	/**
	 * What becomes of a JavaScript map, whose keys may be anything.
	 */
	enum MapForm {

		/**
		 * An object, if all keys can be names.
		 */
		OBJECT,

		/**
		 * An array of arrays of key and value.
		 */
		PAIRS

	}

}
