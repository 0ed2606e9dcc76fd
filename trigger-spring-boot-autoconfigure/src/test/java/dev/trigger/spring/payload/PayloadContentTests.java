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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.json.TriggerJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PayloadContent} and for what {@link PayloadCodec} reads.
 */
class PayloadContentTests {

	private final PayloadCodec codec = new PayloadCodec(TriggerHttp
		.builder("http://localhost:1",
				new CallSettings(TriggerCredentials.none(), PreviewBranch.none(), null, RetryPolicy.defaults(),
						Duration.ofSeconds(1)))
		.build(), JsonMapper.shared());

	@Test
	void contentIsReadAsTheTypeThatIsWanted() {
		PayloadContent content = content("[1,2]", "application/json");
		assertThat(content.as(int[].class)).containsExactly(1, 2);
		assertThat(content.as(new ParameterizedTypeReference<List<Long>>() {
		})).containsExactly(1L, 2L);
		assertThat(content.tree()).isEqualTo(json("[1,2]"));
		assertThat(content).hasToString("PayloadContent[present]");
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> content.as(Boolean.class));
	}

	@ParameterizedTest
	@CsvSource({ "null, application/json", "'\"null\"', application/json" })
	void nothingIsNull(String data, String type) {
		assertNothing(content(data, type));
		assertNothing(PayloadContent.empty());
		assertThat(this.codec.content(new EncodedOutput(null, type, null)).block()).satisfies(this::assertNothing);
	}

	private void assertNothing(PayloadContent content) {
		assertThat(content.tree()).isNull();
		assertThat(content.as(String.class)).isNull();
		assertThat(content).isEqualTo(PayloadContent.empty())
			.hasSameHashCodeAs(PayloadContent.empty())
			.hasToString("PayloadContent[empty]");
	}

	@Test
	void contentsAreEqualByWhatTheyHold() {
		PayloadContent content = content("{\"a\":1}", "application/json");
		assertThat(content).isEqualTo(content)
			.isEqualTo(content("\"{\\\"a\\\":1}\"", "application/json"))
			.hasSameHashCodeAs(content("{\"a\":1}", "text/plain"))
			.isNotEqualTo(content("{\"a\":2}", "application/json"))
			.isNotEqualTo(PayloadContent.empty())
			.isNotEqualTo("content");
		assertThat(PayloadContent.empty()).isNotEqualTo(content);
		assertThat(content.hashCode()).isNotEqualTo(PayloadContent.empty().hashCode());
	}

	@Test
	void valueOfUnknownOriginIsJsonOrTextThatMayBeJson() {
		assertThat(this.codec.<String>read(json("\"[1]\""), String.class)).isEqualTo("[1]");
		assertThat(this.codec.<String>read(json("[1]"), String.class)).isEqualTo("[1]");
		assertThat(this.codec.<String>read(json("null"), String.class)).isNull();
		assertThat(this.codec.<int[]>read(json("\"[1]\""), int[].class)).containsExactly(1);
		assertThat(this.codec.<Object>read(json("\"[1]\""), Object.class)).isEqualTo("[1]");
		assertThat(this.codec.<JsonNode>read(json("\"[1]\""), JsonNode.class)).isEqualTo(json("\"[1]\""));
		assertThat(this.codec.<JsonNode>read(json("{\"a\":1}"), JsonNode.class)).isEqualTo(json("{\"a\":1}"));
	}

	@Test
	void textIsWrittenAsItIsAndAllElseAsJson() {
		assertThat(this.codec.text("value", "\u20ac{")).asString().isEqualTo("\u20ac{");
		assertThat(this.codec.text("value", List.of(1))).asString().isEqualTo("[1]");
		assertThat(this.codec.json(List.of("a")).rawValue()).isEqualTo("[\"a\"]");
		assertThat(this.codec.json("metadata", null).rawValue()).isEqualTo("null");
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		assertThatIllegalArgumentException().isThrownBy(() -> this.codec.json("metadata", cycle))
			.withMessageContaining("metadata");
	}

	@Test
	void sizeThatIsUploadedIsThatOfTheThreshold() {
		assertThat(this.codec.isLarge(new EncodedPayload(new byte[PayloadCodec.UPLOAD_THRESHOLD], "application/json")))
			.isTrue();
		assertThat(
				this.codec.isLarge(new EncodedPayload(new byte[PayloadCodec.UPLOAD_THRESHOLD - 1], "application/json")))
			.isFalse();
		assertThat(this.codec.isLarge(new EncodedPayload(null, "application/json"))).isFalse();
	}

	@Test
	void urlOfPacketHidesItsSignature() {
		assertThat(new PacketUrl("https://store.example.com/a?X-Amz-Signature=secret", "a"))
			.hasToString("PacketUrl[presignedUrl=https://store.example.com/a?\u2022\u2022\u2022\u2022, storagePath=a]");
		assertThat(new PacketUrl("https://store.example.com/a", null))
			.hasToString("PacketUrl[presignedUrl=https://store.example.com/a, storagePath=null]");
		assertThat(new PacketUrl("?secret", null)).asString().doesNotContain("secret");
	}

	@Test
	void refusalOfPayloadNamesTaskAndErrors() {
		InvalidPayloadException refusal = new InvalidPayloadException("mail", List.of("/a: is required"));
		assertThat(refusal.getTask()).isEqualTo("mail");
		assertThat(refusal.getErrors()).containsExactly("/a: is required");
		assertThat(refusal).hasMessageContaining("mail").hasMessageContaining("/a: is required");
	}

	private PayloadContent content(String data, String type) {
		return this.codec.content(new EncodedOutput(json(data), type, null)).block();
	}

	private static JsonNode json(String json) {
		return TriggerJson.shared().readTree(json);
	}

}
