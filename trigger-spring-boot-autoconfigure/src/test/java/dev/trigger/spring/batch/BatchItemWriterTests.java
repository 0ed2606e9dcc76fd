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

package dev.trigger.spring.batch;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.payload.EncodedPayload;
import dev.trigger.spring.payload.PayloadCodec;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BatchItemWriter}.
 */
class BatchItemWriterTests {

	private final PayloadCodec payloads = new PayloadCodec(
			TriggerHttp
				.builder("http://localhost",
						new CallSettings(TriggerCredentials.none(), PreviewBranch.none(), null, RetryPolicy.defaults(),
								null))
				.build(),
			JsonMapper.builder().build());

	private final BatchItemWriter writer = new BatchItemWriter(this.payloads);

	@Test
	void itemsDifferInAllThatTheyHave() {
		TriggerOptions tagged = TriggerOptions.of((options) -> options.tags("a"));
		assertThat(write(0, "one", Map.of("n", 1), TriggerOptions.none())).isEqualTo("""
				{"index":0,"task":"one","payload":{"n":1},"options":{"payloadType":"application/json"}}
				""");
		assertThat(write(1, "t\"o", "text", TriggerOptions.none())).isEqualTo("""
				{"index":1,"task":"t\\"o","payload":"text","options":{"payloadType":"text/plain"}}
				""");
		assertThat(json(write(2, "one", null, tagged)).path("options").path("tags")).isNotEmpty();
		assertThat(json(write(3, "one", null, TriggerOptions.none())).path("options").has("tags")).isFalse();
	}

	@Property(tries = 300)
	void linesAreWhatJacksonWritesOfWholeItems(@ForAll("items") @Size(max = 8) List<BatchItem> items) {
		for (int index = 0; index < items.size(); index++) {
			BatchItem item = items.get(index);
			EncodedPayload payload = this.payloads.encode(item.payload(), item.payloadType());
			byte[] whole = TriggerJson.shared()
				.write(new Line(index, item.task(), payload.value(),
						item.options().toBody(payload.type(), this.payloads)));
			assertThat(this.writer.write(index, item.task(), payload, item.options())).asString(StandardCharsets.UTF_8)
				.isEqualTo(new String(whole, StandardCharsets.UTF_8) + "\n");
		}
	}

	@Provide
	Arbitrary<List<BatchItem>> items() {
		Arbitrary<String> tasks = Arbitraries.oneOf(Arbitraries.of("one", "two"),
				Arbitraries.strings()
					.alpha()
					.numeric()
					.withChars("\"\\\n\u00e9\u2028")
					.ofMinLength(1)
					.filter((task) -> !task.isBlank()));
		Arbitrary<Object> payloads = Arbitraries.of("text", "\"\r\n", 1, 2.5, true, List.of("a", 1), Map.of("k", "\n"));
		List<TriggerOptions> shared = List.of(TriggerOptions.none(),
				TriggerOptions.of((options) -> options.tags("a").idempotencyKey("k", "1")),
				TriggerOptions.of((options) -> options.metadata(Map.of("step", 1)).queue("q")));
		return Combinators.combine(tasks, payloads, Arbitraries.of(shared))
			.as((task, payload, options) -> new BatchItem(task, payload, true, options))
			.list();
	}

	@Test
	void itemWithoutPayloadHasNone() {
		byte[] line = this.writer.write(0, "one", new EncodedPayload(null, "application/json"), TriggerOptions.none());
		assertThat(json(new String(line, StandardCharsets.UTF_8)).has("payload")).isFalse();
	}

	@Test
	void metadataIsReadForEachItem() {
		Map<String, Integer> metadata = new HashMap<>(Map.of("step", 1));
		TriggerOptions options = TriggerOptions.of((builder) -> builder.metadata(metadata));
		assertThat(json(write(0, "one", 1, options)).path("options").toString()).contains("\"step\":1");
		metadata.put("step", 2);
		assertThat(json(write(1, "one", 1, options)).path("options").toString()).contains("\"step\":2");
	}

	@Test
	void lineIsAsLongAsItHasToBe() {
		String text = "x".repeat(100_000);
		assertThat(json(write(0, "one", List.of(text), TriggerOptions.none())).path("payload").path(0).asString())
			.isEqualTo(text);
	}

	private String write(int index, String task, Object payload, TriggerOptions options) {
		EncodedPayload encoded = this.payloads.encode(payload, null);
		return new String(this.writer.write(index, task, encoded, options), StandardCharsets.UTF_8);
	}

	/**
	 * An item as a whole.
	 *
	 * @param index the index
	 * @param task the task
	 * @param payload the payload
	 * @param options the options
	 */
	record Line(int index, String task, @Nullable RawValue payload, Map<String, Object> options) {

	}

	private static JsonNode json(String line) {
		assertThat(line).endsWith("}\n");
		return JsonMapper.shared().readTree(line);
	}

}
