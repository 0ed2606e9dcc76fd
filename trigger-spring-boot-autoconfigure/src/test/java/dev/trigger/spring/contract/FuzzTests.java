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

package dev.trigger.spring.contract;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.contract.CallRegistry.Registration;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.CallSettings;
import dev.trigger.spring.http.RetryPolicy;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.payload.EncodedOutput;
import dev.trigger.spring.payload.PayloadCodec;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.jspecify.annotations.Nullable;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a server responds with, a call ends with a value or with one typed error, and
 * soon. It takes a minute, in the profile {@code fuzz} ten.
 */
class FuzzTests {

	private static final int ENDLESS = Integer.MAX_VALUE;

	private static final int MAX_REQUESTS = 12;

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final String KEY = "tr_prod_0123456789abcdefABCD";

	private static final List<JsonNode> CASES = cases();

	private static final List<JsonNode> FAILURES = CASES.stream()
		.filter((recording) -> recording.path("name").asString("").startsWith("errors/"))
		.toList();

	private static final List<String> SUPER_JSON = superJson();

	private static final List<Type> TYPES = List.of(JsonNode.class, Object.class, String.class, Pair.class,
			Instant.class, Long.class, new ParameterizedTypeReference<Map<String, Pair>>() {
			}.getType(), new ParameterizedTypeReference<List<Pair>>() {
			}.getType());

	private final PayloadCodec codec = new PayloadCodec(http(), JsonMapper.builder().build());

