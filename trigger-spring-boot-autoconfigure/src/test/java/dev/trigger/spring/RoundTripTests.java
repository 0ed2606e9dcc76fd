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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.ErrorResponse;
import dev.trigger.spring.exception.RateLimitException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.payload.PayloadContent;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.task.TaskType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests that values that an application may keep or send, as JSON or by Java
 * serialization, are the same afterwards.
 */
class RoundTripTests {

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	/**
	 * Records that only go to the server, or that hold a secret.
	 */
	private static final Pattern NOT_KEPT = Pattern.compile(".*(Spec|Query|Options|Update|Request|Body|Selector|Import|"
			+ "Override|SessionTrigger|QueueAddress|Polling|BatchItem|Target|WebhookReplay|WebhookSecret|RunListenerSettings)");

	/**
	 * Rooms whose records never leave the client.
	 */
	private static final Set<String> INNER_ROOMS = Set.of(".http", ".auth", ".payload", ".token", ".options",
			".actuate.endpoint", ".endpoint", ".json", ".feed", ".jdbc", ".outbox");

	static Stream<Class<?>> values() throws IOException, URISyntaxException {
		return types().filter(RoundTripTests::isKept);
	}

	private static Stream<Class<?>> types() throws IOException, URISyntaxException {
		Path root = Path.of(Run.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(root.resolve("dev/trigger/spring"))) {
			List<Class<?>> types = new ArrayList<>();
			files.filter((file) -> file.toString().endsWith(".class"))
				.map((file) -> root.relativize(file).toString())
				.map((name) -> name.substring(0, name.length() - 6).replace('/', '.'))
				.sorted()
				.forEach((name) -> types.add(ClassUtils.resolveClassName(name, null)));
			return types.stream();
		}
	}

	private static boolean isKept(Class<?> type) {
		for (Class<?> owner = type; owner != null; owner = owner.getDeclaringClass()) {
			if (!Modifier.isPublic(owner.getModifiers())) {
				return false;
			}
		}
		String room = type.getPackageName().substring("dev.trigger.spring".length());
		return type.isRecord() && !room.contains("autoconfigure") && !INNER_ROOMS.contains(room)
				&& !NOT_KEPT.matcher(type.getSimpleName()).matches();
	}

	@ParameterizedTest
	@MethodSource("values")
	void recordSurvivesJson(Class<?> type) {
		assumeThat(type).as("is the part of an exception").isNotEqualTo(ErrorResponse.class);
		Object value = sample(type, 0);
		String json = MAPPER.writeValueAsString(value);
		assertThat(MAPPER.readValue(json, type)).as(json).isEqualTo(value);
		Object tree = MAPPER.readTree(json);
		assertThat(MAPPER.valueToTree(MAPPER.readValue(json, type)).toString()).isEqualTo(tree.toString());
	}

	@ParameterizedTest
	@MethodSource("values")
	void recordSurvivesSerialization(Class<?> type) {
		Object value = sample(type, 0);
		assertThat(serialize(value)).isEqualTo(value);
	}

	/**
	 * What an application's data may be, which belong into no log.
	 */
	@ParameterizedTest
	@MethodSource("values")
	void textOfARecordHasNoDataOfTheApplication(Class<?> type) {
		assertThat(String.valueOf(sample(type, 0)))
			.doesNotContainPattern("(?:output|[pP]ayload|metadata|properties|ai|messages)=[{\\[T]");
	}

	private static @Nullable Object sample(Type type, int depth) {
		if (type instanceof ParameterizedType parameterized) {
			Class<?> raw = (Class<?>) parameterized.getRawType();
			Type[] arguments = parameterized.getActualTypeArguments();
			if (raw == Map.Entry.class) {
				return new AbstractMap.SimpleImmutableEntry<>("name", sample(arguments[1], depth + 1));
			}
			if (Map.class.isAssignableFrom(raw)) {
				return Map.of("key", sample(arguments[1], depth + 1));
			}
			Object element = sample(arguments[0], depth + 1);
			return Set.class.isAssignableFrom(raw) ? Set.of(element) : (element != null) ? List.of(element) : List.of();
		}
		return (type instanceof Class<?> simple) ? sample(simple, depth) : "TEXT";
	}

	private static @Nullable Object sample(Class<?> type, int depth) {
		if (type == String.class || type == Object.class || type == CharSequence.class) {
			return "TEXT";
		}
		if (type == boolean.class || type == Boolean.class) {
			return true;
		}
		if (type == int.class || type == Integer.class) {
			return 3;
		}
		if (type == long.class || type == Long.class) {
			return 4L;
		}
		if (type == double.class || type == Double.class) {
			return 1.5;
		}
		if (type == BigDecimal.class) {
			return new BigDecimal("1.25");
		}
		if (type == Instant.class) {
			return Instant.parse("2026-11-24T04:13:25.100Z");
		}
		if (type == Duration.class) {
			return Duration.ofMillis(1500);
		}
		if (type == URI.class) {
			return URI.create("https://example.com");
		}
		if (type == JsonNode.class) {
			return JsonNodeFactory.instance.objectNode().put("a", 1);
		}
		if (type == PayloadContent.class) {
			return MAPPER.readValue("{\"a\":1}", PayloadContent.class);
		}
		if (type == HttpHeaders.class) {
			return HttpHeaders.EMPTY;
		}
		if (type.isEnum()) {
			return type.getEnumConstants()[0];
		}
		if (type == byte[].class) {
			return new byte[] { 1 };
		}
		return (type.isRecord() && depth < 6) ? record(type, depth) : null;
	}

