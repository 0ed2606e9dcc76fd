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
import java.time.Month;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An English description of a cron expression, in the words of the library that servers
 * use (cronstrue 2.21).
 */
final class CronDescription {

	private static final Pattern SPECIAL = Pattern.compile("[/,*-]");

	private static final Pattern SUNDAY = Pattern.compile("(^|[^#/\\d])7");

	private static final Pattern IMPLIED = Pattern.compile(", every (?:minute|hour|day)");

	private static final String THROUGH = ", %s through %s";

	private final String minute;

	private final String hour;

	private final String day;

	private final String month;

	private final String weekday;

	private CronDescription(String[] fields) {
		this.minute = stepped(fields[0], "0", "");
		this.hour = only(stepped(fields[1].replace('?', '*'), "0", ""), this.minute);
		this.day = stepped(fields[2].replace('?', '*'), "1", "");
		this.month = stepped(numbered(fields[3], 1, months()), "1", "12");
		this.weekday = weekdays(fields[4].replace('?', '*'));
	}

	/**
	 * Describe an expression that was read.
	 * @param expression the expression
	 * @return the description
	 */
	static String of(String expression) {
		String[] fields = expression.trim().split(" +");
		return (fields.length == 5) ? new CronDescription(fields).describe() : expression;
	}

	/**
	 * Write steps that begin with the first value as steps of all values, and give others
	 * their end.
	 */
	private static String stepped(String field, String first, String last) {
		String value = field.startsWith(first + "/") ? "*" + field.substring(first.length()) : field;
		if (value.equals("*/1")) {
			return "*";
		}
		boolean open = value.contains("/") && !value.startsWith("*") && !value.contains("-") && !value.contains(",");
		return (open && !last.isEmpty()) ? value.replaceFirst("/", "-" + last + "/") : value;
	}

	/**
	 * Write an hour as a range if there are several minutes of it.
	 */
	private static String only(String hour, String minute) {
		boolean several = minute.contains("*") || minute.contains("/");
		return (several && isOne(hour)) ? hour + "-" + hour : hour;
	}

