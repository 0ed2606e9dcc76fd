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

package dev.trigger.spring.outbox;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboxTraceContext}.
 */
class OutboxTraceContextTests {

	private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private static Map<String, String> written(Map<String, String> headers) {
		String text = OutboxTraceContext.write(headers);
		if (text != null) {
			assertThat(text.length()).isLessThanOrEqualTo(OutboxTraceContext.MAX_LENGTH);
			assertThat(text).isPrintable().isASCII();
		}
		return OutboxTraceContext.read(text);
	}

	@Test
	void isReadAsItWasWritten() {
		Map<String, String> headers = Map.of("traceparent", TRACE, "tracestate", "a=\"b\\c\"", "baggage", "x=1,y=2");
		assertThat(written(headers)).isEqualTo(headers);
	}

	@Test
	void nothingIsWrittenWithoutATrace() {
		assertThat(OutboxTraceContext.write(Map.of())).isNull();
	}

	@Test
	void longBaggageIsLeftOutRatherThanTheTrace() {
		Map<String, String> headers = Map.of("traceparent", TRACE, "baggage", "x=" + "1".repeat(8000), "b3",
				"\"".repeat(990));
		assertThat(written(headers)).containsOnlyKeys("traceparent");
		assertThat(OutboxTraceContext.write(Map.of("baggage", "1".repeat(2000)))).isNull();
	}

	@Test
	void whatIsNoHeaderIsLeftOut() {
		Map<String, String> headers = new LinkedHashMap<>(Map.of("traceparent", TRACE));
		headers.put("nul", "a\0b");
		headers.put("line", "a\r\nb: c");
		headers.put("umlaut", "ä");
		headers.put("nothing", null);
		assertThat(written(headers)).containsOnlyKeys("traceparent");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", "{", "[]", "null", "\"traceparent\"", "[\"traceparent\"]" })
	void whatIsNoTraceIsNone(String text) {
		assertThat(OutboxTraceContext.read(text)).isEmpty();
	}

}
