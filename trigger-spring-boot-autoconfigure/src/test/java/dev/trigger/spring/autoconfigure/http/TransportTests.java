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

package dev.trigger.spring.autoconfigure.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.RawServer;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.web.client.ApiVersionInserter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for what has to be the same on every connector.
 */
class TransportTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}";

	private static final TaskType<Integer, Void> TASK = TaskType.of("t", Integer.class, Void.class);

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void noUpgradeIsAskedForOverHttp(String connector) {
		try (RawServer server = new RawServer((request) -> request.write(RawServer.response("200 OK", RUN)))) {
			ClientRunner.run(connector, server.url(), (client) -> client.runs().retrieve("run_1").block(PATIENCE));
			assertThat(server.heads()).singleElement()
				.satisfies((head) -> assertThat(head).doesNotContainIgnoringCase("upgrade")
					.doesNotContainIgnoringCase("http2"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk" })
	void http2OverHttpIsRefusedAtTheStart(String connector) {
		ClientRunner.of(connector, "http://127.0.0.1:1", "trigger.http.http2=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'trigger.http.http2'")
				.hasMessageContaining("'trigger.api-url'"));
	}

	@ParameterizedTest
	@CsvSource({ "reactor,gzip", "reactor,deflate", "jdk,gzip", "jdk,x-gzip", "jdk,deflate", "jetty,gzip",
			"jetty,deflate" })
	void responseThatIsCompressedWithoutBeingAskedForIsRead(String connector, String encoding) {
		try (RawServer server = new RawServer(
				(request) -> write(request, "200 OK", encoding, compress(RUN, encoding)))) {
			ClientRunner.run(connector, server.url(),
					(client) -> assertThat(client.runs().retrieve("run_1").block(PATIENCE))
						.satisfies((run) -> assertThat(run.id()).isEqualTo("run_1")));
		}
	}

	@ParameterizedTest
	@CsvSource({ "jdk,br", "jdk,gzip", "jetty,br" })
	void responseThatCanNotBeDecompressedIsTypedErrorAndNotTriedAgain(String connector, String encoding) {
		byte[] bytes = { 0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6 };
		try (RawServer server = new RawServer((request) -> write(request, "200 OK", encoding, bytes))) {
			ClientRunner.run(connector, server.url(),
					(client) -> assertThatExceptionOfType(TriggerDecodingException.class)
						.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
						.withMessageContaining(encoding));
			assertThat(server.heads()).hasSize(1);
		}
	}

	@Test
	void errorThatCanNotBeDecompressedStaysThatError() {
		try (RawServer server = new RawServer(
				(request) -> write(request, "500 Server Error", "br", new byte[] { 1, 2, 3, 4 }))) {
			ClientRunner.run("jdk", server.url(),
					(client) -> assertThatExceptionOfType(ServerException.class)
						.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE)),
					"trigger.retry.max-attempts=1");
		}
	}

	private static void write(RawServer.Request request, String status, String encoding, byte[] body)
			throws IOException {
		request.write("HTTP/1.1 " + status + "\r\ncontent-type: application/json\r\ncontent-encoding: " + encoding
				+ "\r\ncontent-length: " + body.length + "\r\n\r\n");
		request.write(body);
	}

	private static byte[] compress(String text, String encoding) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DeflaterOutputStream out = encoding.equals("deflate") ? new DeflaterOutputStream(bytes)
				: new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void headerArrivesAsItIsOrIsRefused(String connector) {
		try (RawServer server = new RawServer((request) -> request.write(RawServer.response("200 OK", RUN)))) {
			ClientRunner.run(connector, server.url(), (client) -> {
				assertThatIllegalArgumentException()
					.isThrownBy(() -> client.withHeader("x-tenant", "\u0141\u00f3d\u017a"))
					.withMessageContaining("x-tenant");
				if (connector.equals("jdk")) {
					assertThatIllegalArgumentException()
						.isThrownBy(() -> client.withHeader("x-tenant", "M\u00fcnchen")
							.runs()
							.retrieve("run_1")
							.block(PATIENCE))
						.withMessageContaining("x-tenant");
				}
				else {
					client.withHeader("x-tenant", "M\u00fcnchen").runs().retrieve("run_1").block(PATIENCE);
				}
			});
			assertThat(server.heads()).allSatisfy((head) -> assertThat(head).contains("M\u00fcnchen"))
				.hasSize(connector.equals("jdk") ? 0 : 1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "http-components" })
	void callsBeyondThePoolWaitForAConnection(String connector) {
		DisposableServer server = slowServer(Duration.ofMillis(300));
		try {
			ClientRunner.run(connector, "http://127.0.0.1:" + server.port(), (client) -> {
				Map<String, Integer> failures = new ConcurrentHashMap<>();
				Long created = Flux.range(0, 4000)
					.flatMap((i) -> client.tasks().trigger(TASK, i).onErrorResume((ex) -> {
						failures.merge(String.valueOf(ex.getMessage()), 1, Integer::sum);
						return Mono.empty();
					}), 4000)
					.count()
					.block(PATIENCE);
				assertThat(failures).isEmpty();
				assertThat(created).isEqualTo(4000);
			});
		}
		finally {
			server.disposeNow();
		}
	}

	private static DisposableServer slowServer(Duration delay) {
		AtomicInteger created = new AtomicInteger();
		return HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> request.receive()
				.then(Mono.delay(delay))
				.then(response.header("content-type", "application/json")
					.sendString(Mono.fromSupplier(() -> "{\"id\":\"run_" + created.incrementAndGet() + "\"}"))
					.then()))
			.bindNow();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void cancellationIsNoErrorThatIsLogged(String connector) {
		List<Throwable> dropped = new CopyOnWriteArrayList<>();
		AtomicInteger served = new AtomicInteger();
		Hooks.onErrorDropped(dropped::add);
		try (RawServer server = new RawServer((request) -> {
			if (request.id().equals("run_begun")) {
				request.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{");
			}
			served.incrementAndGet();
		})) {
			ClientRunner.run(connector, server.url(), (client) -> {
				Disposable calls = Disposables.composite(client.runs().retrieve("run_silent").subscribe(),
						client.runs().retrieve("run_begun").subscribe());
				await().atMost(Duration.ofSeconds(20)).until(() -> served.get() == 2);
				calls.dispose();
				// that of the JDK reads on, and HttpComponents notices it at the next
				// byte
				int closed = switch (connector) {
					case "jdk" -> 1;
					case "http-components" -> 0;
					default -> 2;
				};
				await().atMost(Duration.ofSeconds(20)).until(() -> server.closed() == closed);
			});
		}
		finally {
			Hooks.resetOnErrorDropped();
		}
		assertThat(dropped).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	@ExtendWith(OutputCaptureExtension.class)
	void tlsToAPortThatDoesNotSpeakItIsOneSentence(String connector, CapturedOutput output) {
		try (RawServer server = RawServer
			.thatRespondsToAnything("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n")) {
			ClientRunner.run(connector, "https://127.0.0.1:" + server.port(),
					(client) -> assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
						.withMessageContaining("https://127.0.0.1:" + server.port())
						.withMessageContaining("'trigger.api-url'")
						.withMessageContaining("in 1 attempt(s)")
						.withMessageContaining("does not speak TLS")
						.satisfies((ex) -> {
							assertThat(ex.isRequestUnsent()).isTrue();
							assertThat(ClientRunner.messages(ex)).doesNotContain("485454502f");
						}),
					"trigger.retry.max-attempts=2");
			assertThat(output).doesNotContain("485454502f");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void requestWithoutAConnectionInTimeIsUnsent(String connector) throws IOException {
		List<Socket> waiting = new ArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assumeThat(fill(server, waiting)).isTrue();
			ClientRunner.run(connector, "http://127.0.0.1:" + server.getLocalPort(),
					(client) -> assertThatExceptionOfType(TriggerConnectionException.class)
						.isThrownBy(() -> client.runs().replay("run_1").block(PATIENCE))
						.withMessageContaining("('trigger.api-url') could not be reached in 2 attempt(s)")
						.matches(TriggerConnectionException::isRequestUnsent),
					"trigger.http.connect-timeout=300ms", "trigger.retry.max-attempts=2");
		}
		finally {
			for (Socket socket : waiting) {
				socket.close();
			}
		}
	}

	/**
	 * Connect until the server has no place for a further connection.
	 */
	private static boolean fill(ServerSocket server, List<Socket> waiting) throws IOException {
		for (int i = 0; i < 10; i++) {
			Socket socket = new Socket();
			waiting.add(socket);
			try {
				socket.connect(server.getLocalSocketAddress(), 300);
			}
			catch (SocketTimeoutException ex) {
				return true;
			}
		}
		return false;
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void failureToConnectNamesServerPropertyAttemptsAndTime(String connector) {
		ClientRunner.run(connector, "http://127.0.0.1:1",
				(client) -> assertThatExceptionOfType(TriggerConnectionException.class)
					.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
					.withMessageContaining(
							"http://127.0.0.1:1 ('trigger.api-url') could not be reached in 3 attempt(s) " + "within ")
					.withMessageContaining(" ms")
					.satisfies((ex) -> assertThat(ex.isRequestUnsent()).isTrue()),
				"trigger.retry.max-attempts=3");
	}

	@Test
	void failureOfANamedClientNamesItsProperty() {
		ClientRunner
			.of("reactor", "http://127.0.0.1:1", "trigger.clients.reports.secret-key=tr_dev_0123456789abcdefREP1",
					"trigger.clients.reports.api-url=http://127.0.0.1:2", "trigger.retry.max-attempts=1")
			.run((context) -> {
				var client = context.getBean(dev.trigger.spring.TriggerOperationsRegistry.class).get("reports");
				assertThatExceptionOfType(TriggerConnectionException.class)
					.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
					.withMessageContaining("'trigger.clients.reports.api-url'");
			});
	}

	@Test
	void headersThatAreTheClientsAreRefused() {
		ClientRunner.run("reactor", "http://127.0.0.1:1", (client) -> {
			for (String name : List.of("authorization", "X-Trigger-Branch", "x-trigger-api-version", "Accept",
					"content-type", "Content-Length", "Transfer-Encoding", "Host", "connection", "Expect",
					"Accept-Encoding")) {
				assertThatIllegalArgumentException().isThrownBy(() -> client.withHeader(name, "x"))
					.withMessageContaining(name);
			}
			assertThatIllegalArgumentException().isThrownBy(() -> client.withHeader("x-tenant", null))
				.withMessageContaining("x-tenant");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void settingsForTheOtherClientsOfTheApplicationDoNotApply(String connector) {
		try (RawServer server = new RawServer((request) -> request.write(RawServer.response("200 OK", RUN)))) {
			ClientRunner.of(connector, server.url())
				.withBean(WebClientCustomizer.class,
						() -> (builder) -> builder.baseUrl("https://other.example/base")
							.defaultHeader("Authorization", "Basic b3RoZXI=")
							.defaultHeader("X-Trigger-Api-Version", "1")
							.defaultHeader("Host", "other.example")
							.defaultHeader("Content-Type", "application/xml")
							.defaultHeader("Content-Length", "3")
							.defaultHeader("Accept", "application/xml")
							.defaultHeader("Expect", "100-continue")
							.defaultHeader("x-tenant", "mine")
							.defaultRequest((request) -> request.header("Authorization", "Basic b3RoZXI=")
								.header("X-Trigger-Api-Version", "2")
								.header("Host", "other.example")
								.header("Content-Type", "application/xml")
								.header("Content-Length", "3")
								.header("Expect", "100-continue")
								.header("x-request", "mine"))
							.defaultApiVersion("7")
							.apiVersionInserter(ApiVersionInserter.usePathSegment(0)))
				.run((context) -> context.getBean(dev.trigger.spring.TriggerOperations.class)
					.runs()
					.retrieve("run_1")
					.block(PATIENCE));
			assertThat(server.heads()).singleElement()
				.satisfies((head) -> assertThat(head.toLowerCase(Locale.ROOT)).startsWith("get /api/v3/runs/run_1 ")
					.contains("x-trigger-api-version: 2025", "host: 127.0.0.1:", "accept: application/json",
							"x-tenant: mine", "x-request: mine")
					.doesNotContain("xml", "expect", "content-length: 3", "other", "basic"));
		}
	}

	@Test
	void branchThatTheApplicationSetsByItselfIsNotSent() {
		try (RawServer server = new RawServer((request) -> request.write(RawServer.response("200 OK", RUN)))) {
			ClientRunner.of("reactor", server.url(), "trigger.secret-key=tr_prod_0123456789abcdefPRD1")
				.withBean(dev.trigger.spring.autoconfigure.TriggerWebClientCustomizer.class,
						() -> (builder) -> builder.defaultHeader("x-trigger-branch", "mine")
							.filter((request, next) -> next
								.exchange(org.springframework.web.reactive.function.client.ClientRequest.from(request)
									.header("x-trigger-branch", "mine")
									.build())))
				.run((context) -> context.getBean(dev.trigger.spring.TriggerOperations.class)
					.runs()
					.retrieve("run_1")
					.block(PATIENCE));
			assertThat(server.heads()).singleElement()
				.satisfies((head) -> assertThat(head).doesNotContainIgnoringCase("x-trigger-branch"));
		}
	}

}