	private static String weekdays(String field) {
		String value = SUNDAY.matcher(field).replaceAll("$10");
		value = value.equals("L") ? "6" : value;
		return stepped(numbered(value, 0, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")), "-", "6");
	}

	private static List<String> months() {
		return List.of(Month.values()).stream().map((month) -> month.name().substring(0, 3)).toList();
	}

	private static String numbered(String field, int first, List<String> names) {
		String value = field.toUpperCase(Locale.ROOT);
		for (int i = 0; i < names.size(); i++) {
			value = value.replace(names.get(i), String.valueOf(first + i));
		}
		return value;
	}

	private String describe() {
		String description = IMPLIED.matcher(time() + days() + weekdays() + months(this.month)).replaceAll("");
		return description.substring(0, 1).toUpperCase(Locale.ROOT) + description.substring(1);
	}

	private String time() {
		if (isOne(this.minute) && isOne(this.hour)) {
			return "at " + clock(this.hour, this.minute);
		}
		if (isOne(this.hour) && this.minute.contains("-") && !this.minute.contains(",")) {
			String[] bounds = this.minute.split("-");
			return "every minute between " + clock(this.hour, bounds[0]) + " and " + clock(this.hour, bounds[1]);
		}
		if (isOne(this.minute) && this.hour.contains(",") && !this.hour.contains("-") && !this.hour.contains("/")) {
			String[] hours = this.hour.split(",");
			StringBuilder times = new StringBuilder("at");
			for (int i = 0; i < hours.length; i++) {
				times.append(' ').append(clock(hours[i], this.minute));
				times.append((i < hours.length - 2) ? "," : (i == hours.length - 2) ? " and" : "");
			}
			return times.toString();
		}
		String minutes = minutes();
		String hours = hours();
		return minutes.equals(hours) ? minutes : minutes + ", " + hours;
	}

	private String minutes() {
		boolean everyHour = this.minute.equals("0") && !this.hour.contains("/");
		return new Words("every minute", UnaryOperator.identity(), (step) -> "every %s minutes",
				"minutes %s through %s past the hour",
				(value) -> everyHour ? "every hour" : "at %s minutes past the hour")
			.describe(this.minute);
	}

	/**
	 * Describe the hours. A range ends with the last minute of its last hour, unless only
	 * the first minute is meant.
	 */
	private String hours() {
		String hours = new Words("every hour", (hour) -> clock(hour, "0"), (step) -> "every %s hours",
				"between %s and %s", (value) -> "at %s")
			.describe(this.hour);
		int last = hours.lastIndexOf(":00");
		if (!this.hour.contains("-") || this.minute.equals("0") || last == hours.indexOf(":00")) {
			return hours;
		}
		return hours.substring(0, last) + ":59" + hours.substring(last + 3);
	}

	private String days() {
		if (this.day.equals("L")) {
			return ", on the last day of the month";
		}
		if (this.day.equals("*") && !this.weekday.equals("*")) {
			return "";
		}
		return new Words(", every day", (day) -> day.equals("L") ? "the last day" : day,
				(step) -> step.equals("1") ? ", every day" : ", every %s days", ", between day %s and %s of the month",
				(value) -> ", on day %s of the month")
			.describe(this.day);
	}

	private String weekdays() {
		if (this.weekday.equals("*")) {
			return "";
		}
		return new Words(", every day", CronDescription::weekdayName,
				(step) -> isFirst(step) ? "" : ", every %s days of the week", THROUGH, this::onWeekday)
			.describe(this.weekday);
	}

	private String onWeekday(String value) {
		int nth = value.indexOf('#');
		if (nth >= 0) {
			List<String> ordinals = List.of("first", "second", "third", "fourth", "fifth");
			return ", on the " + ordinals.get(value.charAt(nth + 1) - '1') + " %s of the month";
		}
		if (value.contains("L")) {
			return ", on the last %s of the month";
		}
		return this.day.equals("*") ? ", only on %s" : ", and on %s";
	}

	private static String months(String field) {
		return new Words("", CronDescription::monthName, (step) -> isFirst(step) ? "" : ", every %s months", THROUGH,
				(value) -> ", only in %s")
			.describe(field);
	}

	private static boolean isOne(String field) {
		return !SPECIAL.matcher(field).find();
	}

	private static boolean isFirst(String step) {
		return Integer.parseInt(step) == 1;
	}

	private static String clock(String hour, String minute) {
		int hours = Integer.parseInt(hour);
		return String.format(Locale.ROOT, "%02d:%02d %s", (hours % 12 == 0) ? 12 : hours % 12, Integer.parseInt(minute),
				(hours < 12) ? "AM" : "PM");
	}

	private static String weekdayName(String day) {
		int number = Integer.parseInt(day.replaceFirst("[#L].*", ""));
		return DayOfWeek.of((number == 0) ? 7 : number).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
	}

	private static String monthName(String month) {
		return Month.of(Integer.parseInt(month)).getDisplayName(TextStyle.FULL, Locale.ENGLISH);
	}

	/**
	 * The words for one field.
	 *
	 * @param all what stands for all values
	 * @param item the name of a value
	 * @param step what stands for steps of some width
	 * @param range what stands for a range
	 * @param value what stands for one value or a list
	 */
	private record Words(String all, UnaryOperator<String> item, UnaryOperator<String> step, String range,
			UnaryOperator<String> value) {

		String describe(String field) {
			if (field.equals("*")) {
				return this.all;
			}
			if (field.contains(",")) {
				return list(field);
			}
			if (field.contains("/")) {
				return steps(field);
			}
			return field.contains("-") ? range(field, this.range) : one(field);
		}

		private String one(String field) {
			return fill(this.value.apply(field), this.item.apply(field));
		}

		private String range(String field, String words) {
			String[] bounds = field.split("-");
			return fill(words, this.item.apply(bounds[0]), this.item.apply(bounds[1]));
		}

		private String steps(String field) {
			int slash = field.indexOf('/');
			String values = field.substring(0, slash);
			String step = field.substring(slash + 1);
			String steps = fill(this.step.apply(step), step);
			if (values.contains("-")) {
				String range = range(values, this.range);
				return steps + (range.startsWith(", ") ? range : ", " + range);
			}
			return values.contains("*") ? steps : steps + ", starting " + one(values).replaceFirst(", ", "");
		}

		/**
		 * Describe a list. Those with steps have whole phrases as their elements.
		 */
		private String list(String field) {
			String[] values = field.split(",");
			boolean steps = field.contains("/");
			StringBuilder list = new StringBuilder();
			for (int i = 0; i < values.length; i++) {
				if (i > 0) {
					list.append((values.length > 2) ? "," : "").append((i == values.length - 1) ? " and " : " ");
				}
				list.append(element(values[i], steps));
			}
			return steps ? list.toString() : fill(this.value.apply(field), list.toString());
		}

		private String element(String value, boolean steps) {
			if (value.contains("-") && !value.contains("/")) {
				return range(value, THROUGH).substring(2);
			}
			return steps ? describe(value) : this.item.apply(value);
		}

		private static String fill(String words, String... values) {
			String filled = words;
			for (String value : values) {
				filled = filled.replaceFirst("%s", Matcher.quoteReplacement(value));
			}
			return filled;
		}

	}

}
