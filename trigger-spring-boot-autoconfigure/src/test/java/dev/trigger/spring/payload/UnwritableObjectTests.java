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

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchException;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that an object is refused, before any request, if what would be sent is not what
 * it is.
 */
class UnwritableObjectTests {

	private static final TaskType<Object, Object> TASK = TaskType.of("greet", Object.class, Object.class);

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = client(JsonMapper.builder().build());

	private TriggerOperations client(JsonMapper mapper) {
		return TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl(this.server.url())
			.jsonMapper(mapper)
			.retry((policy) -> policy.withMaxAttempts(1))
			.build();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	static Stream<Arguments> unwritable() {
		return Stream.of(Arguments.of(jackson2(), "Jackson 2"), Arguments.of(jackson2().path("tags"), "Jackson 2"),
				Arguments.of(new com.fasterxml.jackson.databind.node.TextNode("a"), "Jackson 2"),
				Arguments.of(new com.fasterxml.jackson.databind.util.RawValue("{}"), "Jackson 2"),
				Arguments.of(new WithoutGetters("ada@example.com"), "add getters"),
				Arguments.of(new AnnotatedWithoutGetters("ada@example.com"), "add getters"),
				Arguments.of(new Object(), "pass a record or a Map"), Arguments.of(Mono.just("later"), "subscribe"),
				Arguments.of(Flux.just("later"), "subscribe"),
				Arguments.of(CompletableFuture.completedFuture("later"), "subscribe"),
				Arguments.of(Stream.of("once"), "pass a List"), Arguments.of(List.of("once").iterator(), "pass a List"),
				Arguments.of(new ByteArrayInputStream(new byte[] { 1 }), "text or bytes"),
				Arguments.of(new ByteArrayResource(new byte[] { 1 }), "text or bytes"),
				Arguments.of((Supplier<String>) () -> "lambda", "pass a record or a Map"),
				Arguments.of(Thread.currentThread(), "pass a record or a Map"),
				Arguments.of(cycle(), "refers to itself"), Arguments.of(new ReentrantLock(), "pass a record or a Map"),
				Arguments.of(new Random(), "pass a record or a Map"),
				Arguments.of(List.of("once").spliterator(), "pass a List"), Arguments.of(new BitSet(4), "toLongArray"),
				Arguments.of(Collections.singletonMap(null, "a"), "a map has a null key"));
	}

	static Stream<Arguments> notFinite() {
		return Stream.of(Arguments.of(Double.NaN, ""), Arguments.of(Float.POSITIVE_INFINITY, ""),
				Arguments.of(Map.of("a", List.of(1.5, Double.NEGATIVE_INFINITY)), "at 'a[1]': "),
				Arguments.of(new Measured(Double.NaN), "at 'value': "),
				Arguments.of(Map.of("a", new double[] { 1, Double.NaN }), "at 'a': "),
				Arguments.of(Map.of("a", new float[] { Float.NaN }), "at 'a': "),
				Arguments.of(OptionalDouble.of(Double.NaN), ""),
				Arguments.of(JsonNodeFactory.instance.objectNode().put("a", Double.NaN), ""),
				Arguments.of(JsonNodeFactory.instance.pojoNode(Float.NaN), ""));
	}

	@ParameterizedTest
	@MethodSource("notFinite")
	void numberThatJsonDoesNotHaveIsNotSentAsText(Object payload, String place) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.tasks().trigger(TASK, payload).block())
			.withMessageStartingWith("The payload cannot be written as JSON: " + place + "JSON has no ")
			.withMessageEndingWith("pass null or a text");
		assertThat(this.server.received()).isEmpty();
	}

	private static com.fasterxml.jackson.databind.JsonNode jackson2() {
		com.fasterxml.jackson.databind.node.ObjectNode tree = new com.fasterxml.jackson.databind.ObjectMapper()
			.createObjectNode();
		return tree.put("message", "Hello").set("tags", tree.arrayNode().add("a"));
	}

	private static List<Object> cycle() {
		List<Object> cycle = new ArrayList<>();
		cycle.add(cycle);
		return cycle;
	}

	@ParameterizedTest
	@MethodSource("unwritable")
	void payloadIsRefusedWithWhatToPassInstead(Object payload, String advice) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.tasks().trigger(TASK, payload).block())
			.withMessageStartingWith("The payload cannot be written as JSON: ")
			.withMessageContaining(advice);
		assertThat(this.server.received()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void everyPlaceForAnObjectRefusesWhatCannotBeWritten(Place place) {
		Map<String, Object> value = Map.of("orders", List.of(Map.of("tree", jackson2())));
		assertThatException().isThrownBy(() -> Flux.from(place.call.apply(this.trigger, value)).blockLast())
			.withMessageContaining("orders[0].tree")
			.withMessageContaining("Jackson 2")
			.satisfies((ex) -> assertThat((ex instanceof BatchException) ? ex.getCause() : ex)
				.isInstanceOf(IllegalArgumentException.class));
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void batchNamesTheItem() {
		List<BatchItem> items = List.of(TASK.item("fine"), TASK.item(Map.of("at", new WithoutGetters("x"))));
		for (Flux<?> batches : List.of(this.trigger.batches().trigger(items).flux(),
				this.trigger.batches().triggerAll(Flux.fromIterable(items)))) {
			assertThatExceptionOfType(BatchException.class).isThrownBy(batches::blockLast)
				.withMessageContaining("at item 1: ")
				.withMessageContaining("at 'at'")
				.withCauseInstanceOf(IllegalArgumentException.class)
				.satisfies((ex) -> {
					assertThat(ex.getPhase()).isEqualTo(BatchException.Phase.ENCODE);
					assertThat(ex.getItemIndex()).isEqualTo(1);
				});
		}
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void keyWithoutTextIsRefused() {
		Map<Object, String> payload = Map.of(new WithoutGetters("a"), "value");
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.tasks().trigger(TASK, payload).block())
			.withMessageContaining("toString()");
		assertThat(this.server.received()).isEmpty();
	}

	static Stream<Arguments> writable() {
		return Stream.of(Arguments.of(new Empty(), "{}"), Arguments.of(Map.of(), "{}"),
				Arguments.of(new Ping(), "{\"@c\":\".UnwritableObjectTests$Ping\"}"),
				Arguments.of(new Dynamic(), "{\"a\":1}"), Arguments.of(new AllNull(null), "{}"),
				Arguments.of(List.of(1), "[1]"), Arguments.of(new byte[] { 1 }, "\"AQ==\""),
				Arguments.of(java.util.Optional.of(1), "1"), Arguments.of(Thread.State.NEW, "\"NEW\""),
				Arguments.of(new StringBuilder("a"), "\"a\""));
	}

	@ParameterizedTest
	@MethodSource("writable")
	void objectThatIsEmptyOnPurposeIsSent(Object payload, String json) {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		this.trigger.tasks().trigger(TASK, payload).block();
		assertThat(this.server.received().get(0).body()).contains("\"payload\":" + json + ",");
	}

	@Test
	void serializerOfTheApplicationIsRespected() {
		SimpleModule module = new SimpleModule().addSerializer(WithoutGetters.class, new ValueSerializer<>() {

			@Override
			public void serialize(WithoutGetters value, JsonGenerator generator, SerializationContext context) {
				generator.writeString(value.email);
			}

		});
		this.server.respond(200, "{\"id\":\"run_1\"}");
		client(JsonMapper.builder().addModule(module).build()).tasks()
			.trigger(TASK, new WithoutGetters("ada@example.com"))
			.block();
		assertThat(this.server.received().get(0).body()).contains("\"payload\":\"ada@example.com\"");
	}

	@Test
	void halfOfASurrogatePairIsSentIntactWhateverTheSizeOfTheText() {
		String half = "thanks \uD83D";
		this.server.respond(200, "{\"id\":\"run_1\"}");
		this.trigger.tasks().trigger(TASK, half).block();
		assertThat(this.server.received().get(0).body()).contains("thanks \\uD83D");
		this.server.respond(200, "{\"presignedUrl\":\"" + this.server.url() + "/x\",\"storagePath\":\"x\"}")
			.respond(200, "")
			.respond(200, "{\"id\":\"run_1\"}");
		this.trigger.tasks().trigger(TASK, "x".repeat(200_000) + half).block();
		assertThat(this.server.received().get(2).body()).endsWith("thanks \\uD83D\"");
		assertThat(this.server.received().get(2).header("content-type")).startsWith("application/json");
	}

	@Test
	void halfOfASurrogatePairIsRefusedWhereThereIsNoFormForIt() {
		String half = "thanks \uD83D";
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.sessions().send("session_1", half).block())
			.withMessageContaining("half of a surrogate pair");
		assertThatIllegalArgumentException().isThrownBy(() -> IdempotencyKey.of("welcome", half))
			.withMessageContaining("half of a surrogate pair");
		assertThat(this.server.received()).isEmpty();
	}

	/**
	 * The places of the API that take any object.
	 */
	enum Place {

		PAYLOAD((trigger, value) -> trigger.tasks().trigger(TASK, value)),

		METADATA((trigger, value) -> trigger.tasks().trigger(TASK, 1, (options) -> options.metadata(value))),

		BATCH((trigger, value) -> trigger.batches().trigger(List.of(BatchItem.of("greet", value)))),

		BATCH_METADATA((trigger, value) -> trigger.batches()
			.trigger(List.of(TASK.item(1, (options) -> options.metadata(value))))),

		REPLAY((trigger, value) -> trigger.runs().replay("run_1", (replay) -> replay.payload(value))),

		METADATA_SET((trigger,
				value) -> trigger.runs().details("run_1").updateMetadata((metadata) -> metadata.set("a", value))),

		METADATA_REPLACE((trigger,
				value) -> trigger.runs().details("run_1").updateMetadata((metadata) -> metadata.replace(value))),

		WAITPOINT((trigger, value) -> trigger.waitpoints().complete("waitpoint_1", value)),

		WAITPOINT_CALLBACK((trigger, value) -> trigger.waitpoints().completeByCallback("waitpoint_1", "hash", value)),

		SESSION_INPUT((trigger, value) -> trigger.sessions().send("session_1", value)),

		SESSION_PAYLOAD((trigger, value) -> trigger.sessions()
			.start((session) -> session.type("chat").taskIdentifier("greet").basePayload(value))),

		SESSION_METADATA(
				(trigger, value) -> trigger.sessions().update("session_1", (session) -> session.metadata(value))),

		STREAM((trigger, value) -> trigger.realtime().stream("run_1", "key").append(value)),

		STREAM_SOURCE((trigger, value) -> trigger.realtime().stream("run_1", "key").pipe(Flux.just(value))),

		INPUT_STREAM((trigger, value) -> trigger.realtime().input("run_1", "key").send(value)),

		SESSION_CHANNEL((trigger, value) -> trigger.sessions().session("session_1").in().append(value)),

		PROMPT((trigger, value) -> trigger.prompts().resolve("welcome", value));

		private final BiFunction<TriggerOperations, Map<String, Object>, Publisher<?>> call;

		Place(BiFunction<TriggerOperations, Map<String, Object>, Publisher<?>> call) {
			this.call = call;
		}

	}

	static class WithoutGetters {

		private final String email;

		WithoutGetters(String email) {
			this.email = email;
		}

	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	static final class AnnotatedWithoutGetters {

		@JsonIgnore
		private final String email;

		AnnotatedWithoutGetters(String email) {
			this.email = email;
		}

	}

	record Measured(double value) {

	}

	record Empty() {

	}

	@JsonInclude(JsonInclude.Include.NON_NULL)
	record AllNull(String name) {

	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.MINIMAL_CLASS)
	static final class Ping {

	}

	static final class Dynamic {

		private final Map<String, Object> values = new HashMap<>(Map.of("a", 1));

		@JsonAnyGetter
		public Map<String, Object> values() {
			return this.values;
		}

	}

}
