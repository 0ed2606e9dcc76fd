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

import java.lang.reflect.Type;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;

import org.springframework.util.Assert;

/**
 * Reads handles. The type of the output is the type argument of the type that is read,
 * since JSON from elsewhere must not decide which class an output becomes.
 *
 * @param <H> the type of the handle
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public abstract class HandleDeserializer<H> extends ValueDeserializer<H> {

	private final BiFunction<JsonNode, Type, H> factory;

	private final Type outputType;

	/**
	 * Create a deserializer.
	 * @param factory creates a handle of JSON and the type of its output
	 */
	protected HandleDeserializer(BiFunction<JsonNode, Type, H> factory) {
		this(factory, Object.class);
	}

	private HandleDeserializer(BiFunction<JsonNode, Type, H> factory, Type outputType) {
		this.factory = factory;
		this.outputType = outputType;
	}

	@Override
	public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
		JavaType type = context.getContextualType();
		JavaType output = (type != null) ? type.containedType(0) : null;
		return (output != null) ? new Typed<>(this.factory, SerializableTypes.of(output)) : this;
	}

	@Override
	public H deserialize(JsonParser parser, DeserializationContext context) {
		JsonNode tree = context.readTree(parser);
		try {
			return this.factory.apply(tree, this.outputType);
		}
		catch (IllegalArgumentException ex) {
			return context.reportInputMismatch(this, "A handle must have an id");
		}
	}

	/**
	 * Return a text.
	 * @param tree the JSON of the handle
	 * @param name the name of the property
	 * @return the text
	 * @throws IllegalArgumentException if there is none
	 */
	protected static String text(JsonNode tree, String name) {
		JsonNode value = tree.path(name);
		Assert.isTrue(value.isString(), () -> "'" + name + "' must be a text");
		return value.stringValue();
	}

	private static final class Typed<H> extends HandleDeserializer<H> {

		private Typed(BiFunction<JsonNode, Type, H> factory, Type outputType) {
			super(factory, outputType);
		}

	}

}
