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

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

	private static final List<CronField> FIELDS = List.of(CronField.MINUTE, CronField.HOUR, CronField.DAY_OF_MONTH,
			CronField.MONTH, CronField.DAY_OF_WEEK);

	private static final Map<String, String> NAMES = Map.of("@yearly", "0 0 1 1 *", "@monthly", "0 0 1 * *", "@weekly",
			"0 0 * * 0", "@daily", "0 0 * * *", "@hourly", "0 * * * *");

	private static final List<Integer> LONGEST_MONTHS = List.of(31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	/**
	 * Weekdays that don't count beside a day of the month. {@code 0-6} does.
	 */
	private static final Pattern EVERY_DAY = Pattern.compile("(?:[*?]|[01]-7)(?:/1)?");

	/**
	 * An {@code L} alone among the weekdays.
	 */
	private static final Pattern LAST_OF_NO_DAY = Pattern.compile("[ ,]L(?:,[^ ]*)?$");

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

	private final List<ExecutionTime> times;

	private final boolean everyHour;

	private Cron(String expression, List<ExecutionTime> times, boolean everyHour) {
		this.expression = expression;
		this.times = times;
		this.everyHour = everyHour;
	}

	/**
	 * Read an expression.
	 * @param expression the expression
	 * @return the cron
	 * @throws IllegalArgumentException with the server's words when the expression is
	 * wrong
	 */
	public static Cron parse(String expression) {
		if (expression.split(" ", -1).length > FIELDS.size()) {
			throw new IllegalArgumentException("CRON expressions with seconds are not allowed");
		}
		if (expression.isEmpty()) {
			throw new IllegalArgumentException("CRON expression is required");
		}
		String[] given = NAMES.getOrDefault(expression, expression).trim().split("\\s+");
		if (given.length > FIELDS.size() + 1) {
			throw new IllegalArgumentException("Invalid cron expression");
		}
		String[] fields = { "*", "*", "*", "*", "*" };
		int count = Math.min(given.length, fields.length);
		if (!given[0].isEmpty()) {
			System.arraycopy(given, given.length - count, fields, fields.length - count, count);
		}
		List<List<String>> values = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			values.add(FIELDS.get(i).values(fields[i]));
		}
		String nth = nthDay(fields[4]);
		fields[4] = nth.isEmpty() ? fields[4] : fields[4].substring(0, fields[4].indexOf('#'));
		values.add(CronField.DAY_OF_WEEK.values(fields[4]));
		refuseImpossibleDay(values.get(2), values.get(3));
		if (!nth.isEmpty()) {
			values.set(2, ofWeek(Integer.parseInt(nth), values.get(2)));
		}
		try {
			return new Cron(expression, times(values, nth, EVERY_DAY.matcher(fields[4]).matches()),
					CronField.HOUR.isAll(values.get(1)));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("Invalid characters, got value: " + expression, ex);
		}
	}

	/**
	 * Return the times. A last day of months among others is a list of its own, as the
	 * library leaves it out of lists.
	 */
	private static List<ExecutionTime> times(List<List<String>> values, String nth, boolean everyDay) {
		List<String> days = values.get(2);
		if (days.size() == 1 || !days.contains("L")) {
			return List.of(time(values, nth, everyDay));
		}
		List<List<String>> last = new ArrayList<>(values);
		last.set(2, List.of("L"));
		List<List<String>> others = new ArrayList<>(values);
		others.set(2, days.stream().filter((day) -> !day.equals("L")).toList());
		return List.of(time(last, nth, everyDay), time(others, nth, everyDay));
	}

	/**
	 * Write what was read as lists, which need no interpretation.
	 */
	private static ExecutionTime time(List<List<String>> values, String nth, boolean everyDay) {
		List<String> fields = new ArrayList<>();
		for (int i = 0; i < FIELDS.size(); i++) {
			boolean weekday = i == FIELDS.size() - 1;
			String list = String.join(",",
					values.get(i).stream().map((value) -> weekday ? weekday(value) : value).toList());
			boolean all = weekday ? everyDay && nth.isEmpty() : FIELDS.get(i).isAll(values.get(i));
			fields.add(all ? "*" : list);
		}
		if (!nth.isEmpty()) {
			fields.set(4, fields.get(4) + "#" + nth);
		}
		return ExecutionTime.forCron(new CronParser(DEFINITION).parse(String.join(" ", fields)));
	}

	private static String weekday(String value) {
		return value.equals("L") ? "6" : value;
	}

	/**
	 * Return which of the weekdays of a month is meant: what stands after {@code #}.
	 */
	private static String nthDay(String days) {
		String[] parts = days.split("#", -1);
		if (parts.length == 1) {
			return "";
		}
		for (String other : List.of(",", "/", "-")) {
			if (days.contains(other)) {
				throw new IllegalArgumentException("Constraint error, invalid dayOfWeek `#` and `" + other
						+ "` special characters are incompatible");
			}
		}
		if (parts.length > 2 || !parts[1].matches("[1-5]")) {
			throw new IllegalArgumentException("Constraint error, invalid dayOfWeek occurrence number (#)");
		}
		return parts[1];
	}

	/**
	 * Leave the days that are in a week of months, since servers look at it after they
	 * have found a day, be it by its date or by its weekday.
	 */
	private static List<String> ofWeek(int week, List<String> days) {
		List<String> left = days.stream()
			.filter((day) -> (NUMBER.matcher(day).matches() ? (Integer.parseInt(day) + 6) / 7 : 5) == week)
			.toList();
		return (left.isEmpty() || CronField.DAY_OF_MONTH.isAll(days)) ? CronField.DAY_OF_MONTH.values("*") : left;
	}

	private static void refuseImpossibleDay(List<String> days, List<String> months) {
		if (months.size() == 1 && NUMBER.matcher(days.get(0)).matches()
				&& Integer.parseInt(days.get(0)) > LONGEST_MONTHS.get(Integer.parseInt(months.get(0)) - 1)) {
			throw new IllegalArgumentException("Invalid explicit day of month definition");
		}
	}

	/**
	 * Return whether servers can describe the expression: they take no names such as
	 * {@code @daily} and no fewer than five fields, although they read both.
	 * @return {@code false} if a server breaks on the expression
	 */
	public boolean isDescribable() {
		return this.expression.trim().split(" +").length == FIELDS.size();
	}

	/**
	 * Return whether servers find times: they read the last day without a weekday, but
	 * fail as soon as they look for it.
	 * @return {@code false} if a server breaks on the expression
	 */
	public boolean hasTimes() {
		return !LAST_OF_NO_DAY.matcher(this.expression.trim()).find();
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
		return this.times.stream()
			.map((time) -> this.everyHour ? time.nextExecution(after.atZone(zone)) : nextLocal(time, after, zone))
			.flatMap(Optional::stream)
			.map(ZonedDateTime::toInstant)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/**
	 * Look for a time of the day. One that is skipped when clocks are put forward comes
	 * as much later, as on servers.
	 */
	private static Optional<ZonedDateTime> nextLocal(ExecutionTime time, Instant after, ZoneId zone) {
		ZonedDateTime local = after.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC);
		Optional<ZonedDateTime> next = time.nextExecution(local);
		while (next.isPresent() && !next.get().toLocalDateTime().atZone(zone).toInstant().isAfter(after)) {
			next = time.nextExecution(next.get());
		}
		return next.map((found) -> found.toLocalDateTime().atZone(zone));
	}

	/**
	 * Return an English description of the expression.
	 * @return the description
	 */
	public String describe() {
		return CronDescription.of(this.expression);
	}

}
