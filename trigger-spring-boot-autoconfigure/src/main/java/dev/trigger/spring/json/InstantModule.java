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

import java.time.DateTimeException;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.std.StdScalarSerializer;

/**
 * Writes instants as JavaScript does, in ISO-8601 with milliseconds; finer ones keep
 * their precision. Where the application wants another form, by a setting, an annotation
 * or a serializer, they have that.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class InstantModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the module.
	 */
	public InstantModule() {
		super("trigger-instants");
		setSerializerModifier(new Modifier());
	}

	/**
	 * Create a module that also reads numbers, as epoch milliseconds.
	 */
	static InstantModule withEpochMillis() {
		InstantModule module = new InstantModule();
		module.addDeserializer(Instant.class, new InstantDeserializer());
		return module;
	}

	private static final class InstantDeserializer extends ValueDeserializer<Instant> {

		@Override
		public Instant deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
				return Instant.ofEpochMilli(parser.getLongValue());
			}
			String text = parser.getValueAsString("");
			try {
				return UtcInstant.parse(text);
			}
			catch (DateTimeException ex) {
				return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an instant");
			}
		}

	}

	/**
	 * Replaces the serializer of Jackson, but none that an application has registered.
	 */
	private static final class Modifier extends ValueSerializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier description,
				ValueSerializer<?> serializer) {
			return (serializer instanceof tools.jackson.databind.ext.javatime.ser.InstantSerializer)
					? new InstantSerializer(serializer) : serializer;
		}

	}

	private static final class InstantSerializer extends StdScalarSerializer<Instant> {

		private final ValueSerializer<?> formatting;

		/**
		 * Create a serializer.
		 * @param formatting the serializer of Jackson, which knows all forms
		 */
		private InstantSerializer(ValueSerializer<?> formatting) {
			super(Instant.class);
			this.formatting = formatting;
		}

		@Override
		public ValueSerializer<?> createContextual(SerializationContext context, @Nullable BeanProperty property) {
			JsonFormat.Value format = findFormatOverrides(context, property, Instant.class);
			return isText(context, format) ? this : this.formatting.createContextual(context, property);
		}

		private static boolean isText(SerializationContext context, JsonFormat.@Nullable Value format) {
			if (format != null && format.hasPattern()) {
				return false;
			}
			JsonFormat.Shape shape = (format != null) ? format.getShape() : JsonFormat.Shape.ANY;
			return shape == JsonFormat.Shape.STRING
					|| (shape == JsonFormat.Shape.ANY && !context.isEnabled(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS));
		}

		@Override
		public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(ApiFormat.of(value));
		}

	}

}
