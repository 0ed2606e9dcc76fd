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

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.json.InstantModule;
import dev.trigger.spring.json.UnsupportedTypeModule;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that a class whose JSON form annotations of Jackson 2 describe is not sent or
 * read as something else, as in an application that has Jackson 2 alone.
 */
class FormerAnnotationsTests {

	private static final TaskType<Object, Object> TASK = TaskType.of("hello", Object.class, Object.class);

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = client(JsonMapper.shared());

	@AfterEach
	void stop() {
		this.server.close();
	}

	private TriggerOperations client(JsonMapper mapper) {
		return TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl(this.server.url())
			.jsonMapper(mapper)
			.retry((policy) -> policy.withMaxAttempts(1))
			.build();
	}

	static Stream<Arguments> described() {
		return Stream.of(Arguments.of(new Named("Ada"), "", "JsonNaming"),
				Arguments.of(Map.of("all", List.of(new Named("Ada"))), "at 'all[0]': ", "JsonNaming"),
				Arguments.of(new WithText(1), "", "JsonSerialize"), Arguments.of(new OfText(1), "", "JsonSerialize"),
				Arguments.of(new Inherited("Ada"), "", "JsonNaming"), Arguments.of(Color.DARK_RED, "", "EnumNaming"));
	}

	@ParameterizedTest
	@MethodSource("described")
	void payloadIsRefused(Object payload, String place, String annotation) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.tasks().trigger(TASK, payload).block())
			.withMessageStartingWith("The payload cannot be written as JSON: " + place + "an object of ")
			.withMessageContaining("has @" + annotation + " of Jackson 2")
			.withMessageEndingWith(
					"use @tools.jackson.databind.annotation." + annotation + ", or pass a record or a Map");
		assertThat(this.server.received()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(classes = { Named.class, Color.class, Read.class, WithDeserializer.class })
	void outputIsNotReadAsSomethingElse(Class<?> type) {
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> read(type))
			.withMessageContaining("The value cannot be read as " + type.getName())
			.withMessageContaining(" of Jackson 2");
	}

	private void read(Class<?> type) {
		PayloadCodec codec = new PayloadCodec(
				TriggerHttp
					.builder(this.server.url(),
							new CallSettings(TriggerCredentials.none(), PreviewBranch.none(), null,
									RetryPolicy.defaults(), null))
					.build(),
				JsonMapper.builder().addModule(new InstantModule()).addModule(new UnsupportedTypeModule()).build());
		EncodedOutput output = new EncodedOutput(StringNode.valueOf("{\"first_name\":\"Ada\"}"), "application/json",
				null);
		codec.decode(output, type).block();
	}

	/**
	 * The code has {@code @Jacksonized} of Lombok, which makes the annotation.
	 */
	@Test
	void readingByBuilderTellsHowLombokMakesTheAnnotation() {
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> read(Built.class))
			.withMessageContaining("'lombok.jacksonized.jacksonVersion += 3'");
	}

	@Test
	void annotationsOfBothAndThoseWithoutEffectApply() {
		for (Object payload : new Object[] { new Both("Ada"), new WithoutEffect("Ada"), new Read("Ada") }) {
			this.server.respond(200, "{\"id\":\"run_1\"}");
			this.trigger.tasks().trigger(TASK, payload).block();
		}
		assertThat(this.server.received()).extracting(LoopbackServer.Received::body)
			.satisfiesExactly((body) -> assertThat(body).contains("first_name"),
					(body) -> assertThat(body).contains("first_name"),
					(body) -> assertThat(body).contains("firstName"));
	}

	@Test
	void serializerOfTheApplicationApplies() {
		SimpleModule module = new SimpleModule().addSerializer(Named.class, new ValueSerializer<>() {

			@Override
			public void serialize(Named value, JsonGenerator generator, SerializationContext context) {
				generator.writeString(value.firstName());
			}

		});
		this.server.respond(200, "{\"id\":\"run_1\"}");
		client(JsonMapper.builder().addModule(module).build()).tasks()
			.trigger(TASK, Map.of("name", new Named("Ada")))
			.block();
		assertThat(this.server.received().get(0).body()).contains("Ada");
	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	record Named(String firstName) {

	}

	record WithText(@JsonSerialize(using = ToStringSerializer.class) long number) {

	}

	@JsonSerialize(using = ToStringSerializer.class)
	record OfText(long number) {

	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	static class Parent {

	}

	static final class Inherited extends Parent {

		private final String firstName;

		Inherited(String firstName) {
			this.firstName = firstName;
		}

		public String getFirstName() {
			return this.firstName;
		}

	}

	@EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
	enum Color {

		DARK_RED

	}

	@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
	@tools.jackson.databind.annotation.JsonNaming(tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy.class)
	record Both(String firstName) {

	}

	@JsonSerialize
	@JsonDeserialize
	record WithoutEffect(@JsonProperty("first_name") String firstName) {

	}

	@JsonDeserialize(as = Read.class)
	record Read(String firstName) {

	}

	@JsonDeserialize(builder = Built.Builder.class)
	record Built(String name) {

		static final class Builder {

			Built build() {
				return new Built("Ada");
			}

		}

	}

	record WithDeserializer(@JsonDeserialize(using = StringDeserializer.class) String firstName) {

	}

}
