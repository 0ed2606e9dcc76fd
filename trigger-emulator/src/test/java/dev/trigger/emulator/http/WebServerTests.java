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

package dev.trigger.emulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link WebServer} with raw connections, as hostile and broken clients have.
 */
class WebServerTests {

	private static final int LONGEST_BODY = 100_000;

	private static final String REQUEST = "GET /x HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";

	private static final String FAILED = "{\"error\":\"Internal Server Error\"}";

	private final Echo application = new Echo();

	private WebServer server;

	@BeforeEach
	void start() {
		start(Duration.ofSeconds(30));
	}

	private void start(Duration headers) {
		start(headers, Duration.ofSeconds(30));
	}

	private void start(Duration headers, Duration linger) {
		this.server = new WebServer("127.0.0.1", 0,
				new WebLimits(LONGEST_BODY, headers, Duration.ofSeconds(30), Duration.ofMillis(500), linger));
		this.server.serve(this.application);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void everyResponseHasADate() throws IOException {
		assertThat(exchange("GET /x HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")).startsWith("HTTP/1.1 200")
			.contains("date: Tue, 24 Nov 2026 04:00:00 GMT");
	}

	@Test
	void upgradeToHttp2DestroysTheConnection() throws IOException {
		assertThat(exchange("GET /x HTTP/1.1\r\nhost: a\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\n"
				+ "http2-settings: AAMAAABkAAQAAP__\r\n\r\n"))
			.isEmpty();
	}

	@Test
	void longBodyIsRefusedByItsLengthBeforeItIsRead() throws IOException {
		assertThat(exchange("POST /short HTTP/1.1\r\nhost: a\r\ncontent-length: 11\r\n\r\n")).contains("0 bytes");
	}

	@Test
	void chunkedBodyIsBoundedWhileItIsRead() throws IOException {
		String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
		assertThat(exchange("POST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n" + chunk.repeat(5)))
			.startsWith("HTTP/1.1 413")
			.contains("Request body too large");
	}

	@ParameterizedTest
	@MethodSource("refused")
	void clientThatIsStillSendingGetsItsRefusal(String head, String status) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			socket.setSoTimeout(20_000);
			send(socket, head);
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).startsWith("HTTP/1.1 " + status);
			assertThatCode(() -> sendOn(socket)).doesNotThrowAnyException();
		}
	}

	@ParameterizedTest
	@MethodSource("refused")
	void clientThatSendsAllBeforeItReadsGetsItsRefusal(String head, String status) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			socket.setSoTimeout(20_000);
			send(socket, head);
			sendOn(socket);
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).startsWith("HTTP/1.1 " + status);
		}
	}

	static Stream<Arguments> refused() {
		return Stream.of(arguments("POST /short HTTP/1.1\r\nhost: a\r\ncontent-length: 90000\r\n\r\n", "200"),
				arguments("POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 16000000\r\n\r\n", "413"),
				arguments("POST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nf42400\r\n"
						+ "x".repeat(LONGEST_BODY + 1), "413"),
				arguments("POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: some\r\n\r\n", "400"),
				arguments("POST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nmany\r\n", "400"),
				arguments("POST /" + "x".repeat(70_000), "414"),
				arguments("POST /x HTTP/1.1\r\nx: " + "x".repeat(70_000), "431"),
				arguments("POST /x HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 16000000\r\n\r\n",
						"413"));
	}

	private static void sendOn(Socket socket) throws IOException {
		byte[] piece = new byte[64 * 1024];
		for (int i = 0; i < 128; i++) {
			socket.getOutputStream().write(piece);
		}
	}

	@Test
	void clientThatNeverEndsIsWaitedForOnlySoLong() throws IOException {
		this.server.close();
		start(Duration.ofSeconds(30), Duration.ofMillis(100));
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			send(socket, "POST /short HTTP/1.1\r\nhost: a\r\ncontent-length: 11\r\n\r\n");
			assertThatIOException().isThrownBy(() -> {
				while (true) {
					socket.getOutputStream().write('x');
				}
			});
		}
	}

	@Test
	void headersThatDoNotArriveEndTheConnection() throws IOException {
		this.server.close();
		start(Duration.ofMillis(200));
		assertThat(exchange("GET /x HTTP/1.1\r\nhost: a\r\n")).isEmpty();
	}

	@Test
	void serverCanBeClosedWhileRequestsAreHandled() throws Exception {
		CountDownLatch handled = new CountDownLatch(1);
		List<Socket> sockets = new ArrayList<>();
		try {
			// more than the server has threads. One of these accepts connections as well:
			// all are accepted before the first one waits
			for (int i = 0; i < 6; i++) {
				Socket socket = new Socket("127.0.0.1", this.server.port());
				sockets.add(socket);
				send(socket, REQUEST.replace("connection: close\r\n", ""));
				readUntil(socket, "0 bytes");
			}
			this.application.waiting = new CountDownLatch(2);
			this.application.handled = handled;
			for (Socket socket : sockets) {
				send(socket, REQUEST);
			}
			assertThat(this.application.waiting.await(20, TimeUnit.SECONDS)).isTrue();
			assertThatCode(this.server::close).doesNotThrowAnyException();
		}
		finally {
			handled.countDown();
			for (Socket socket : sockets) {
				socket.close();
			}
		}
	}

	private static void send(Socket socket, String request) throws IOException {
		socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
	}

	private static void readUntil(Socket socket, String end) throws IOException {
		StringBuilder text = new StringBuilder();
		while (!text.toString().endsWith(end)) {
			int next = socket.getInputStream().read();
			assertThat(next).as(text.toString()).isNotNegative();
			text.append((char) next);
		}
	}

	@ParameterizedTest
	@MethodSource("errors")
	void errorOfTheApplicationIsAResponse(Error error) throws IOException {
		assertFailsOnce((application) -> application.failing = "handle", error);
	}

	@ParameterizedTest
	@ValueSource(strings = { "operation", "longestBody", "now" })
	void errorAroundTheApplicationIsAResponse(String where) throws IOException {
		assertFailsOnce((application) -> application.failing = where, new StackOverflowError());
	}

	@Test
	void failureOfAHeldResponseIsAResponse() throws IOException {
		this.application.failing = "held";
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 500").endsWith(FAILED);
		assertThat(this.server.exchanges()).hasSize(1);
	}

	@Test
	void errorOfAFaultIsAResponse() throws IOException {
		this.server.faults().add((operation, request) -> {
			throw new NoClassDefFoundError("fault/Rule");
		}, Fault.of(Fault.Kind.HANG));
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 500").contains(FAILED);
		this.server.faults().clear();
		this.server.faults()
			.add((operation, request) -> true, new Fault(Fault.Kind.RESPOND, Duration.ofMillis(1), () -> {
				throw new AssertionError("no response");
			}));
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 500").contains(FAILED);
		this.server.faults().clear();
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 200");
	}

	@Test
	void errorOfTheAdminApplicationIsAResponse() throws IOException {
		this.server.administer(new AdminApplication() {

			@Override
			public boolean serves(String method, String uri, @Nullable String accept) {
				return uri.equals("/emulator/x");
			}

			@Override
			public EmulatorResponse handle(ServerRequest request, @Nullable InetAddress remote) {
				throw new ExceptionInInitializerError();
			}

		});
		assertThat(exchange(REQUEST.replace("/x", "/emulator/x"))).startsWith("HTTP/1.1 500").contains(FAILED);
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 200");
	}

	@Test
	void errorOfTheJournalLeavesTheResponseAlone() throws IOException {
		this.application.failing = "credentialKind";
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 200");
	}

	@Test
	void errorOfTheLogLeavesTheResponseAlone() throws IOException {
		this.server.log((exchange) -> {
			throw new StackOverflowError();
		});
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 200");
		assertThat(this.server.exchanges()).hasSize(1);
	}

	static Stream<Error> errors() {
		return Stream.of(new StackOverflowError(), new OutOfMemoryError(), new NoClassDefFoundError("a/B"),
				new AssertionError("never \r\n so"), new InternalError(), new ThreadDeath());
	}

	private void assertFailsOnce(Consumer<Echo> failing, Error error) throws IOException {
		this.application.error = error;
		failing.accept(this.application);
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 500")
			.contains("x-emulator-failure: " + error.getClass().getName().toLowerCase(Locale.ROOT))
			.endsWith(FAILED);
		this.application.failing = "";
		assertThat(exchange(REQUEST)).startsWith("HTTP/1.1 200");
	}

	/**
	 * Send a request and read until the server closes the connection.
	 */
	private String exchange(String request) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.server.port())) {
			socket.setSoTimeout(20_000);
			StringBuilder response = new StringBuilder();
			byte[] buffer = new byte[8192];
			try {
				socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
			}
			catch (IOException ex) {
				// the server may have responded before it has all
			}
			InputStream in = socket.getInputStream();
			try {
				for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
					response.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
				}
			}
			catch (SocketTimeoutException ex) {
				throw ex;
			}
			catch (IOException ex) {
				// a reset ends the connection too
			}
			return response.toString();
		}
	}

	private static final class Echo implements WebApplication {

		private volatile String failing = "";

		private volatile Error error = new InternalError();

		private volatile CountDownLatch waiting = new CountDownLatch(0);

		private volatile CountDownLatch handled = new CountDownLatch(0);

		@Override
		public @Nullable String operation(ServerRequest request) {
			fail("operation");
			return null;
		}

		@Override
		public String credentialKind(ServerRequest request) {
			fail("credentialKind");
			return "none";
		}

		@Override
		public long longestBody(String method, String uri) {
			fail("longestBody");
			return uri.equals("/short") ? 10 : Long.MAX_VALUE;
		}

		@Override
		public EmulatorResponse handle(ServerRequest request) {
			fail("handle");
			this.waiting.countDown();
			try {
				this.handled.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			if (this.failing.equals("held")) {
				return EmulatorResponse.held(Mono.error(new IllegalStateException()));
			}
			return EmulatorResponse.text(200, request.body().length + " bytes");
		}

		@Override
		public Instant now() {
			fail("now");
			return Instant.parse("2026-11-24T04:00:00Z");
		}

		private void fail(String where) {
			if (this.failing.equals(where)) {
				throw this.error;
			}
		}

	}

}
