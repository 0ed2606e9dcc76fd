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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Periods as the server's parser reads them.
 */
class PeriodsTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			1 hour, 3600000
			2 days, 172800000
			1h30m, 5400000
			1h 30m, 5400000
			1h30, 5400000
			1.5h, 5400000
			90, 90
			-1d, -86400000
			1 Hour, 3600000
			2 weeks ago, 1209600000
			0d, 0
			1e2m, 6000000
			`1,5h`, 54000000
			1_000ms, 1000
			3mo, 7889400000
			1y, 31557600000
			P1D, 86400000
			7d, 604800000
			1hour30minutes, 5400000
			5 min, 300000
			`  7d`, 604800000
			1M, 60000
			7days, 604800000
			1d2, 93600000
			""")
	void areRead(String text, long millis) {
		assertThat(Periods.parse(text)).isEqualTo(Duration.ofMillis(millis));
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "", "1 fortnight", "-" })
	void mayBeNone(String text) {
		assertThat(Periods.parse(text)).isNull();
	}

}
