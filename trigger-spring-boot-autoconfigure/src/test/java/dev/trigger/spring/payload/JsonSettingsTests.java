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

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.LoopbackServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that payloads and outputs follow the JSON settings of the application, where
 * these are about values rather than about documents.
 */
class JsonSettingsTests {

	private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void instantsAreWrittenAsJavaScriptDoes() {
		assertThat(sent((json) -> json, List.of(TIME))).contains("\"payload\":[\"2026-01-02T03:04:05.000Z\"]");
		assertThat(sent((json) -> json, new Event(TIME, TIME, TIME, List.of(TIME))))
			.contains("\"plain\":\"2026-01-02T03:04:05.000Z\"");
	}

	@Test
	void formatOfAnInstantIsKept() {
		assertThat(sent((json) -> json, new Event(TIME, TIME, TIME, List.of(TIME)))).contains("\"day\":\"2026-01-02\"")
			.contains("\"number\":1767323045")
			.contains("\"days\":[\"2026-01-02\"]");
		assertThat(sent(
				(json) -> json.withConfigOverride(Instant.class,
						(override) -> override
							.setFormat(JsonFormat.Value.forPattern("yyyy").withTimeZone(TimeZone.getTimeZone("UTC")))),
				List.of(TIME)))
			.contains("\"payload\":[\"2026\"]");
	}

	@Test
	void instantsAreNumbersLikeOtherTimesWhereTheApplicationWantsThat() {
		assertThat(sent((json) -> json.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
			.disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS), Map.of("at", TIME)))
			.contains("{\"at\":1767323045000}");
		assertThat(sent((json) -> json.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS), LocalDate.of(2026, 1, 2)))
			.contains("\"payload\":[2026,1,2]");
	}

	@Test
	void serializerOfTheApplicationWritesInstants() {
		assertThat(sent((json) -> json.addModule(new SimpleModule().addSerializer(Instant.class, new EpochSeconds())),
				Map.of("at", TIME)))
			.contains("{\"at\":\"1767323045 s\"}");
	}

	@Test
	void dataOfSessionsAreWrittenLikePayloads() {
		UnaryOperator<JsonMapper.Builder> settings = (json) -> json
			.addModule(new SimpleModule().addSerializer(Instant.class, new EpochSeconds()));
		Map<String, Instant> data = Map.of("at", TIME);
		String session = "{\"id\":\"session_1\"}";
		this.server.respond(200, session);
		client(settings).sessions()
			.start((started) -> started.type("chat").taskIdentifier("agent").basePayload(data).metadata(data))
			.block();
		assertThat(lastBody()).contains("\"basePayload\":{\"at\":\"1767323045 s\"}")
			.contains("\"metadata\":{\"at\":\"1767323045 s\"}");
		this.server.respond(200, session);
		client(settings).sessions().update("chat", (changes) -> changes.metadata(data)).block();
		assertThat(lastBody()).isEqualTo("{\"metadata\":{\"at\":\"1767323045 s\"}}");
		this.server.respond(200, session);
		client(settings).sessions().update("chat", (changes) -> changes.metadata(null)).block();
		assertThat(lastBody()).isEqualTo("{\"metadata\":null}");
	}

	/**
	 * A payload is a part of a request and not a document of its own, and so is an output
	 * of a response.
	 */
	@Test
	void documentsThatHaveARootNameAreThoseOfTheApplicationOnly() {
		UnaryOperator<JsonMapper.Builder> roots = (json) -> json.enable(SerializationFeature.WRAP_ROOT_VALUE)
			.enable(DeserializationFeature.UNWRAP_ROOT_VALUE);
		assertThat(sent(roots, new Order(7))).contains("\"payload\":{\"number\":7}");
		this.server.respond(200, "{\"success\":true}");
		client(roots).waitpoints().complete("waitpoint_1", Map.of("ok", true)).block();
		assertThat(lastBody()).isEqualTo("{\"data\":{\"ok\":true}}");
		assertThat(output(roots, "{\"number\":7}")).isEqualTo(new Order(7));
	}

	@Test
	void numberThatIsMissingIsSaidToBeMissing() {
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> output((json) -> json, "{}"))
			.withMessageContaining("at 'number': it is missing or null, which a primitive int can't be");
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> output((json) -> json, "{\"number\":\"seven\"}"))
			.withMessageContaining("at 'number': it is not a int");
	}

	private Order output(UnaryOperator<JsonMapper.Builder> settings, String json) {
		this.server.respond(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"output\":" + json + "}");
		TriggerOperations client = client(settings);
		return client.runs().output(client.runs().retrieve("run_1").block(), Order.class);
	}

	private String sent(UnaryOperator<JsonMapper.Builder> settings, Object payload) {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		client(settings).tasks().trigger("task", payload).block();
		return lastBody();
	}

	private String lastBody() {
		return this.server.received().get(this.server.received().size() - 1).body();
	}

	private TriggerOperations client(UnaryOperator<JsonMapper.Builder> settings) {
		return TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl(this.server.url())
			.jsonMapper(settings.apply(JsonMapper.builder()).build())
			.build();
	}

	record Order(int number) {

	}

	record Event(Instant plain, @JsonFormat(pattern = "yyyy-MM-dd", timezone = "UTC") Instant day,
			@JsonFormat(shape = JsonFormat.Shape.NUMBER_INT) Instant number,
			@JsonFormat(pattern = "yyyy-MM-dd", timezone = "UTC") List<Instant> days) {

	}

	static final class EpochSeconds extends ValueSerializer<Instant> {

		@Override
		public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(value.getEpochSecond() + " s");
		}

	}

}
