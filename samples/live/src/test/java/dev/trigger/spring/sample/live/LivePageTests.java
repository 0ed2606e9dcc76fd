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

package dev.trigger.spring.sample.live;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.browser.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page in a browser, with an emulator that outlives the application.
 * Skipped where there is no browser, see {@link Chromium}.
 */
class LivePageTests {

	private static final String HOSTILE = "<img src=x onerror='window.hacked=1'>" + "word".repeat(5);

	private static Chromium browser;

	private static TriggerEmulator emulator;

	private static ConfigurableApplicationContext application;

	private static int port;

	@BeforeAll
	static void start() {
		browser = Chromium.start();
		emulator = TriggerEmulator.start();
		EmulatedTasks.register(emulator, Duration.ofMillis(15));
		startApplication();
	}

	@AfterAll
	static void stop() {
		if (browser != null) {
			browser.close();
		}
		if (application != null) {
			application.close();
		}
		if (emulator != null) {
			emulator.close();
		}
	}

	@BeforeEach
	void clear() {
		browser.open("about:blank");
		browser.errors();
	}

	@Test
	void importIsSeenWhileItHappensAndAcrossARestartOfTheService() {
		browser.desktop();
		open("/");
		browser.evaluate(
				"""
						window.changes = { progress: new Set(), pictures: new Set() };
						new MutationObserver(() => {
							for (const id of ['progress', 'pictures']) {
								window.changes[id].add(document.getElementById(id).value);
							}
							if (document.getElementById('notes').textContent) {
								window.changes.textAt ??= document.getElementById('progress').value;
							}
						}).observe(document.getElementById('import'), { childList: true, attributes: true, subtree: true });""");
		browser.click("#start button");
		browser.awaitText("#question", "Accept 7 prices");
		browser.awaitText("#status", "Waiting for a decision");
		browser.screenshot(Path.of("target", "screenshots", "desktop.png"));
		if (Boolean.getBoolean("trigger.docs.write")) {
			browser.screenshot(Path.of("live.png"));
		}
		browser.awaitText("#notes", "A person has to decide.");
		assertThat(browser.text("#percent")).isEqualTo("60%");
		assertThat(browser.evaluate("return window.changes.textAt < 60")).isEqualTo(true);
		assertThat(browser.evaluate("return window.changes.progress.size > 2")).isEqualTo(true);
		assertThat(browser.evaluate("return window.changes.pictures.size > 2")).isEqualTo(true);
		assertThat(browser.errors()).isEmpty();
		application.close();
		browser.awaitText("#connection", "Connecting again");
		startApplication();
		browser.awaitText("#connection", "Connected");
		browser.click("#approve");
		browser.awaitText("#status", "Completed");
		browser.awaitText("#percent", "100%");
		browser.awaitText("#pictures-text", "50 of 50");
		browser.awaitText("#connection", "The import is over.");
		String run = browser.text("#import");
		assertThat(value("progress")).isEqualTo(100);
		assertThat(value("pictures")).isEqualTo(50);
		assertThat(browser.text("#notes").lines()).containsExactly("Reading Spring collection: 120 products.",
				"Lamps and chairs are as before.",
				"7 shelves cost over a fifth more than before. A person has to decide.",
				"Approved: the new prices apply.", "All 120 products are in the shop.");
		assertThat(browser.text("#result")).isEqualTo("Imported 120 products, 7 of them with a higher price.");
		assertThat(browser.errors()).allMatch((error) -> error.contains("/events") && error.contains("net::ERR_"));
		assertThat(browser.evaluate("return document.getElementById('announcements').textContent")).asString()
			.containsSubsequence("Accept 7 prices", "Approved: the new prices apply.", "100 percent imported.");
		String address = "/" + browser.evaluate("return location.hash");
		browser.open("about:blank");
		open(address);
		browser.awaitText("#connection", "The import is over.");
		assertThat(browser.text("#import")).isEqualTo(run);
	}

	@Test
	void importIsDeclinedWithTheKeyboardOnAPhoneInTheDark() {
		browser.phone();
		open("/");
		browser.type("#catalog", HOSTILE);
		browser.press(Keys.ENTER);
		browser.awaitText("#notes", HOSTILE);
		browser.awaitText("#question", "Accept 7 prices");
		browser.screenshot(Path.of("target", "screenshots", "phone.png"));
		assertThat(browser.evaluate("return document.scrollingElement.scrollWidth <= window.innerWidth"))
			.isEqualTo(true);
		for (String name : List.of("Import", "Approve", "Decline")) {
			browser.press(Keys.TAB);
			assertThat(browser.evaluate("return document.activeElement.textContent")).isEqualTo(name);
		}
		browser.press(Keys.ENTER);
		browser.awaitText("#result", "0 of them with a higher price");
		browser.awaitText("#notes", "Declined: the old prices stay.");
		assertThat(browser.evaluate("return window.hacked === undefined && document.querySelectorAll('img').length"))
			.isEqualTo(0L);
		assertThat(browser.evaluate(
				"""
						return [...document.querySelectorAll('input')].filter((field) => !field.labels.length).length
							+ [...document.querySelectorAll('progress')].filter((bar) => !bar.ariaLabelledByElements?.length).length"""))
			.isEqualTo(0L);
		assertThat(browser.errors()).isEmpty();
		String runId = String.valueOf(browser.evaluate("return location.hash.slice(1)"));
		assertThat(emulator.awaitRun(runId).output().path("raisedPrices").asInt(-1)).isEqualTo(0);
	}

	@Test
	void importThatIsGoneIsReported() {
		browser.desktop();
		for (String runId : List.of("run_cm0000000000000000000000a", "run_1")) {

			open("/#" + runId);
			browser.awaitText("#message", "This import does not exist any more.");
			assertThat(browser.find("#import").isDisplayed()).isFalse();
			browser.open("about:blank");
		}
		assertThat(browser.errors()).isEmpty();
	}

	private static void open(String path) {
		browser.open("http://localhost:" + port + path);
	}

	private static int value(String id) {
		Object value = browser.evaluate("return document.getElementById(arguments[0]).value", id);
		return (value instanceof Number number) ? number.intValue() : -1;
	}

	private static void startApplication() {
		application = SpringApplication.run(LiveApplication.class, "--server.port=" + port,
				"--trigger.api-url=" + emulator.apiUrl(), "--trigger.secret-key=" + emulator.secretKey("dev"),
				"--trigger.retry.not-found-timeout=1s");
		port = ((WebServerApplicationContext) application).getWebServer().getPort();
	}

}
