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

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The values of an input (options or a query) by the names that the API uses for them, in
 * the order in which they were set. Values are checked here, before any request; a
 * refusal names the argument that the caller passed.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class InputValues {

	private static final int MAX_PAGE_SIZE = 100;

	private static final String PAGE_AFTER = "page[after]";

	private static final String PAGE_BEFORE = "page[before]";

	private final Map<String, @Nullable Object> values;

	/**
	 * Create an input without values.
	 */
	public InputValues() {
		this.values = new LinkedHashMap<>();
	}

	private InputValues(Map<String, @Nullable Object> values) {
		this.values = new LinkedHashMap<>(values);
	}

	/**
	 * Return a copy that can be changed independently.
	 * @return the copy
	 */
	public InputValues copy() {
		return new InputValues(this.values);
	}

	/**
	 * Return these values, completed by the values that only the other input has.
	 * @param other the other input
	 * @return the new values
	 */
	public InputValues orElse(InputValues other) {
		InputValues merged = copy();
		other.values.forEach(merged.values::putIfAbsent);
		return merged;
	}

	/**
	 * Return a value.
	 * @param name the name in the API
	 * @return the value, {@code null} if it is not set
	 */
	public @Nullable Object get(String name) {
		return this.values.get(name);
	}

	/**
	 * Return whether a value is set.
	 * @param name the name in the API
	 * @return {@code true} if it is set, even to {@code null}
	 */
	public boolean has(String name) {
		return this.values.containsKey(name);
	}

	/**
	 * Return whether no value is set.
	 * @return {@code true} if there is none
	 */
	public boolean isEmpty() {
		return this.values.isEmpty();
	}

	/**
	 * Return the values.
	 * @return an unmodifiable view, in the order in which the values were set
	 */
	public Map<String, @Nullable Object> toMap() {
		return Collections.unmodifiableMap(this.values);
	}

	/**
	 * Remove a value.
	 * @param name the name in the API
	 */
	public void remove(String name) {
		this.values.remove(name);
	}

	/**
	 * Set a value whose argument has the same name as in the API.
	 * @param name the name in the API and of the argument
	 * @param value the value
	 */
	public void set(String name, @Nullable Object value) {
		set(name, name, value);
	}

	/**
	 * Set a value.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param value the value
	 */
	public void set(String name, String argument, @Nullable Object value) {
		this.values.put(name, InputRules.notNull(argument, value));
	}

	/**
	 * Set a value that may be {@code null}, which is sent as such.
	 * @param name the name in the API
	 * @param value the value
	 */
	public void setNullable(String name, @Nullable Object value) {
		this.values.put(name, value);
	}

	/**
	 * Set a text that must not be blank.
	 * @param name the name in the API and of the argument
	 * @param value the text
	 */
	public void text(String name, @Nullable String value) {
		text(name, name, value);
	}

	/**
	 * Set a text that must not be blank.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param value the text
	 */
	public void text(String name, String argument, @Nullable String value) {
		Assert.hasText(InputRules.notNull(argument, value), () -> "'" + argument + "' must not be empty");
		this.values.put(name, value);
	}

	/**
	 * Set a list; an empty one means that there is no value.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param elements the elements, none of which may be {@code null}
	 */
	public void list(String name, String argument, Object @Nullable [] elements) {
		list(name, InputRules.list(argument, elements));
	}

	/**
	 * Set a list that was checked; an empty one means that there is no value.
	 * @param name the name in the API
	 * @param list the list
	 */
	public void list(String name, List<?> list) {
		if (list.isEmpty()) {
			this.values.remove(name);
		}
		else {
			this.values.put(name, list);
		}
	}

	/**
	 * Set a duration in the form of delays, timeouts and periods, such as {@code 1h30m}.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param duration the duration; a fraction of a second is rounded up
	 */
	public void duration(String name, String argument, @Nullable Duration duration) {
		this.values.put(name, TimeRules.span(argument, duration));
	}

	/**
	 * Set a duration that is given in the form of the API.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param duration the duration, such as {@code 1h30m}
	 */
	public void duration(String name, String argument, @Nullable String duration) {
		this.values.put(name, TimeRules.spanText(argument, duration));
	}

	/**
	 * Set a duration or a time that is given in a form of the API.
	 * @param name the name in the API and of the argument
	 * @param value the duration, such as {@code 1h30m}, or the time in ISO 8601
	 */
	public void durationOrTime(String name, @Nullable String value) {
		this.values.put(name, TimeRules.spanOrTime(name, value));
	}

	/**
	 * Set a duration as a number of seconds.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param duration the duration; a fraction of a second is rounded up
	 */
	public void seconds(String name, String argument, @Nullable Duration duration) {
		this.values.put(name, ApiFormat.wholeSeconds(TimeRules.checked(argument, duration)));
	}

	/**
	 * Set the longest time that a run may execute, as a number of seconds.
	 * @param name the name in the API and of the argument
	 * @param duration the duration; a fraction of a second is rounded up, and what is
	 * longer than servers can hold is sent as the longest one, which they treat as no
	 * limit
	 */
	public void limitInSeconds(String name, @Nullable Duration duration) {
		this.values.put(name,
				Math.min(ApiFormat.wholeSeconds(InputRules.notNegative(name, duration)), Integer.MAX_VALUE));
	}

	/**
	 * Set an instant in ISO-8601.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param instant the instant
	 */
	public void instant(String name, String argument, @Nullable Instant instant) {
		this.values.put(name, TimeRules.time(argument, instant));
	}

	/**
	 * Set or clear the two ends of a span of time, of which either may be open.
	 * @param from the name of the start in the API
	 * @param to the name of the end in the API
	 * @param start the start as it is sent, {@code null} for an open one
	 * @param end the end as it is sent, {@code null} for an open one
	 */
	public void span(String from, String to, @Nullable Object start, @Nullable Object end) {
		TimeRules.checkEnds(start, end);
		setOrRemove(from, start);
		setOrRemove(to, end);
	}

	/**
	 * Set or clear the two ends of a span of time that are sent in ISO-8601.
	 * @param from the name of the start in the API
	 * @param to the name of the end in the API
	 * @param start the start, {@code null} for an open one
	 * @param end the end, {@code null} for an open one
	 */
	public void isoSpan(String from, String to, @Nullable Instant start, @Nullable Instant end) {
		span(from, to, start, end);
		setOrRemove(from, (start != null) ? ApiFormat.of(start) : null);
		setOrRemove(to, (end != null) ? ApiFormat.of(end) : null);
	}

	private void setOrRemove(String name, @Nullable Object value) {
		if (value != null) {
			this.values.put(name, value);
		}
		else {
			this.values.remove(name);
		}
	}

	/**
	 * Set the time to live of an idempotency key. Servers take anything but one number
	 * with one unit for 30 days.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param ttl the time; a fraction of a second is rounded up
	 */
	public void keyTtl(String name, String argument, @Nullable Duration ttl) {
		this.values.put(name, TimeRules.keyTtl(argument, ttl));
	}

	/**
	 * Set the time to live of an idempotency key.
	 * @param name the name in the API
	 * @param argument the name of the argument, for the message of a refusal
	 * @param ttl the time as one number with one unit
	 */
	public void keyTtl(String name, String argument, @Nullable String ttl) {
		this.values.put(name, TimeRules.keyTtlText(argument, ttl));
	}

	/**
	 * Set tags; no tags are sent as an empty list.
	 * @param name the name in the API
	 * @param tags the tags
	 */
	public void tags(String name, @Nullable Collection<? extends @Nullable String> tags) {
		this.values.put(name, InputRules.tags(tags));
	}

	/**
	 * Set the size of pages.
	 * @param size the number of elements, 1 to 100
	 */
	public void pageSize(int size) {
		Assert.isTrue(size >= 1 && size <= MAX_PAGE_SIZE,
				() -> "'size' must be from 1 to " + MAX_PAGE_SIZE + ", not " + size);
		this.values.put("page[size]", size);
	}

	/**
	 * Set the cursor after which a page starts.
	 * @param cursor the cursor
	 */
	public void pageAfter(@Nullable String cursor) {
		checkCursor(PAGE_BEFORE);
		text(PAGE_AFTER, "after", cursor);
	}

	/**
	 * Set the cursor before which a page ends.
	 * @param cursor the cursor
	 */
	public void pageBefore(@Nullable String cursor) {
		checkCursor(PAGE_AFTER);
		text(PAGE_BEFORE, "before", cursor);
	}

	private void checkCursor(String other) {
		Assert.isTrue(!has(other), "Only one of 'after' and 'before' can be given");
	}

	/**
	 * Return these values for the page that follows.
	 * @param cursor the cursor after which the page starts, {@code null} for the page
	 * that these values name
	 * @return the values
	 */
	public InputValues following(@Nullable String cursor) {
		if (cursor == null) {
			return this;
		}
		InputValues next = copy();
		next.values.remove(PAGE_BEFORE);
		next.values.put(PAGE_AFTER, cursor);
		return next;
	}

}
