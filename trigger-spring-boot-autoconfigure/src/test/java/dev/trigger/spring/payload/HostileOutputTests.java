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

package dev.trigger.spring.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Outputs that are meant to use up memory or time.
 */
@Timeout(10)
class HostileOutputTests {

	private static final int DEPTH = 10_000;

	private static final String DEEP = "{\"a\":".repeat(DEPTH) + "1" + "}".repeat(DEPTH);

	private final PayloadCodec codec = new PayloadCodec(TriggerHttp
		.builder("http://127.0.0.1:1",
				new CallSettings(TriggerCredentials.of(TriggerCredential.of("tr_dev_0123456789abcdefABCD")),
						PreviewBranch.none(), null, RetryPolicy.defaults(), null))
		.build(), JsonMapper.builder().build());

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/super+json", "text/plain", "application/later" })
	void deepOutputIsTextOrOneTypedError(String dataType) {
		assertThat(decode(DEEP, dataType, String.class)).isEqualTo(DEEP);
		assertRefused(DEEP, dataType);
	}

	@Test
	void deepValueOfSuperJsonIsRefused() {
		assertRefused("{\"json\":" + DEEP + ",\"meta\":{\"values\":{\"a\":[\"Date\"]}}}", "application/super+json");
	}

	@Test
	void deepAnnotationsAreRefused() {
		assertRefused("{\"json\":{\"a\":1},\"meta\":{\"values\":" + DEEP + "}}", "application/super+json");
		assertRefused("{\"json\":{\"a\":1},\"meta\":{\"referentialEqualities\":" + DEEP + "}}",
				"application/super+json");
	}

	@Test
	void pathOfManySegmentsLeadsNowhere() {
		String path = "a." + "b.".repeat(20_000);
		JsonNode value = decode("{\"json\":{\"a\":{\"b\":1}},\"meta\":{\"values\":{\"" + path + "\":[\"Date\"]}}}",
				"application/super+json", JsonNode.class);
		assertThat(value.path("a").path("b").intValue()).isOne();
	}

	@Test
	void hugeNumbersAreRefusedOrStayText() {
		String digits = "9".repeat(1_000_000);
		assertRefused("{\"n\":" + digits + "}", "application/json");
		assertRefused("{\"json\":{\"n\":" + digits + "},\"meta\":{}}", "application/super+json");
		JsonNode value = decode("{\"json\":{\"n\":\"" + digits + "\"},\"meta\":{\"values\":{\"n\":[\"bigint\"]}}}",
				"application/super+json", JsonNode.class);
		assertThat(value.path("n").isString()).isTrue();
	}

	@Test
	void exponentThatWouldFillTheMemoryIsOneTypedError() {
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> decode("{\"n\":1e1000000000}", "application/json", Whole.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1E+10000000001", "-1e-10000000001", "1e2147483648", "1e-99999999999999999999",
			"1.5E+2147483647" })
	void exponentThatNoDecimalHasIsReadOrOneTypedError(String number) {
		for (String json : List.of("{\"n\":" + number + "}", "{\"n\":[{\"a\":" + number + "}]}")) {
			for (Class<?> type : List.of(JsonNode.class, Object.class, Decimal.class, Binary.class, Whole.class)) {
				for (String dataType : List.of("application/json", "application/super+json")) {
					String text = dataType.contains("super") ? "{\"json\":" + json + ",\"meta\":{}}" : json;
					Throwable failure = catchThrowable(() -> decode(text, dataType, type));
					assertThat(failure == null || failure instanceof TriggerDecodingException)
						.as("%s of %s: %s", type, text, failure)
						.isTrue();
				}
			}
		}
	}

	@Test
	void ofTheSameKeyTheLastOneCountsAsInJavaScript() {
		assertThat(decode("{\"a\":1,\"a\":2}", "application/json", Object.class)).isEqualTo(Map.of("a", 2));
		JsonNode value = decode("{\"json\":{\"a\":\"1\",\"a\":\"2\"},\"meta\":{\"values\":{\"a\":[\"bigint\"]}}}",
				"application/super+json", JsonNode.class);
		assertThat(value.path("a").intValue()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1234567890123456789.12345678901234567890", "0.1000000000000000055511151231257827",
			"1E+400", "1E-400", "-9.99999999999999999", "0.1", "100", "1.5E+300" })
	void decimalIsNotRounded(String number) {
		BigDecimal expected = new BigDecimal(number);
		for (String dataType : List.of("application/json", "application/super+json")) {
			String json = "{\"n\":" + number + "}";
			String text = dataType.contains("super") ? "{\"json\":" + json + ",\"meta\":{\"values\":{}}}" : json;
			assertThat(decode(text, dataType, Decimal.class).n()).isEqualByComparingTo(expected);
			assertThat(decode(text, dataType, JsonNode.class).path("n").decimalValue()).isEqualByComparingTo(expected);
		}
	}

