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

package dev.trigger.spring.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.trigger.spring.json.TriggerJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link SpanDuration}: a trace has nanoseconds where a page of it and a span
 * have milliseconds.
 */
class SpanDurationTests {

	@ParameterizedTest
	@CsvSource({ "1500000000, PT1.5S", "1, PT0.000000001S", "0, PT0S", "-1000000000, PT-1S" })
	void traceHasNanoseconds(String json, Duration duration) {
		RunTrace.Data data = (RunTrace.Data) read("{\"duration\":" + json + "}", RunTrace.Data.class);
		assertThat(data.duration()).isEqualTo(duration);
		assertThat(write(data)).contains("\"duration\":" + json);
	}

	@ParameterizedTest
	@CsvSource({ "1500, PT1.5S", "0.25, PT0.00025S", "12.345678, PT0.012345678S" })
	void pageAndSpanHaveMilliseconds(String json, Duration duration) {
		TracePage.Span span = (TracePage.Span) read("{\"duration\":" + json + "}", TracePage.Span.class);
		assertThat(span.duration()).isEqualTo(duration);
		assertThat(write(span)).contains("\"duration\":" + json);
		RunSpan single = (RunSpan) read("{\"durationMs\":" + json + "}", RunSpan.class);
		assertThat(single.duration()).isEqualTo(duration);
		assertThat(write(single)).contains("\"durationMs\":" + json);
	}

	@ParameterizedTest
	@CsvSource({ "1e600000000, PT2562047788015215H30M7S", "-1e600000000, PT-2562047788015215H-30M-7S",
			"1e-600000000, PT0S" })
	void exponentCostsNothing(String number, Duration expected) {
		byte[] json = ("{\"durationMs\":" + number + "}").getBytes(StandardCharsets.UTF_8);
		RunSpan span = assertTimeoutPreemptively(Duration.ofSeconds(10),
				() -> (RunSpan) TriggerJson.shared().read(json, RunSpan.class));
		assertThat(span.duration()).isEqualTo(expected);
	}

	@Test
	void whatIsMissingIsNullAndWhatIsTooLongIsTheLongest() {
		assertThat(((RunSpan) read("{}", RunSpan.class)).duration()).isNull();
		assertThat(((RunSpan) read("{\"durationMs\":1e300}", RunSpan.class)).duration())
			.isEqualTo(Duration.ofSeconds(Long.MAX_VALUE));
	}

	private static Object read(String json, Class<?> type) {
		return TriggerJson.shared().convert(TriggerJson.shared().readTree(json), type);
	}

	private static String write(Object value) {
		return new String(TriggerJson.shared().write(value), StandardCharsets.UTF_8);
	}

}
