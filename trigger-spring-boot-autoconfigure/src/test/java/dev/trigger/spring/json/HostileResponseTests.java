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

package dev.trigger.spring.json;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.query.TriggerQuery;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunSummary;
import dev.trigger.spring.run.RunTrace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for responses that are deeper, or have less in them, than one would think.
 */
class HostileResponseTests {

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.realtime((settings) -> settings.withMaxFeeds(0))
		.build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 300, 900 })
	void traceMayBeDeep(int depth) {
		this.server.respond(200, "{\"trace\":{\"traceId\":\"t\",\"rootSpan\":" + spans(depth) + "}}");
		RunTrace trace = this.trigger.runs().details("run_1").trace().block();
		assertThat(trace).isNotNull();
		int found = 0;
		List<RunTrace.Span> spans = List.of(trace.rootSpan());
		while (!spans.isEmpty()) {
			RunTrace.Span span = spans.get(0);
			assertThat(span.id()).isEqualTo("span_" + found++);
			assertThat(span.data()).isNotNull().extracting(RunTrace.Data::message).isEqualTo("a");
			assertThat(span.toString()).hasSizeLessThan(1000);
			spans = span.children();
		}
		assertThat(found).isEqualTo(depth);
	}

	private static String spans(int depth) {
		StringBuilder json = new StringBuilder();
		for (int i = 0; i < depth; i++) {
			json.append("{\"id\":\"span_").append(i).append("\",\"data\":{\"message\":\"a\"},\"children\":[");
		}
		return json.append("]}".repeat(depth)).toString();
	}

	@Test
	void outputMayBeDeep() {
		String output = "{\"a\":".repeat(1500) + "1" + "}".repeat(1500);
		this.server.respond(200,
				"{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isSuccess\":true,\"output\":" + output + "}");
		JsonNode node = this.trigger.runs().awaitOutput(RunHandle.of("run_1", JsonNode.class)).block();
		int depth = 0;
		for (JsonNode inner = node; inner.isObject(); inner = inner.path("a")) {
			depth++;
		}
		assertThat(depth).isEqualTo(1500);
	}

	@Test
	void outputThatDoesNotFitNamesRunAndTask() {
		this.server.respond(200,
				"""
						{"id":"run_1","taskIdentifier":"send-welcome","status":"COMPLETED","isSuccess":true,"output":{"a":[1]}}""");
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> this.trigger.runs().awaitOutput(RunHandle.of("run_1", Instant.class)).block())
			.withMessageContaining("The output of run run_1 of the task 'send-welcome'")
			.withMessageContaining("java.time.Instant");
	}

	@Test
	void responseThatIsNestedWithoutEndIsADecodingFailure() {
		this.server.respond(200, "{\"id\":\"run_1\",\"output\":" + "[".repeat(100_000));
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> this.trigger.runs().retrieve("run_1").block());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"id\":null}", "{\"status\":\"COMPLETED\"}" })
	void runWithoutIdIsADecodingFailureThatNamesTheField(String json) {
		this.server.respond(200, json);
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> this.trigger.runs().retrieve("run_1").block())
			.withMessageContaining("the required field 'id' is missing");
	}

	@Test
	void itemWithoutIdIsNamedByItsPlace() {
		this.server.respond(200, "{\"data\":[{\"id\":\"run_1\"},{}],\"pagination\":{}}");
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> this.trigger.runs().list(RunQuery.all()).blockLast())
			.withMessageContaining("the required field 'data[1].id' is missing");
	}

	@Test
	void nullInAPageIsNamedByItsPlace() {
		this.server.respond(200, "{\"data\":[{\"id\":\"run_1\"},null],\"pagination\":{}}");
		assertNamesMissing("data[1]", this.trigger.runs().list(RunQuery.all()));
	}

	@Test
	void nullInAnEnvelopeIsNamedByItsPlace() {
		this.server.respond(200, "{\"data\":[null]}");
		assertNamesMissing("data[0]", this.trigger.prompts().versions("greeting"));
	}

	@Test
	void nullInAListIsNamedByItsPlace() {
		this.server.respond(200, "[{\"name\":\"A\",\"value\":\"1\",\"isSecret\":false},null]");
		assertNamesMissing("[1]", this.trigger.project("proj_1").envVars(TriggerEnvironment.DEV).list());
	}

	@Test
	void nullInAListOfAComponentIsNamedByItsPlace() {
		this.server.respond(200, "{\"id\":\"run_1\",\"tags\":[\"a\",null]}");
		assertNamesMissing("tags[1]", this.trigger.runs().retrieve("run_1").flux());
	}

	private static void assertNamesMissing(String field, Flux<?> call) {
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(call::blockLast)
			.withMessageContaining("the required field '" + field + "' is missing");
	}

	@Test
	void fieldThatMayBeMissingIsNull() {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		Run run = this.trigger.runs().retrieve("run_1").block();
		assertThat(run).isNotNull();
		assertThat(run.status()).isNull();
		assertThat(run.tags()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "12.5, PT0.0125S", "9223372036854775808, PT2562047788015H12M55.808S",
			"1e300, PT2562047788015215H30M7S", "-1e600000000, PT-2562047788015215H-30M-7S" })
	void durationIsAsLongAsItCanBe(String millis, Duration expected) {
		this.server.respond(200, "{\"id\":\"run_1\",\"durationMs\":" + millis + "}");
		assertThat(this.trigger.runs().retrieve("run_1").block()).extracting(Run::duration).isEqualTo(expected);
		this.server.respond(200, "{\"data\":[{\"id\":\"run_1\",\"durationMs\":" + millis + "}],\"pagination\":{}}");
		assertThat(this.trigger.runs().list(RunQuery.all()).blockLast()).extracting(RunSummary::duration)
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-26 14:30:47.804, 2026-11-26T14:30:47.804Z", "2026-11-26 14:30:47, 2026-11-26T14:30:47Z",
			"2026-11-26 14:30:47.804123, 2026-11-26T14:30:47.804123Z",
			"2026-11-26T14:30:47.804Z, 2026-11-26T14:30:47.804Z" })
	void timeOfAQueryIsAnInstant(String time, Instant expected) {
		this.server.respond(200, "{\"format\":\"json\",\"results\":[{\"triggered_at\":\"" + time + "\"}]}");
		assertThat(this.trigger.query().execute(TriggerQuery.of("SELECT triggered_at FROM runs"), Row.class).block())
			.containsExactly(new Row(expected));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-11-26 25:30:47.804", "2026-11-26 ", "yesterday a day", "2026-11-26 14:30:47+25:00" })
	void timeThatIsNoneIsADecodingFailure(String time) {
		this.server.respond(200, "{\"format\":\"json\",\"results\":[{\"triggered_at\":\"" + time + "\"}]}");
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(
				() -> this.trigger.query().execute(TriggerQuery.of("SELECT triggered_at FROM runs"), Row.class).block())
			.withMessageContaining("triggered_at");
	}

	record Row(Instant triggered_at) {

	}

}
