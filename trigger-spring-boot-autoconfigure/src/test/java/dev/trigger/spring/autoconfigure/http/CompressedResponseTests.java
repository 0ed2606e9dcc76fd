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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.RawServer;
import dev.trigger.spring.realtime.StreamPart;
import dev.trigger.spring.run.Run;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the forms in which compressed responses come, on each connector.
 */
class CompressedResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"tags\":[\"caf\u00e9\"]}";

	@ParameterizedTest
	@CsvSource({ "reactor,MEMBERS", "jdk,MEMBERS", "jetty,MEMBERS", "http-components,MEMBERS", "reactor,EMPTY_LAST",
			"jdk,EMPTY_LAST", "jetty,EMPTY_LAST", "http-components,EMPTY_LAST", "reactor,EMPTY_FIRST",
			"jdk,EMPTY_FIRST", "jetty,EMPTY_FIRST", "http-components,EMPTY_FIRST", "jdk,PADDED", "jetty,PADDED",
			"http-components,PADDED" })
	void bodyOfSeveralMembersIsReadToItsEnd(String connector, Form form) {
		for (int size : new int[] { 1, Integer.MAX_VALUE }) {
			try (RawServer server = new RawServer((request) -> {
				begin(request, "gzip");
				pieces(request, form.of(RUN.getBytes(StandardCharsets.UTF_8)), size);
				request.write("0\r\n\r\n");
			})) {
				ClientRunner.run(connector, server.url(), (client) -> {
					for (int i = 0; i < 3; i++) {
						assertThat(client.runs().retrieve("run_1").map(Run::tags).block(PATIENCE))
							.containsExactly("caf\u00e9");
					}
				}, "trigger.retry.max-attempts=1");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void bodyThatIsCutOffWithinTheCompressedDataIsNoSuccess(String connector) {
		byte[] whole = gzip(RUN.getBytes(StandardCharsets.UTF_8));
		for (int length : new int[] { 5, 10, 30, whole.length - 9 }) {
			try (RawServer server = new RawServer((request) -> {
				begin(request, "gzip");
				pieces(request, Arrays.copyOf(whole, length), Integer.MAX_VALUE);
				request.write("0\r\n\r\n");
			})) {
				ClientRunner.run(connector, server.url(), (client) -> {
					long start = System.nanoTime();
					// what is left of the last bytes may be all of the text
					if (length <= 30) {
						assertThatExceptionOfType(TriggerDecodingException.class)
							.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE));
					}
					assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.dividedBy(2));
				}, "trigger.retry.max-attempts=1");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "reactor,gzip", "jdk,gzip", "jetty,gzip", "http-components,gzip", "reactor,x-gzip", "jetty,x-gzip",
			"http-components,x-gzip", "reactor,GZIP", "jetty,GZIP", "reactor,'gzip, identity'",
			"jetty,'gzip, identity'", "http-components,'gzip, identity'" })
	void eventsComeAsTheyAreFlushedAlsoInMembersOfTheirOwn(String connector, String encoding) throws Exception {
		for (int size : new int[] { 1, Integer.MAX_VALUE }) {
			CountDownLatch seen = new CountDownLatch(1);
			try (RawServer server = new RawServer((request) -> {
				if (!request.path().contains("/streams/")) {
					request.write(RawServer.response("404 Not Found", "{\"error\":\"none\"}"));
					return;
				}
				begin(request, encoding);
				for (int i = 1; i <= 3; i++) {
					pieces(request, gzip(event(i)), size);
				}
				seen.await(20, TimeUnit.SECONDS);
			})) {
				ClientRunner.run(connector, server.url(), (client) -> {
					List<String> parts = read(client);
					seen.countDown();
					assertThat(parts).containsExactly("1", "2", "3");
					assertThat(server.heads().stream().filter((head) -> head.contains("/streams/"))).hasSize(1);
				});
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void eventsComeAsTheyAreFlushed(String connector) {
		CountDownLatch seen = new CountDownLatch(1);
		try (RawServer server = new RawServer((request) -> {
			if (!request.path().contains("/streams/")) {
				request.write(RawServer.response("404 Not Found", "{\"error\":\"none\"}"));
				return;
			}
			begin(request, "gzip");
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			GZIPOutputStream out = new GZIPOutputStream(bytes, true);
			for (int i = 1; i <= 3; i++) {
				out.write(event(i));
				out.flush();
				pieces(request, bytes.toByteArray(), Integer.MAX_VALUE);
				bytes.reset();
			}
			seen.await(20, TimeUnit.SECONDS);
		})) {
			ClientRunner.run(connector, server.url(), (client) -> {
				List<String> parts = read(client);
				seen.countDown();
				assertThat(parts).containsExactly("1", "2", "3");
			});
		}
	}

	private static List<String> read(TriggerOperations client) {
		return client.realtime()
			.stream("run_1", "out")
			.read(String.class)
			.map(StreamPart::value)
			.take(3)
			.take(PATIENCE)
			.collectList()
			.block(PATIENCE.multipliedBy(2));
	}

	private static byte[] event(int number) {
		return ("id: " + number + "-0\ndata: " + number + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

	private static void begin(RawServer.Request request, String encoding) throws IOException {
		request.write("HTTP/1.1 200 OK\r\ncontent-type: "
				+ (request.path().contains("/streams/") ? "text/event-stream" : "application/json")
				+ "\r\ncontent-encoding: " + encoding + "\r\ntransfer-encoding: chunked\r\n\r\n");
	}

	private static void pieces(RawServer.Request request, byte[] bytes, int size) throws IOException {
		for (int i = 0; i < bytes.length; i += Math.min(size, bytes.length)) {
			byte[] piece = Arrays.copyOfRange(bytes, i, (int) Math.min(bytes.length, (long) i + size));
			request.write(Integer.toHexString(piece.length) + "\r\n");
			request.write(piece);
			request.write("\r\n");
		}
	}

	private static byte[] gzip(byte[] content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(content);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * How a body is compressed.
	 */
	enum Form {

		MEMBERS, EMPTY_FIRST, EMPTY_LAST, PADDED;

		byte[] of(byte[] content) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			byte[] empty = new byte[0];
			switch (this) {
				case MEMBERS -> {
					for (int i = 0; i < content.length; i += 10) {
						bytes.writeBytes(gzip(Arrays.copyOfRange(content, i, Math.min(content.length, i + 10))));
					}
				}
				case EMPTY_FIRST -> {
					bytes.writeBytes(gzip(empty));
					bytes.writeBytes(gzip(content));
				}
				case EMPTY_LAST -> {
					bytes.writeBytes(gzip(content));
					bytes.writeBytes(gzip(empty));
				}
				case PADDED -> {
					bytes.writeBytes(gzip(content));
					bytes.writeBytes(new byte[40]);
				}
			}
			return bytes.toByteArray();
		}

	}

}
