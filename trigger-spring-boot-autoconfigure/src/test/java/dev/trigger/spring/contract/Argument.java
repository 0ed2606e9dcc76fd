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

package dev.trigger.spring.contract;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.trigger.spring.page.PageQuery;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An argument of an operation, or a part of one. What is absent, or of a type that the
 * adapter can't pass on, is {@link Unrepresentable}.
 */
final class Argument {

	private static final String DATE = "$date";

	private static final String REPEAT = "$repeat";

	private static final String IDEMPOTENCY_KEY = "$idempotencyKey";

	private final String path;

	private final JsonNode node;

	Argument(String path, JsonNode node) {
		this.path = path;
		this.node = node;
	}

	/**
	 * Return whether there is a value other than {@code null}.
	 * @return {@code true} if there is
	 */
	boolean isPresent() {
		return !this.node.isMissingNode() && !this.node.isNull();
	}

	/**
	 * Return whether the value was given, be it as {@code null}.
	 * @return {@code true} if it was
	 */
	boolean isGiven() {
		return !this.node.isMissingNode();
	}

	boolean isString() {
		return this.node.isString() || this.node.has(REPEAT);
	}

	boolean isNumber() {
		return this.node.isNumber();
	}

	boolean isBoolean() {
		return this.node.isBoolean();
	}

	boolean isArray() {
		return this.node.isArray();
	}

	boolean isDate() {
		return this.node.has(DATE);
	}

	boolean isIdempotencyKey() {
		return this.node.has(IDEMPOTENCY_KEY);
	}

	/**
	 * Return whether the value is an object, and not one of the markers.
	 * @return {@code true} if it is
	 */
	boolean isObject() {
		return this.node.isObject() && !isString() && !isDate() && !isIdempotencyKey();
	}

	/**
	 * Return this object without one of its parts.
	 * @param name the name of the part
	 * @return the rest
	 */
	Argument without(String name) {
		ObjectNode rest = JsonNodeFactory.instance.objectNode();
		this.node.properties()
			.stream()
			.filter((entry) -> !entry.getKey().equals(name))
			.forEach((entry) -> rest.set(entry.getKey(), entry.getValue()));
		return new Argument(this.path, rest);
	}

	/**
	 * Return a field of this object.
	 * @param name the name of the field
	 * @return the value; one that is absent if there is no such field
	 */
	Argument get(String name) {
		return new Argument(this.path + "." + name, this.node.path(name));
	}

	boolean has(String name) {
		return get(name).isPresent();
	}

	List<String> names() {
		return List.copyOf(this.node.propertyNames());
	}

	/**
	 * Call something with this value if there is one.
	 * @param <R> the type of the result
	 * @param function what to call
	 * @return the result, {@code null} if there is no value
	 */
	<R> @Nullable R map(Function<Argument, R> function) {
		return isPresent() ? function.apply(this) : null;
	}

	String string() {
		if (this.node.has(REPEAT)) {
			return repeat(this.node.get(REPEAT));
		}
		check(this.node.isString(), "a string");
		return this.node.stringValue();
	}

	@Nullable String stringOrNull() {
		return isPresent() ? string() : null;
	}

	int integer() {
		check(this.node.isNumber(), "a number");
		return this.node.intValue();
	}

	@Nullable Integer integerOrNull() {
		return isPresent() ? integer() : null;
	}

	PageQuery pageQuery() {
		return PageQuery.of((query) -> {
			get("page").ifPresent((page) -> query.page(page.integer()));
			get("perPage").ifPresent((perPage) -> query.size(perPage.integer()));
		});
	}

	long longValue() {
		check(this.node.isNumber(), "a number");
		return this.node.longValue();
	}

	boolean bool() {
		check(this.node.isBoolean(), "a boolean");
		return this.node.booleanValue();
	}

	boolean bool(boolean absent) {
		return isPresent() ? bool() : absent;
	}

	@Nullable Boolean boolOrNull() {
		return isPresent() ? bool() : null;
	}

	/**
	 * Return the instant of a date, an ISO-8601 text or a number of epoch milliseconds.
	 * @return the instant
	 */
	Instant instant() {
		if (isDate()) {
			return Instant.parse(this.node.get(DATE).stringValue());
		}
		if (this.node.isNumber()) {
			return Instant.ofEpochMilli(this.node.longValue());
		}
		try {
			return Instant.parse(string());
		}
		catch (DateTimeException ex) {
			throw new Unrepresentable(this.path + " is not an instant: " + this.node);
		}
	}

