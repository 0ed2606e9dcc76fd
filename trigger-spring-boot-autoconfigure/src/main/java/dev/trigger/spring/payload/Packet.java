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

import java.io.Serializable;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.ObjectStore;
import dev.trigger.spring.json.JsonFailures;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * A payload or output that is here, understood by its type. What is not what its type
 * says is kept as text: a reader may still make sense of it.
 *
 * @param content the content: JSON, or text as a JSON string
 * @param form how the content is to be understood
 */
record Packet(JsonNode content, Form form) implements Serializable {

	static final String STORE = "application/store";

	/**
	 * Understand a value that came inline.
	 */
	static Packet of(JsonNode data, @Nullable String dataType) {
		Form form = (dataType != null) ? Form.of(dataType) : Form.DECODED;
		boolean json = form == Form.JSON || form == Form.SUPER_JSON;
		return new Packet((json && data.isString()) ? parse(data.stringValue(), data) : data, form);
	}

	/**
	 * Understand what was downloaded.
	 */
	static Packet of(ObjectStore.Content content) {
		Form form = Form.of(content.contentType());
		String text = new String(content.bytes(), StandardCharsets.UTF_8);
		StringNode whole = StringNode.valueOf(text);
		boolean json = form == Form.JSON || form == Form.SUPER_JSON;
		return new Packet(json ? parse(text, whole) : whole, form);
	}

	private static JsonNode parse(String text, JsonNode fallback) {
		try {
			JsonNode tree = TriggerJson.shared().readTree(text);
			return tree.isMissingNode() ? fallback : tree;
		}
		catch (JacksonException ex) {
			return fallback;
		}
	}

	JsonNode tree() {
		return (this.form == Form.SUPER_JSON) ? SuperJson.revive(this.content, SuperJson.MapForm.OBJECT) : this.content;
	}

	/**
	 * Read the content.
	 * @return the value, {@code null} if it is JSON's {@code null}
	 * @throws TriggerDecodingException if it is not of the type
	 */
	<T> @Nullable T read(JsonMapper mapper, Type type) {
		ObjectReader reader = mapper.readerFor(mapper.constructType(type))
			.without(DeserializationFeature.UNWRAP_ROOT_VALUE);
		JsonNode tree = tree();
		if (isNothing(tree)) {
			return null;
		}
		try {
			return reader.readValue(tree);
		}
		catch (JacksonException ex) {
			return readAlternative(reader, type, ex);
		}
		catch (StackOverflowError | LinkageError ex) {
			// an Error on a thread of the connector would reach no subscriber
			throw new TriggerDecodingException(null, "The value cannot be read as " + type.getTypeName() + ": "
					+ ex.getClass().getSimpleName() + " in the code that reads it", ex);
		}
	}

	private <T> @Nullable T readAlternative(ObjectReader reader, Type type, JacksonException ex) {
		JsonNode alternative = alternative();
		if (alternative != null) {
			try {
				return reader.readValue(alternative);
			}
			catch (JacksonException ignored) {
				// the failure of the usual way is the one that is reported
			}
		}
		throw new TriggerDecodingException(null,
				"The value cannot be read as " + type.getTypeName() + ": " + JsonFailures.ofReading(ex), ex);
	}

	static boolean isNothing(JsonNode node) {
		return node.isNull() || node.isMissingNode();
	}

	/**
	 * Return another way to understand the content, for a type that the usual one does
	 * not fit.
	 */
	private @Nullable JsonNode alternative() {
		return switch (this.form) {
			case SUPER_JSON -> SuperJson.revive(this.content, SuperJson.MapForm.PAIRS);
			case UNKNOWN -> this.content.isString() ? parse(this.content.stringValue(), this.content) : null;
			default -> null;
		};
	}

	/**
	 * The ways to understand a content.
	 */
	enum Form {

		/**
		 * A value that a server has decoded already.
		 */
		DECODED,

		/**
		 * JSON.
		 */
		JSON,

		/**
		 * JSON with annotations about the types of JavaScript.
		 */
		SUPER_JSON,

		/**
		 * Text.
		 */
		TEXT,

		/**
		 * Something else; as an object store says that was not told a type.
		 */
		UNKNOWN;

		static Form of(String contentType) {
			int parameters = contentType.indexOf(';');
			String type = ((parameters < 0) ? contentType : contentType.substring(0, parameters)).strip()
				.toLowerCase(Locale.ROOT);
			return switch (type) {
				case "application/json" -> JSON;
				case "application/super+json" -> SUPER_JSON;
				default -> type.startsWith("text/") ? TEXT : UNKNOWN;
			};
		}

	}

}
