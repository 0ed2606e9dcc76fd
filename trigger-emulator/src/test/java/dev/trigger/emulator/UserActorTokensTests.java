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
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.trigger.emulator.state.Tokens;
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
		assertThat(agent.get("/api/v1/projects").text()).isEqualTo(this.user.get("/api/v1/projects").text());
		assertThat(agent.get("/api/v1/projects/" + this.emulator.projectRef() + "/runs?filter%5Benv%5D=prod").status())
			.isEqualTo(200);
		assertThat(this.emulator.requests("projects.list").get(0).credentialKind()).isEqualTo("user-actor");
		this.emulator.advance(Duration.ofMinutes(11));
		TestClient.Reply reply = agent.get("/api/v1/projects");
		assertThat(reply.status()).isEqualTo(401);
		assertThat(reply.error()).isEqualTo("Invalid user-actor token");
	}

	@Test
	void olderRoutesTakeNoUserActorTokens() {
		TestClient agent = this.user.token(token(Map.of("cap", List.of("admin"))));
		String project = "/api/v1/projects/" + this.emulator.projectRef();
		for (String path : List.of("/api/v2/whoami", project + "/dev-status", project + "/branches",
				project + "/envvars/prod", project + "/prod")) {
			assertThat(agent.get(path).status()).as(path).isEqualTo(401);
		}
		assertThat(agent.get(project + "/prod/workers/current").status()).isEqualTo(200);
	}

	@Test
	void capNarrowsWhatATokenMayDo() {
		String project = "/api/v1/projects/" + this.emulator.projectRef();
		String organization = this.user.get("/api/v1/orgs").json().path(0).path("slug").asString();
		String members = "/api/v1/orgs/" + organization + "/members";
		TestClient reading = this.user.token(token(Map.of()));
		TestClient runs = this.user.token(token(Map.of("cap", List.of("read:runs"))));
		TestClient nothing = this.user.token(token(Map.of("cap", List.of())));
		TestClient managing = this.user.token(token(Map.of("cap", List.of("manage:project"))));
		assertThat(reading.get(members).status()).isEqualTo(200);
		assertThat(runs.get(members).text()).isEqualTo("{\"error\":\"Unauthorized\",\"code\":\"unauthorized\","
				+ "\"param\":\"access_token\",\"type\":\"authorization\"}");
		assertThat(runs.get(project + "/runs?filter%5Benv%5D=prod").status()).isEqualTo(200);
		assertThat(nothing.get(project + "/runs?filter%5Benv%5D=prod").status()).isEqualTo(403);
		assertThat(nothing.get("/api/v1/projects").status()).as("names nothing to check").isEqualTo(200);
		assertThat(runs.get(project + "/environments").status()).isEqualTo(403);
		assertThat(reading.send("PATCH", project, "{\"name\":\"other\"}").status()).isEqualTo(403);
		assertThat(managing.send("PATCH", project, "{\"name\":\"other\"}").status()).isEqualTo(200);
		assertThat(managing.get(project + "/environments").status()).isEqualTo(403);
	}

	@Test
	void publicTokenOfAnActorIsNoMoreThanTheActor() {
		String path = "/api/v1/projects/" + this.emulator.projectRef() + "/prod/jwt";
		TestClient agent = this.user
			.token(token(Map.of("cap", List.of("read:apiKeys", "read:runs"), "ttlSeconds", 600, "client", "agent")));
		JsonNode claims = claims(agent.post(path,
				Map.of("claims", Map.of("scopes", List.of("read:runs:run_1", "write:runs")), "expirationTime", "2h")));
		assertThat(claims.path("scopes").toString()).isEqualTo("[\"read:runs:run_1\"]");
		assertThat(claims.path("act").path("client").asString()).isEqualTo("agent");
		assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(600);
		claims = claims(agent.post(path, Map.of("expirationTime", 60)));
		assertThat(claims.path("scopes").toString()).isEqualTo("[\"read:apiKeys\",\"read:runs\"]");
		assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(60);
		TestClient.Reply refused = this.user.token(token(Map.of("cap", List.of("read:runs")))).post(path, Map.of());
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.error()).isEqualTo("You don't have permission to access this environment's API keys.");
		TestClient reading = this.user.token(token(Map.of()));
		claims = claims(reading.post(path, Map.of("claims", Map.of("scopes", List.of("read:runs", "admin", "read")))));
		assertThat(claims.path("scopes").toString()).isEqualTo("[\"read:runs\"]");
	}

	private String token(Map<String, ?> body) {
		return this.user.post(PATH, body).json().path("token").asString();
	}

	private static JsonNode claims(TestClient.Reply reply) {
		assertThat(reply.status()).as("%s", reply).isEqualTo(200);
		return Objects.requireNonNull(Tokens.claims(reply.json().path("token").asString()));
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
			assertThat(this.user.token(forged).get("/api/v1/projects").status()).as(forged).isEqualTo(401);
			assertThat(this.user.token(forged)
				.get("/api/v1/projects/" + this.emulator.projectRef() + "/prod/workers/current")
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
