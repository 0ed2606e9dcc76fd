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

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Describes failures of Jackson for messages: what is wrong and where, without the values
 * that Jackson quotes, which may be secrets.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class JsonFailures {

	private static final int MAX_PATH = 160;

	private static final String NOT_LOADED = ": it was not loaded in the transaction; pass a record or a Map of what "
			+ "the task needs";

	private JsonFailures() {
	}

	/**
	 * Describe why a value can't be written.
	 * @param failure the failure
	 * @return the description, such as {@code at 'orders[0].tree': an object of …}
	 */
	public static String ofWriting(JacksonException failure) {
		String path = path(failure);
		String place = path.isEmpty() ? "" : "at '" + path + "': ";
		if (failure instanceof UnsupportedValueException) {
			return place + failure.getOriginalMessage();
		}
		if (failure instanceof StreamConstraintsException) {
			return place + "it is nested too deeply, or refers to itself";
		}
		return place + (isNullKey(failure) ? "a map has a null key" : reason(failure));
	}

	private static String reason(JacksonException failure) {
		String message = String.valueOf(failure.getOriginalMessage());
		if (message.startsWith("Direct self-reference")) {
			return "it refers to itself";
		}
		if (message.startsWith("Duplicate Object property")) {
			return "two properties, or two keys of a map, have the same name in JSON";
		}
		Throwable cause = failure;
		while (cause instanceof JacksonException && cause.getCause() != null) {
			cause = cause.getCause();
		}
		if (cause instanceof InvalidDefinitionException definition && definition.getType() != null) {
			return "Jackson cannot write a " + definition.getType().toCanonical() + ": pass a record or a Map";
		}
		String name = cause.getClass().getSimpleName();
		return name.equals("LazyInitializationException") ? name + NOT_LOADED : name;
	}

	private static boolean isNullKey(JacksonException failure) {
		List<JacksonException.Reference> path = failure.getPath();
		if (path.isEmpty() || !(path.get(path.size() - 1).from() instanceof Map<?, ?> map)) {
			return false;
		}
		return "null".equals(path.get(path.size() - 1).getPropertyName())
				&& map.keySet().stream().anyMatch(Objects::isNull);
	}

	/**
	 * Describe why a value can't be read.
	 * @param failure the failure
	 * @return the description, such as
	 * {@code at 'data[0].id': it is not a java.lang.Long}
	 */
	public static String ofReading(JacksonException failure) {
		String path = path(failure);
		if (failure instanceof InvalidNullException) {
			return "the required field '" + path + "' is missing";
		}
		return place(failure, path) + mismatch(failure);
	}

	private static String place(JacksonException failure, String path) {
		if (!path.isEmpty()) {
			return "at '" + path + "': ";
		}
		TokenStreamLocation location = failure.getLocation();
		return (location != null && location.getLineNr() > 0)
				? "at line " + location.getLineNr() + ", column " + location.getColumnNr() + ": " : "";
	}

	private static String mismatch(JacksonException failure) {
		if (failure instanceof UnsupportedValueException) {
			return failure.getOriginalMessage();
		}
		if (failure instanceof UnrecognizedPropertyException) {
			return "the type has no such field";
		}
		if (failure instanceof InvalidDefinitionException definition && definition.getType() != null) {
			return "Jackson cannot create a " + definition.getType().toCanonical() + ": use a record, a class with "
					+ "a constructor or setters for its fields, or a tools.jackson.databind.JsonNode of Jackson 3";
		}
		if (failure instanceof MismatchedInputException input && input.getTargetType() != null) {
			return isNull(input) ? "it is missing or null, which a primitive " + input.getTargetType() + " can't be"
					: "it is not " + describe(input.getTargetType());
		}
		return failure.getClass().getSimpleName();
	}

	private static boolean isNull(MismatchedInputException failure) {
		return failure.getTargetType().isPrimitive()
				&& String.valueOf(failure.getOriginalMessage()).startsWith("Cannot map `null`");
	}

	/**
	 * Describe what a value should be: in terms of JSON where Jackson has chosen the
	 * class, such as an {@code ArrayList} for any collection.
	 */
	private static String describe(Class<?> type) {
		if (Collection.class.isAssignableFrom(type) || (type.isArray() && type != byte[].class)) {
			return "a list";
		}
		if (Map.class.isAssignableFrom(type)) {
			return "an object";
		}
		return (type == String.class) ? "a text" : "a " + type.getTypeName();
	}

	/**
	 * Return the path to what a failure is about, such as {@code orders[0].id}.
	 */
	private static String path(JacksonException failure) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference reference : failure.getPath()) {
			String property = reference.getPropertyName();
			if (property == null) {
				path.append('[').append(reference.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(property);
			}
			if (path.length() > MAX_PATH) {
				return path.substring(0, MAX_PATH) + "…";
			}
		}
		return path.toString();
	}

}
