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

package dev.trigger.spring.http;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UrlSecrets} and {@link PresignedUrlRedactor}.
 */
class UrlSecretsTests {

	private static final String MASK = "\u2022\u2022\u2022\u2022";

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "https://h/a?X-Amz-Signature=c0ffee&a=b | https://h/a?X-Amz-Signature=MASK&a=b",
					"https://h/a?a=b&sig=c0ffee%2B | https://h/a?a=b&sig=MASK", "?sig=c0ffee 'x' | ?sig=MASK 'x'",
					"design=good | design=good", "= x-goog-credential=c0ffee | = x-goog-credential=MASK",
					"signature= | signature=",
					"/waitpoints/w_1/callback/0123456789abcdef rest | /waitpoints/w_1/callback/MASK rest",
					"/callback/short | /callback/short", "plain text | plain text",
					"signature=c0ffee /callback/0123456789 | signature=MASK /callback/MASK" })
	void signaturesAndHashesAreMasked(String text, String redacted) {
		assertThat(UrlSecrets.redact(text)).isEqualTo(redacted.replace("MASK", MASK));
	}

	private static String redact(String query, String text) {
		return new PresignedUrlRedactor(URI.create("https://store.example/1" + query)).redact(text);
	}

	@Test
	void valuesOfTheQueryAreMaskedAsTheyStandAndDecoded() {
		String query = "?id=0123456789%2Babcdef&s=short&0123456789ab";
		assertThat(redact(query, "<Q>id=0123456789%2Babcdef&s=short&0123456789ab</Q>"))
			.isEqualTo("<Q>" + MASK + "</Q>");
		assertThat(redact(query, "raw 0123456789%2Babcdef, decoded 0123456789+abcdef, nameless 0123456789ab, short"))
			.isEqualTo("raw " + MASK + ", decoded " + MASK + ", nameless " + MASK + ", short");
	}

	@Test
	void shortValuesAreTooCommonToBeMasked() {
		assertThat(redact("?a=12345678901&b=123456789012", "12345678901 123456789012"))
			.isEqualTo("12345678901 " + MASK);
	}

	@Test
	void textOfAUrlWithoutQueryIsLeftAsItIs() {
		assertThat(redact("", "not found")).isEqualTo("not found");
	}

	@Test
	void otherSecretsAreMaskedToo() {
		assertThat(redact("", "signature=c0ffee tr_prod_0123456789abcdefPRD1")).startsWith("signature=" + MASK)
			.doesNotContain("0123456789abcdef");
	}

	@Test
	void numberOfValuesThatAreSearchedForIsLimited() {
		String query = IntStream.range(0, 70)
			.mapToObj((i) -> "a=012345678901-" + (100 + i))
			.collect(Collectors.joining("&", "?", ""));
		// the query itself is the first of 64
		assertThat(redact(query, "012345678901-162 012345678901-163")).isEqualTo(MASK + " 012345678901-163");
	}

}
