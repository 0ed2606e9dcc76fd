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
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TriggerEmulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.from;

/**
 * Tests for the page of the emulator, in a browser. Skipped where there is none, see
 * {@link Chromium}.
 */
class EmulatorPageTests {

	private static final String HOSTILE = "<img src=x onerror='window.hacked=1'>";

	private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private static final JsonMapper JSON = new JsonMapper();

	private static TriggerEmulator emulator;

	private static Chromium browser;

	@BeforeAll
	static void start() {
		browser = Chromium.start();
		emulator = TriggerEmulator.builder().previewBranches("feature-search").start();
		emulator
			.tasks("""
					{"tasks": {
					  "send-welcome": {"output": {"to": "{{payload.email}}", "sent": true}},
					  "import-orders": {"steps": [{"metadata": {"file": "{{payload.file}}"}}, {"progress": {"to": 60, "every": "1ms"}}, {"stream": {"parts": ["half"], "every": "2h"}}]},
					  "await-delivery": {"steps": [{"wait": "2h"}]},
					  "next-version": "undeployed",
					  "charge-card": {"fail": "Card {{payload.card}} was declined", "maxAttempts": 2},
					  "approve-by-hand": "queued"}}""");
		emulator.scheduledTask("nightly-report");
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
		if (emulator != null) {
			emulator.close();
		}
	}

	@BeforeEach
	void open() {
		browser.desktop();
		browser.open(emulator.apiUrl() + "/#runs");
	}

	@AfterEach
	void reset() {
		assertThat(browser.errors()).isEmpty();
		browser.open("about:blank");
		emulator.reset();
	}

	@Test
	void taskIsTriggeredAndItsRunFollowedToTheEnd() {
		browser.click("#trigger-box summary");
		browser.type("#trigger-task", "send-welcome");
		browser.type("#trigger-payload", "{\"email\": \"ada@example.com\"");
		browser.click("#trigger button");
		browser.awaitText("#message", "The payload is not JSON");
		browser.type("#trigger-payload", "{\"email\": \"ada@example.com\"}");
		browser.type("#trigger-options", "{\"delay\": \"1h\", \"tags\": [\"user:1\"]}");
		browser.click("#trigger button");
		browser.awaitText("#run", "Delayed");
		assertThat(emulator.runs()).singleElement().returns("DELAYED", from(EmulatedRun::status));
		browser.type("#advance-duration", "2h");
		browser.click("#advance button");
		browser.awaitText("#run .badge", "Completed");
		assertThat(browser.text("#run-payload")).contains("ada@example.com");
		assertThat(browser.text("#run-output")).contains("\"sent\": true");
		assertThat(browser.text("#run .timeline")).contains("Delayed", "Queued", "Executing", "Completed");
		browser.awaitText("#run dl", "user:1");
		browser.awaitText("#count-runs", "1");
	}

