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
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import dev.trigger.spring.exception.AuthenticationException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerException;
import dev.trigger.spring.http.RawServer;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunHandle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests that a response arrives on each connector whatever proxies, balancers and object
 * stores add to it.
 */
class ForeignResponseTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"tags\":[\"caf\u00e9\"]}";

	private static final String[] COOKIES = { "", "=", "=v", "a", ";", "a=b; domain=.", "a=b; Domain=..x", "a b=c",
			"a=b c\"d", "a=\"x", "a@=1", "a=b; expires=never", "a=b; max-age=abc", "a=b; max-age=999999999999999999",
			"__Host-x=1; Path=/; Secure; SameSite=None; Partitioned", "a=b; SameSite=Odd", "a=caf\u00e9",
			"$Version=1; a=b", "a=b; version=7", "a=b; domain=-bad-", "a=b; path=a;b=c;;;" };

	private final AtomicReference<byte[]> response = new AtomicReference<>(new byte[0]);

	private final Map<String, byte[]> rows = new LinkedHashMap<>();

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void responseArrivesWhateverIsAddedToIt(String connector) throws IOException {
		byte[] run = RUN.getBytes(StandardCharsets.UTF_8);
		for (String cookie : COOKIES) {
			ok("cookie " + cookie, "set-cookie: " + cookie, run);
		}
		ok("no content type", "x: y", run);
		ok("content type that is none", "content-type: ;;;", run);
		ok("two layers", "content-encoding: gzip, gzip", gzip(gzip(run)));
		ok("two kinds of layers", "content-encoding: deflate, gzip", gzip(deflate(run, false)));
		ok("a layer that is none", "content-encoding: identity, gzip", gzip(run));
		ok("layers in two headers", "content-encoding: gzip\r\ncontent-encoding: gzip", gzip(gzip(run)));
		ok("gzip that no header names", "x: y", gzip(run));
		ok("deflate without its header", "content-encoding: deflate", deflate(run, true));
		ok("character set as encoding", "content-encoding: UTF-8", ("\n" + RUN).getBytes(StandardCharsets.UTF_8));
		ok("encoding of an upload", "content-encoding: aws-chunked", (" " + RUN).getBytes(StandardCharsets.UTF_8));
		ok("byte order mark", "x: y", ("\ufeff" + RUN).getBytes(StandardCharsets.UTF_8));
		charset("iso-8859-1", StandardCharsets.ISO_8859_1);
		charset("windows-1252", StandardCharsets.ISO_8859_1);
		charset("utf-16", StandardCharsets.UTF_16);
		charset("utf-16le", StandardCharsets.UTF_16LE);
		charset("iso-8859-1", StandardCharsets.UTF_8);
		charset("us-ascii", StandardCharsets.UTF_8);
		charset("bogus", StandardCharsets.UTF_8);
		ok("long header", "content-security-policy: " + "a ".repeat(20_000), run);
		withResponses(connector, "trigger.retry.max-attempts=1");
	}

	private void charset(String name, Charset actual) {
		ok(name + " that is " + actual, "content-type: application/json; charset=" + name, RUN.getBytes(actual));
	}

	private void ok(String name, String header, byte[] body) {
		this.rows.put(name, message("200 OK", header, body));
	}

	private void withResponses(String connector, String... properties) {
		try (RawServer server = new RawServer((request) -> request.write(this.response.get()))) {
			ClientRunner.run(connector, server.url(), (client) -> this.rows.forEach((name, bytes) -> {
				this.response.set(bytes);
				Run run = client.runs().retrieve("run_1").block(PATIENCE);
				assertThat(run).as(name).isNotNull();
				assertThat(run.tags()).as(name).containsExactly("caf\u00e9");
			}), properties);
			assertThat(server.heads()).hasSize(this.rows.size())
				.allSatisfy((head) -> assertThat(head.toLowerCase()).doesNotContain("cookie:"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void rejectionIsThatErrorWhateverItAsksFor(String connector) {
		byte[] error = "{\"error\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
		String type = "content-type: application/json; charset=iso-8859-1\r\n";
		for (String challenge : new String[] { "x: y", "www-authenticate: Basic realm=\"x\"",
				"www-authenticate: Bearer realm=\"\", error=\"invalid_token\"", "www-authenticate: ,,=;",
				"www-authenticate: Digest realm=\"x\", nonce=\"n\"",
				"www-authenticate: Negotiate\r\nwww-authenticate: NTLM" }) {
			this.rows.put(challenge, message("401 Unauthorized", type + challenge, error));
		}
		this.rows.put("large page", message("401 Unauthorized", "content-type: text/html", new byte[100_000]));
		this.rows.put("proxy", message("407 Proxy Authentication Required", type + "x: y", error));
		try (RawServer server = new RawServer((request) -> request.write(this.response.get()))) {
			ClientRunner.run(connector, server.url(), (client) -> this.rows.forEach((name, bytes) -> {
				this.response.set(bytes);
				Throwable failure = catchThrowable(() -> client.runs().retrieve("run_1").block(PATIENCE));
				assertThat(failure).as(name).isInstanceOf(TriggerException.class);
				if (!name.equals("proxy")) {
					assertThat(failure).as(name).isInstanceOf(AuthenticationException.class);
				}
				if (failure instanceof TriggerApiException ex && !name.equals("large page")) {
					assertThat(ex.getMessage()).as(name).contains("caf\u00e9");
				}
			}), "trigger.retry.max-attempts=1");
			assertThat(server.heads()).hasSize(this.rows.size());
		}
	}

	@Test
	void textOfAnObjectStoreIsDecodedAsItSays() throws IOException {
		assertThat(output("content-type: text/plain\r\ncontent-encoding: aws-chunked", "h\u00e9")).isEqualTo("h\u00e9");
		assertThat(output("content-type: text/plain\r\ncontent-encoding: UTF-8", "h\u00e9")).isEqualTo("h\u00e9");
		assertThat(output("content-type: text/plain; charset=iso-8859-1",
				"h\u00e9".getBytes(StandardCharsets.ISO_8859_1), "200 OK"))
			.isEqualTo("h\u00e9");
		assertThat(output("content-type: text/plain", gzip("h\u00e9".getBytes(StandardCharsets.UTF_8)), "200 OK"))
			.isEqualTo("h\u00e9");
		assertThat(output("content-type: application/json", "\ufeff\"h\u00e9\"")).isEqualTo("h\u00e9");
	}

	@Test
	void partOfAStoredOutputIsNotTheOutput() {
		Throwable failure = catchThrowable(() -> output("content-type: text/plain\r\ncontent-range: bytes 0-1/9",
				"he".getBytes(StandardCharsets.UTF_8), "206 Partial Content"));
		assertThat(failure).isInstanceOf(TriggerException.class).hasMessageContaining("part");
	}

	private static @Nullable String output(String headers, String text) {
		return output(headers, text.getBytes(StandardCharsets.UTF_8), "200 OK");
	}

	private static @Nullable String output(String headers, byte[] content, String status) {
		AtomicReference<@Nullable String> output = new AtomicReference<>();
		try (RawServer server = new RawServer(
				(request) -> request.write(request.path().endsWith("/output") ? message(status, headers, content)
						: message("200 OK", "x: y",
								("{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isSuccess\":true,"
										+ "\"outputPresignedUrl\":\"http://localhost:" + request.socket().getLocalPort()
										+ "/output\"}")
									.getBytes(StandardCharsets.UTF_8))))) {
			ClientRunner.run("reactor", server.url(),
					(client) -> output
						.set(client.runs().awaitOutput(RunHandle.of("run_1", String.class)).block(PATIENCE)),
					"trigger.realtime.max-feeds=0", "trigger.retry.budget=1");
		}
		return output.get();
	}

	private static byte[] message(String status, String header, byte[] body) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(("HTTP/1.1 " + status + "\r\n" + header + "\r\ncontent-length: " + body.length + "\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1));
		bytes.writeBytes(body);
		return bytes.toByteArray();
	}

	private static byte[] gzip(byte[] content) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = new GZIPOutputStream(bytes)) {
			out.write(content);
		}
		return bytes.toByteArray();
	}

	private static byte[] deflate(byte[] content, boolean withoutHeader) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, withoutHeader);
		try (OutputStream out = new DeflaterOutputStream(bytes, deflater)) {
			out.write(content);
		}
		deflater.end();
		return bytes.toByteArray();
	}

}
