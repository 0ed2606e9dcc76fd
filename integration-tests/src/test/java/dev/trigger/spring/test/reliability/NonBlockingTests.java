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

package dev.trigger.spring.test.reliability;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No call blocks a thread that must not be blocked: neither an event loop nor a thread of
 * the parallel scheduler. BlockHound tells.
 */
@Tag("blockhound")
class NonBlockingTests {

	/**
	 * Servers destroy connections that want to be upgraded to HTTP/2.
	 */
	private static final HttpClient HTTP_1_1 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final TaskType<Object, Object> HELLO = TaskType.of("hello", Object.class, Object.class);

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Queue<String> blocked = new ConcurrentLinkedQueue<>();

	private static TriggerEmulator emulator;

	@BeforeAll
	static void install() {
		BlockHound.install((builder) -> builder
			// the kernel's random numbers are a file that is always there
			.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
			// a type that is read for the first time, by several threads at once
			.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
					"_createAndCacheValueDeserializer")
			// Netty takes a short lock of its own when several event loops need memory
			.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate")
			// the JDK's client takes one to register a connection with its selector, and
			// for its pool of connections
			.allowBlockingCallsInside("jdk.internal.net.http.HttpClientImpl$SelectorManager", "register")
			.allowBlockingCallsInside("jdk.internal.net.http.ConnectionPool", "getConnection")
			.allowBlockingCallsInside("jdk.internal.net.http.ConnectionPool", "returnToPool")
			.blockingMethodCallback((method) -> blocked.add(describe(method.toString()))));
		emulator = TriggerEmulator.builder().rateLimit(100_000, 100_000, Duration.ofSeconds(10)).start();
	}

	private static String describe(String method) {
		return Thread.currentThread().getName() + ": " + method
				+ Arrays.stream(new Exception().getStackTrace())
					.skip(5)
					.limit(40)
					.map((frame) -> System.lineSeparator() + "\tat " + frame)
					.collect(Collectors.joining());
	}

	@AfterAll
	static void stop() {
		emulator.close();
	}

	@BeforeEach
	void reset() {
		emulator.faults().clear();
		blocked.clear();
	}

	@Test
	void blockingCallsAreFound() {
		Mono.fromRunnable(() -> FaultProxy.sleep(Duration.ofMillis(1)))
			.subscribeOn(Schedulers.parallel())
			.block(PATIENCE);
		assertThat(blocked).hasSize(1);
	}

	@Test
	void noOperationBlocks() {
		callEverything(client(WebClient.builder()));
		assertThat(blocked).isEmpty();
	}

	@Test
	void noOperationBlocksWithTheClientOfTheJdk() {
		callEverything(client(WebClient.builder().clientConnector(new JdkClientHttpConnector(HTTP_1_1))));
		assertThat(blocked).isEmpty();
	}

	@Test
	void neitherRetriesNorLostResponsesBlock() {
		emulator.faults().onAnyOperation().loseResponse().randomly(10, 1);
		emulator.faults().onAnyOperation().status(503).randomly(10, 2);
		emulator.faults().onAnyOperation().truncate().randomly(5, 3);
		callEverything(client(WebClient.builder()));
		assertThat(blocked).isEmpty();
	}

	@Test
	void largePayloadsAndBatchesDoNotBlock() {
		TriggerOperations trigger = client(WebClient.builder());
		Object large = Map.of("text", "x".repeat(300_000));
		Flux.range(0, 10)
			.publishOn(Schedulers.parallel())
			.flatMap((i) -> trigger.tasks().trigger(HELLO, large).flatMap((run) -> trigger.runs().retrieve(run.id())))
			.blockLast(PATIENCE);
		trigger.batches()
			.triggerAll(Flux.range(0, 2500).publishOn(Schedulers.parallel()).map((i) -> BatchItem.of("hello", i)),
					BatchOptions.none())
			.blockLast(PATIENCE);
		assertThat(blocked).isEmpty();
	}

	@Test
	void waitingForTheRateLimitDoesNotBlock() {
		try (TriggerEmulator limited = TriggerEmulator.builder().rateLimit(20, 20, Duration.ofMillis(300)).start()) {
			TriggerOperations trigger = client(WebClient.builder(), limited);
			Flux.range(0, 100)
				.publishOn(Schedulers.parallel())
				.flatMap((i) -> trigger.tasks().trigger(HELLO, i), 30)
				.blockLast(PATIENCE);
		}
		assertThat(blocked).isEmpty();
	}

	/**
	 * From a thread that must not be blocked, as in a reactive application.
	 */
	private static void callEverything(TriggerOperations trigger) {
		List<Mono<?>> calls = new ArrayList<>();
		for (EveryOperation operation : EveryOperation.all()) {
			calls.add(Flux.defer(() -> {
				try {
					return operation.call(trigger, -1, "");
				}
				catch (Exception ex) {
					return Flux.error(ex);
				}
			}).subscribeOn(Schedulers.parallel()).take(10).timeout(Duration.ofSeconds(2)).then().onErrorComplete());
		}
		assertThat(calls).hasSizeGreaterThan(100);
		Flux.merge(Flux.fromIterable(calls), 8).blockLast(PATIENCE);
	}

	private static TriggerOperations client(WebClient.Builder builder) {
		return client(builder, emulator);
	}

	private static TriggerOperations client(WebClient.Builder builder, TriggerEmulator emulator) {
		return TriggerTemplate
			.builder(TriggerCredential.of(emulator.secretKey("prod")),
					TriggerCredential.of(emulator.personalAccessToken()))
			.apiUrl(emulator.apiUrl())
			.projectRef(emulator.projectRef())
			.retry((policy) -> policy.withBackoff(Duration.ofMillis(5), 1, Duration.ofMillis(5)))
			.webClientBuilder(builder)
			.build();
	}

}
