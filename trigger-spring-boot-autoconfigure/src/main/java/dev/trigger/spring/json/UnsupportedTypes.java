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
import java.util.BitSet;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.random.RandomGenerator;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.io.InputStreamSource;

/**
 * The classes whose objects have no JSON form that a task could make sense of.
 */
final class UnsupportedTypes {

	private static final String PLAIN = ": pass a tools.jackson.databind.JsonNode of Jackson 3, a Map or a record";

	private static final String ONCE = "can be read only once, and a call may be repeated: pass a List";

	private static final String CONTENT = "stands for content, and is no value: pass the text or bytes that it has";

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
		NAMES.put("com.google.common.base.Optional", "is not known to Jackson: pass its value, or null");
		NAMES.put("com.google.common.collect.Multimap", "is not known to Jackson: pass its asMap()");
		NAMES.put("kotlin.sequences.Sequence", ONCE);
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
				|| RandomGenerator.class.isAssignableFrom(type) || isLambda(type)) {
			return "is part of the program, and no value: pass a record or a Map";
		}
		if (BitSet.class.isAssignableFrom(type)) {
			return "is not known to Jackson: pass its toLongArray()";
		}
		return byName(type);
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
	 * Return whether objects of a class differ from one another.
	 */
	static boolean hasState(Class<?> type) {
		for (Class<?> owner = type; owner != null; owner = owner.getSuperclass()) {
			for (Field field : owner.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers())) {
					return true;
				}
			}
		}
		return false;
	}

}
