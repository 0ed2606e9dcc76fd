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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field of a cron expression, read as the server's library does, and refused in its
 * words.
 *
 * @param min the lowest value
 * @param max the highest value
 * @param aliases names of the values, from the lowest
 * @param characters what the field may consist of
 * @param last whether it may have {@code L}
 */
record CronField(int min, int max, List<String> aliases, Pattern characters, boolean last) {

	private static final Pattern ALIAS = Pattern.compile("[a-z]{3}", Pattern.CASE_INSENSITIVE);

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	static final CronField MINUTE = new CronField(0, 59, List.of(), Pattern.compile("[,*\\d/-]+"), false);

	static final CronField HOUR = new CronField(0, 23, List.of(), Pattern.compile("[,*\\d/-]+"), false);

	static final CronField DAY_OF_MONTH = new CronField(1, 31, List.of(), Pattern.compile("[?,*\\dL/-]+"), true);

	static final CronField MONTH = new CronField(1, 12,
			List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
			Pattern.compile("[,*\\d/-]+"), false);

	static final CronField DAY_OF_WEEK = new CronField(0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"),
			Pattern.compile("[?,*\\dL#/-]+"), true);

	/**
	 * Read the field.
	 * @param text the field
	 * @return its values, as lists of numbers have them, and those with {@code L}
	 * @throws IllegalArgumentException with the server's words when the field is wrong
	 */
	List<String> values(String text) {
		String value = this.aliases.isEmpty() ? text : withoutAliases(text);
		if (!this.characters.matcher(value).matches()) {
			throw new IllegalArgumentException("Invalid characters, got value: " + value);
		}
		String all = this.min + "-" + this.max;
		value = value.contains("*") ? value.replace("*", all) : value.replace("?", all);
		String[] parts = value.split(",", -1);
		if (List.of(parts).contains("")) {
			throw new IllegalArgumentException("Invalid list value format");
		}
		TreeSet<Integer> numbers = new TreeSet<>();
		List<String> others = new ArrayList<>();
		for (String part : parts) {
			add(part, numbers, others);
		}
		List<String> values = new ArrayList<>(numbers.stream().map(String::valueOf).toList());
		values.addAll(others);
		return values;
	}

	/**
	 * Return whether the values are all there are.
	 * @param values the values
	 * @return {@code true} if nothing is left out
	 */
	boolean isAll(List<String> values) {
		return values.size() >= ((this == DAY_OF_WEEK) ? 7 : this.max - this.min + 1);
	}

	private String withoutAliases(String text) {
		Matcher matcher = ALIAS.matcher(text);
		return matcher.replaceAll((match) -> {
			String name = match.group().toLowerCase(Locale.ROOT);
			int index = this.aliases.indexOf(name);
			if (index < 0) {
				throw new IllegalArgumentException("Validation error, cannot resolve alias \"" + name + "\"");
			}
			return String.valueOf(this.min + index);
		});
	}

	private void add(String part, TreeSet<Integer> numbers, List<String> others) {
		String[] steps = part.split("/", -1);
		if (steps.length > 2) {
			throw new IllegalArgumentException("Invalid repeat: " + part);
		}
		String range = steps[0];
		if (steps.length == 2 && (range.isEmpty() || NUMBER.matcher(range).matches())) {
			range = range + "-" + this.max;
		}
		String[] bounds = range.split("-", -1);
		if (bounds.length == 1) {
			addOne(range, numbers, others);
		}
		else if (bounds[0].isEmpty()) {
			if (bounds[1].isEmpty()) {
				throw new IllegalArgumentException("Invalid range: " + range);
			}
			addOne(range, numbers, others);
		}
		else {
			addRange(range, bounds, (steps.length == 2) ? steps[1] : "1", numbers);
		}
	}

	private void addOne(String text, TreeSet<Integer> numbers, List<String> others) {
		if (this.last && text.contains("L")) {
			others.add(text);
			return;
		}
		int number = number(text);
		if (number < this.min || number > this.max) {
			throw new IllegalArgumentException("Constraint error, got value " + ((number < 0) ? text : text(text))
					+ " expected range " + this.min + "-" + this.max);
		}
		numbers.add((this == DAY_OF_WEEK) ? number % 7 : number);
	}

	private void addRange(String range, String[] bounds, String step, TreeSet<Integer> numbers) {
		int from = number(bounds[0]);
		int to = bounds[1].isEmpty() ? 0 : number(bounds[1]);
		if (from < this.min || to > this.max || to < 0) {
			throw new IllegalArgumentException("Constraint error, got range " + text(bounds[0]) + "-" + text(bounds[1])
					+ " expected range " + this.min + "-" + this.max);
		}
		if (from > to) {
			throw new IllegalArgumentException("Invalid range: " + range);
		}
		int every = step.isEmpty() ? 0 : number(step);
		if (every <= 0) {
			String given = step.isEmpty() ? "0" : text(step);
			throw new IllegalArgumentException("Constraint error, cannot repeat at every " + given + " time.");
		}
		if (this == DAY_OF_WEEK && to % 7 == 0) {
			numbers.add(0);
		}
		for (int number = from; number <= to; number += every) {
			numbers.add((this == DAY_OF_WEEK) ? number % 7 : number);
		}
	}

	/**
	 * Return a number, -1 for what is none.
	 */
	private static int number(String text) {
		if (text.isEmpty()) {
			return 0;
		}
		boolean number = NUMBER.matcher(text).matches();
		if (number && text.length() > 9) {
			return Integer.MAX_VALUE / 2;
		}
		return number ? Integer.parseInt(text) : -1;
	}

	private static String text(String bound) {
		int number = number(bound);
		return (number < 0) ? "NaN" : bound.isEmpty() ? "0" : bound.replaceFirst("^0+(?=\\d)", "");
	}

}
