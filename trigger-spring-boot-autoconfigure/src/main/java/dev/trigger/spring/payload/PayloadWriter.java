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

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import java.util.Objects;

import dev.trigger.spring.json.JsonFailures;
import dev.trigger.spring.json.StrictGenerator;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ConcurrentLruCache;

/**
 * Writes the application's objects as JSON on one line.
 */
final class PayloadWriter {

	private static final int CACHED_TYPES = 256;

	private static final int INITIAL_SIZE = 512;

	private final JsonMapper mapper;

	private final ObjectWriter writer;

	/**
	 * The writers for generic types.
	 */
	private final ConcurrentLruCache<TypeKey, ObjectWriter> writers = new ConcurrentLruCache<>(CACHED_TYPES,
			this::create);

	PayloadWriter(JsonMapper mapper) {
		this.mapper = mapper;
		this.writer = mapper.writer()
			// a payload is a part of a request, which has no root of its own
			.without(SerializationFeature.INDENT_OUTPUT, SerializationFeature.WRAP_ROOT_VALUE)
			.with(JsonWriteFeature.QUOTE_PROPERTY_NAMES)
			.with(StreamWriteFeature.STRICT_DUPLICATE_DETECTION);
	}

	/**
	 * Write an object.
	 * @param what what the object is, for the message of a failure
	 * @param value the object
	 * @param declared the type that it is declared with, {@code null} if that is not
	 * known
	 * @return the JSON in UTF-8, without line breaks
	 * @throws IllegalArgumentException if the object can't be written
	 */
	byte[] write(String what, @Nullable Object value, @Nullable Type declared) {
		try {
			byte[] json = json(what, writer(value, declared), value);
			for (int i = 0; i < json.length; i++) {
				// a line break, which is white space here, would end an item of a batch
				if (json[i] == '\n' || json[i] == '\r') {
					json[i] = ' ';
				}
			}
			return json;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"The " + what + " cannot be written as JSON: " + JsonFailures.ofWriting(ex), ex);
		}
		catch (StackOverflowError ex) {
			throw new IllegalArgumentException("The " + what + " cannot be written as JSON: an object of "
					+ Objects.requireNonNull(value).getClass().getTypeName() + " refers to itself", ex);
		}
		catch (LinkageError ex) {
			throw new IllegalArgumentException(
					"The " + what + " cannot be written as JSON: " + ex.getClass().getSimpleName(), ex);
		}
	}

	private static byte[] json(String what, ObjectWriter writer, @Nullable Object value) {
		ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_SIZE);
		StrictGenerator generator = new StrictGenerator(writer.createGenerator(out));
		try (generator) {
			writer.writeValue(generator, value);
		}
		byte[] json = out.toByteArray();
		if (json.length == 0 || (generator.hasWrittenRaw() && !isJson(json))) {
			throw new IllegalArgumentException("The " + what
					+ " cannot be written as JSON: a RawValue, @JsonRawValue or serializer writes what is none");
		}
		return json;
	}

	private static boolean isJson(byte[] json) {
		try {
			TriggerJson.shared().read(json, JsonNode.class);
			return true;
		}
		catch (JacksonException ex) {
			return false;
		}
	}

	/**
	 * The class of an object has the annotations of its supertypes. What it doesn't have
	 * are the type arguments: that the elements of a list are to be told apart is known
	 * from the declared type alone.
	 */
	private ObjectWriter writer(@Nullable Object value, @Nullable Type declared) {
		if (value == null || declared == null || declared instanceof Class) {
			return this.writer;
		}
		return this.writers.get(new TypeKey(declared, value.getClass()));
	}

	private ObjectWriter create(TypeKey key) {
		JavaType declared = this.mapper.constructType(key.declared());
		try {
			// specialized, so that properties of a subclass are written, too
			return this.writer.forType(this.mapper.getTypeFactory().constructSpecializedType(declared, key.actual()));
		}
		catch (IllegalArgumentException ex) {
			return this.writer;
		}
	}

	private record TypeKey(Type declared, Class<?> actual) {

	}

}
