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

package dev.trigger.spring.contracts.generator;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares JSON by what it means: numbers and instants by value, null like nothing.
 */
final class Comparison {

	private Comparison() {
	}

	static @Nullable String difference(String path, JsonNode one, JsonNode other) {
		if (one.isObject() && other.isObject()) {
			Set<String> names = new TreeSet<>(one.propertyNames());
			names.addAll(other.propertyNames());
			for (String name : names) {
				String difference = difference(path + "/" + name, one.path(name), other.path(name));
				if (difference != null) {
					return difference;
				}
			}
			return null;
		}
		if (one.isArray() && other.isArray() && one.size() == other.size()) {
			for (int i = 0; i < one.size(); i++) {
				String difference = difference(path + "/" + i, one.path(i), other.path(i));
				if (difference != null) {
					return difference;
				}
			}
			return null;
		}
		return isEqual(one, other) ? null : path + ": " + one + " is not " + other;
	}

	private static boolean isEqual(JsonNode one, JsonNode other) {
		if (one.isNumber() && other.isNumber()) {
			return one.decimalValue().compareTo(other.decimalValue()) == 0;
		}
		if (one.isString() && other.isString()) {
			return one.equals(other) || isSameTime(one.stringValue(), other.stringValue());
		}
		return one.equals(other) || (isNothing(one) && isNothing(other));
	}

	private static boolean isSameTime(String one, String other) {
		try {
			return OffsetDateTime.parse(one).toInstant().equals(Instant.parse(other));
		}
		catch (DateTimeParseException ex) {
			return false;
		}
	}

	private static boolean isNothing(JsonNode node) {
		return node.isNull() || node.isMissingNode();
	}

}
