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

import java.time.Duration;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A period as a number and a unit, such as {@code 30m} or {@code 7d}, with a limit.
 *
 * @param units the letters of the units
 * @param rule what is said about a text that is no period
 * @param days the longest period
 * @param unknownIsLarge whether a text without a unit is said to be too large as well
 */
record ShortPeriod(String units, String rule, int days, boolean unknownIsLarge) {

	private static final Pattern FORM = Pattern.compile("[1-9]\\d*[a-z]");

	/**
	 * Read a period.
	 * @param text the period
	 * @param issues what is wrong with it
	 * @return the period, or {@link Duration#ZERO} when something is wrong
	 */
	Duration read(String text, Issues issues) {
		Duration unit = (text.isEmpty()) ? null : unit(text.charAt(text.length() - 1));
		boolean known = unit != null && this.units.indexOf(text.charAt(text.length() - 1)) >= 0;
		boolean valid = known && FORM.matcher(text).matches();
		if (!valid) {
			issues.noMatch(this.rule, "period");
		}
		double amount = NodeJson.coerce(text.isEmpty() ? "" : text.substring(0, text.length() - 1));
		// an amount that is no number is NaN, which is not within the limit either
		double seconds = amount * ((unit != null && known) ? unit.toSeconds() : 0);
		if (!(seconds <= Duration.ofDays(this.days).toSeconds()) || (!known && this.unknownIsLarge)) {
			issues.custom("period is too large (max " + this.days + "d)", "period");
			return Duration.ZERO;
		}
		return valid ? Duration.ofSeconds((long) seconds) : Duration.ZERO;
	}

	private static @Nullable Duration unit(char letter) {
		return switch (letter) {
			case 's' -> Duration.ofSeconds(1);
			case 'm' -> Duration.ofMinutes(1);
			case 'h' -> Duration.ofHours(1);
			case 'd' -> Duration.ofDays(1);
			case 'w' -> Duration.ofDays(7);
			default -> null;
		};
	}

}
