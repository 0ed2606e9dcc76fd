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

package dev.trigger.spring.sample.onboarding;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OnboardingApplication}.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient(timeout = "30s")
class OnboardingApplicationTests {

	@Autowired
	private WebTestClient web;

	@Test
	void userIsWelcomedOnce() {
		signUp("grace").jsonPath("$.already").isEqualTo(false);
		signUp("grace").jsonPath("$.already").isEqualTo(true);
		this.web.get().uri("/users/grace/runs").exchange().expectBody().jsonPath("$.length()").isEqualTo(1);
	}

	@Test
	void pageFindsWhatItShows() {
		signUp("alan");
		this.web.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.TEXT_HTML)
			.expectBody(String.class)
			.value((page) -> assertThat(page).contains("<title>Onboarding", "\"/sign-ups\"", "\"/schedules\""));
		this.web.get()
			.uri("/sign-ups")
			.exchange()
			.expectBody()
			.jsonPath("$[?(@.userId == 'alan')].task")
			.isEqualTo("send-welcome");
		Awaitility.await()
			.untilAsserted(() -> this.web.get()
				.uri("/schedules")
				.exchange()
				.expectBody()
				.jsonPath("$[0].timezone")
				.isEqualTo("Europe/Berlin"));
	}

	private WebTestClient.BodyContentSpec signUp(String userId) {
		return this.web.post()
			.uri("/sign-ups")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Welcome(userId, userId + "@example.com"))
			.exchange()
			.expectStatus()
			.isAccepted()
			.expectBody();
	}

}
