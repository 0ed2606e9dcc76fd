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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * User-actor tokens, with which agents act as their user for a while.
 */
class UserActorTokensTests {

	private static final String PATH = "/api/v1/auth/user-actor-token";

	private final TriggerEmulator emulator = TriggerEmulator.start();

	private final TestClient user = new TestClient(this.emulator.apiUrl()).token(this.emulator.personalAccessToken());

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void tokenActsAsItsUserUntilItExpires() {
		JsonNode minted = this.user.post(PATH, Map.of("ttlSeconds", 600, "client", "agent")).json();
		assertThat(minted.path("expiresInSeconds").asInt()).isEqualTo(600);
		TestClient agent = this.user.token(minted.path("token").asString());
		assertThat(agent.get("/api/v2/whoami").text()).isEqualTo(this.user.get("/api/v2/whoami").text());
		assertThat(agent.get("/api/v1/projects").json()).hasSize(1);
		assertThat(agent.get("/api/v1/projects/" + this.emulator.projectRef() + "/envvars/prod").status())
			.isEqualTo(200);
		assertThat(agent.get("/api/v1/projects/" + this.emulator.projectRef() + "/runs").status())
			.isEqualTo(this.user.get("/api/v1/projects/" + this.emulator.projectRef() + "/runs").status());
		assertThat(this.emulator.requests("whoami.v2").get(0).credentialKind()).isEqualTo("user-actor");
		this.emulator.advance(Duration.ofMinutes(11));
		assertThat(agent.get("/api/v2/whoami").status()).isEqualTo(401);
	}

	@Test
	void tokenLastsAnHourUnlessSpecified() {
		TestClient.Reply reply = this.user.send("POST", PATH, null);
		assertThat(reply.json().path("expiresInSeconds").asInt()).isEqualTo(3600);
		assertThat(reply.json().path("token").asString()).startsWith("tr_uat_");
	}

	@Test
	void tokenIsMadeOfAPersonalAccessTokenOnly() {
		String token = this.user.post(PATH, Map.of()).json().path("token").asString();
		assertThat(this.user.token(token).post(PATH, Map.of()).status()).isEqualTo(401);
		assertThat(TestClient.of(this.emulator, "prod").post(PATH, Map.of()).status()).isEqualTo(401);
		assertThat(this.user.token("tr_pat_unknown").post(PATH, Map.of()).status()).isEqualTo(401);
	}

	@Test
	void tokenDoesNotStandForASecretKey() {
		String token = this.user.post(PATH, Map.of()).json().path("token").asString();
		assertThat(this.user.token(token).get("/api/v1/runs").status()).isEqualTo(401);
	}

	@Test
	void forgedTokensAreRefused() {
		String token = this.user.post(PATH, Map.of()).json().path("token").asString();
		for (String forged : new String[] { "tr_uat_", "tr_uat_a.b.c", "tr_uat_..", token.substring("tr_uat_".length()),
				token.substring(0, token.length() - 4) + "AAAA" }) {
			assertThat(this.user.token(forged).get("/api/v2/whoami").status()).as(forged).isEqualTo(401);
			assertThat(this.user.token(forged)
				.get("/api/v1/projects/" + this.emulator.projectRef() + "/envvars/prod")
				.status()).as(forged).isEqualTo(401);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"ttlSeconds\": 604801}", "{\"ttlSeconds\": 0}", "{\"ttlSeconds\": 1.5}",
			"{\"client\": \"\"}", "{\"cap\": \"read:runs\"}", "[]" })
	void wrongBodiesAreRefused(String body) {
		TestClient.Reply reply = this.user.post(PATH, body);
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.error()).isEqualTo("Invalid request body");
		assertThat(reply.json().path("issues")).isNotEmpty();
	}

	@Test
	void commandLineHasNoNews() {
		assertThat(this.user.get("/api/v1/platform-notifications?projectRef=x").text())
			.isEqualTo("{\"notification\":null}");
		assertThat(TestClient.of(this.emulator, "prod").get("/api/v1/platform-notifications").status()).isEqualTo(401);
	}

}
