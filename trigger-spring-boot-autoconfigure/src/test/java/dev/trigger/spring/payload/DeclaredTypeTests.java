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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that payloads are written with the type that they are declared with, where that
 * says more than their class.
 */
class DeclaredTypeTests {

	private static final List<Message> MESSAGES = List.of(new Email("a@example.com"), new Sms("1"));

	private static final String KINDS = "[{\"kind\":\"email\",\"to\":\"a@example.com\"},{\"kind\":\"sms\",\"number\":\"1\"}]";

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void elementsOfAListAreWrittenWithTheirTypeId() {
		assertThat(sent(new ParameterizedTypeReference<>() {
		}, MESSAGES)).contains("\"payload\":" + KINDS);
	}

	@Test
	void valuesInsideOfGenericTypesAreWrittenWithTheirTypeId() {
		assertThat(sent(new ParameterizedTypeReference<Map<String, Box<List<Message>>>>() {
		}, Map.of("box", new Box<>(MESSAGES)))).contains("{\"box\":{\"value\":" + KINDS + "}}");
		assertThat(sent(new ParameterizedTypeReference<Optional<Message>>() {
		}, Optional.of(new Sms("1")))).contains("{\"kind\":\"sms\",\"number\":\"1\"}");
		assertThat(sent(new ParameterizedTypeReference<List<? extends Message>>() {
		}, new ArrayList<>(MESSAGES))).contains(KINDS);
	}

	@Test
	void propertiesThatTheDeclaredTypeDoesNotHaveAreWritten() {
		assertThat(sent(new ParameterizedTypeReference<List<Shape>>() {
		}, List.of(new Circle(1.5)))).contains("[{\"radius\":1.5}]");
		assertThat(sent(new ParameterizedTypeReference<Page<String>>() {
		}, new NumberedPage<>("a", 7))).contains("\"number\":7").contains("\"value\":\"a\"");
		assertThat(sent(new ParameterizedTypeReference<Shape>() {
		}, new Circle(1.5))).contains("{\"radius\":1.5}");
	}

	@Test
	@SuppressWarnings({ "unchecked", "rawtypes" })
	void objectThatIsNotOfTheDeclaredTypeIsWrittenAsWhatItIs() {
		ParameterizedTypeReference type = new ParameterizedTypeReference<List<Message>>() {
		};
		assertThat(sent(type, Map.of("a", 1))).contains("\"payload\":{\"a\":1}");
	}

	@Test
	void itemsOfABatchAreWrittenWithTheirTypeId() {
		responseBatch();
		TaskType<List<Message>, Object> task = TaskType.of("send", new ParameterizedTypeReference<>() {
		}, new ParameterizedTypeReference<>() {
		});
		this.trigger.tasks().batchTrigger(task, List.of(MESSAGES)).blockLast();
		assertThat(this.server.received().get(1).body()).contains("\"payload\":" + KINDS);
	}

	@Test
	void payloadOfATaskMethodIsWrittenAsItsParameterIsDeclared() {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		TriggerTasksFactory.of(this.trigger).create(MessageTasks.class).send(MESSAGES).block();
		assertThat(this.server.received().get(0).body()).contains("\"payload\":" + KINDS);
	}

	@Test
	void payloadsOfABatchOfATaskMethodAreWrittenAsTheyAreDeclared() {
		responseBatch();
		TriggerTasksFactory.of(this.trigger).create(MessageTasks.class).sendAll(Flux.just(MESSAGES)).blockLast();
		assertThat(this.server.received().get(1).body()).contains("\"payload\":" + KINDS);
	}

	private <P> String sent(ParameterizedTypeReference<P> type, P payload) {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		this.trigger.tasks().trigger(TaskType.of("send", type, new ParameterizedTypeReference<Object>() {
		}), payload).block();
		return this.server.received().get(this.server.received().size() - 1).body();
	}

	private void responseBatch() {
		this.server.respond(202, "{\"id\":\"batch_1\",\"runCount\":1,\"isCached\":false}");
		this.server.respond(202, "{\"id\":\"batch_1\",\"itemsAccepted\":1,\"sealed\":true}");
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes({ @JsonSubTypes.Type(value = Email.class, name = "email"),
			@JsonSubTypes.Type(value = Sms.class, name = "sms") })
	interface Message {

	}

	record Email(String to) implements Message {

	}

	record Sms(String number) implements Message {

	}

	record Box<T>(T value) {

	}

	interface Shape {

	}

	record Circle(double radius) implements Shape {

	}

	static class Page<T> {

		private final T value;

		Page(T value) {
			this.value = value;
		}

		public T getValue() {
			return this.value;
		}

	}

	static final class NumberedPage<T> extends Page<T> {

		private final int number;

		NumberedPage(T value, int number) {
			super(value);
			this.number = number;
		}

		public int getNumber() {
			return this.number;
		}

	}

	interface MessageTasks {

		@TriggerTask("send")
		Mono<RunHandle<Object>> send(List<Message> messages);

		@TriggerTask("send")
		Flux<BatchHandle<Object>> sendAll(Flux<List<Message>> messages);

	}

}