	@Test
	void decimalThatADoubleHoldsIsOne() {
		assertThat(decode("{\"n\":0.10}", "application/json", Object.class)).isEqualTo(Map.of("n", 0.1));
		assertThat(decode("{\"n\":1.7976931348623157e308}", "application/json", Object.class))
			.isEqualTo(Map.of("n", Double.MAX_VALUE));
	}

	@Test
	void typeOfTheApplicationDecidesToRound() {
		assertThat(decode("{\"n\":0.12345678901234567890}", "application/json", Binary.class))
			.isEqualTo(new Binary(0.12345678901234568));
		assertThat(decode("{\"n\":1234567890123456789.5}", "application/json", Binary.class))
			.isEqualTo(new Binary(1.2345678901234568E18));
	}

	@ParameterizedTest
	@ValueSource(classes = { Endless.class, Unlinked.class })
	void errorOfTheCodeThatReadsIsTypedError(Class<?> type) {
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> decode("{\"n\":1}", "application/json", type))
			.withMessageContaining(type.getName());
	}

	static Stream<Arguments> outputsOfAnotherType() {
		return Stream.of(
				Arguments.of("{\"a\":1}", com.fasterxml.jackson.databind.JsonNode.class,
						"Jackson cannot create a com.fasterxml.jackson.databind.JsonNode: use a record, "),
				Arguments.of("{\"a\":1}", Runnable.class, "Jackson cannot create a java.lang.Runnable: "),
				Arguments.of("{\"n\":\"secret\"}", Whole.class, "at 'n': it is not a java.math.BigInteger"),
				Arguments.of("{\"n\":[1]}", Whole.class, "at 'n': it is not a java.math.BigInteger"),
				Arguments.of("[1]", Whole.class, ": it is not a " + Whole.class.getName()),
				Arguments.of("{\"n\":{\"at\":\"secret\"}}", Timed.class, "at 'n.at': it is not a java.time.Instant"),
				Arguments.of("{\"n\":[1]}", Timed.class, "at 'n': it is not an object"),
				Arguments.of("{\"n\":1}", List.class, "java.util.List: it is not a list"),
				Arguments.of("{\"n\":1}", Set.class, "java.util.Set: it is not a list"),
				Arguments.of("\"secret\"", long[].class, ": it is not a list"),
				Arguments.of("[1]", Map.class, "java.util.Map: it is not an object"),
				Arguments.of("[1]", String.class, "java.lang.String: it is not a text"));
	}

	@ParameterizedTest
	@MethodSource("outputsOfAnotherType")
	void outputOfAnotherTypeIsDescribedWithoutItsValues(String text, Class<?> type, String expected) {
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> decode(text, "application/json", type))
			.withMessageContaining("The value cannot be read as " + type.getTypeName())
			.withMessageContaining(expected)
			.satisfies((failure) -> assertThat(failure.getMessage()).doesNotContain("secret"));
	}

	private void assertRefused(String text, String dataType) {
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> decode(text, dataType, Map.class));
	}

	private <T> T decode(String text, String dataType, Class<T> type) {
		return this.codec.<T>decode(new EncodedOutput(StringNode.valueOf(text), dataType, null), type).block();
	}

	/**
	 * An output with a whole number.
	 *
	 * @param n the number
	 */
	record Whole(BigInteger n) {

	}

	record Decimal(BigDecimal n) {

	}

	record Timed(Map<String, Instant> n) {

	}

	record Binary(double n) {

	}

	record Endless(Object n) {

		Endless {
			throw new StackOverflowError();
		}

	}

	record Unlinked(Object n) {

		Unlinked {
			throw new NoClassDefFoundError("a/b");
		}

	}

}
