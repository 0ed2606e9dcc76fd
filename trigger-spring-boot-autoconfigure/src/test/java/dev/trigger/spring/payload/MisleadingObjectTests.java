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

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.task.TaskType;
import io.netty.buffer.Unpooled;
import org.hibernate.LazyInitializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Signal;
import reactor.core.publisher.Sinks;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.util.RawValue;
import tools.jackson.databind.util.TokenBuffer;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests that objects are refused of which Jackson writes something, but not what they
 * hold, and what would not be JSON.
 */
class MisleadingObjectTests {

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

	static Stream<Arguments> misleading() {
		return Stream.of(Arguments.of(new ProxyFactory(new User("ada")).getProxy(), "object behind it"),
				Arguments.of(classProxy(), "object behind it"), Arguments.of(new Flagged(), "'empty'"),
				Arguments.of(new Texts(), "a List"), Arguments.of(Sinks.one(), "'scanAvailable'"),
				Arguments.of(new WeakReference<>("a"), "part of the program"),
				Arguments.of(new Semaphore(1), "part of the program"),
				Arguments.of(new StandardEnvironment(), "part of the program"),
				Arguments.of(Unpooled.wrappedBuffer(new byte[] { 1 }), "text or bytes"),
				Arguments.of(DefaultDataBufferFactory.sharedInstance.wrap(new byte[] { 1 }), "text or bytes"),
				Arguments.of(new HttpHeaders(), "toSingleValueMap()"),
				Arguments.of(ResponseEntity.ok("a"), "pass its body"), Arguments.of(Signal.next("a"), "pass its get()"),
				Arguments.of(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"), "is a credential"),
				Arguments.of(new Letters(), "pass a String"), Arguments.of(new Letter(new Letters()), "'text'"),
				Arguments.of(new Answer(), "add getters"), Arguments.of(sameName(), "the same name"),
				Arguments.of(new Itself(), "Itself refers to itself"), Arguments.of(new Node(), "'next': it refers to"),
				Arguments.of(new Failing(), "at 'name': IllegalStateException"),
				Arguments.of(new NotLoaded(), "at 'orders': LazyInitializationException: it was not loaded"),
				Arguments.of(new Twice(),
						"Jackson cannot write a dev.trigger.spring.payload.MisleadingObjectTests$Twice"),
				Arguments.of(new IllegalStateException("secret"), "is an exception"),
				Arguments.of(Map.of("cause", new IOException("secret")), "at 'cause': "),
				Arguments.of(new RawValue("{\"a\":}"), "writes what is none"),
				Arguments.of(new RawValue("1} {"), "writes what is none"),
				Arguments.of(new Raw("{"), "writes what is none"),
				Arguments.of(TokenBuffer.forGeneration(), "writes what is none"));
	}

	private static Object classProxy() {
		ProxyFactory factory = new ProxyFactory(new User("ada"));
		factory.setProxyTargetClass(true);
		return factory.getProxy();
	}

	private static Map<Object, Object> sameName() {
		Map<Object, Object> map = new LinkedHashMap<>();
		map.put(1, "number");
		map.put("1", "text");
		return map;
	}

	@Test
	void proxyOfHibernateIsRefused() {
		ClassLoader loader = getClass().getClassLoader();
		Class<?> type = ClassUtils.resolveClassName("org.hibernate.proxy.LazyInitializer", loader);
		objectIsRefused(Proxy.newProxyInstance(loader, new Class<?>[] { type }, (proxy, method, args) -> null),
				"proxy of Hibernate");
	}

	@ParameterizedTest
	@MethodSource("misleading")
	void objectIsRefused(Object payload, String advice) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.tasks().trigger(TASK, payload).block())
			.withMessageStartingWith("The payload cannot be written as JSON: ")
			.withMessageContaining(advice)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("secret"));
		assertThat(this.server.received()).isEmpty();
	}

	static Stream<Arguments> writable() {
		return Stream.of(Arguments.of(new Stored(), "{\"active\":true,\"empty\":true}"),
				Arguments.of(new Annotated(), "{\"active\":true}"), Arguments.of(new Flags(true), "{\"active\":true}"),
				Arguments.of(proxyOfInterface(), "{\"named\":true}"), Arguments.of(new Stateless(), "{\"named\":true}"),
				Arguments.of(new RawValue("{\"a\":\n1}"), "{\"a\": 1}"), Arguments.of(new Raw("[1]"), "{\"json\":[1]}"),
				Arguments.of(Map.of(1, "a"), "{\"1\":\"a\"}"), Arguments.of(new Problem("a"), "{\"message\":\"a\"}"));
	}

	private static Object proxyOfInterface() {
		return Proxy.newProxyInstance(MisleadingObjectTests.class.getClassLoader(), new Class<?>[] { Question.class },
				(proxy, method, arguments) -> true);
	}

	@ParameterizedTest
	@MethodSource("writable")
	void objectThatHoldsNothingElseIsSent(Object payload, String json) {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		this.trigger.tasks().trigger(TASK, payload).block();
		assertThat(this.server.received().get(0).body()).contains("\"payload\":" + json + ",");
	}

	@Test
	void settingOfTheMapperThatBreaksJsonDoesNotApply() {
		this.server.respond(200, "{\"id\":\"run_1\"}");
		client(JsonMapper.builder(JsonFactory.builder().disable(JsonWriteFeature.QUOTE_PROPERTY_NAMES).build()).build())
			.tasks()
			.trigger(TASK, new User("ada"))
			.block();
		assertThat(this.server.received().get(0).body()).contains("\"payload\":{\"name\":\"ada\"}");
	}

	interface Named {

		String getName();

	}

	interface Question {

		boolean isNamed();

	}

	static class User implements Named {

		private final String name;

		User() {
			this("nobody");
		}

		User(String name) {
			this.name = name;
		}

		@Override
		public String getName() {
			return this.name;
		}

	}

	static class Flagged {

		private final List<String> values = new ArrayList<>();

		public boolean isEmpty() {
			return this.values.isEmpty();
		}

	}

	static final class Texts implements Iterable<String> {

		private final List<String> values = List.of("a");

		@Override
		public Iterator<String> iterator() {
			return this.values.iterator();
		}

		public boolean isEmpty() {
			return this.values.isEmpty();
		}

	}

	static class Stored extends Flagged {

		private final boolean isActive = true;

		public boolean isActive() {
			return this.isActive;
		}

	}

	static class Annotated {

		private final int state = 1;

		@JsonProperty
		public boolean isActive() {
			return this.state == 1;
		}

	}

	record Flags(boolean active) {

	}

	static class Stateless implements Question {

		@Override
		public boolean isNamed() {
			return true;
		}

	}

	static final class Letters implements CharSequence {

		@Override
		public int length() {
			return 1;
		}

		@Override
		public char charAt(int index) {
			return 'a';
		}

		@Override
		public CharSequence subSequence(int start, int end) {
			return this;
		}

	}

	record Letter(CharSequence text) {

	}

	static final class Answer implements Supplier<String> {

		@Override
		public String get() {
			return "a";
		}

	}

	static final class Itself {

		@JsonValue
		Object value() {
			return this;
		}

	}

	static final class Node {

		public Node next = this;

	}

	static final class Failing {

		public String getName() {
			throw new IllegalStateException("secret");
		}

	}

	static final class NotLoaded {

		public List<String> getOrders() {
			throw new LazyInitializationException("secret");
		}

	}

	static final class Twice {

		@JsonProperty("a")
		public String getFirst() {
			return "secret";
		}

		@JsonProperty("a")
		public String getSecond() {
			return "secret";
		}

	}

	@JsonIncludeProperties("message")
	static final class Problem extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Problem(String message) {
			super(message);
		}

	}

	record Raw(@JsonRawValue String json) {

	}

}
