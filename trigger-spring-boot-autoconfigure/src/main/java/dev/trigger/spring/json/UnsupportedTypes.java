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

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.channels.Channel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.io.InputStreamSource;

/**
 * The classes whose objects have no JSON form that a task could make sense of.
 */
final class UnsupportedTypes {

	private static final String PLAIN = ": pass a tools.jackson.databind.JsonNode of Jackson 3, a Map or a record";

	private static final String ONCE = "can be read only once, and a call may be repeated: pass a List";

	private static final String PROGRAM = "is part of the program, not a value: pass a record or a Map";

	private static final String CONTENT = "stands for content and is not a value: pass the text or bytes that it has";

	/**
	 * Types of libraries that may not be on the class path.
	 */
	private static final Map<String, String> NAMES = new LinkedHashMap<>();

	static {
		tree("com.fasterxml.jackson.core.TreeNode", "Jackson 2");
		tree("com.fasterxml.jackson.databind.JsonSerializable", "Jackson 2");
		tree("com.google.gson.JsonElement", "Gson");
		tree("org.json.JSONObject", "org.json");
		tree("org.json.JSONArray", "org.json");
		tree("jakarta.json.JsonValue", "Jakarta JSON Processing");
		tree("javax.json.JsonValue", "JSON Processing");
		tree("kotlinx.serialization.json.JsonElement", "kotlinx.serialization");
		tree("io.vertx.core.json.JsonObject", "Vert.x");
		tree("io.vertx.core.json.JsonArray", "Vert.x");
		tree("org.bson.BsonValue", "MongoDB");
		tree("org.yaml.snakeyaml.nodes.Node", "SnakeYAML");
		NAMES.put("com.google.common.base.Optional", "is not known to Jackson: pass its value, or null");
		NAMES.put("com.google.common.collect.Multimap", "is not known to Jackson: pass its asMap()");
		NAMES.put("kotlin.sequences.Sequence", ONCE);
		NAMES.put("io.vavr.Value", "is not known to Jackson: pass its toJavaOptional() or toJavaList()");
		NAMES.put("com.google.protobuf.ByteString", "is not known to Jackson: pass its toByteArray()");
		NAMES.put("com.google.protobuf.MessageLiteOrBuilder",
				"is not known to Jackson: pass a Map or a record of its fields");
		NAMES.put("org.openapitools.jackson.nullable.JsonNullable",
				"is not known to Jackson 3: pass its value, or a Map without what is not set");
		NAMES.put("org.eclipse.collections.api.PrimitiveIterable", "is not known to Jackson: pass its toArray()");
		NAMES.put("org.apache.avro.generic.GenericContainer", "is not known to Jackson: pass a Map or a record");
		NAMES.put("javax.money.MonetaryAmount", "is not known to Jackson: pass its amount and its currency");
		NAMES.put("javax.money.CurrencyUnit", "is not known to Jackson: pass its getCurrencyCode()");
		NAMES.put("org.joda.money.BigMoneyProvider", "is not known to Jackson: pass its amount and its currency");
		List.of("org.joda.time.ReadableInstant", "org.joda.time.ReadablePartial", "org.joda.time.ReadableDuration",
				"org.joda.time.ReadablePeriod", "org.joda.time.ReadableInterval", "org.joda.time.DateTimeZone")
			.forEach((time) -> NAMES.put(time, "is not known to Jackson: pass a time of java.time"));
		NAMES.put("kotlin.time.Duration", "is not known to Jackson: pass its toJavaDuration()");
		NAMES.put("kotlin.time.Instant", "is not known to Jackson: pass its toJavaInstant()");
		NAMES.put("kotlin.uuid.Uuid", "is not known to Jackson: pass its toJavaUuid()");
		NAMES.put("kotlin.Lazy", "stands for a value that may not be there yet: pass its value");
		List.of("Instant", "LocalDate", "LocalTime", "LocalDateTime", "YearMonth", "UtcOffset", "TimeZone",
				"DateTimePeriod")
			.forEach((time) -> NAMES.put("kotlinx.datetime." + time,
					"is not known to Jackson: pass a time of java.time"));
		NAMES.put("org.springframework.aop.framework.Advised",
				"is a proxy of Spring: pass the object behind it, a record or a Map");
		NAMES.put("org.springframework.http.HttpHeaders", "is not known to Jackson: pass its toSingleValueMap()");
		NAMES.put("org.springframework.http.HttpEntity", "stands for a message and is not a value: pass its body");
		NAMES.put("reactor.core.publisher.Signal", "stands for an event and is not a value: pass its get()");
		NAMES.put("org.springframework.data.domain.Slice", "is a page of results: pass its getContent()");
		NAMES.put("org.springframework.data.util.Streamable", "is not known to Jackson: pass its toList()");
		NAMES.put("org.hibernate.proxy.LazyInitializer",
				"belongs to a proxy of Hibernate: pass a record or a Map of what the task needs");
		NAMES.put("dev.trigger.spring.auth.TriggerCredential", "is a credential, which must not be sent to a task");
		List.of("core.Authentication", "core.userdetails.User", "oauth2.core.OAuth2Token")
			.forEach((type) -> NAMES.put("org.springframework.security." + type,
					"holds a credential, which must not be sent to a task: pass the name of the user"));
		List.of("org.springframework.core.io.buffer.DataBuffer", "io.netty.buffer.ByteBuf", "java.sql.Clob")
			.forEach((content) -> NAMES.put(content, CONTENT));
		List.of("java.sql.Wrapper", "java.util.concurrent.Semaphore", "java.util.concurrent.CountDownLatch",
				"java.lang.ref.Reference", "groovy.lang.Closure", "kotlin.time.TimeMark",
				"org.springframework.beans.factory.BeanFactory", "org.springframework.core.env.PropertyResolver",
				"org.springframework.http.HttpMessage", "jakarta.servlet.ServletRequest",
				"jakarta.servlet.ServletResponse", "jakarta.servlet.http.HttpSession")
			.forEach((part) -> NAMES.put(part, PROGRAM));
	}

