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
import java.time.Instant;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dates and spans in all forms that servers take.
 */
class JavaScriptDateTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			2031,                                    2031-01-01T00:00:00Z
			2031-02,                                 2031-02-01T00:00:00Z
			2031-02-03,                              2031-02-03T00:00:00Z
			2031-02-30,                              2031-03-02T00:00:00Z
			2031-02-03T04:05,                        2031-02-03T04:05:00Z
			2031-02-03T04:05:06,                     2031-02-03T04:05:06Z
			2031-02-03 04:05:06.78,                  2031-02-03T04:05:06.780Z
			2031-02-03T04:05:06.123456Z,             2031-02-03T04:05:06.123Z
			2031-02-03T04:05:06+02:00,               2031-02-03T02:05:06Z
			2031-02-03T24:00:00Z,                    2031-02-04T00:00:00Z
			+012031-02-03T04:05:06Z,                 +12031-02-03T04:05:06Z
			Mon Feb 03 2031 04:05:06 GMT+0200 (EET), 2031-02-03T02:05:06Z
			'Mon, 03 Feb 2031 04:05:06 GMT',         2031-02-03T04:05:06Z
			3 February 2031,                         2031-02-03T00:00:00Z
			'February 3, 2031 4:05 pm',              2031-02-03T16:05:00Z
			2/3/2031,                                2031-02-03T00:00:00Z
			2031/02/03 12:05 am,                     2031-02-03T00:05:00Z
			7,                                       2001-07-01T00:00:00Z
			31,
			49,                                      2049-01-01T00:00:00Z
			50,                                      1950-01-01T00:00:00Z
			12031,                                   +12031-01-01T00:00:00Z
			+275760-09-13,                           +275760-09-13T00:00:00Z
			+275760-09-14,
			1924992000000,
			2031-13-01,
			2031-02-32,
			2031-02-03T25:00,
			2031-02-03T04,
			tomorrow,
			3 Foo 2031,
			'',
			""")
	void datesAreReadAsJavaScriptDoes(String text, @Nullable Instant date) {
		assertThat(JavaScriptDate.parse(text)).isEqualTo(date);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = ';', textBlock = """
			[1];              2001-01-01T00:00:00Z
			["2031-02-03"];   2031-02-03T00:00:00Z
			[["2031-02-03"]]; 2031-02-03T00:00:00Z
			[1924992000000];
			[true];
			[null];
			[];
			[1, "x"];
			""")
	void listsOfOneAreReadAsTheirElement(String json, @Nullable Instant date) {
		assertThat(JavaScriptDate.read(Json.mapper().readTree(json))).isEqualTo(date);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			90s,      90
			1h30m,    5400
			30m1h,    5400
			1hr,      3600
			1h2h,     3600
			1w1d,     691200
			1h 30m,
			1.5h,
			h,
			5,
			""")
	void spansAreReadInAnyOrder(String text, @Nullable Long seconds) {
		assertThat(TimeSpans.parse(text)).isEqualTo((seconds != null) ? Duration.ofSeconds(seconds) : null);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "0,", "-5,", "0.5,''", "59,59s", "5400,1h30m", "694861,1w1d1h1m1s" })
	void secondsAreWrittenAsASpan(double seconds, @Nullable String text) {
		assertThat(TimeSpans.write(seconds)).isEqualTo(text);
	}

}
