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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import dev.trigger.emulator.http.ResponseException;
import org.jspecify.annotations.Nullable;

/**
 * A function of a query that makes one value of values, none of which may be null.
 *
 * @param parameters what it takes, the last of which may be left out if there are several
 * @param result what it returns
 * @param code what it does
 */
record QueryFunction(List<QueryKind> parameters, QueryKind result, Function<List<Object>, Object> code) {

	private static final Map<String, QueryFunction> ALL = Map.ofEntries(
			of("lower", QueryKind.TEXT, QueryKind.TEXT, (text) -> text.toLowerCase(Locale.ROOT)),
			of("upper", QueryKind.TEXT, QueryKind.TEXT, (text) -> text.toUpperCase(Locale.ROOT)),
			of("length", QueryKind.TEXT, QueryKind.NUMBER, (text) -> text.getBytes(StandardCharsets.UTF_8).length),
			of("lengthUTF8", QueryKind.TEXT, QueryKind.NUMBER, (text) -> text.codePointCount(0, text.length())),
			of("hex", QueryKind.TEXT, QueryKind.TEXT,
					(text) -> HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8))),
			of("toDate", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 10)),
			of("toStartOfDay", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 10) + " 00:00:00"),
			of("toStartOfHour", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 13) + ":00:00"),
			of("toStartOfMinute", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 16) + ":00"),
			of("toStartOfMonth", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 8) + "01"),
			of("toStartOfWeek", QueryKind.TIME, QueryKind.TEXT,
					(time) -> LocalDate.parse(time.substring(0, 10))
						.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY))
						.toString()),
			of("toHour", QueryKind.TIME, QueryKind.NUMBER, (time) -> Integer.valueOf(time.substring(11, 13))),
			of("toUnixTimestamp", QueryKind.TIME, QueryKind.NUMBER,
					(time) -> LocalDateTime.parse(time.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC)),
			Map.entry("formatDateTime",
					new QueryFunction(List.of(QueryKind.TIME, QueryKind.TEXT), QueryKind.TEXT, QueryFunction::format)),
			Map.entry("round", new QueryFunction(List.of(QueryKind.NUMBER, QueryKind.NUMBER), QueryKind.NUMBER,
					QueryFunction::round)));

	private static final Map<Character, String> FORMATS = Map.of('Y', "uuuu", 'y', "uu", 'm', "MM", 'd', "dd", 'H',
			"HH", 'i', "mm", 'S', "ss", 'F', "uuuu-MM-dd", 'T', "HH:mm:ss", '%', "'%'");

	private static Map.Entry<String, QueryFunction> of(String name, QueryKind parameter, QueryKind result,
			Function<String, Object> code) {
		return Map.entry(name,
				new QueryFunction(List.of(parameter), result, (values) -> code.apply(String.valueOf(values.get(0)))));
	}

	/**
	 * Find a function.
	 * @param name its name, in which upper and lower case differ
	 * @return the function, or {@code null}
	 */
	static @Nullable QueryFunction find(String name) {
		return ALL.get(name);
	}

	/**
	 * Return whether the function can be called.
	 */
	boolean takes(List<QueryKind> kinds) {
		int most = this.parameters.size();
		return kinds.size() >= Math.max(1, most - 1) && kinds.size() <= most
				&& kinds.equals(this.parameters.subList(0, kinds.size()));
	}

	@Nullable Object apply(List<@Nullable Object> values) {
		return values.stream().allMatch(Objects::nonNull) ? this.code.apply(List.copyOf(values)) : null;
	}

	/**
	 * Format a time. Of what a format may have, only what means the same in all versions
	 * of the database is understood.
	 */
	private static Object format(List<Object> values) {
		String format = String.valueOf((values.size() > 1) ? values.get(1) : "%");
		LocalDateTime time = LocalDateTime.parse(String.valueOf(values.get(0)).replace(' ', 'T'));
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < format.length(); i++) {
			if (format.charAt(i) != '%') {
				text.append(format.charAt(i));
				continue;
			}
			String pattern = (++i < format.length()) ? FORMATS.get(format.charAt(i)) : null;
			if (pattern == null) {
				throw new ResponseException(400, "The emulator does not understand the format: " + format);
			}
			text.append(DateTimeFormatter.ofPattern(pattern).format(time));
		}
		return text.toString();
	}

	/**
	 * Round half to even, as the database does with what has no exact value.
	 */
	private static Object round(List<Object> values) {
		int digits = (values.size() > 1) ? ((Number) values.get(1)).intValue() : 0;
		double value = ((Number) values.get(0)).doubleValue();
		return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
	}

}
