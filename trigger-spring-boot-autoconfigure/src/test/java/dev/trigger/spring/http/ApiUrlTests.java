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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ApiUrl}.
 */
class ApiUrlTests {

	@ParameterizedTest
	@ValueSource(strings = { "https://api.trigger.dev", "https://host:8443/prefix/v", "http://localhost:3030",
			"http://127.0.0.1:8030", "http://127.1.2.3", "http://[::1]:3030", "http://trigger.localhost" })
	void addressIsAccepted(String url) {
		assertThat(ApiUrl.of(url + "//", false)).hasToString(url);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "api.trigger.dev", "ftp://api.trigger.dev", "https://", "https://user:pass@host",
			"https://host/?a=b", "https://host/#f", "https://ho st", "http://api.trigger.dev",
			"http://localhost.evil.com", "http://127.0.0.1.evil.com", "https:///path", "https:opaque",
			"https://host:65536", "https://host:0" })
	void addressIsRefusedWithTheActionToTake(String url) {
		assertThatExceptionOfType(InvalidApiUrlException.class).isThrownBy(() -> ApiUrl.of(url, false))
			.satisfies((ex) -> assertThat(ex.getAction()).contains("'trigger.api-url'"))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("pass"));
	}

	@ParameterizedTest
	@CsvSource({ "http://trigger_webapp:3000, trigger_webapp, alias", "https://user:pass@b_c/x, b_c, alias",
			"https://b\u00fccher.example:8443/x, b\u00fccher.example, xn--bcher-kva.example",
			"https://-bad-.example, -bad-.example, ASCII", "https://a..b, a..b, ASCII",
			"https://host:80x, host:80x, ASCII" })
	void nameThatNoHostHasIsNamed(String url, String host, String remedy) {
		assertThatExceptionOfType(InvalidApiUrlException.class).isThrownBy(() -> ApiUrl.of(url, true))
			.withMessageContaining("'" + host + "'")
			.satisfies((ex) -> assertThat(ex.getAction()).contains(remedy, "'trigger.api-url'"))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("pass"));
	}

	@Test
	void insecureAddressIsAcceptedWhenAllowed() {
		assertThat(ApiUrl.of("http://trigger.internal:3030", true)).hasToString("http://trigger.internal:3030");
	}

}
