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

package dev.trigger.emulator.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Reads and writes JSON as the server does: instants are ISO-8601 in UTC with
 * milliseconds, and numbers those of JavaScript.
 *
 * @since 1.0.0
 */
public final class Json {

	private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.nodeFactory(new JavaScriptNumbers())
		.addModule(new SimpleModule().addSerializer(new InstantSerializer())
			.addSerializer(new JavaScriptNumbers.DoubleSerializer()))
		.build();

	private Json() {
	}

	/**
	 * Return the mapper behind this class.
	 * @return the mapper
	 */
	public static JsonMapper mapper() {
		return MAPPER;
	}

	/**
	 * Write an instant as the server does.
	 * @param instant the instant
	 * @return ISO-8601 in UTC with milliseconds
	 */
	public static String instant(Instant instant) {
		return INSTANT.format(instant);
	}

	/**
	 * Write a value as UTF-8.
	 * @param value any value, a tree or a {@link JsonBody}
	 * @return the bytes
	 */
	public static byte[] bytes(@Nullable Object value) {
		return utf8(string(value));
	}

	/**
	 * Encode text.
	 * @param text the text
	 * @return its UTF-8 bytes
	 */
	public static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Write a value as text.
	 * @param value any value, a tree or a {@link JsonBody}
	 * @return the JSON
	 */
	public static String string(@Nullable Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/**
	 * Turn a value into a tree.
	 * @param value any value
	 * @return the tree
	 */
	public static JsonNode tree(@Nullable Object value) {
		return MAPPER.valueToTree(value);
	}

	/**
	 * Read JSON.
	 * @param json the text
	 * @return the tree, or {@code null} when the text is no JSON
	 */
	public static @Nullable JsonNode parse(String json) {
		try {
			JsonNode node = MAPPER.readTree(json);
			return (node == null || node.isMissingNode()) ? null : node;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	/**
	 * Return a number as JavaScript reads it: one that is too large is infinite.
	 * @param value a number
	 * @return the number
	 */
	public static double number(JsonNode value) {
		return value.numberValue().doubleValue();
	}

	/**
	 * Return whether JavaScript takes a value for false.
	 * @param value the value
	 * @return {@code true} for nothing, null, false, 0 and the empty text
	 */
	public static boolean isFalsy(JsonNode value) {
		return value.isMissingNode() || value.isNull() || (value.isBoolean() && !value.booleanValue())
				|| (value.isString() && value.asString().isEmpty()) || (value.isNumber() && number(value) == 0);
	}

	/**
	 * Return an empty, changeable object.
	 * @return the object
	 */
	public static ObjectNode object() {
		return MAPPER.createObjectNode();
	}

	/**
	 * Return the text of a member.
	 * @param node the object
	 * @param name the member's name
	 * @return its text, or {@code null} when it is absent or null
	 */
	public static @Nullable String text(JsonNode node, String name) {
		JsonNode value = node.get(name);
		return (value == null || value.isNull()) ? null : value.asString();
	}

	/**
	 * Return the texts of a list.
	 * @param list the list
	 * @return its elements as texts, none if it is no list
	 */
	public static List<String> texts(@Nullable JsonNode list) {
		return (list != null && list.isArray()) ? list.valueStream().map(JsonNode::asString).toList() : List.of();
	}

	private static final class InstantSerializer extends StdSerializer<Instant> {

		InstantSerializer() {
			super(Instant.class);
		}

		@Override
		public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(Json.instant(value));
		}

	}

}
