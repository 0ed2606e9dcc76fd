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

package dev.trigger.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.Year;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.deployment.DeploymentQuery;
import dev.trigger.spring.errorgroup.ErrorQuery;
import dev.trigger.spring.errorgroup.IgnoreOptions;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.waitpoint.Waitpoint;
import dev.trigger.spring.waitpoint.WaitpointOptions;
import dev.trigger.spring.waitpoint.WaitpointQuery;
import dev.trigger.spring.webhook.WebhookDeliveryQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Short forms of operations send what their long forms do.
 */
class ShortFormsTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final String COMPLETED = "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isCompleted\":true,"
			+ "\"isSuccess\":true,\"output\":[\"a\"]}";

	private static final RunHandle<String> RUN = RunHandle.of("run_1", String.class);

	private static final BatchHandle<String> BATCH = new BatchHandle<>("batch_1", 1, false, String.class, null);

	private static final TaskType<String, String> TASK = TaskType.of("hello", String.class, String.class);

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.realtime((live) -> live.withMaxFeeds(0))
		.retry((policy) -> policy.withMaxAttempts(1).withAutoIdempotency(false))
		.build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	static List<Arguments> forms() {
		String page = "{\"data\":[],\"pagination\":{}}";
		String batch = "{\"id\":\"batch_1\",\"status\":\"COMPLETED\",\"runs\":[]}";
		return List.of(form(page, (trigger) -> trigger.runs().list(), (trigger) -> trigger.runs().list(RunQuery.all())),
				form(page, (trigger) -> trigger.deployments().list(),
						(trigger) -> trigger.deployments().list(DeploymentQuery.all())),
				form(page, (trigger) -> trigger.errors().list(), (trigger) -> trigger.errors().list(ErrorQuery.all())),
				form(page, (trigger) -> trigger.waitpoints().list(),
						(trigger) -> trigger.waitpoints().list(WaitpointQuery.all())),
				form(page, (trigger) -> trigger.webhooks().deliveries().list(),
						(trigger) -> trigger.webhooks().deliveries().list(WebhookDeliveryQuery.all())),
				form(COMPLETED, (trigger) -> trigger.runs().retrieve(RUN),
						(trigger) -> trigger.runs().retrieve("run_1")),
				form("{}", (trigger) -> trigger.runs().cancel(RUN), (trigger) -> trigger.runs().cancel("run_1")),
				form(COMPLETED, (trigger) -> trigger.runs().awaitCompletion(RUN),
						(trigger) -> trigger.runs().awaitCompletion("run_1")),
				form("{}", (trigger) -> trigger.runs().addTags("run_1", "a", "b"),
						(trigger) -> trigger.runs().addTags("run_1", List.of("a", "b"))),
				form(batch, (trigger) -> trigger.batches().retrieve(BATCH),
						(trigger) -> trigger.batches().retrieve("batch_1")),
				form(batch, (trigger) -> trigger.batches().awaitCompletion(BATCH),
						(trigger) -> trigger.batches().awaitCompletion("batch_1")),
				form("{\"id\":\"waitpoint_1\",\"isCached\":false,\"url\":\"https://example.com\"}",
						(trigger) -> trigger.waitpoints().create(),
						(trigger) -> trigger.waitpoints().create(WaitpointOptions.defaults())),
				form("{\"id\":\"error_1\"}", (trigger) -> trigger.errors().ignore("error_1"),
						(trigger) -> trigger.errors().ignore("error_1", IgnoreOptions.forever())),
				form("{\"timezones\":[]}", (trigger) -> trigger.schedules().timezones(),
						(trigger) -> trigger.schedules().timezones(false)),
				form("{\"id\":\"k\"}", (trigger) -> trigger.idempotencyKeys().reset("hello", "welcome", "1"),
						(trigger) -> trigger.idempotencyKeys().reset("hello", IdempotencyKey.of("welcome", "1"))),
				form("{\"id\":\"run_1\"}", (trigger) -> trigger.tasks().trigger("hello", "Ada"),
						(trigger) -> trigger.tasks().trigger(TASK, "Ada")),
				form("{\"id\":\"run_1\"}",
						(trigger) -> trigger.tasks().trigger("hello", "Ada", (options) -> options.tags("a")),
						(trigger) -> trigger.tasks().trigger(TASK, "Ada", (options) -> options.tags("a"))),
				form("{\"id\":\"run_1\"}", (trigger) -> trigger.tasks().trigger("hello", Map.of("name", "Ada")),
						(trigger) -> trigger.tasks()
							.trigger(TaskType.of("hello", Map.class, String.class), Map.of("name", "Ada"))),
				form("{\"id\":\"batch_1\",\"runCount\":1,\"itemsAccepted\":1,\"sealed\":true}",
						(trigger) -> trigger.tasks().batchTriggerItems(TASK, List.of(TASK.item("Ada"))),
						(trigger) -> trigger.tasks()
							.batchTriggerItems(TASK, List.of(TASK.item("Ada")), BatchOptions.none())));
	}

	private static Arguments form(String response, Function<TriggerOperations, Publisher<?>> shortForm,
			Function<TriggerOperations, Publisher<?>> longForm) {
		return arguments(response, shortForm, longForm);
	}

	@ParameterizedTest
	@MethodSource("forms")
	void shortFormSendsWhatTheLongFormDoes(String response, Function<TriggerOperations, Publisher<?>> shortForm,
			Function<TriggerOperations, Publisher<?>> longForm) {
		List<String> ofShortForm = requests(response, shortForm);
		List<String> ofLongForm = requests(response, longForm);
		assertThat(ofShortForm).isNotEmpty().isEqualTo(ofLongForm);
	}

	private List<String> requests(String response, Function<TriggerOperations, Publisher<?>> form) {
		int before = this.server.received().size();
		this.server.respond(200, response).respond(200, response);
		Flux.from(form.apply(this.trigger)).collectList().block(LONGEST);
		return this.server.received()
			.stream()
			.skip(before)
			.map((request) -> request.method() + " " + request.uri() + " " + request.body())
			.toList();
	}

	@Test
	void waitsEndAfterTheirTimeout() {
		Duration timeout = Duration.ofMillis(1);
		for (Publisher<?> wait : List.of(this.trigger.runs().awaitCompletion("run_1", timeout),
				this.trigger.runs().awaitCompletion(RUN, timeout), this.trigger.runs().awaitOutput(RUN, timeout),
				this.trigger.batches().awaitCompletion("batch_1", timeout),
				this.trigger.waitpoints().awaitCompletion("waitpoint_1", timeout),
				this.trigger.bulkActions().awaitCompletion("bulk_1", timeout))) {
			assertThatExceptionOfType(TriggerTimeoutException.class)
				.isThrownBy(() -> Flux.from(wait).collectList().block(LONGEST))
				.satisfies((ex) -> assertThat(ex.getTimeout()).isEqualTo(timeout));
		}
	}

	@Test
	void outputOfRunThatWasRetrievedIsReadAsClass() {
		this.server.respond(200, COMPLETED);
		String[] output = this.trigger.runs()
			.retrieve("run_1")
			.mapNotNull((run) -> this.trigger.runs().output(run, String[].class))
			.block(LONGEST);
		assertThat(output).containsExactly("a");
	}

	/**
	 * The output of a run and that of a token are decoded once: a text is a text.
	 */
	@Test
	void textThatLooksLikeJsonIsReadAsText() {
		assertThat(outputs("1", Name.class)).containsOnly(new Name("1"));
		assertThat(outputs("null", Name.class)).containsOnly(new Name("null"));
		assertThat(outputs("1.50", CharSequence.class)).containsOnly("1.50");
		assertThat(outputs("2", Grade.class)).containsOnly(Grade.GOOD);
		assertThat(outputs("2026", Year.class)).containsOnly(Year.of(2026));
		assertThat(outputs("[\\\"a\\\"]", String[].class)).containsOnly(new String[] { "a" });
		assertThat(outputs("[\\\"a\\\"]", JsonNode.class)).containsOnly(StringNode.valueOf("[\"a\"]"));
	}

	private <T> List<T> outputs(String text, Class<T> type) {
		this.server
			.respond(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isSuccess\":true,\"output\":\"" + text + "\"}")
			.respond(200, "{\"id\":\"waitpoint_1\",\"status\":\"COMPLETED\",\"tags\":[],\"output\":\"" + text
					+ "\",\"outputType\":\"text/plain\"}");
		Run run = this.trigger.runs().retrieve("run_1").block(LONGEST);
		Waitpoint token = this.trigger.waitpoints().retrieve("waitpoint_1").block(LONGEST);
		assertThat(run).isNotNull();
		assertThat(token).isNotNull();
		return Arrays.asList(this.trigger.runs().output(run, type), this.trigger.waitpoints().output(token, type));
	}

	@Test
	void outputOfTokenThatWasRetrievedIsReadAsClass() {
		this.server
			.respond(200,
					"{\"id\":\"waitpoint_1\",\"status\":\"COMPLETED\",\"tags\":[],\"output\":\"[\\\"a\\\"]\","
							+ "\"outputType\":\"application/json\"}")
			.respond(200, "{\"id\":\"waitpoint_1\",\"status\":\"COMPLETED\",\"tags\":[]}");
		String[] output = this.trigger.waitpoints()
			.retrieve("waitpoint_1")
			.mapNotNull((token) -> this.trigger.waitpoints().output(token, String[].class))
			.block(LONGEST);
		assertThat(output).containsExactly("a");
		Waitpoint empty = this.trigger.waitpoints().retrieve("waitpoint_1").block(LONGEST);
		assertThat(empty).isNotNull();
		assertThat(this.trigger.waitpoints().output(empty, String[].class)).isNull();
	}

	@Test
	void outputOfTokenOfAnotherTypeIsRefused() {
		this.server.respond(200, "{\"id\":\"waitpoint_1\",\"status\":\"TIMED_OUT\",\"tags\":[],\"outputIsError\":true,"
				+ "\"output\":\"{\\\"message\\\":\\\"late\\\"}\",\"outputType\":\"application/json\"}");
		Waitpoint late = this.trigger.waitpoints().retrieve("waitpoint_1").block(LONGEST);
		assertThat(late).isNotNull();
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> this.trigger.waitpoints().output(late, Instant.class));
	}

	@Test
	void outputOfTaskWithoutTypeIsJson() {
		this.server.respond(200, "{\"id\":\"run_1\"}").respond(200, COMPLETED);
		JsonNode output = this.trigger.tasks()
			.trigger("hello", null)
			.flatMap(this.trigger.runs()::awaitOutput)
			.block(LONGEST);
		assertThat(output).hasToString("[\"a\"]");
	}

	@Test
	void replayOfHandleKeepsTheTypeOfTheOutput() {
		this.server.respond(200, "{\"id\":\"run_2\"}");
		RunHandle<String> replay = this.trigger.runs().replay(RUN).block(LONGEST);
		assertThat(replay).isEqualTo(RunHandle.of("run_2", String.class));
		assertThat(this.server.received()).singleElement()
			.satisfies((request) -> assertThat(request.uri()).isEqualTo("/api/v1/runs/run_1/replay"));
	}

	@Test
	void oneOfPayloadAndOutputMayBeOfGenericType() {
		ParameterizedTypeReference<List<String>> list = new ParameterizedTypeReference<>() {
		};
		TaskType<String, List<String>> lines = TaskType.of("hello", String.class, list);
		TaskType<List<String>, String> joined = TaskType.of("hello", list, String.class);
		assertThat(lines.payloadType()).isEqualTo(String.class);
		assertThat(lines.outputType()).isEqualTo(list.getType());
		assertThat(joined.payloadType()).isEqualTo(list.getType());
		assertThat(joined.outputType()).isEqualTo(String.class);
	}

	private record Name(String value) {

		@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
		static Name of(String value) {
			return new Name(value);
		}

	}

	private enum Grade {

		@JsonProperty("1")
		VERY_GOOD,

		@JsonProperty("2")
		GOOD,

		@JsonProperty("3")
		SATISFACTORY

	}

}
