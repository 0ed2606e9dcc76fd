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

package dev.trigger.spring.sample.multienvironment;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.trigger.emulator.TriggerEmulator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MultiEnvironmentApplication}.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "30s")
class MultiEnvironmentApplicationTests {

	@Autowired
	private WebTestClient web;

	@Autowired
	private TriggerEmulator emulator;

	@DynamicPropertySource
	static void findPort(DynamicPropertyRegistry registry) {
		int port = TestSocketUtils.findAvailableTcpPort();
		registry.add("emulator.port", () -> port);
	}

	@Test
	void catalogThatStagingTakesGoesToProduction() {
		this.web.post()
			.uri("/catalogs")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"supplier\":\"acme\",\"products\":42}")
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectBody()
			.jsonPath("$.runId")
			.isNotEmpty();
		this.emulator.awaitIdle();
		assertThat(this.emulator.runs()).extracting((run) -> run.environment())
			.containsExactlyInAnyOrder("stg", "prod");
	}

	@Test
	void catalogThatStagingRejectsDoesNot() {
		long before = this.emulator.runs().size();
		this.web.post()
			.uri("/catalogs")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue("{\"supplier\":\"big\",\"products\":142}")
			.exchange()
			.expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.report.rejected")
			.isEqualTo(42);
		assertThat(this.emulator.runs()).hasSize((int) before + 1);
	}

	@Test
	void pageIsServed() {
		this.web.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML);
	}

	@Test
	void readmeShowsTheResponseOfTheActuator() throws Exception {
		String readme = Files.readString(Path.of("README.md"));
		String shown = readme.substring(readme.indexOf("```json") + "```json".length());
		JsonNode actual = JsonMapper.shared()
			.readTree(this.web.get()
				.uri("/actuator/trigger")
				.exchange()
				.expectBody(String.class)
				.returnResult()
				.getResponseBody());
		assertThat(shape(JsonMapper.shared().readTree(shown.substring(0, shown.indexOf("```")))))
			.isEqualTo(shape(actual));
	}

	/**
	 * What does not differ from time to time.
	 */
	private static String shape(JsonNode response) {
		return response.toPrettyString()
			.replaceAll("localhost:\\d+", "localhost")
			.replaceAll(",\\s*\"rateLimit\" : \\{[^}]*}", "");
	}

}
