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

import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.std.ToEmptyObjectSerializer;
import tools.jackson.databind.type.CollectionLikeType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapLikeType;
import tools.jackson.databind.type.MapType;

/**
 * Refuses objects that Jackson would write as something they are not: trees of another
 * JSON library, objects without properties, publishers, streams, classes with annotations
 * of Jackson 2, which it would read as something else, too. A class is judged once, when
 * its serializer is created, so that writing costs nothing more. A serializer that the
 * application registered for such a class is respected.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class UnsupportedTypeModule extends SimpleModule {

	private static final long serialVersionUID = 1L;

	/**
	 * Create the module.
	 */
	public UnsupportedTypeModule() {
		super("trigger-unsupported-types");
		setSerializerModifier(new Modifier());
		setDeserializerModifier(new Reading());
	}

	private static boolean isOfJackson(Object handler) {
		return handler.getClass().getName().startsWith("tools.jackson.databind.");
	}

	private static final class Reading extends ValueDeserializerModifier {

		private static final long serialVersionUID = 1L;

		@Override
		public ValueDeserializer<?> modifyDeserializer(DeserializationConfig config,
				BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
			String reason = isOfJackson(deserializer) ? reason(description) : null;
			return (reason != null) ? new UnsupportedTypeDeserializer(description.getBeanClass(), reason)
					: deserializer;
		}

		@Override
		public ValueDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type,
				BeanDescription.Supplier description, ValueDeserializer<?> deserializer) {
			return modifyDeserializer(config, description, deserializer);
		}

		private static @Nullable String reason(BeanDescription.Supplier description) {
			String reason = FormerAnnotations.READING.find(description.getClassAnnotations().values());
			if (reason != null) {
				return reason;
			}
			return description.get()
				.findProperties()
				.stream()
				.flatMap((property) -> Stream.of(property.getConstructorParameter(), property.getSetter(),
						property.getField()))
				.filter(Objects::nonNull)
				.map((member) -> FormerAnnotations.READING.find(member.annotations()))
				.filter(Objects::nonNull)
				.findFirst()
				.orElse(null);
		}

	}

	private static final class Modifier extends ValueSerializerModifier {

		private static final long serialVersionUID = 1L;

		private static final String NO_PROPERTIES = "has no properties that Jackson can find: add getters, or pass a "
				+ "record or a Map";

		private static final String ONLY_FLAGS = "has no property that Jackson can find but '%s', which is derived: add "
				+ "getters, or pass a record, a List or a Map";

		private static final String EXCEPTION = "is an exception, with its stack trace and causes: pass its message, "
				+ "or a record of what the task needs";

		private static final String NO_TEXT = "is the key of a map, but has no text: use a String, or add toString()";

		@Override
		public ValueSerializer<?> modifySerializer(SerializationConfig config, BeanDescription.Supplier description,
				ValueSerializer<?> serializer) {
			return check(description, serializer);
		}

		@Override
		public ValueSerializer<?> modifyCollectionSerializer(SerializationConfig config, CollectionType type,
				BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			return check(description, serializer);
		}

		@Override
		public ValueSerializer<?> modifyCollectionLikeSerializer(SerializationConfig config, CollectionLikeType type,
				BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			return check(description, serializer);
		}

		@Override
		public ValueSerializer<?> modifyMapSerializer(SerializationConfig config, MapType type,
				BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			return check(description, serializer);
		}

		@Override
		public ValueSerializer<?> modifyMapLikeSerializer(SerializationConfig config, MapLikeType type,
				BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			return check(description, serializer);
		}

		@Override
		public ValueSerializer<?> modifyKeySerializer(SerializationConfig config, JavaType type,
				BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			return (isOfJackson(serializer) && UnsupportedTypes.hasNoText(type.getRawClass()))
					? new UnsupportedTypeSerializer(type.getRawClass(), NO_TEXT) : serializer;
		}

		@Override
		public ValueSerializer<?> modifyEnumSerializer(SerializationConfig config, JavaType type,
				BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			return check(description, serializer);
		}

		private static ValueSerializer<?> check(BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			if (!isOfJackson(serializer)) {
				return serializer;
			}
			String reason = reason(description, serializer);
			return (reason != null) ? new UnsupportedTypeSerializer(description.getBeanClass(), reason) : serializer;
		}

		private static @Nullable String reason(BeanDescription.Supplier description, ValueSerializer<?> serializer) {
			Class<?> type = description.getBeanClass();
			String reason = UnsupportedTypes.reason(type);
			if (reason == null) {
				reason = FormerAnnotations.WRITING.find(description.getClassAnnotations().values());
			}
			if (reason != null) {
				return reason;
			}
			if (CharSequence.class.isAssignableFrom(type) && UnsupportedTypes.hasNoText(type)) {
				return "is a text of its own kind without toString(): pass a String";
			}
			boolean bean = serializer instanceof BeanSerializerBase || serializer instanceof ToEmptyObjectSerializer;
			if (!bean) {
				return null;
			}
			if (CharSequence.class.isAssignableFrom(type)) {
				return "is a text of its own kind: pass its toString()";
			}
			if (Throwable.class.isAssignableFrom(type) && !isAnnotated(description)) {
				return EXCEPTION;
			}
			if (!serializer.properties().hasNext()) {
				return mayBeEmpty(description) ? null : NO_PROPERTIES;
			}
			for (Iterator<PropertyWriter> properties = serializer.properties(); properties.hasNext();) {
				AnnotatedMember member = properties.next().getMember();
				reason = (member != null) ? FormerAnnotations.WRITING.find(member.annotations()) : null;
				if (reason != null) {
					return reason;
				}
			}
			return hasOnlyFlags(type, serializer) ? ONLY_FLAGS.formatted(serializer.properties().next().getName())
					: null;
		}

		/**
		 * What an object of such a class holds would be lost: all that can be found are
		 * questions about it, as to an Optional whether it is empty.
		 */
		private static boolean hasOnlyFlags(Class<?> type, ValueSerializer<?> serializer) {
			if (type.isRecord() || Proxy.isProxyClass(type) || !UnsupportedTypes.hasState(type)) {
				return false;
			}
			for (Iterator<PropertyWriter> properties = serializer.properties(); properties.hasNext();) {
				PropertyWriter property = properties.next();
				if (property.getType().getRawClass() != boolean.class
						|| property.getAnnotation(JsonProperty.class) != null
						|| !UnsupportedTypes.isDerived(type, property.getName())) {
					return false;
				}
			}
			return true;
		}

		/**
		 * An object is empty on purpose if it is an empty record, if annotations of
		 * Jackson describe a class without state, such as one that is told from others by
		 * a type id alone, or if its properties are in a map.
		 */
		private static boolean mayBeEmpty(BeanDescription.Supplier description) {
			if (description.isRecordType() || description.get().findAnyGetter() != null) {
				return true;
			}
			return isAnnotated(description) && !UnsupportedTypes.hasState(description.getBeanClass());
		}

		private static boolean isAnnotated(BeanDescription.Supplier description) {
			return description.getClassAnnotations()
				.values()
				.anyMatch((annotation) -> !annotation.annotationType().getName().startsWith("java.lang."));
		}

	}

}
