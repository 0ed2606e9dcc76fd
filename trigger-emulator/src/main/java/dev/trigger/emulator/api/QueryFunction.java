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
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A function of a query that makes one value of values, none of which may be null.
 *
 * @param parameters what it takes
 * @param least how many of them it takes at least
 * @param result what it returns
 * @param code what it does
 */
record QueryFunction(List<QueryKind> parameters, int least, QueryKind result, Function<List<Object>, Object> code) {

	private static final JsonNode NAMES = QueryTable.resource("query-functions.json");

	private static final List<QueryKind> NUMBERS = List.of(QueryKind.NUMBER, QueryKind.NUMBER);

	private static final List<QueryKind> TEXTS = List.of(QueryKind.TEXT, QueryKind.TEXT);

	/**
	 * The functions by their names in lower case, more than one if they take different
	 * kinds.
	 */
	private static final Map<String, List<QueryFunction>> ALL = Map.ofEntries(
			of("lower", QueryKind.TEXT, QueryKind.TEXT, (text) -> text.toLowerCase(Locale.ROOT)),
			of("upper", QueryKind.TEXT, QueryKind.TEXT, (text) -> text.toUpperCase(Locale.ROOT)),
			of("trim", QueryKind.TEXT, QueryKind.TEXT, (text) -> text.replaceAll("^ +| +$", "")),
			of("length", QueryKind.TEXT, QueryKind.NUMBER, (text) -> text.getBytes(StandardCharsets.UTF_8).length),
			of("lengthutf8", QueryKind.TEXT, QueryKind.NUMBER, (text) -> text.codePointCount(0, text.length())),
			of("empty", QueryKind.TEXT, QueryKind.FLAG, (text) -> text.isEmpty() ? 1 : 0),
			of("notempty", QueryKind.TEXT, QueryKind.FLAG, (text) -> text.isEmpty() ? 0 : 1),
			of("hex", QueryKind.TEXT, QueryKind.TEXT,
					(text) -> HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8))),
			of("concat", Collections.nCopies(20, QueryKind.TEXT), 1, QueryKind.TEXT,
					(values) -> values.stream().map(String::valueOf).collect(Collectors.joining())),
			of("startswith", TEXTS, 2, QueryKind.FLAG, (values) -> text(values, 0).startsWith(text(values, 1)) ? 1 : 0),
			of("endswith", TEXTS, 2, QueryKind.FLAG, (values) -> text(values, 0).endsWith(text(values, 1)) ? 1 : 0),
			of("replaceall", List.of(QueryKind.TEXT, QueryKind.TEXT, QueryKind.TEXT), 3, QueryKind.TEXT,
					(values) -> text(values, 1).isEmpty() ? text(values, 0)
							: text(values, 0).replace(text(values, 1), text(values, 2))),
			Map.entry("tostring",
					List.of(new QueryFunction(List.of(QueryKind.TEXT), 1, QueryKind.TEXT, (values) -> values.get(0)),
							new QueryFunction(List.of(QueryKind.NUMBER), 1, QueryKind.TEXT,
									(values) -> NodeJson.number(Json.tree(values.get(0)))),
							new QueryFunction(List.of(QueryKind.TIME), 1, QueryKind.TEXT, (values) -> values.get(0)))),
			Map.entry("todatetime",
					List.of(new QueryFunction(List.of(QueryKind.TEXT), 1, QueryKind.TIME, QueryFunction::second),
							new QueryFunction(List.of(QueryKind.TIME), 1, QueryKind.TIME, QueryFunction::second))),
			of("todate", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 10)),
			of("tostartofday", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 10) + " 00:00:00"),
			of("tostartofhour", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 13) + ":00:00"),
			of("tostartofminute", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 16) + ":00"),
			of("tostartofmonth", QueryKind.TIME, QueryKind.TEXT, (time) -> time.substring(0, 8) + "01"),
			of("tostartofweek", QueryKind.TIME, QueryKind.TEXT,
					(time) -> LocalDate.parse(time.substring(0, 10))
						.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY))
						.toString()),
			of("toyear", QueryKind.TIME, QueryKind.NUMBER, (time) -> Integer.valueOf(time.substring(0, 4))),
			of("tomonth", QueryKind.TIME, QueryKind.NUMBER, (time) -> Integer.valueOf(time.substring(5, 7))),
			of("todayofmonth", QueryKind.TIME, QueryKind.NUMBER, (time) -> Integer.valueOf(time.substring(8, 10))),
			of("todayofweek", QueryKind.TIME, QueryKind.NUMBER,
					(time) -> LocalDate.parse(time.substring(0, 10)).getDayOfWeek().getValue()),
			of("tohour", QueryKind.TIME, QueryKind.NUMBER, (time) -> Integer.valueOf(time.substring(11, 13))),
			of("tominute", QueryKind.TIME, QueryKind.NUMBER, (time) -> Integer.valueOf(time.substring(14, 16))),
			of("tosecond", QueryKind.TIME, QueryKind.NUMBER, (time) -> Integer.valueOf(time.substring(17, 19))),
			of("tounixtimestamp", QueryKind.TIME, QueryKind.NUMBER,
					(time) -> QueryKind.local(time).toEpochSecond(ZoneOffset.UTC)),
			of("datediff", List.of(QueryKind.TEXT, QueryKind.TIME, QueryKind.TIME), 3, QueryKind.NUMBER,
					QueryFunction::difference),
			of("formatdatetime", List.of(QueryKind.TIME, QueryKind.TEXT), 2, QueryKind.TEXT, QueryFunction::format),
			of("abs", List.of(QueryKind.NUMBER), 1, QueryKind.NUMBER, (values) -> Math.abs(number(values, 0))),
			of("floor", List.of(QueryKind.NUMBER), 1, QueryKind.NUMBER, (values) -> Math.floor(number(values, 0))),
			of("ceil", List.of(QueryKind.NUMBER), 1, QueryKind.NUMBER, (values) -> Math.ceil(number(values, 0))),
			of("least", NUMBERS, 2, QueryKind.NUMBER, (values) -> Math.min(number(values, 0), number(values, 1))),
			of("greatest", NUMBERS, 2, QueryKind.NUMBER, (values) -> Math.max(number(values, 0), number(values, 1))),
			of("round", NUMBERS, 1, QueryKind.NUMBER, QueryFunction::round));

	private static final Map<Character, String> FORMATS = Map.of('Y', "uuuu", 'y', "uu", 'm', "MM", 'd', "dd", 'H',
			"HH", 'i', "mm", 'S', "ss", 'F', "uuuu-MM-dd", 'T', "HH:mm:ss", '%', "'%'");

	private static Map.Entry<String, List<QueryFunction>> of(String name, QueryKind parameter, QueryKind result,
			Function<String, Object> code) {
		return of(name, List.of(parameter), 1, result, (values) -> code.apply(text(values, 0)));
	}

	private static Map.Entry<String, List<QueryFunction>> of(String name, List<QueryKind> parameters, int least,
			QueryKind result, Function<List<Object>, Object> code) {
		return Map.entry(name, List.of(new QueryFunction(parameters, least, result, code)));
	}

	/**
	 * Refuse a call that servers refuse: of a function that they don't know, or with too
	 * few or too many arguments.
	 * @param name the name as it stands in the query
	 * @param arguments how many arguments there are
	 */
	static void check(String name, int arguments) {
		String key = name.toLowerCase(Locale.ROOT);
		boolean aggregation = NAMES.path("aggregations").has(key);
		JsonNode counts = NAMES.path(aggregation ? "aggregations" : "functions").path(key);
		if (counts.isMissingNode()) {
			throw new ResponseException(400, "Unknown function: " + name);
		}
		int least = counts.get(0).asInt();
		int most = counts.path(1).asInt(Integer.MAX_VALUE);
		if (arguments < least || arguments > most) {
			int bound = (arguments < least) ? least : most;
			throw new ResponseException(400,
					(aggregation ? "Aggregation '" : "Function '") + name + "' expects "
							+ ((least == most) ? "" : (arguments < least) ? "at least " : "at most ") + bound
							+ " argument" + ((bound != 1) ? "s" : "") + ", found " + arguments);
		}
	}

	/**
	 * Find a function.
	 * @param name its name, in which upper and lower case are the same
	 * @param kinds what it is given
	 * @return the function, or {@code null}
	 */
	static @Nullable QueryFunction find(String name, List<QueryKind> kinds) {
		return ALL.getOrDefault(name.toLowerCase(Locale.ROOT), List.of())
			.stream()
			.filter((function) -> function.takes(kinds))
			.findFirst()
			.orElse(null);
	}

	private boolean takes(List<QueryKind> kinds) {
		return kinds.size() >= this.least && kinds.size() <= this.parameters.size()
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
		LocalDateTime time = QueryKind.local(text(values, 0));
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

	/**
	 * Return how many bounds of a unit are between two times.
	 */
	private static Object difference(List<Object> values) {
		String unit = text(values, 0).toUpperCase(Locale.ROOT);
		LocalDateTime from = QueryKind.local(text(values, 1));
		LocalDateTime to = QueryKind.local(text(values, 2));
		return switch (unit) {
			case "MILLISECOND" -> ChronoUnit.MILLIS.between(from, to);
			case "SECOND", "MINUTE", "HOUR", "DAY" -> {
				ChronoUnit bounds = ChronoUnit.valueOf(unit + 'S');
				yield bounds.between(from.truncatedTo(bounds), to.truncatedTo(bounds));
			}
			case "MONTH" -> ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(to));
			case "YEAR" -> (long) to.getYear() - from.getYear();
			default -> throw new ResponseException(400, "The emulator does not understand the unit: " + unit);
		};
	}

	private static Object second(List<Object> values) {
		if (!QueryKind.TIME.takes('\'' + text(values, 0) + '\'')) {
			throw new ResponseException(400, "The emulator does not understand the time: " + text(values, 0));
		}
		return QueryKind.second(text(values, 0));
	}

	private static String text(List<Object> values, int index) {
		return String.valueOf(values.get(index));
	}

	private static double number(List<Object> values, int index) {
		return ((Number) values.get(index)).doubleValue();
	}

}
