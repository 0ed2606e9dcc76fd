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

package dev.trigger.spring.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Writes values as literals of TRQL.
 */
final class TrqlLiteral {

	/**
	 * A number that is short with an exponent may fill the memory without one.
	 */
	private static final int MAX_DIGITS = 1_000;

	private TrqlLiteral() {
	}

	/**
	 * Return the literal of a value.
	 * @param name the name of the parameter, for the message of a refusal
	 * @param value the value
	 */
	static String of(String name, @Nullable Object value) {
		Assert.notNull(value, () -> "The value of ':" + name + "' must not be null: compare with IS NULL instead");
		if (value instanceof Collection<?> values) {
			Assert.notEmpty(values, () -> "The values of ':" + name + "' must not be empty: leave the condition out");
			return values.stream().map((element) -> of(name, element)).collect(Collectors.joining(", ", "(", ")"));
		}
		if (value instanceof RunStatus status) {
			return quote(name, title(status));
		}
		if (value instanceof Instant instant) {
			return quote(name, ApiFormat.of(instant));
		}
		if (value instanceof Boolean) {
			return value.toString();
		}
		if (value instanceof Number number) {
			return number(name, number);
		}
		Assert.isTrue(value instanceof CharSequence || value instanceof Enum<?> || value instanceof UUID,
				() -> "The value of ':" + name + "' must be a text, a number, a boolean, an Instant, a RunStatus or a "
						+ "collection of them, not " + value.getClass().getName());
		return quote(name, value.toString());
	}

	/**
	 * A quote is doubled. A backslash cannot be written: before some letters even a
	 * doubled one becomes a control character.
	 */
	private static String quote(String name, String text) {
		Assert.isTrue(text.indexOf('\\') < 0,
				() -> "The value of ':" + name + "' must not contain a backslash: TRQL cannot express it");
		Assert.isTrue(text.indexOf('\0') < 0, () -> "The value of ':" + name + "' must not contain the NUL character");
		return "'" + text.replace("'", "''") + "'";
	}

	private static String number(String name, Number number) {
		double value = number.doubleValue();
		Assert.isTrue(!Double.isNaN(value) && (!Double.isInfinite(value) || number instanceof BigDecimal),
				() -> "The value of ':" + name + "' must be a finite number");
		if (number instanceof BigDecimal decimal) {
			long digits = Math.max(decimal.precision(), decimal.scale()) - Math.min(0L, decimal.scale());
			Assert.isTrue(digits <= MAX_DIGITS,
					() -> "The value of ':" + name + "' must not have more than " + MAX_DIGITS + " digits");
			return decimal.toPlainString();
		}
		return number.toString();
	}

	/**
	 * Queries have titles where the API has constants: {@code TIMED_OUT} is "Timed out".
	 */
	private static String title(RunStatus status) {
		String words = status.value().replace('_', ' ').toLowerCase(Locale.ROOT);
		return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
	}

}