	@Test
	void runsThatWaitSayForWhat() {
		trigger("await-delivery", Map.of());
		browser.awaitText("#runs .badge", "Waiting");
		trigger("next-version", Map.of());
		browser.awaitText("#runs .badge", "Pending version");
		browser.open(emulator.apiUrl() + "/#tasks");
		browser.awaitText("#tasks", "not deployed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "#toString", "#constructor", "#nothing" })
	void unknownFragmentShowsTheRuns(String fragment) {
		trigger("send-welcome", Map.of("email", "a@example.com"));
		browser.open("about:blank");
		browser.open(emulator.apiUrl() + "/" + fragment);
		browser.awaitText("#runs", "send-welcome");
		browser.awaitText("#connection-text", "Connected");
	}

	@Test
	void unknownRunShowsTheRuns() {
		trigger("send-welcome", Map.of("email", "a@example.com"));
		browser.open("about:blank");
		browser.open(emulator.apiUrl() + "/#runs/%");
		browser.awaitText("#runs", "send-welcome");
		browser.awaitText("#connection-text", "Connected");
		assertThat(browser.errors()).singleElement().asString().contains("/emulator/runs/%25", "404");
	}

	@Test
	void runIsSeenWhileItExecutesCanceledAndReplayed() {
		trigger("import-orders", Map.of("file", "orders.csv"));
		browser.awaitText("#runs", "Executing");
		browser.find("#runs progress[value='60']");
		browser.click("#runs a");
		browser.awaitText("#run-metadata", "orders.csv");
		browser.click("#run .actions button:nth-of-type(1)");
		browser.awaitText("#run .badge", "Canceled");
		browser.click("#run .actions button:nth-of-type(1)");
		browser.await(() -> emulator.runs().size() == 2, "the replay");
		browser.awaitText("#run .badge", "Executing");
		assertThat(emulator.runs()).extracting(EmulatedRun::status).containsExactly("CANCELED", "EXECUTING");
	}

	@Test
	void errorAndAttemptsAreShownAndRunsFiltered() {
		trigger("send-welcome", Map.of("email", "needle@example.com"));
		trigger("charge-card", Map.of("card", "4242"));
		browser.awaitText("#runs", "Failed");
		browser.find("#filter-status option[value^=FAILED]").click();
		browser.await(() -> !browser.text("#runs").contains("send-welcome"), "the filter");
		browser.click("#runs a");
		browser.awaitText("#run-error", "Card 4242 was declined");
		browser.awaitText("#run dl", "Attempts\n2");
		browser.find("#filter-status option[value='']").click();
		browser.type("#filter-text", "needle");
		browser.await(() -> browser.text("#runs").contains("send-welcome") && !browser.text("#runs").contains("charge"),
				"the search");
		browser.type("#filter-text", "nowhere");
		browser.awaitText(".scroll .empty", "No run matches");
	}

	@Test
	void textOfClientsIsNeverMarkup() {
		emulator.task(HOSTILE, String.class, (payload) -> {
			throw new IllegalStateException(payload);
		});
		post("dev", "/api/v1/tasks/%3Cimg%20src%3Dx%20onerror%3D%27window.hacked%3D1%27%3E/trigger",
				Map.of("payload", HOSTILE, "options", Map.of("tags", List.of(HOSTILE), "maxAttempts", 1, "metadata",
						JSON.writeValueAsString(Map.of(HOSTILE, HOSTILE)))),
				"x-note", HOSTILE);
		browser.awaitText("#runs", "Failed");
		browser.click("#runs a");
		browser.awaitText("#run-error", HOSTILE);
		browser.awaitText("#run-payload", HOSTILE);
		browser.awaitText("#run .tag", HOSTILE);
		browser.click("nav a[href='#tasks']");
		browser.awaitText("#tasks", HOSTILE);
		browser.click("nav a[href='#requests']");
		browser.click("#requests summary");
		browser.awaitText("#requests pre", HOSTILE);
		assertThat(
				browser.evaluate("return window.hacked === undefined && document.querySelectorAll('main img').length"))
			.isEqualTo(0L);
	}

	@Test
	void tokenIsCompletedScheduleFiredAndQueuePaused() {
		post("dev", "/api/v1/waitpoints/tokens", Map.of("tags", List.of("order:7")));
		post("dev", "/api/v1/schedules",
				Map.of("task", "nightly-report", "cron", "0 3 * * *", "deduplicationKey", "n"));
		browser.click("nav a[href='#tokens']");
		browser.awaitText("#tokens", "order:7");
		browser.type("#token-output", "{\"ok\": 1}");
		browser.click("#tokens button");
		browser.awaitText("#tokens", "Completed");
		browser.awaitText("#tokens pre", "{\"ok\":1}");
		browser.click("nav a[href='#schedules']");
		browser.click("#schedules button");
		browser.await(() -> !emulator.runs("nightly-report").isEmpty(), "the run of the schedule");
		browser.click("nav a[href='#queues']");
		browser.click("#queues button[aria-label='Pause task/send-welcome in dev']");
		browser.find("#queues button[aria-label='Resume task/send-welcome in dev']");
		String runId = trigger("send-welcome", Map.of());
		assertThat(emulator.run(runId).status()).isEqualTo("QUEUED");
		browser.click("#queues button[aria-label='Resume task/send-welcome in dev']");
		assertThat(emulator.awaitRun(runId).status()).isEqualTo("COMPLETED");
		browser.click("nav a[href='#runs']");
		browser.click("#environments button[aria-label='Pause dev']");
		browser.find("#environments button[aria-label='Resume dev']");
	}

	@Test
	void faultIsSetAndRequestsAreShownWithoutCredentials() {
		browser.click("nav a[href='#faults']");
		browser.find("#fault-operation option[value='runs.list']").click();
		browser.type("#fault-times", "2");
		browser.click("#fault button");
		browser.awaitText("#faults", "status 503");
		assertThat(send("prod", request("/api/v1/runs").GET()).statusCode()).isEqualTo(503);
		browser.awaitText("#faults", "happened 1×");
		browser.click("#faults button");
		browser.awaitText("[data-section=faults]", "No faults.");
		browser.click("nav a[href='#requests']");
		browser.awaitText("#requests", "/api/v1/runs");
		browser.click("#requests summary");
		browser.awaitText("#requests pre", "authorization: Bearer tr_prod_••••");
		assertThat(browser.source()).doesNotContain(emulator.secretKey("prod"));
	}

	@Test
	void keyboardReachesEverythingAndKeepsItsPlaceWhileThePageChanges() {
		trigger("import-orders", Map.of("file", "a"));
		browser.awaitText("#runs", "Executing");
		browser.evaluate("document.querySelector('#runs a').focus()");
		for (int i = 0; i < 3; i++) {
			trigger("send-welcome", Map.of());
		}
		browser.awaitText("#count-runs", "4");
		assertThat(browser.evaluate("return document.activeElement.textContent")).isEqualTo("import-orders");
		browser.press(Keys.ENTER);
		browser.awaitText("#run", "import-orders");
		assertThat(browser.evaluate("return document.activeElement.id")).isEqualTo("run");
		browser.press(Keys.TAB);
		assertThat(browser.evaluate("return document.activeElement.textContent")).isEqualTo("Cancel");
		assertThat(browser.evaluate(
				"""
						return [...document.querySelectorAll('input, select, textarea')].filter((field) => !field.labels.length).length
							+ [...document.querySelectorAll('button, a')].filter((one) => !one.textContent.trim()).length
							+ document.querySelectorAll('img:not([alt])').length"""))
			.isEqualTo(0L);
	}

	@Test
	void escapeClosesTheRunAndGoesBackToItsRow() {
		trigger("await-delivery", Map.of());
		trigger("send-welcome", Map.of());
		browser.awaitText("#count-runs", "2");
		browser.evaluate("document.querySelectorAll('#runs a')[1].focus()");
		browser.press(Keys.ENTER);
		browser.awaitText("#run", "await-delivery");
		browser.press(Keys.TAB, Keys.ESCAPE);
		browser.await(() -> Boolean.TRUE.equals(browser.evaluate("return document.querySelector('#run').hidden")),
				"the run to close");
		assertThat(browser.evaluate("return document.activeElement.textContent")).isEqualTo("await-delivery");
	}

	@Test
	void longTextsDoNotPushColumnsOutOfThePage() {
		String task = "a-task-" + "with-a-long-name-".repeat(6);
		trigger(task, Map.of());
		post("dev", "/api/v1/tasks/send-welcome/trigger", Map.of("payload", "long".repeat(500), "options",
				Map.of("tags", List.of("a-tag-" + "of-many-letters".repeat(7), "short"))));
		browser.awaitText("#runs", task);
		for (String hash : List.of("#runs", "#runs/" + emulator.runs(task).get(0).id())) {
			browser.evaluate("location.hash = arguments[0]", hash);
			browser.await(
					() -> Boolean.TRUE.equals(browser
						.evaluate("return document.querySelector('#run').hidden !== location.hash.includes('run_')")),
					"the view " + hash);
			assertThat(browser.evaluate("""
					const table = document.querySelector('#runs').closest('.scroll');
					return [document.scrollingElement.scrollWidth <= window.innerWidth,
						table.scrollWidth <= table.clientWidth].join()""")).as(hash).isEqualTo("true,true");
		}
	}

	@Test
	void moreRunsAreShownOnDemand() {
		for (int i = 0; i < 201; i++) {
			trigger("approve-by-hand", Map.of());
		}
		browser.awaitText("#runs-more", "The newest 200 of 201 runs");
		browser.click("#runs-more button");
		browser.await(
				() -> Long.valueOf(201).equals(browser.evaluate("return document.querySelectorAll('#runs tr').length")),
				"all runs");
		assertThat(browser.evaluate("return document.querySelector('#runs-more').hidden")).isEqualTo(true);
	}

	@Test
	void pageFitsAPhoneInTheDark() {
		exampleRuns();
		browser.phone();
		browser.open(emulator.apiUrl() + "/#runs");
		browser.awaitText("#runs", "Executing");
		for (String view : List.of("runs", "tasks", "faults", "queues", "requests")) {
			browser.evaluate("location.hash = arguments[0]", view);
			browser.find("nav a[data-view=" + view + "][aria-current]");
			assertThat(browser.evaluate("return document.scrollingElement.scrollWidth <= window.innerWidth")).as(view)
				.isEqualTo(true);
			assertThat(browser.evaluate("return matchMedia('(prefers-color-scheme: dark)').matches")).isEqualTo(true);
			browser.screenshot(Path.of("target", "screenshots", "phone-" + view + ".png"));
		}
	}

	@Test
	void pageLooksAsInTheReadme() {
		exampleRuns();
		browser.awaitText("#runs", "Executing");
		browser.evaluate("location.hash = '#runs/' + arguments[0]", emulator.runs("charge-card").get(0).id());
		browser.awaitText("#run-error", "declined");
		browser.evaluate("window.scrollTo(0, 0)");
		browser.screenshot(Path.of("target", "screenshots", "desktop.png"));
		if (Boolean.getBoolean("trigger.docs.write")) {
			browser.screenshot(Path.of("..", "docs", "emulator.png"));
		}
	}

	@Test
	void outageOfTheEmulatorIsSaidAndOverByItself() {
		Instant before = emulator.now();
		emulator.advance(Duration.ofDays(1));
		browser.awaitText("#connection-text", "Connected");
		browser.offline(true);
		browser.awaitText("#message", "The emulator does not respond.");
		browser.offline(false);
		browser.await(() -> browser.text("#message").isEmpty(), "the connection");
		assertThat(browser.errors()).allMatch((error) -> error.contains("ERR_INTERNET_DISCONNECTED"));
		assertThat(before).isBefore(emulator.now());
	}

	private static void exampleRuns() {
		trigger("send-welcome", Map.of("email", "ada@example.com"));
		trigger("charge-card", Map.of("card", "4242", "order", 4711));
		trigger("approve-by-hand", Map.of());
		trigger("import-orders", Map.of("file", "orders.csv"));
		trigger("send-welcome", Map.of("email", "grace@example.com"));
		post("preview", "/api/v1/tasks/send-welcome/trigger", Map.of("options", Map.of("delay", "1h")),
				"x-trigger-branch", "feature-search");
	}

	private static String trigger(String task, Object payload) {
		String body = post("dev", "/api/v1/tasks/" + task + "/trigger",
				Map.of("payload", payload, "options", Map.of("tags", List.of("user:1", "vip"))));
		return JSON.readTree(body).path("id").asString();
	}

	private static String post(String environment, String path, Object body, String... headers) {
		HttpRequest.Builder request = request(path)
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
		HttpResponse<String> response = send(environment, (headers.length > 0) ? request.headers(headers) : request);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	private static HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(emulator.apiUrl() + path))
			.timeout(Duration.ofSeconds(30))
			.header("x-trigger-api-version", "2025-07-16");
	}

	private static HttpResponse<String> send(String environment, HttpRequest.Builder request) {
		request.header("authorization", "Bearer " + emulator.secretKey(environment));
		try {
			return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
