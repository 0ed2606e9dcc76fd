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

package dev.trigger.emulator.state;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the periods of filters, which servers take in words too: {@code 7d},
 * {@code 1 hour}, {@code 2 days 30 min}.
 *
 * @since 1.0.0
 */
public final class Periods {

	private static final double MINUTE = 60_000;

	private static final double DAY = 24 * 60 * MINUTE;

	private static final double YEAR = 365.25 * DAY;

	/**
	 * The units, the longest one first.
	 */
	private static final List<Unit> UNITS = List.of(new Unit(YEAR, "year", "yr", "y"),
			new Unit(YEAR / 12, "month", "mo", "mth"), new Unit(7 * DAY, "week", "wk", "w"), new Unit(DAY, "day", "d"),
			new Unit(60 * MINUTE, "hour", "hr", "h"), new Unit(MINUTE, "minute", "min", "m"),
			new Unit(1_000, "second", "sec", "s"), new Unit(1, "millisecond", "millisec", "ms"),
			new Unit(1e-3, "microsecond", "microsec", "us", "\u00b5s"), new Unit(1e-6, "nanosecond", "nanosec", "ns"));

	private static final Pattern SEPARATOR = Pattern.compile("(\\d)[ _,](\\d)");

	private static final Pattern AMOUNT = Pattern
		.compile("(?<number>(?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][-+]?\\d+)?)\\s*(?<unit>\\p{L}{0,14})");

	private static final double LONGEST = 100_000 * YEAR;

	private Periods() {
	}

	/**
	 * Read a period. An amount without a unit has the next smaller one after another
	 * amount, and is one of milliseconds alone.
	 * @param text the text
	 * @return the sum of all amounts, negative after a minus, {@code null} when there is
	 * none
	 */
	public static @Nullable Duration parse(@Nullable String text) {
		if (text == null) {
			return null;
		}
		Matcher matcher = AMOUNT.matcher(SEPARATOR.matcher(text).replaceAll("$1$2"));
		boolean any = false;
		double total = 0;
		Unit before = null;
		while (matcher.find()) {
			String name = matcher.group("unit").toLowerCase(Locale.ROOT);
			Unit unit = name.isEmpty() ? after(before) : named(name);
			if (unit != null) {
				any = true;
				total += Double.parseDouble(matcher.group("number")) * unit.millis();
			}
			before = unit;
		}
		if (!any) {
			return null;
		}
		Duration period = Duration.ofMillis((long) Math.min(total, LONGEST));
		return text.strip().startsWith("-") ? period.negated() : period;
	}

	private static Unit after(@Nullable Unit before) {
		return UNITS.stream()
			.filter((unit) -> (before != null) ? unit.millis() < before.millis() : unit.millis() == 1)
			.findFirst()
			.orElse(UNITS.get(UNITS.size() - 1));
	}

	private static @Nullable Unit named(String name) {
		String singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
		return UNITS.stream()
			.filter((unit) -> unit.names().contains(name))
			.findFirst()
			.orElseGet(() -> UNITS.stream().filter((unit) -> unit.names().contains(singular)).findFirst().orElse(null));
	}

	/**
	 * A unit.
	 *
	 * @param millis how many milliseconds it has
	 * @param names its names
	 */
	private record Unit(double millis, List<String> names) {

		Unit(double millis, String... names) {
			this(millis, List.of(names));
		}

	}

}