	@AddLifecycleHook(UntilTimeIsUp.class)
	@Property(tries = ENDLESS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
	void responseIsReadOrRefusedWithOneTypedError(@ForAll Random random) {
		JsonNode recording = CASES.get(random.nextInt(CASES.size()));
		List<JsonNode> all = Contract.elements(recording.path("responses"));
		Mutation mutation = new Mutation(random);
		int victim = random.nextInt(all.size());
		call(recording, (number) -> {
			JsonNode prepared = all.get(Math.min(number, all.size() - 1));
			byte[] body = (number == victim) ? mutate(prepared, mutation) : bytes(prepared);
			return respond(status(prepared), prepared.path("headers"), body, (number == victim) ? random : null);
		});
	}

	@AddLifecycleHook(UntilTimeIsUp.class)
	@Property(tries = ENDLESS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
	void superJsonIsReadOrRefusedWithOneTypedError(@ForAll Random random) {
		Mutation mutation = new Mutation(random);
		String seed = SUPER_JSON.get(random.nextInt(SUPER_JSON.size()));
		String text = new String(random.nextBoolean() ? mutation.of(Contract.json(seed)) : mutation.of(seed),
				StandardCharsets.UTF_8);
		EncodedOutput output = new EncodedOutput(StringNode.valueOf(text), "application/super+json", null);
		Type type = TYPES.get(random.nextInt(TYPES.size()));
		assertEndsWell(text, this.codec.decode(output, type).flux());
	}

	@AddLifecycleHook(UntilTimeIsUp.class)
	@Property(tries = ENDLESS, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
	void failureIsOneTypedErrorWithItsStatus(@ForAll Random random) {
		JsonNode recording = FAILURES.get(random.nextInt(FAILURES.size()));
		JsonNode prepared = recording.path("responses").get(0);
		int status = (random.nextInt(3) == 0 || status(prepared) < 300) ? 300 + random.nextInt(300) : status(prepared);
		byte[] body = mutate(prepared, new Mutation(random));
		Throwable failure = call(recording, (number) -> respond(status, prepared.path("headers"), body, random));
		if (failure != null && !(failure instanceof IllegalArgumentException)) {
			Throwable api = failure;
			while (api.getCause() instanceof TriggerException cause) {
				api = cause;
			}
			assertThat(api).isInstanceOfSatisfying(TriggerApiException.class,
					(ex) -> assertThat(ex.getStatus()).isEqualTo(status));
		}
	}

	private static @Nullable Throwable call(JsonNode recording, IntFunction<ClientResponse> server) {
		String operation = recording.path("operation").asString("");
		Registration<?> registration = CallRegistry.get().find(operation);
		AtomicInteger requests = new AtomicInteger();
		ExchangeFunction exchange = (request) -> {
			int number = requests.getAndIncrement();
			return Mono.just((number < MAX_REQUESTS) ? server.apply(number)
					: ClientResponse.create(HttpStatusCode.valueOf(418)).build());
		};
		TriggerOperations client = TriggerTemplate
			.builder(TriggerCredential.of(KEY), TriggerCredential.of("tr_pat_0123456789abcdef0123456789abcdef01234567"))
			.apiUrl("http://127.0.0.1:1")
			.projectRef("proj_1")
			// else a server that asks to come back in a year would be waited for
			.timeout(RecordingScheduler.LEAST_LIMIT)
			.retry((policy) -> policy.withMaxAttempts(3))
			.scheduler(new RecordingScheduler(Instant.parse("2025-03-01T10:00:00.250Z"), requests::get))
			.webClientBuilder(WebClient.builder().exchangeFunction(exchange))
			.build();
		return assertEndsWell(operation, Flux.defer(() -> registration.invoke(client, registration.sample)).take(1000));
	}

	private static @Nullable Throwable assertEndsWell(String what, Flux<?> call) {
		long start = System.nanoTime();
		try {
			call.doOnNext((value) -> assertThat(value.toString()).isNotNull()).blockLast(SOON);
			return null;
		}
		catch (Throwable ex) {
			Throwable failure = Exceptions.unwrap(ex);
			if (!(failure instanceof TriggerException)) {
				throw new AssertionError(what + " ended with " + failure, failure);
			}
			assertThat(failure.toString()).doesNotContain(KEY);
			return failure;
		}
		finally {
			assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(SOON);
		}
	}

	private static ClientResponse respond(int status, JsonNode headers, byte[] body, @Nullable Random random) {
		return ClientResponse.create(HttpStatusCode.valueOf(status)).headers((all) -> {
			headers.properties().forEach((header) -> all.add(header.getKey(), header.getValue().asString("")));
			if (random != null && random.nextInt(3) == 0) {
				Mutation mutation = new Mutation(random);
				for (String name : List.of("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset",
						"retry-after", "date", "x-should-retry", "x-trigger-jwt-claims", "content-type")) {
					if (random.nextInt(3) == 0) {
						all.set(name, mutation.token());
					}
				}
			}
		}).body(Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body))).build();
	}

	private static int status(JsonNode prepared) {
		return prepared.path("status").asInt(500);
	}

	private static byte[] bytes(JsonNode prepared) {
		return text(prepared).getBytes(StandardCharsets.UTF_8);
	}

	private static String text(JsonNode prepared) {
		return prepared.has("bodyText") ? prepared.get("bodyText").stringValue()
				: prepared.has("body") ? prepared.get("body").toString() : "";
	}

	private static byte[] mutate(JsonNode prepared, Mutation mutation) {
		return prepared.path("body").isContainer() ? mutation.of(prepared.get("body")) : mutation.of(text(prepared));
	}

	private static List<JsonNode> cases() {
		List<JsonNode> cases = new ArrayList<>();
		for (JsonNode recording : Contract.cases("wire")) {
			if (CallRegistry.get().find(recording.path("operation").asString("")) != null
					&& !recording.path("responses").isEmpty()) {
				cases.add(recording);
			}
		}
		assertThat(cases).hasSizeGreaterThan(100);
		return cases;
	}

	private static List<String> superJson() {
		return List.of(
				"{\"json\":{\"at\":\"2025-01-01T00:00:00.000Z\"},\"meta\":{\"values\":{\"at\":[\"Date\"]},\"v\":1}}",
				"{\"json\":{\"n\":\"123456789\",\"x\":\"NaN\"},\"meta\":{\"values\":{\"n\":[\"bigint\"],\"x\":[\"number\"]}}}",
				"{\"json\":{\"a\":null,\"b\":[1,null]},\"meta\":{\"values\":{\"a\":[\"undefined\"],\"b.1\":[\"undefined\"]}}}",
				"{\"json\":{\"m\":[[\"a\",\"1\"],[2,true]]},\"meta\":{\"values\":{\"m\":[\"map\",{\"0.1\":[\"bigint\"]}]}}}",
				"{\"json\":[[\"o\",[[\"i\",\"5\"]]]],\"meta\":{\"values\":[\"map\",{\"0.1\":[\"map\",{\"0.1\":[\"bigint\"]}]}]}}",
				"{\"json\":{\"s\":[\"1\",\"2\"]},\"meta\":{\"values\":{\"s\":[\"set\",{\"0\":[\"bigint\"]}]},\"v\":1}}",
				"{\"json\":{\"a\":{\"x\":[1]},\"b\":null,\"c\":{\"d\":[null]}},\"meta\":{\"referentialEqualities\":{\"a\":[\"b\",\"c.d.0\"]}}}",
				"{\"json\":{\"self\":null,\"a\":{\"again\":null}},\"meta\":{\"referentialEqualities\":[[\"self\"],{\"a\":[\"a.again\"]}]}}",
				"{\"json\":{\"a.b\":{\"c\\\\d\":\"1\"},\"\":\"2\"},\"meta\":{\"v\":1,\"values\":{\"a\\\\.b.c\\\\\\\\d\":[\"bigint\"],\"\":[\"bigint\"]}}}",
				"{\"json\":{\"id\":\"1\",\"value\":{\"id\":\"2\",\"value\":null}}}");
	}

	private static TriggerHttp http() {
		CallSettings settings = new CallSettings(TriggerCredentials.of(TriggerCredential.of(KEY)), PreviewBranch.none(),
				null, RetryPolicy.defaults(), null);
		return TriggerHttp.builder("http://127.0.0.1:1", settings).build();
	}

	/**
	 * What an application may expect as an output.
	 */
	record Pair(@Nullable String id, @Nullable Pair value) {

	}

}