	private static Object record(Class<?> type, int depth) {
		RecordComponent[] components = type.getRecordComponents();
		try {
			Object[] arguments = Arrays.stream(components)
				.map((component) -> sample(component.getGenericType(), depth + 1))
				.toArray();
			var constructor = type.getDeclaredConstructor(
					Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
			constructor.setAccessible(true);
			return constructor.newInstance(arguments);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException("No sample of " + type, ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> T serialize(T value) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
			output.writeObject(value);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			return (T) input.readObject();
		}
		catch (IOException | ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("exceptions")
	void exceptionHasOnlyFieldsThatSurviveSerialization(Class<?> type) {
		assertThat(type.getDeclaredFields())
			.filteredOn(
					(field) -> !Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers()))
			.extracting((field) -> ClassUtils.resolvePrimitiveIfNecessary(field.getType()))
			// what these hold is seen by those who are serialized
			.filteredOn((field) -> field != List.class && field != Set.class && field != Map.class)
			.allMatch(Serializable.class::isAssignableFrom);
	}

	static Stream<Class<?>> exceptions() throws IOException, URISyntaxException {
		return types().filter(Throwable.class::isAssignableFrom);
	}

	@Test
	void environmentSurvivesJsonAndSerialization() {
		TriggerEnvironment environment = TriggerEnvironment.of("canary");
		assertThat(MAPPER.writeValueAsString(environment)).isEqualTo("\"canary\"");
		assertThat(MAPPER.readValue("\"canary\"", TriggerEnvironment.class)).isEqualTo(environment);
		assertThat(serialize(environment)).isEqualTo(environment);
	}

	@Test
	void derivedStatesAreNoProperties() {
		JsonNode json = MAPPER.valueToTree(sample(Run.class, 0));
		assertThat(json.propertyNames()).contains("isCompleted").doesNotContain("finished", "completed", "duration");
	}

	@Test
	void handleSurvivesJson() {
		RunHandle<List<Map<String, Integer>>> handle = RunHandle.of("run_1", new ParameterizedTypeReference<>() {
		});
		String json = MAPPER.writeValueAsString(handle);
		assertThat(json).isEqualTo("{\"id\":\"run_1\",\"cached\":false}");
		assertThat(MAPPER.readValue(json, new TypeReference<RunHandle<List<Map<String, Integer>>>>() {
		})).isEqualTo(handle).hasSameHashCodeAs(handle);
		assertThat(MAPPER.readValue(json, RunHandle.class)).isEqualTo(RunHandle.of("run_1", Object.class));
		assertThat(MAPPER.readValue("{\"handles\":[" + json + "]}", Handles.class).handles())
			.containsExactly(RunHandle.of("run_1", Run.class));
	}

	@Test
	void batchHandleSurvivesJson() {
		BatchHandle<Run> handle = new BatchHandle<>("batch_1", 7, true, Run.class, () -> "token");
		String json = MAPPER.writeValueAsString(handle);
		assertThat(json).isEqualTo("{\"id\":\"batch_1\",\"runCount\":7,\"cached\":true}");
		BatchHandle<Run> copy = MAPPER.readValue(json, new TypeReference<BatchHandle<Run>>() {
		});
		assertThat(copy).isEqualTo(handle);
		assertThat(copy.runCount()).isEqualTo(7);
		assertThat(copy.isCached()).isTrue();
		assertThat(copy.publicAccessToken()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"id\":7}", "{\"id\":\"\"}", "\"run_1\"" })
	void jsonThatIsNoHandleIsRefused(String json) {
		assertThat(catchThrowableOfType(tools.jackson.core.JacksonException.class,
				() -> MAPPER.readValue(json, RunHandle.class)))
			.isNotNull();
	}

	@Test
	void handlesAndStatesSurviveJackson2() throws IOException {
		com.fasterxml.jackson.databind.ObjectMapper mapper = new com.fasterxml.jackson.databind.ObjectMapper();
		String json = mapper.writeValueAsString(RunHandle.of("run_1", Run.class));
		assertThat(json).isEqualTo("{\"id\":\"run_1\",\"cached\":false}");
		assertThat(mapper.readValue(json, RunHandle.class)).isEqualTo(RunHandle.of("run_1", Object.class));
		BatchHandle<?> batch = mapper.readValue("{\"id\":\"batch_1\",\"runCount\":7,\"cached\":true}",
				BatchHandle.class);
		assertThat(batch.runCount()).isEqualTo(7);
		assertThat(mapper.readValue(mapper.writeValueAsString(RunStatus.COMPLETED), RunStatus.class))
			.isEqualTo(RunStatus.COMPLETED);
	}

	@Test
	void handleOfAGenericTypeSurvivesSerialization() {
		RunHandle<Map<String, ? extends List<Run[]>>> handle = RunHandle.of("run_1",
				new ParameterizedTypeReference<>() {
				});
		RunHandle<?> copy = serialize(handle);
		assertThat(copy).isEqualTo(handle).hasSameHashCodeAs(handle);
		assertThat(copy.outputType().getTypeName()).isEqualTo(handle.outputType().getTypeName());
		assertThat(copy.publicAccessToken()).isNull();
		assertThat(serialize(new BatchHandle<>("batch_1", 7, true, Run.class, () -> "token")).runCount()).isEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 409, 418, 422, 429, 500 })
	void failureOfTheServerSurvivesSerialization(int status) {
		try (LoopbackServer server = new LoopbackServer()) {
			server.respond(status, "{\"error\":\"no\",\"code\":\"x\"}", "x-ratelimit-reset", "1764000000000");
			TriggerApiException failure = catchThrowableOfType(TriggerApiException.class,
					() -> client(server).runs().retrieve("run_1").block());
			TriggerApiException copy = serialize(failure);
			assertThat(copy).hasMessage(failure.getMessage()).hasSameClassAs(failure);
			assertThat(copy.getStatus()).isEqualTo(status);
			assertThat(copy.getCode()).isEqualTo("x");
			assertThat(copy.getServerMessage()).isEqualTo("no");
			assertThat(copy.getResponseBody()).isEqualTo(failure.getResponseBody());
			assertThat(copy.getHeaders().getFirst("X-RateLimit-Reset")).isEqualTo("1764000000000");
			assertThat(copy.getEndpoint()).isEqualTo(TriggerEndpoint.RUNS_RETRIEVE);
			if (copy instanceof RateLimitException limited) {
				assertThat(limited.getResetAt()).isEqualTo(Instant.ofEpochMilli(1764000000000L));
			}
		}
	}

	@Test
	void failureOfABatchSurvivesSerialization() {
		try (LoopbackServer server = new LoopbackServer()) {
			server.respond(202, "{\"id\":\"batch_1\",\"runCount\":1000}")
				.respond(202, "{\"id\":\"batch_1\",\"sealed\":true}")
				.respond(202, "{\"id\":\"batch_2\",\"runCount\":2}")
				.respond(202, "{\"id\":\"batch_2\",\"itemsAccepted\":1,\"sealed\":false}");
			TaskType<Object, Object> task = TaskType.of("t", Object.class, Object.class);
			dev.trigger.spring.batch.BatchException failure = catchThrowableOfType(
					dev.trigger.spring.batch.BatchException.class,
					() -> client(server).tasks()
						.batchTrigger(task, reactor.core.publisher.Flux.range(0, 1002).cast(Object.class))
						.blockLast());
			dev.trigger.spring.batch.BatchException copy = serialize(failure);
			assertThat(copy.getHandles()).hasSize(1).isEqualTo(failure.getHandles());
			assertThat(copy.getPhase()).isEqualTo(failure.getPhase());
			dev.trigger.spring.batch.BatchNotSealedException cause = (dev.trigger.spring.batch.BatchNotSealedException) copy
				.getCause();
			assertThat(cause.getStreamed().itemsAccepted()).isEqualTo(1);
		}
	}

	/**
	 * A field that is left out is lost, and its getter fails or returns nothing.
	 */
	@Test
	void noFailureLeavesFieldsOut() throws IOException, URISyntaxException {
		Path root = Path.of(Run.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		try (Stream<Path> files = Files.walk(root.resolve("dev/trigger/spring"))) {
			List<String> transients = files.filter((file) -> file.toString().endsWith("Exception.class"))
				.map((file) -> root.relativize(file).toString())
				.map((name) -> ClassUtils.resolveClassName(name.substring(0, name.length() - 6).replace('/', '.'),
						null))
				.filter(TriggerException.class::isAssignableFrom)
				.flatMap((type) -> Arrays.stream(type.getDeclaredFields()))
				.filter((field) -> Modifier.isTransient(field.getModifiers()))
				.map(String::valueOf)
				.toList();
			assertThat(transients).isEmpty();
		}
	}

	@Test
	void responseKeepsItsHeadersWhateverMapTheyAreIn() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("x-request-id", "1");
		ErrorResponse response = new ErrorResponse(500, "no", null, null, null, headers, "");
		assertThat(serialize(response).headers().getFirst("X-Request-Id")).isEqualTo("1");
	}

	private static TriggerOperations client(LoopbackServer server) {
		return TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl(server.url())
			.retry((policy) -> policy.withMaxAttempts(1))
			.build();
	}

	record Handles(List<RunHandle<Run>> handles) {

	}

}
