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

package dev.trigger.spring.auth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CredentialRedactor}.
 */
class CredentialRedactorTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\0', value = { "tr_dev_12345678, tr_dev_\u2022\u2022\u2022\u2022",
			"tr_prod_123456789012345, tr_prod_\u2022\u2022\u2022\u2022",
			"tr_prod_1234567890123456, tr_prod_\u2022\u2022\u2022\u20223456",
			"tr_prod_sk_1234567890123456, tr_prod_sk_\u2022\u2022\u2022\u20223456",
			"tr_pat_1234567890123456, tr_pat_\u2022\u2022\u2022\u20223456",
			"<tr_stg_azAZ09zZ>, <tr_stg_\u2022\u2022\u2022\u2022>",
			"a tr_dev_12345678 and tr_prod_12345678., a tr_dev_\u2022\u2022\u2022\u2022 and tr_prod_\u2022\u2022\u2022\u2022.",
			"tr_dev_1234567, tr_dev_1234567", "xtr_dev_12345678, xtr_dev_12345678", "tr_, tr_", "plain, plain" })
	void keysAreMasked(String text, String redacted) {
		assertThat(CredentialRedactor.redact(text)).isEqualTo(redacted);
	}

	@ParameterizedTest
	@CsvSource({ "eyJa.b.c, \u2022\u2022\u2022\u2022", "eyJa.b.1234567890, \u2022\u2022\u2022\u20227890",
			"eyJa.b.12345678, \u2022\u2022\u2022\u2022", "eyJa.b.123456789, \u2022\u2022\u2022\u20226789",
			"Bearer eyJa.b.c!, Bearer \u2022\u2022\u2022\u2022!",
			"eyJazAZ09_-.azAZ09_-.azAZ09_-, \u2022\u2022\u2022\u2022Z09_-", "-eyJa.b.c, -\u2022\u2022\u2022\u2022",
			".eyJa.b.c, .\u2022\u2022\u2022\u2022",
			"eyJa.b.c eyJd.e.f, \u2022\u2022\u2022\u2022 \u2022\u2022\u2022\u2022",
			"eyJa.b.c.d, \u2022\u2022\u2022\u2022.d", "eyJx eyJa.b.c, eyJx \u2022\u2022\u2022\u2022",
			"eyJ.eyJa.b.c, eyJ.\u2022\u2022\u2022\u2022", "eyJx-eyJa.b.c, \u2022\u2022\u2022\u2022" })
	void tokensAreMasked(String text, String redacted) {
		assertThat(CredentialRedactor.redact(text)).isEqualTo(redacted.replace("Z09_-", "09_-"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "eyJ", "eyJa", "eyJa.", "eyJa.b", "eyJa.b.", "eyJ.b.c", "eyJa..c", "aeyJa.b.c",
			"zeyJa.b.c", "AeyJa.b.c", "ZeyJa.b.c", "0eyJa.b.c", "9eyJa.b.c", "_eyJa.b.c", "eyJa b.c", "eyJa.b,c",
			"eyJa.b.@", "eyJa@b.c", "eyJa`b.c.d", "eyJa{b.c.d", "eyJa[b.c.d", "eyJa/b.c.d", "eyJa:b.c.d" })
	void whatIsNoTokenStays(String text) {
		assertThat(CredentialRedactor.redact(text)).isEqualTo(text);
	}

	@Test
	void valueIsMaskedButForItsPrefixAndEnd() {
		assertThat(CredentialRedactor.mask("tr_x")).isEqualTo("tr_\u2022\u2022\u2022\u2022");
		assertThat(CredentialRedactor.mask("123456789012345")).isEqualTo("\u2022\u2022\u2022\u2022");
		assertThat(CredentialRedactor.mask("1234567890123456")).isEqualTo("\u2022\u2022\u2022\u20223456");
		assertThat(CredentialRedactor.mask("")).isEqualTo("\u2022\u2022\u2022\u2022");
	}

}
