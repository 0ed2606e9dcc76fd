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

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The JSON of the API: requests without nulls, responses read leniently for what a newer
 * server may add.
 * <p>
 * It is independent of the application's own mapper, whose settings (naming, inclusion)
 * must not change what goes over the wire.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class TriggerJson {

	private static final TriggerJson SHARED = new TriggerJson();

	/**
	 * How deep JSON may be nested. A trace has two levels for each span, and the outputs
	 * of tasks have no limit but their size; what reads them recursively must have enough
	 * stack for it.
	 */
	private static final int MAX_DEPTH = 2000;

	private final JsonMapper mapper = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				// responses are bounded by their size, and requests need no bound
				.maxStringLength(Integer.MAX_VALUE)
				.build())
			.build())
		.annotationIntrospector(
				AnnotationIntrospector.pair(new RequiredComponents(), new JacksonAnnotationIntrospector()))
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.changeDefaultPropertyInclusion((value) -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
		.addModule(InstantModule.withEpochMillis())
		.addModule(new ExactTreeModule())
		.addModule(new UnsupportedTypeModule())
		.build();

	private final Map<Type, ObjectReader> readers = new ConcurrentHashMap<>();

	private TriggerJson() {
	}

	/**
	 * Return the JSON of the API.
	 * @return the one instance
	 */
	public static TriggerJson shared() {
		return SHARED;
	}

	/**
	 * Write a value.
	 * @param value the value
	 * @return the JSON in UTF-8
	 * @throws IllegalArgumentException if the value cannot be written as JSON
	 */
	public byte[] write(Object value) {
		try {
			return this.mapper.writeValueAsBytes(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The request cannot be written as JSON: " + JsonFailures.ofWriting(ex),
					ex);
		}
	}

	/**
	 * Read a value.
	 * @param json the JSON in UTF-8
	 * @param type the type of the value
	 * @return the value
	 * @throws JacksonException if the JSON is malformed or of another form
	 */
	public Object read(byte[] json, Type type) {
		return complete(reader(type).readValue(json));
	}

	/**
	 * Read a tree.
	 * @param json the JSON
	 * @return the tree
	 * @throws JacksonException if the JSON is malformed
	 */
	public JsonNode readTree(String json) {
		return this.mapper.readTree(json.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Read a value from a tree.
	 * @param tree the tree
	 * @param type the type of the value
	 * @return the value
	 * @throws JacksonException if the tree is of another form
	 */
	public Object convert(JsonNode tree, Type type) {
		return complete(reader(type).readValue(tree));
	}

	/**
	 * A list that is the whole of a response has no component that would refuse nulls.
	 */
	private static Object complete(Object value) {
		int missing = (value instanceof List<?> list) ? list.indexOf(null) : -1;
		if (missing >= 0) {
			throw new NullElementException(value, missing);
		}
		return value;
	}

	/**
	 * Return the node that stands for no JSON at all.
	 * @return the missing node
	 */
	public JsonNode missing() {
		return this.mapper.missingNode();
	}

	private ObjectReader reader(Type type) {
		ObjectReader reader = this.readers.get(type);
		if (reader == null) {
			reader = this.mapper.readerFor(this.mapper.constructType(type));
			this.readers.put(type, reader);
		}
		return reader;
	}

	private static final class NullElementException extends InvalidNullException {

		private static final long serialVersionUID = 1L;

		NullElementException(Object list, int index) {
			super((JsonParser) null, "Null in a list", PropertyName.NO_NAME);
			prependPath(list, index);
		}

	}

}
