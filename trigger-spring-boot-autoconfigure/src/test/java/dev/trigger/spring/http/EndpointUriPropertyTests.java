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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever an id, a name or a filter is, the server reads what the caller wrote.
 */
class EndpointUriPropertyTests {

	private static final String BASE = "https://api.example.com";

	@Property
	void idIsOneSegmentAndReadUnchanged(@ForAll("texts") String id) {
		URI uri = EndpointUri.of(BASE, TriggerEndpoint.RUNS_CANCEL, List.of(id), List.of());
		String[] segments = uri.getRawPath().split("/", -1);
		assertThat(segments).hasSize(6);
		assertThat(decode(segments[4])).isEqualTo(id);
		assertThat(uri.getRawQuery()).isNull();
		assertThat(uri.getRawFragment()).isNull();
		assertThat(uri.normalize()).isEqualTo(uri);
	}

	@Property
	void severalVariablesStayApart(@ForAll("texts") String first, @ForAll("texts") String second) {
		URI uri = EndpointUri.of(BASE, TriggerEndpoint.RUNS_SPAN, List.of(first, second), List.of());
		String[] segments = uri.getRawPath().split("/", -1);
		assertThat(segments).hasSize(7);
		assertThat(List.of(decode(segments[4]), decode(segments[6]))).containsExactly(first, second);
	}

	@Property
	void filterIsReadUnchanged(@ForAll("texts") String name, @ForAll("texts") String value) {
		URI uri = EndpointUri.of(BASE, TriggerEndpoint.RUNS_LIST, List.of(), List.of(Map.entry(name, value)));
		String[] pair = uri.getRawQuery().split("=", -1);
		assertThat(pair).hasSize(2);
		assertThat(List.of(decode(pair[0]), decode(pair[1]))).containsExactly(name, value);
		assertThat(uri.getRawFragment()).isNull();
	}

	@Provide
	Arbitrary<String> texts() {
		Arbitrary<String> nasty = Arbitraries.of("%2e%2e", "../..", "//host", "a?b", "a#b", "a&b=c", "+", "%", "é☃🚀",
				"\\", "a b", "[0]", "{x}", "@host", ":80", ";v=1");
		Arbitrary<String> any = Arbitraries.strings()
			.ofMinLength(1)
			.ofMaxLength(60)
			.filter((text) -> !text.isBlank() && !text.equals(".") && !text.equals("..")
					&& text.chars().noneMatch(Character::isISOControl)
					&& StandardCharsets.UTF_8.newEncoder().canEncode(text));
		return Arbitraries.oneOf(nasty, any);
	}

	private static String decode(String text) {
		return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
	}

}