	private UnsupportedTypes() {
	}

	private static void tree(String type, String library) {
		NAMES.put(type, "belongs to " + library + PLAIN);
	}

	/**
	 * Return why objects of a class are refused.
	 * @param type the class
	 * @return what is wrong with it and what to pass instead, to follow the name of the
	 * class; {@code null} if nothing is
	 */
	static @Nullable String reason(Class<?> type) {
		if (Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null) {
			return "is a value that is yet to come: subscribe to it first, as with flatMap, and pass what it emits";
		}
		if (Iterator.class.isAssignableFrom(type) || BaseStream.class.isAssignableFrom(type)
				|| Enumeration.class.isAssignableFrom(type) || Spliterator.class.isAssignableFrom(type)) {
			return ONCE;
		}
		if (InputStream.class.isAssignableFrom(type) || Reader.class.isAssignableFrom(type)
				|| Channel.class.isAssignableFrom(type) || InputStreamSource.class.isAssignableFrom(type)) {
			return CONTENT;
		}
		if (OutputStream.class.isAssignableFrom(type) || Writer.class.isAssignableFrom(type)
				|| Thread.class.isAssignableFrom(type) || ClassLoader.class.isAssignableFrom(type)
				|| Executor.class.isAssignableFrom(type) || Process.class.isAssignableFrom(type)
				|| Lock.class.isAssignableFrom(type) || ReadWriteLock.class.isAssignableFrom(type)
				|| RandomGenerator.class.isAssignableFrom(type)) {
			return PROGRAM;
		}
		if (BitSet.class.isAssignableFrom(type)) {
			return "is not known to Jackson: pass its toLongArray()";
		}
		String reason = byName(type);
		return (reason == null && isLambda(type)) ? PROGRAM : reason;
	}

	private static boolean isLambda(Class<?> type) {
		return type.isHidden() && type.isSynthetic();
	}

	private static @Nullable String byName(@Nullable Class<?> type) {
		if (type == null || type == Object.class) {
			return null;
		}
		String reason = NAMES.get(type.getName());
		if (reason != null) {
			return reason;
		}
		for (Class<?> implemented : type.getInterfaces()) {
			reason = byName(implemented);
			if (reason != null) {
				return reason;
			}
		}
		return byName(type.getSuperclass());
	}

	/**
	 * Return whether objects of a class have no text but that of every object, which
	 * names the class and a number.
	 */
	static boolean hasNoText(Class<?> type) {
		try {
			return type != Object.class && !type.isInterface()
					&& type.getMethod("toString").getDeclaringClass() == Object.class;
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

	/**
	 * Return whether a property is computed, and not one of those that make an object
	 * what it is.
	 * @param type the class
	 * @param name the name of the property
	 */
	static boolean isDerived(Class<?> type, String name) {
		String other = "is" + name;
		return fields(type)
			.noneMatch((field) -> field.getName().equals(name) || field.getName().equalsIgnoreCase(other));
	}

	/**
	 * Return whether objects of a class differ from one another.
	 */
	static boolean hasState(Class<?> type) {
		return fields(type).findAny().isPresent();
	}

	private static Stream<Field> fields(Class<?> type) {
		return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
			.flatMap((owner) -> Arrays.stream(owner.getDeclaredFields()))
			.filter((field) -> !Modifier.isStatic(field.getModifiers()));
	}

}
