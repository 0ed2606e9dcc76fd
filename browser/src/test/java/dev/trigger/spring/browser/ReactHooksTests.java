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

package dev.trigger.spring.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import dev.trigger.emulator.TaskContext;
import dev.trigger.emulator.TriggerEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hooks of Trigger.dev for React believe the emulator, in a page of another origin
 * with public access tokens. Skipped without a browser, see {@link Chromium}, and without
 * Node.js with npm.
 */
class ReactHooksTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static Chromium browser;

	private static TriggerEmulator emulator;

	private static HttpServer site;

	@BeforeAll
	static void start() throws Exception {
		browser = Chromium.start();
		String script = NodeBundle.of(Path.of("target/hooks"), Path.of("src/test/resources/hooks/page.jsx"),
				"@trigger.dev/react-hooks@4.8.3", "react@19.2.0", "react-dom@19.2.0", "esbuild@0.25.12");
		site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		serve("/page.js", "text/javascript; charset=utf-8", script);
		serve("/", "text/html; charset=utf-8",
				"<!doctype html><html lang=\"en\"><head><title>Orders</title>"
						+ "<link rel=\"icon\" href=\"data:,\"></head>"
						+ "<body><div id=\"root\"></div><script src=\"/page.js\"></script></body></html>");
		site.start();
		emulator = TriggerEmulator.builder().realtimeHold(Duration.ofSeconds(5)).start();
		emulator.task("order", JsonNode.class, ReactHooksTests::order);
		emulator.task("echo", JsonNode.class, (payload) -> payload);
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
		if (site != null) {
			site.stop(0);
		}
		if (emulator != null) {
			emulator.close();
		}
	}

	/**
	 * Takes a remark, then waits for its approval.
	 */
	private static Object order(JsonNode payload, TaskContext context) throws Exception {
		context.metadata().set("step", "remark");
		context.stream("steps").pipe(List.of("received", Map.of("lines", 2)));
		JsonNode remark = context.input("remark").next(JsonNode.class);
		context.stream("steps").pipe(List.of(remark));
		context.metadata().set("step", "approval");
		JsonNode approval = context.waitFor(payload.path("waitTokenId").asString(), JsonNode.class);
		return Map.of("approval", (approval != null) ? approval : "none");
	}

	@Test
	void pageTriggersARunAndFollowsIt() throws Exception {
		JsonNode waitToken = post("/api/v1/waitpoints/tokens", Map.of("timeout", "1h"));
		String waitTokenId = waitToken.path("id").asString();
		JsonNode batch = post("/api/v1/tasks/echo/batch",
				Map.of("items", List.of(Map.of("payload", Map.of("n", 1)), Map.of("payload", Map.of("n", 2)))));
		String batchId = batch.path("batchId").asString(batch.path("id").asString());
		Map<String, String> tokens = Map.of("trigger", token("trigger:tasks:order"), "read",
				token("read:runs", "read:tags:page", "read:batch:" + batchId), "write", token("write:inputStreams"),
				"wait", token("write:waitpoints:" + waitTokenId));
		browser.open("http://localhost:" + site.getAddress().getPort() + "/#"
				+ URLEncoder
					.encode(JSON.writeValueAsString(Map.of("baseURL", emulator.apiUrl(), "tokens", tokens, "batchId",
							batchId, "waitTokenId", waitTokenId)), StandardCharsets.UTF_8)
					.replace("+", "%20"));
		browser.awaitText("#batch", "COMPLETED {\"n\":1}; COMPLETED {\"n\":2}");
		browser.click("#trigger");
		browser.awaitText("#handle", "run_");
		browser.awaitText("#run", "WAITING remark page {\"waitTokenId\":\"" + waitTokenId + "\"}");
		browser.awaitText("#tagged", "WAITING page");
		browser.awaitText("#stream", "[\"received\",{\"lines\":2}]");
		browser.click("#send");
		browser.awaitText("#stream", "[\"received\",{\"lines\":2},{\"text\":\"gift\"}]");
		browser.awaitText("#streams", "[\"received\",{\"lines\":2},{\"text\":\"gift\"}]");
		browser.awaitText("#run", "WAITING approval");
		browser.click("#complete");
		browser.awaitText("#completed", "true");
		browser.awaitText("#run",
				"COMPLETED approval page {\"waitTokenId\":\"" + waitTokenId + "\"} {\"approval\":{\"approved\":true}}");
		browser.awaitText("#polled", "COMPLETED {\"approval\":{\"approved\":true}}");
		browser.awaitText("#tagged", "COMPLETED page");
		browser.await(() -> "over: COMPLETED".equals(browser.evaluate("return document.title")), "onComplete");
		assertThat(browser.text(".failure")).isEmpty();
		browser.awaitText("#missing", "Error: ");
		// the one request for a run that does not exist, and nothing that its policy
		// forbids
		assertThat(browser.errors()).allSatisfy((error) -> assertThat(error).contains("run_cm5abcdefgh0123456789012"));
	}

	@Test
	void pageOfNoOriginIsKeptOut() {
		browser.open("data:text/html,<title>elsewhere</title>");
		assertThat(browser.evaluate(
				"return fetch(arguments[0], {headers: {authorization: 'Bearer x'}}).then((response) => 'read '"
						+ " + response.status, (error) => 'kept out')",
				emulator.apiUrl() + "/api/v3/runs/run_cm5abcdefgh0123456789012"))
			.isEqualTo("kept out");
		assertThat(browser.errors()).isNotEmpty();
	}

	private static String token(String... scopes) throws Exception {
		return post("/api/v1/auth/public-tokens", Map.of("scopes", scopes)).path("token").asString();
	}

	private static JsonNode post(String path, Object body) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(emulator.apiUrl() + path))
			.header("authorization", "Bearer " + emulator.secretKey("prod"))
			.header("content-type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
			.build();
		HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
		return JSON.readTree(response.body());
	}

	private static void serve(String path, String type, String content) {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		site.createContext(path, (exchange) -> {
			exchange.getResponseHeaders().set("content-type", type);
			exchange.sendResponseHeaders(200, bytes.length);
			exchange.getResponseBody().write(bytes);
			exchange.close();
		});
	}

}
