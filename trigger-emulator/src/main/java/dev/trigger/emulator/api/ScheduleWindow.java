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

package dev.trigger.emulator.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The time over which the runs of a schedule are spread: whole minutes, hours or a
 * percentage of the time between two runs.
 */
final class ScheduleWindow {

	private static final Pattern DURATION = Pattern.compile("(0|[1-9]\\d*)([mh])");

	private static final Pattern PERCENTAGE = Pattern.compile("(0|[1-9]\\d*)%");

	private static final int MAX_MINUTES = 24 * 60;

	private ScheduleWindow() {
	}

	/**
	 * Check a window.
	 * @param text the window
	 * @return what is wrong with it, or {@code null}
	 */
	static @Nullable String violation(String text) {
		Matcher duration = DURATION.matcher(text);
		if (duration.matches()) {
			return (minutes(duration) > MAX_MINUTES) ? "Schedule window duration cannot exceed 24 hours" : null;
		}
		Matcher percentage = PERCENTAGE.matcher(text);
		if (percentage.matches()) {
			return (number(percentage.group(1)) > 100) ? "Schedule window percentage cannot exceed 100%" : null;
		}
		return "Schedule window must be a whole duration such as \"30m\" or \"2h\", or a percentage such as \"30%\"";
	}

	/**
	 * Write a window in the largest unit that fits.
	 * @param text a valid window
	 * @return the window as responses have it
	 */
	static String normal(String text) {
		Matcher duration = DURATION.matcher(text);
		if (!duration.matches()) {
			return text;
		}
		long minutes = minutes(duration);
		return (minutes > 0 && minutes % 60 == 0) ? minutes / 60 + "h" : minutes + "m";
	}

	private static long minutes(Matcher duration) {
		return number(duration.group(1)) * (duration.group(2).equals("h") ? 60 : 1);
	}

	private static long number(String digits) {
		return (digits.length() > 9) ? Integer.MAX_VALUE : Long.parseLong(digits);
	}

}