	/**
	 * Return the duration of a number of seconds or a text such as {@code 1w2d} or
	 * {@code 1h30m}.
	 * @return the duration
	 */
	Duration duration() {
		if (this.node.isNumber()) {
			return Duration.ofSeconds(this.node.longValue());
		}
		try {
			String text = string().toUpperCase(Locale.ROOT);
			int weeks = text.indexOf('W') + 1;
			int days = Math.max(weeks, text.indexOf('D') + 1);
			return Duration.ofDays((weeks > 0) ? 7 * Long.parseLong(text.substring(0, weeks - 1)) : 0)
				.plus(Duration.parse("P" + ((days > weeks) ? text.substring(weeks, days) : "0D")
						+ ((days < text.length()) ? "T" : "") + text.substring(days)));
		}
		catch (DateTimeException | NumberFormatException ex) {
			throw new Unrepresentable(this.path + " is not a duration: " + this.node);
		}
	}

	/**
	 * Call something with this value if there is one.
	 * @param consumer what to call
	 */
	void ifPresent(Consumer<Argument> consumer) {
		if (isPresent()) {
			consumer.accept(this);
		}
	}

	String[] array() {
		return strings().toArray(String[]::new);
	}

	@Nullable Instant instantOrNull() {
		return isPresent() ? instant() : null;
	}

	/**
	 * Return the elements of an array; of a single value, that one; of nothing, none.
	 * @return the elements
	 */
	List<Argument> elements() {
		if (!isPresent()) {
			return List.of();
		}
		if (!this.node.isArray()) {
			return List.of(this);
		}
		List<Argument> elements = new ArrayList<>();
		for (JsonNode element : this.node) {
			elements.add(new Argument(this.path + "[" + elements.size() + "]", element));
		}
		return elements;
	}

	/**
	 * Return the strings of an array, or the one string that is given in its place.
	 * @return the strings
	 */
	List<String> strings() {
		return elements().stream().map(Argument::string).toList();
	}

	/**
	 * Return the parts of a key made by {@code idempotencyKeys.create}.
	 * @return the parts
	 */
	List<String> idempotencyKeyParts() {
		check(isIdempotencyKey(), "an idempotency key");
		return get(IDEMPOTENCY_KEY).get("key").strings();
	}

	/**
	 * Return the scope of a key made by {@code idempotencyKeys.create}.
	 * @return {@code run}, {@code attempt} or {@code global}
	 */
	String idempotencyKeyScope() {
		check(isIdempotencyKey(), "an idempotency key");
		return get(IDEMPOTENCY_KEY).get("scope").string();
	}

	/**
	 * Return the value as an application has it: maps, lists, strings, numbers and
	 * instants.
	 * @return the value
	 */
	@Nullable Object value() {
		if (!isPresent()) {
			return null;
		}
		if (isString()) {
			return string();
		}
		if (isDate()) {
			return instant();
		}
		if (this.node.isArray()) {
			List<Object> list = new ArrayList<>();
			elements().forEach((element) -> list.add(element.value()));
			return list;
		}
		if (this.node.isObject()) {
			Map<String, Object> map = new LinkedHashMap<>();
			names().forEach((name) -> map.put(name, get(name).value()));
			return map;
		}
		if (this.node.isBoolean()) {
			return this.node.booleanValue();
		}
		return this.node.isIntegralNumber() ? (Object) this.node.bigIntegerValue() : this.node.decimalValue();
	}

	/**
	 * Return the value as JSON, with dates as text and repeated texts written out.
	 * @return the JSON
	 */
	JsonNode json() {
		return expand(this.node);
	}

	/**
	 * Write out the markers in JSON that is compared or sent.
	 * @param node the JSON
	 * @return the same with dates as text and repeated texts written out
	 */
	static JsonNode expand(JsonNode node) {
		JsonNodeFactory nodes = JsonNodeFactory.instance;
		if (node.has(REPEAT)) {
			return nodes.stringNode(repeat(node.get(REPEAT)));
		}
		if (node.has(DATE)) {
			return node.get(DATE);
		}
		if (node.isArray()) {
			var array = nodes.arrayNode();
			node.forEach((element) -> array.add(expand(element)));
			return array;
		}
		if (node.isObject()) {
			ObjectNode object = nodes.objectNode();
			node.properties().forEach((entry) -> object.set(entry.getKey(), expand(entry.getValue())));
			return object;
		}
		return node;
	}

	private static String repeat(JsonNode repeat) {
		return repeat.path("text").stringValue().repeat(repeat.path("times").intValue());
	}

	private void check(boolean condition, String expected) {
		if (!condition) {
			throw new Unrepresentable(this.path + " is not " + expected + ": " + this.node);
		}
	}

	@Override
	public String toString() {
		return this.node.toString();
	}

}
