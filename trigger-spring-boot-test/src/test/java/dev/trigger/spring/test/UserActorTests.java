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

package dev.trigger.spring.test;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.project.Project;
import dev.trigger.spring.run.RunSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a client with a token that a user has made for somebody who acts for the user.
 */
class UserActorTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private final TriggerEmulator emulator = TriggerEmulator.start();

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	private TriggerOperations actor() {
		JsonNode minted = WebClient.create(this.emulator.apiUrl())
			.post()
			.uri("/api/v1/auth/user-actor-token")
			.headers((headers) -> headers.setBearerAuth(this.emulator.personalAccessToken()))
			.bodyValue(Map.of("ttlSeconds", 600))
			.retrieve()
			.bodyToMono(JsonNode.class)
			.block(LONGEST);
		return TriggerTemplate.builder(TriggerCredential.of(Objects.requireNonNull(minted).path("token").asString()))
			.apiUrl(this.emulator.apiUrl())
			.projectRef(this.emulator.projectRef())
			.build();
	}

	@Test
	void actorMayDoWhatItsUserMay() {
		TriggerOperations actor = actor();
		assertThat(actor.projects().list().map(Project::externalRef).collectList().block(LONGEST))
			.containsExactly(this.emulator.projectRef());
		assertThat(actor.runs()
			.list((runs) -> runs.environments(TriggerEnvironment.PROD))
			.map(RunSummary::id)
			.collectList()
			.block(LONGEST)).isEmpty();
	}

	@Test
	void tokenIsNotShownWhereTheServerRefusesIt() {
		TriggerOperations actor = actor();
		this.emulator.advance(Duration.ofHours(1));
		assertThatExceptionOfType(TriggerApiException.class)
			.isThrownBy(() -> actor.projects().list().blockLast(LONGEST))
			.satisfies((ex) -> assertThat(ex.getStatus()).isEqualTo(401))
			.satisfies((ex) -> assertThat(ex.toString()).doesNotContain("eyJ"));
	}

}
