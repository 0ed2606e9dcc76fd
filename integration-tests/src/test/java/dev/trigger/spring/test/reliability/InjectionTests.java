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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerException;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every string argument of every operation is fed with what would change a request. The
 * request has exactly the intended path, or the call is refused.
 */
class InjectionTests {

	private static final String PROJECT = "proj_emulatoremulatoremul";

	private static final Map<String, String> MALICIOUS = Map.ofEntries(Map.entry("line break", "a\r\nx-evil: 1"),
			Map.entry("parent", ".."), Map.entry("path up", "../../v1/whoami"),
			Map.entry("encoded path up", "%2e%2e%2fwhoami"), Map.entry("double slash", "//evil.example/x"),
			Map.entry("query", "a?b=c&d=e"), Map.entry("fragment", "a#b"), Map.entry("nul", "a\u0000b"),
			Map.entry("lone surrogate", "a\ud800b"), Map.entry("blank", " "), Map.entry("template", "{runId}"),
			Map.entry("matrix parameter", "a;b=c"), Map.entry("backslash", "..\\x"), Map.entry("unicode", "ü/\u2028"),
			Map.entry("more than is sent without an upload", "x/".repeat(100 * 1024)));

	private static final ConcurrentLinkedQueue<Received> received = new ConcurrentLinkedQueue<>();

	private static DisposableServer server;

	private static TriggerOperations trigger;

	@BeforeAll
	static void start() {
		server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.httpRequestDecoder((spec) -> spec.maxInitialLineLength(16_000_000).maxHeaderSize(16_000_000))
			.handle((request, response) -> request.receive().then().then(Mono.defer(() -> {
				received.add(new Received(request.method().name(), request.uri(), request.requestHeaders()));
				return response.status(404).header("x-should-retry", "false").sendString(Mono.just("{}")).then();
			})))
			.bindNow();
		trigger = TriggerTemplate
			.builder(TriggerCredential.of("tr_prod_0123456789abcdefINJ1"),
					TriggerCredential.of("tr_pat_0123456789abcdefghijINJ2"))
			.apiUrl("http://127.0.0.1:" + server.port())
			.projectRef(PROJECT)
			.build();
	}

	@AfterAll
	static void stop() {
		server.disposeNow();
	}

	static Stream<EveryOperation> operations() {
		return EveryOperation.all().stream();
	}

	@Test
	void thereAreManyOperationsAndStrings() {
		assertThat(EveryOperation.all()).hasSizeGreaterThan(100);
		assertThat(EveryOperation.all().stream().mapToInt(EveryOperation::strings).sum()).isGreaterThan(200);
	}

	@Test
	void inconspicuousArgumentsReachTheEndpoints() {
		int reached = 0;
		for (EveryOperation operation : EveryOperation.all()) {
			received.clear();
			run(operation, -1, "");
			received
				.forEach((request) -> assertThat(segments(request, EveryOperation.INCONSPICUOUS)).as(request.toString())
					.isNotNull());
			reached += received.isEmpty() ? 0 : 1;
		}
		// arguments that are made up need not always make sense
		assertThat(reached).isGreaterThan(EveryOperation.all().size() * 8 / 10);
	}

	@ParameterizedTest
	@MethodSource("operations")
	void maliciousStringsDoNotChangeThePath(EveryOperation operation) {
		for (int i = 0; i < operation.strings(); i++) {
			for (Map.Entry<String, String> malicious : MALICIOUS.entrySet()) {
				received.clear();
				Throwable failure = run(operation, i, malicious.getValue());
				String description = operation + ", string " + i + ": " + malicious.getKey();
				for (Received request : received) {
					assertThat(isIntended(request, malicious.getValue())).as(description + " -> " + request).isTrue();
					assertThat(request.headers().contains("x-evil")).as(description).isFalse();
				}
				if (failure != null) {
					assertThat(failure).as(description)
						.isInstanceOfAny(IllegalArgumentException.class, TriggerException.class);
				}
			}
		}
	}

	/**
	 * Whether the path is the intended one. What follows something may have sent its last
	 * request with another value, while the next operation is called.
	 */
	private static boolean isIntended(Received request, String value) {
		return segments(request, value) != null
				|| MALICIOUS.values().stream().anyMatch((other) -> segments(request, other) != null);
	}

	private static Throwable run(EveryOperation operation, int chosen, String value) {
		try {
			Flux.from(operation.call(trigger, chosen, value)).blockLast(Duration.ofSeconds(20));
			return null;
		}
		catch (Exception ex) {
			return ex;
		}
	}

	/**
	 * The segments of the path that are not from the catalogue, {@code null} if there is
	 * no such endpoint.
	 */
	private static List<String> segments(Received request, String value) {
		String path = request.uri().contains("?") ? request.uri().substring(0, request.uri().indexOf('?'))
				: request.uri();
		String[] actual = path.split("/", -1);
		for (TriggerEndpoint endpoint : TriggerEndpoint.values()) {
			List<String> variables = match(endpoint.path().split("/", -1), actual);
			if (variables != null && endpoint.method().name().equals(request.method())
					&& variables.stream().allMatch((variable) -> isIntended(variable, value))) {
				return variables;
			}
		}
		return null;
	}

	private static boolean isIntended(String variable, String value) {
		return variable.equals(value)
				|| Set.of(EveryOperation.INCONSPICUOUS, "prod", "1", PROJECT, "payload", "current", "self")
					.contains(variable)
				|| variable.matches("[0-9a-f]{64}") || isPacket(variable);
	}

	/**
	 * Whether it is the name of a payload that is too large for a request.
	 */
	private static boolean isPacket(String variable) {
		return variable.matches("trigger/packet_\\w+/payload\\.\\w+");
	}

	private static List<String> match(String[] template, String[] actual) {
		if (template.length != actual.length) {
			return null;
		}
		List<String> variables = new ArrayList<>();
		for (int i = 0; i < template.length; i++) {
			if (template[i].startsWith("{")) {
				variables.add(URLDecoder.decode(actual[i].replace("+", "%2B"), StandardCharsets.UTF_8));
			}
			else if (!template[i].equals(actual[i])) {
				return null;
			}
		}
		return variables;
	}

	private record Received(String method, String uri, HttpHeaders headers) {

		@Override
		public String toString() {
			return this.method + " " + this.uri.substring(0, Math.min(200, this.uri.length()));
		}

	}

}
