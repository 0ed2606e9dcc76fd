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

package com.example.onboarding;

import com.example.onboarding.Onboarding.Receipt;
import com.example.onboarding.Onboarding.Welcome;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the controllers and the declared tasks of {@code docs/USAGE.md} on servers of both
 * kinds.
 */
class OnboardingWebTests {

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = "spring.main.web-application-type=reactive")
	@AutoConfigureTriggerEmulator
	class WebFlux extends Requests {

		@Test
		void outputIsReturned() {
			assertThat(post("/sign-ups")).isEqualTo(new Receipt("sent to ada@example.com"));
			assertThat(post("/sign-ups")).isEqualTo(new Receipt("sent to ada@example.com"));
			assertThat(this.emulator).hasTriggered("send-welcome").once();
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
			properties = { "spring.main.web-application-type=servlet",
					"spring.config.location=classpath:snippets/virtual-threads.yml" })
	@AutoConfigureTriggerEmulator
	class Servlet extends Requests {

		@Test
		void outputIsReturned() {
			assertThat(post("/welcomes")).isEqualTo(new Receipt("sent to ada@example.com"));
			assertThat(this.emulator).hasTriggered("send-welcome").once();
		}

		@Test
		void declaredTasksAreBeans(@Autowired OnboardingTasks tasks, @Autowired ApplicationContext context) {
			Welcome ada = new Welcome("1", "ada@example.com");
			assertThat(tasks.sendWelcomeAndWait(ada).block()).isEqualTo(new Receipt("sent to ada@example.com"));
			assertThat(tasks.sendWelcome(ada).block().isCached()).isTrue();
			assertThat(context.getEnvironment().getProperty("spring.threads.virtual.enabled", Boolean.class)).isTrue();
		}

	}

	abstract static class Requests {

		@Autowired
		TriggerEmulator emulator;

		@LocalServerPort
		private int port;

		@BeforeEach
		void task() {
			this.emulator.task("send-welcome", Welcome.class, (welcome) -> new Receipt("sent to " + welcome.email()));
		}

		Receipt post(String path) {
			return WebTestClient.bindToServer()
				.baseUrl("http://127.0.0.1:" + this.port)
				.build()
				.post()
				.uri(path)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(new Welcome("1", "ada@example.com"))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(Receipt.class)
				.returnResult()
				.getResponseBody();
		}

	}

}
