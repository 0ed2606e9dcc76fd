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

package dev.trigger.spring.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.function.Function;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UtcInstant}.
 */
class UtcInstantTests {

	@Property
	void readsWhatAFormatterReads(
			@ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis) {
		Instant instant = Instant.ofEpochMilli(millis);
		String text = ApiFormat.of(instant);
		assertThat(UtcInstant.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant()).isEqualTo(instant);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2028-02-29T23:59:59.999Z", "2000-02-29T00:00:00.000Z", "0000-01-01T00:00:00.000Z",
			"9999-12-31T23:59:59.999Z" })
	void readsTheLastAndTheFirst(String text) {
		assertThat(UtcInstant.parse(text)).isEqualTo(Instant.parse(text));
	}

	@Property
	void saysOfAnyTextWhatAFormatterSays(@ForAll("nearlyTimes") String text) {
		String local = text.substring(0, text.length() - 1);
		assertThat(outcome(UtcInstant::parse, text)).isEqualTo(outcome(UtcInstantTests::format, text));
		assertThat(outcome(UtcInstant::parse, local)).isEqualTo(outcome(UtcInstantTests::format, local));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-02-29T00:00:00.000Z", "2026-04-31T00:00:00.000Z", "2026-13-01T00:00:00.000Z",
			"2026-00-01T00:00:00.000Z", "2026-01-00T00:00:00.000Z", "2026-01-01T24:00:00.000Z",
			"2026-01-01T24:00:00.001Z", "2026-01-01T00:60:00.000Z", "2026-01-01T00:00:60.000Z",
			"2026-01-01T00:00:00.000+", "2026-01-01T00:00:00.00:Z", "2026-01-01T00:00:00.0\u06600Z",
			"+026-01-01T00:00:00.000Z", "-026-01-01T00:00:00.000Z" })
	void saysOfOtherFormsWhatAFormatterSays(String text) {
		saysOfAnyTextWhatAFormatterSays(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "2026", "2026-11", "2026-02-29", "2026-13-01", "11/24/2026", "2026-11-24T",
			"2026-11-24 Z", "10:00:00", "1732700000000", "2026-11-24T04:13:25.100Zulu", "2026-11-24T04:13:25 +02:00" })
	void refusesWhatIsNoTime(String text) {
		assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> UtcInstant.parse(text));
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-24T04:13:25.100Z,2026-11-24T04:13:25.100Z", "2026-11-24T04:13:25Z,2026-11-24T04:13:25Z",
			"2026-11-24T04:13Z,2026-11-24T04:13:00Z", "2026-11-24t04:13:25.100z,2026-11-24T04:13:25.100Z",
			"2026-11-24T04:13:25.100+02:00,2026-11-24T02:13:25.100Z",
			"2026-11-24T04:13:25.100-0330,2026-11-24T07:43:25.100Z", "2026-11-24T04:13:25+02,2026-11-24T02:13:25Z",
			"2026-11-24T04:13:25+02:00:30,2026-11-24T02:12:55Z" })
	void readsTimesWithAnOffset(String text, Instant expected) {
		assertThat(UtcInstant.parse(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-24T04:13:25.100,2026-11-24T04:13:25.100Z", "2026-11-24 04:13:25.1,2026-11-24T04:13:25.100Z",
			"2026-11-24 04:13:25,2026-11-24T04:13:25Z", "2026-11-24T04:13:25.123456,2026-11-24T04:13:25.123456Z",
			"2026-11-24 04:13:25.1+00,2026-11-24T04:13:25.100Z", "2026-11-24 04:13:25.1+02:00,2026-11-24T02:13:25.100Z",
			"2026-11-24 04:13:25.100Z,2026-11-24T04:13:25.100Z", "2026-11-24,2026-11-24T00:00:00Z" })
	void readsTimesOfDatabasesInUtcIfTheyHaveNoOffset(String text, Instant expected) {
		assertThat(UtcInstant.parse(text)).isEqualTo(expected);
	}

	/**
	 * What the class reads by itself, read by a formatter alone.
	 */
	private static Instant format(String text) {
		Object time = new DateTimeFormatterBuilder().parseCaseInsensitive()
			.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
			.appendPattern("[XXXXX][XXXX][X]")
			.toFormatter()
			.withResolverStyle(ResolverStyle.STRICT)
			.parseBest((text.charAt(10) == ' ') ? text.substring(0, 10) + 'T' + text.substring(11) : text,
					OffsetDateTime::from, LocalDateTime::from);
		return (time instanceof OffsetDateTime zoned) ? zoned.toInstant()
				: ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
	}

	/**
	 * The form with any digits, and at times another character in it.
	 */
	@Provide
	Arbitrary<String> nearlyTimes() {
		Arbitrary<String> times = Combinators
			.combine(number(0, 9999), number(0, 13), number(0, 32), number(0, 25), number(0, 61), number(0, 61),
					number(0, 999))
			.as("%04d-%02d-%02dT%02d:%02d:%02d.%03dZ"::formatted);
		return Combinators
			.combine(times, number(0, 23), Arbitraries.of('+', '-', '.', ':', ' ', 'T', 'Z', '0', '9', '\u0660'),
					Arbitraries.of(true, false))
			.as((time, index, character, change) -> change
					? time.substring(0, index) + character + time.substring(index + 1) : time);
	}

	private static Arbitrary<Integer> number(int min, int max) {
		return Arbitraries.integers().between(min, max);
	}

	private static String outcome(Function<String, Instant> parser, String text) {
		try {
			return parser.apply(text).toString();
		}
		catch (DateTimeException ex) {
			return "no time";
		}
	}

}
