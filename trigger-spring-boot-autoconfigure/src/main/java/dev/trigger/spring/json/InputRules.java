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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The rules for arguments that several inputs have. A refusal names the argument that the
 * caller passed.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class InputRules {

	/**
	 * The longest idempotency key that the API takes, in characters.
	 */
	public static final int MAX_KEY_LENGTH = 2048;

	private static final int MAX_TAGS = 10;

	private static final int MAX_TAG_LENGTH = 128;

	private static final Pattern LIMIT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,122}");

	private static final int MAX_LIMITS = 2;

	private InputRules() {
	}

	/**
	 * Check an argument.
	 * @param <T> the type of the argument
	 * @param argument the name of the argument, for the message of a refusal
	 * @param value the value
	 * @return the value
	 */
	public static <T> T notNull(String argument, @Nullable T value) {
		Assert.notNull(value, () -> "'" + argument + "' must not be null");
		return Objects.requireNonNull(value);
	}

	static Duration notNegative(String argument, @Nullable Duration duration) {
		Duration checked = notNull(argument, duration);
		Assert.isTrue(!checked.isNegative(), () -> "'" + argument + "' must not be negative");
		return checked;
	}

	/**
	 * Check the elements of a list.
	 * @param <T> the type of the elements
	 * @param argument the name of the argument, for the message of a refusal
	 * @param elements the elements, none of which may be {@code null}
	 * @return an unmodifiable copy
	 */
	public static <T> List<T> list(String argument, @Nullable Collection<? extends @Nullable T> elements) {
		List<T> copy = new ArrayList<>();
		for (T element : notNull(argument, elements)) {
			int position = copy.size() + 1;
			Assert.notNull(element, () -> "'" + argument + "' must not contain null: element " + position + " is");
			copy.add(element);
		}
		return Collections.unmodifiableList(copy);
	}

	/**
	 * Return an array as a list that may contain {@code null}, to be checked with the
	 * name of its argument.
	 * @param <T> the type of the elements
	 * @param argument the name of the argument, for the message of a refusal
	 * @param elements the elements
	 * @return the list
	 */
	public static <T> List<T> list(String argument, T @Nullable [] elements) {
		return list(argument, Arrays.asList(notNull(argument, elements)));
	}

	/**
	 * Check a text that the API is to take as an idempotency key.
	 * @param key the text
	 * @return the text
	 */
	public static String key(@Nullable String key) {
		String text = notNull("idempotencyKey", key);
		Assert.isTrue(!text.isEmpty(), "'idempotencyKey' must not be empty");
		Assert.isTrue(text.length() <= MAX_KEY_LENGTH, () -> "'idempotencyKey' must not be longer than "
				+ MAX_KEY_LENGTH + " characters, but has " + text.length() + ": hash a part of it");
		Assert.isTrue(text.indexOf('\0') < 0, "'idempotencyKey' must not contain the NUL character");
		return text;
	}

	/**
	 * Check tags.
	 * @param tags the tags, at most 10 of 1 to 128 characters
	 * @return an unmodifiable copy
	 */
	public static List<String> tags(@Nullable Collection<? extends @Nullable String> tags) {
		List<String> list = list("tags", tags);
		Assert.isTrue(list.size() <= MAX_TAGS,
				() -> "'tags' must not have more than " + MAX_TAGS + " tags, but has " + list.size());
		list.forEach(InputRules::tag);
		return list;
	}

	/**
	 * Check the names of concurrency limits.
	 * @param names the names, at most 2
	 * @return an unmodifiable copy
	 */
	public static List<String> concurrencyLimits(String @Nullable [] names) {
		List<String> limits = list("concurrencyLimits", names);
		Assert.isTrue(limits.size() <= MAX_LIMITS,
				() -> "'concurrencyLimits' must not have more than " + MAX_LIMITS + " names, but has " + limits.size());
		for (String name : limits) {
			Assert.isTrue(LIMIT_NAME.matcher(name).matches(), () -> "The name of a concurrency limit must consist of "
					+ "1 to 122 letters, digits, underscores and hyphens: '" + name + "'");
		}
		return limits;
	}

	/**
	 * Check a tag.
	 * @param tag the tag, of 1 to 128 characters
	 * @return the tag
	 */
	public static String tag(@Nullable String tag) {
		String text = notNull("tag", tag);
		Assert.isTrue(!text.isEmpty() && text.length() <= MAX_TAG_LENGTH,
				() -> "A tag must have 1 to " + MAX_TAG_LENGTH + " characters, but one has " + text.length());
		return text;
	}

}
