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

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression of five fields, refused and described in the server's words.
 *
 * @since 1.0.0
 */
public final class Cron {

	private static final List<Field> FIELDS = List.of(new Field(0, 59, List.of()), new Field(0, 23, List.of()),
			new Field(1, 31, List.of()),
			new Field(1, 12,
					List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
			new Field(0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

	private static final Pattern ALIAS = Pattern.compile("[a-z]{3}", Pattern.CASE_INSENSITIVE);

	private static final Pattern CHARACTERS = Pattern.compile("[?,*\\dLH#/-]+");

	private static final Pattern RANGE_TO_SEVEN = Pattern.compile("(\\d)-7(?:/(\\d+))?");

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private static final CronDefinition DEFINITION = CronDefinitionBuilder.defineCron()
		.withMinutes()
		.and()
		.withHours()
		.and()
		.withDayOfMonth()
		.supportsL()
		.and()
		.withMonth()
		.and()
		.withDayOfWeek()
		.withValidRange(0, 7)
		.withMondayDoWValue(1)
		.withIntMapping(7, 0)
		.supportsHash()
		.supportsL()
		.and()
		.instance();

	private final String expression;

	private final ExecutionTime times;

	private Cron(String expression, ExecutionTime times) {
		this.expression = expression;
		this.times = times;
	}

	/**
	 * Read an expression.
	 * @param expression the expression
	 * @return the cron
	 * @throws IllegalArgumentException with the server's words when the expression is
	 * wrong
	 */
	public static Cron parse(String expression) {
		if (expression.isBlank()) {
			throw new IllegalArgumentException("CRON expression is required");
		}
		String[] given = expression.trim().split("\\s+");
		if (given.length > FIELDS.size()) {
			throw new IllegalArgumentException("CRON expressions with seconds are not allowed");
		}
		String[] fields = { "*", "*", "*", "*", "*" };
		System.arraycopy(given, 0, fields, fields.length - given.length, given.length);
		for (int i = 0; i < fields.length; i++) {
			fields[i] = FIELDS.get(i).check(fields[i]);
		}
		try {
			fields[4] = withoutSeven(fields[4]);
			return new Cron(expression, ExecutionTime
				.forCron(new CronParser(DEFINITION).parse(String.join(" ", fields).replace('?', '*'))));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Invalid characters, got value: " + expression, ex);
		}
	}

	public String expression() {
		return this.expression;
	}

	/**
	 * Return the next time.
	 * @param after the time to look from, itself not included
	 * @param zone the time zone that the fields mean
	 * @return the time, or {@code null} when there is none
	 */
	public @Nullable Instant next(Instant after, ZoneId zone) {
		return this.times.nextExecution(after.atZone(zone)).map(ZonedDateTime::toInstant).orElse(null);
	}

	/**
	 * Write ranges of weekdays that end with 7, the other number of Sunday, as lists.
	 */
	private static String withoutSeven(String days) {
		Matcher matcher = RANGE_TO_SEVEN.matcher(days);
		return matcher.replaceAll((range) -> {
			int step = (range.group(2) != null) ? Integer.parseInt(range.group(2)) : 1;
			List<String> numbers = new ArrayList<>();
			for (int day = Integer.parseInt(range.group(1)); day <= 7; day += Math.max(1, step)) {
				numbers.add(String.valueOf(day % 7));
			}
			return String.join(",", numbers);
		});
	}

	/**
	 * Return an English description of the expression. Rare forms are described by
	 * themselves.
	 * @return the description
	 */
	public String describe() {
		String[] fields = this.expression.trim().split("\\s+");
		if (fields.length != FIELDS.size()) {
			return this.expression;
		}
		String description = time(fields[0], fields[1]);
		if (!fields[2].equals("*") && !fields[2].equals("?")) {
			description += ", on day " + fields[2] + " of the month";
		}
		if (!fields[4].equals("*") && !fields[4].equals("?")) {
			description += days(fields[4]);
		}
		if (NUMBER.matcher(fields[3]).matches()) {
			description += ", only in "
					+ Month.of(Integer.parseInt(fields[3])).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
		}
		return description;
	}

	private static String time(String minute, String hour) {
		boolean exactMinute = NUMBER.matcher(minute).matches();
		if (exactMinute && NUMBER.matcher(hour).matches()) {
			int hours = Integer.parseInt(hour);
			return String.format(Locale.ROOT, "At %02d:%02d %s", (hours % 12 == 0) ? 12 : hours % 12,
					Integer.parseInt(minute), (hours < 12) ? "AM" : "PM");
		}
		if (minute.equals("*") && hour.equals("*")) {
			return "Every minute";
		}
		if (minute.startsWith("*/") && hour.equals("*")) {
			return "Every " + minute.substring(2) + " minutes";
		}
		if (minute.equals("0") && hour.equals("*")) {
			return "Every hour";
		}
		if (minute.equals("0") && hour.startsWith("*/")) {
			return "Every " + hour.substring(2) + " hours";
		}
		if (exactMinute && hour.equals("*")) {
			return "At " + minute + " minutes past the hour";
		}
		return "At minutes " + minute + " of hours " + hour;
	}

	private static String days(String days) {
		String[] range = days.split("-");
		if (range.length == 2) {
			return ", " + day(range[0]) + " through " + day(range[1]);
		}
		return ", only on " + String.join(", ", Arrays.stream(days.split(",")).map(Cron::day).toList());
	}

	private static String day(String day) {
		if (!NUMBER.matcher(day).matches()) {
			return day;
		}
		int number = Integer.parseInt(day) % 7;
		return DayOfWeek.of((number == 0) ? 7 : number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
	}

	private record Field(int min, int max, List<String> aliases) {

		String check(String text) {
			String value = this.aliases.isEmpty() ? text : withoutAliases(text);
			if (!CHARACTERS.matcher(value).matches()) {
				throw new IllegalArgumentException("Invalid characters, got value: " + value);
			}
			for (String part : value.split(",")) {
				String range = part.contains("/") ? part.substring(0, part.indexOf('/')) : part;
				for (String bound : range.split("-")) {
					if (NUMBER.matcher(bound).matches()) {
						int number = Integer.parseInt(bound);
						if (number < this.min || number > this.max) {
							throw new IllegalArgumentException("Constraint error, got value " + bound
									+ " expected range " + this.min + "-" + this.max);
						}
					}
				}
			}
			return value;
		}

		private String withoutAliases(String text) {
			Matcher matcher = ALIAS.matcher(text);
			return matcher.replaceAll((match) -> {
				int index = this.aliases.indexOf(match.group().toLowerCase(Locale.ROOT));
				if (index < 0) {
					throw new IllegalArgumentException(
							"Validation error, cannot resolve alias \"" + match.group() + "\"");
				}
				return String.valueOf(this.min + index);
			});
		}

	}

}
