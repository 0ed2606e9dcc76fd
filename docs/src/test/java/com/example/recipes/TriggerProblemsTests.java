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

package com.example.recipes;

import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Runs the advice of {@code docs/RECIPES.md}.
 */
class TriggerProblemsTests {

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = Application.class,
			properties = { "spring.main.web-application-type=reactive", "trigger.retry.max-attempts=1" })
	@AutoConfigureTriggerEmulator
	class WebFlux extends Problems {

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, classes = Application.class,
			properties = { "spring.main.web-application-type=servlet", "trigger.retry.max-attempts=1" })
	@AutoConfigureTriggerEmulator
	class Servlet extends Problems {

	}

	abstract static class Problems {

		@Autowired
		private TriggerEmulator emulator;

		@LocalServerPort
		private int port;

		@Test
		void unknownRunIsNotFound() {
			get("/runs/run_nothing").expectStatus().isNotFound().expectBody().jsonPath("$.detail").exists();
		}

		@Test
		void failureOfTheTaskNamesTheRun() {
			this.emulator.task("report", String.class, (day) -> {
				throw new IllegalStateException("no data");
			});
			get("/reports/today").expectStatus()
				.isEqualTo(502)
				.expectHeader()
				.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.runId")
				.isEqualTo(this.emulator.runs("report").get(0).id())
				.jsonPath("$.detail")
				.isEqualTo("The task did not succeed.");
		}

		@Test
		void rateLimitSaysWhenToTryAgain() {
			this.emulator.faults().onOperation("tasks.trigger").status(429);
			get("/reports/today").expectStatus().isEqualTo(503).expectHeader().exists("Retry-After");
		}

		@Test
		void outageIsABadGateway() {
			this.emulator.faults().onOperation("tasks.trigger").status(400);
			get("/reports/today").expectStatus()
				.isEqualTo(502)
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("The task can't be started now.");
		}

		private WebTestClient.ResponseSpec get(String path) {
			return WebTestClient.bindToServer()
				.baseUrl("http://127.0.0.1:" + this.port)
				.responseTimeout(Duration.ofSeconds(30))
				.build()
				.get()
				.uri(path)
				.exchange();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ TriggerProblems.class, Runs.class })
	static class Application {

	}

	@RestController
	static class Runs {

		private final TriggerOperations trigger;

		Runs(TriggerOperations trigger) {
			this.trigger = trigger;
		}

		@GetMapping("/runs/{runId}")
		Mono<String> run(@PathVariable String runId) {
			return this.trigger.runs().retrieve(runId).map((run) -> run.status().value());
		}

		@GetMapping("/reports/{day}")
		Mono<String> report(@PathVariable String day) {
			return this.trigger.tasks()
				.trigger("report", day)
				.flatMap(this.trigger.runs()::awaitOutput)
				.map(Object::toString);
		}

	}

}
