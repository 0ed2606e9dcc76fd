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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.from;

/**
 * What the emulator does with projects, branches, deployments, dashboards, sessions,
 * prompts and webhooks.
 */
class ProjectAreasTests {

	private TriggerEmulator emulator;

	private TestClient prod;

	private TestClient user;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.start();
		this.prod = TestClient.of(this.emulator, "prod");
		this.user = new TestClient(this.emulator.apiUrl()).token(this.emulator.personalAccessToken());
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@Test
	void workerIsTheSameHoweverOftenItIsLookedAt() {
		this.emulator.scheduledTask("nightly").scheduledTask("daily");
		String project = "/api/v1/projects/" + this.emulator.projectRef();
		for (String environment : List.of("dev", "prod")) {
			String path = project + '/' + environment + "/workers/current";
			JsonNode worker = this.user.get(path).json();
			String version = project + "/background-workers/" + environment + '/'
					+ worker.at("/worker/version").asString();
			JsonNode details = this.user.get(version).json();
			this.emulator.advance(Duration.ofMinutes(1));
			assertThat(worker.at("/worker/tasks").valueStream().map((task) -> task.path("slug").asString()))
				.containsExactly("daily", "nightly");
			assertThat(this.user.get(path).json()).isEqualTo(worker);
			assertThat(this.user.get(version).json()).isEqualTo(details);
		}
	}

	@Test
	void branchIsUsedUntilItIsArchived() {
		String path = "/api/v1/projects/" + this.emulator.projectRef() + "/branches";
		Map<String, Object> branch = Map.of("branch", "feature/two", "env", "preview");
		String id = this.user.post(path, branch).json().path("id").asString();
		assertThat(this.user.post(path, branch).json().path("id").asString()).isEqualTo(id);
		TestClient preview = TestClient.of(this.emulator, "preview").header("x-trigger-branch", "feature/two");
		assertThat(preview.get("/api/v1/runs").status()).isEqualTo(200);
		assertThat(this.user.post(path + "/archive", branch).status()).isEqualTo(200);
		assertThat(preview.get("/api/v1/runs").status()).isEqualTo(401);
		assertThat(this.user.post(path + "/archive", branch).status()).isEqualTo(400);
	}

	@Test
	void branchSeesTheVariablesOfItsParentUnderItsOwn() {
		this.emulator.previewBranch("b");
		TestClient branch = this.user.header("x-trigger-branch", "b");
		String path = "/api/v1/projects/" + this.emulator.projectRef() + "/envvars/preview";
		this.user.post(path, Map.of("name", "A", "value", "parent"));
		this.user.post(path, Map.of("name", "B", "value", "parent"));
		branch.post(path, Map.of("name", "A", "value", "branch"));
		assertThat(branch.get(path + "/A").json().path("value").asString()).isEqualTo("branch");
		assertThat(branch.get(path + "/B").json().path("value").asString()).isEqualTo("parent");
		assertThat(this.user.get(path + "/A").json().path("value").asString()).isEqualTo("parent");
	}

	@Test
	void taskSeesItsVariables() {
		this.emulator.task("hello", Object.class, (payload, context) -> context.environmentVariables().get("A"));
		this.prod.post("/api/v1/projects/" + this.emulator.projectRef() + "/envvars/prod",
				Map.of("name", "A", "value", "1"));
		String runId = this.prod.post("/api/v1/tasks/hello/trigger", "{}").json().path("id").asString();
		assertThat(this.emulator.awaitRun(runId)).returns(Json.tree("1"), from(EmulatedRun::output));
	}

	@Test
	void environmentCarriesItsKeyAndItsToken() {
		String environment = "/api/v1/projects/" + this.emulator.projectRef() + "/prod";
		assertThat(this.user.get(environment).json().path("apiKey").asString())
			.isEqualTo(this.emulator.secretKey("prod"));
		String token = this.user.post(environment + "/jwt", Map.of("claims", Map.of("scopes", List.of("read:runs"))))
			.json()
			.path("token")
			.asString();
		assertThat(new TestClient(this.emulator.apiUrl()).token(token).get("/api/v1/runs").status()).isEqualTo(200);
	}

	@Test
	void newProjectBelongsToItsOrganization() {
		String slug = this.user.get("/api/v1/orgs").json().get(0).path("slug").asString();
		Reply created = this.user.post("/api/v1/orgs/" + slug + "/projects", Map.of("name", "second"));
		String ref = created.json().path("externalRef").asString();
		assertThat(this.user.get("/api/v1/projects/" + ref).json().path("name").asString()).isEqualTo("second");
		assertThat(this.user.get("/api/v1/projects").json().size()).isEqualTo(2);
		assertThat(this.user.get("/api/v1/orgs/" + slug + "/members").json().path("members").size()).isEqualTo(1);
	}

	@Test
	void resetRestoresADeletedOrganization() {
		JsonNode before = this.user.get("/api/v1/orgs").json();
		String path = "/api/v1/orgs/" + before.get(0).path("slug").asString();
		this.user.post(path + "/invites", Map.of("emails", List.of("a@b.com")));
		this.user.send("PATCH", path, "{\"title\":\"Other\"}");
		assertThat(this.user.delete(path).status()).isEqualTo(200);
		assertThat(this.prod.get("/api/v1/runs").status()).isEqualTo(401);
		this.emulator.reset();
		assertThat(this.user.get("/api/v1/orgs").json()).isEqualTo(before);
		assertThat(this.user.get(path + "/members").json().path("invites")).isEmpty();
		assertThat(this.prod.get("/api/v1/runs").status()).isEqualTo(200);
	}

	@Test
	void failedDeploymentIsListedButNotCurrent() {
		String version = this.prod.get("/api/v1/deployments/current").json().path("version").asString();
		String id = this.prod.post("/api/v1/deployments", Map.of("contentHash", "h")).json().path("id").asString();
		this.prod.post("/api/v1/deployments/" + id + "/fail", Map.of("error", Map.of("name", "E", "message", "m")));
		JsonNode failed = this.prod.get("/api/v1/deployments?status=FAILED").json().path("data");
		assertThat(failed.size()).isEqualTo(1);
		assertThat(failed.get(0).path("error").path("message").asString()).isEqualTo("m");
		assertThat(this.prod.get("/api/v1/deployments/current").json().path("version").asString()).isEqualTo(version);
		assertThat(TestClient.of(this.emulator, "dev").get("/api/v1/deployments/current").status()).isEqualTo(404);
	}

	@Test
	void dashboardIsWhatTheClientOfTheServerReads() {
		Map<String, Object> widget = Map.of("title", "Runs", "query", "SELECT count() FROM runs", "fillGaps", true,
				"display", Map.of("type", "table"));
		Map<String, Integer> above = Map.of("x", 6, "y", 3, "w", 6, "h", 5);
		Map<String, Object> placed = new LinkedHashMap<>(widget);
		placed.put("position", above);
		JsonNode created = this.prod
			.post("/api/v1/query/dashboards", Map.of("title", "Mine", "widgets", List.of(placed, widget)))
			.json();
		assertThat(created.path("description")).isEqualTo(Json.tree(""));
		assertThat(created.path("widgets").path(0).path("position")).isEqualTo(Json.tree(above));
		assertThat(created.path("widgets").path(0).path("fillGaps").asBoolean()).isTrue();
		JsonNode below = created.path("widgets").path(1).path("position");
		assertThat(below).isEqualTo(Json.tree(Map.of("x", 0, "y", 8, "w", 12, "h", below.path("h").asInt())));
		JsonNode dashboard = this.prod
			.post("/api/v1/query/dashboards/" + created.path("id").asString() + "/widgets", widget)
			.json()
			.path("dashboard");
		assertThat(dashboard.path("widgets").path(2).path("position").path("y").asInt())
			.isEqualTo(8 + below.path("h").asInt());
		JsonNode listed = this.prod.get("/api/v1/query/dashboards").json().path("dashboards").path(2);
		assertThat(listed.path("description")).isEqualTo(Json.tree(""));
	}

	@Test
	void dashboardIsChangedByRevision() {
		Map<String, Object> widget = Map.of("title", "Runs", "query", "SELECT 1", "display", Map.of("type", "table"));
		JsonNode created = this.prod
			.post("/api/v1/query/dashboards", Map.of("title", "Mine", "widgets", List.of(widget)))
			.json();
		String path = "/api/v1/query/dashboards/" + created.path("id").asString();
		Reply renamed = this.prod.send("PATCH", path,
				"{\"title\":\"Yours\",\"revision\":\"" + created.path("revision").asString() + "\"}");
		assertThat(renamed.json().path("title").asString()).isEqualTo("Yours");
		assertThat(this.prod
			.send("PATCH", path, "{\"title\":\"Late\",\"revision\":\"" + created.path("revision").asString() + "\"}")
			.status()).isEqualTo(409);
		String widgetId = this.prod.post(path + "/widgets", widget).json().path("widgetId").asString();
		assertThat(this.prod.get(path).json().path("widgets").size()).isEqualTo(2);
		assertThat(this.prod.delete(path + "/widgets/" + widgetId).json().path("widgets").size()).isEqualTo(1);
		assertThat(this.prod.delete(path).status()).isEqualTo(200);
		assertThat(this.prod.get(path).status()).isEqualTo(404);
	}

	@Test
	void sessionIsStartedOnceByItsExternalId() {
		Map<String, Object> body = Map.of("type", "chat.agent", "externalId", "chat/1", "taskIdentifier", "chat",
				"triggerConfig", Map.of("basePayload", Map.of("chatId", "1"), "tags", List.of("a")));
		Reply first = this.prod.post("/api/v1/sessions", body);
		assertThat(first.status()).isEqualTo(201);
		assertThat(this.prod.post("/api/v1/sessions", body).json().path("isCached").asBoolean()).isTrue();
		assertThat(this.emulator.runs("chat")).singleElement()
			// the task is told which session it works for
			.returns(Json.tree(Map.of("chatId", "1", "sessionId", first.json().path("id").asString())),
					from(EmulatedRun::payload))
			.returns(Set.of("a"), from(EmulatedRun::tags));
		TestClient browser = new TestClient(this.emulator.apiUrl())
			.token(first.json().path("publicAccessToken").asString());
		assertThat(browser.get("/api/v1/sessions/chat%2F1").status()).isEqualTo(200);
		assertThat(browser.post("/api/v1/sessions/chat%2F1/close", "{}").status()).isEqualTo(403);
		assertThat(this.prod.post("/api/v1/sessions/chat%2F1/close", Map.of("reason", "done"))
			.json()
			.path("closedReason")
			.asString()).isEqualTo("done");
	}

	@Test
	void recordsOfSessionAreDedupedByTheirPart() {
		String id = this.prod
			.post("/api/v1/sessions",
					Map.of("type", "t", "taskIdentifier", "chat", "triggerConfig", Map.of("basePayload", Map.of())))
			.json()
			.path("id")
			.asString();
		TestClient part = this.prod.header("x-part-id", "p1");
		part.post("/realtime/v1/sessions/" + id + "/in/append", Map.of("a", 1));
		part.post("/realtime/v1/sessions/" + id + "/in/append", Map.of("a", 1));
		JsonNode records = this.prod.get("/realtime/v1/sessions/" + id + "/in/records").json().path("records");
		assertThat(records.size()).isEqualTo(1);
		assertThat(records.get(0).path("data").asString()).isEqualTo("{\"a\":1}");
	}

	@Test
	void promptIsResolvedWithItsOverride() {
		this.emulator.prompt("greeting", "Hi {{name}}");
		Map<String, Object> variables = Map.of("variables", Map.of("name", "Ada"));
		assertThat(this.prod.post("/api/v1/prompts/greeting", variables).json().path("data").path("text").asString())
			.isEqualTo("Hi Ada");
		this.prod.post("/api/v1/prompts/greeting/override", Map.of("textContent", "Hey {{ name }}"));
		assertThat(this.prod.post("/api/v1/prompts/greeting", variables).json().path("data").path("text").asString())
			.isEqualTo("Hey Ada");
		assertThat(this.prod.get("/api/v1/prompts/greeting/versions").json().path("data").size()).isEqualTo(2);
		this.prod.delete("/api/v1/prompts/greeting/override");
		assertThat(this.prod.post("/api/v1/prompts/greeting", variables).json().path("data").path("version").asInt())
			.isEqualTo(1);
	}

	@Test
	void latestVersionsOfAPromptAreListed() {
		this.emulator.prompt("greeting", "Hi");
		for (int i = 2; i <= 52; i++) {
			this.prod.post("/api/v1/prompts/greeting/override", Map.of("textContent", "Hi " + i));
		}
		JsonNode versions = this.prod.get("/api/v1/prompts/greeting/versions").json().path("data");
		assertThat(versions).hasSize(50);
		assertThat(versions.path(0).path("version").asInt()).isEqualTo(52);
	}

	@Test
	void webhookEndpointHasSecretAndWaiters() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		String id = this.prod.get("/api/v1/webhooks/endpoints").json().path("data").get(0).path("id").asString();
		String path = "/api/v1/webhooks/endpoints/" + id;
		assertThat(this.prod.post(path + "/rotate-secret", "{}").json().path("secret").asString()).startsWith("whsec_");
		assertThat(this.prod.get(path).json().path("secretSet").asBoolean()).isTrue();
		JsonNode waiter = this.prod
			.post("/api/v1/webhooks/endpoints/stripe-hook/waiters", Map.of("idempotencyKey", "k"))
			.json();
		String cancel = "/api/v1/webhooks/waiters/" + waiter.path("id").asString() + "/cancel";
		assertThat(this.prod.post(cancel, "").json().path("cancelled").asBoolean()).isTrue();
		assertThat(this.prod.post(cancel, "").json().path("cancelled").asBoolean()).isFalse();
	}

	@Test
	void webhooksAreShownAsServersDo() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		String delivery = this.emulator.webhookDelivery("prod", "stripe-hook", Map.of("a", 1));
		JsonNode endpoint = this.prod.get("/api/v1/webhooks/endpoints").json().path("data").get(0);
		assertThat(endpoint.path("webhook").asString()).isEqualTo("stripe-hook");
		assertThat(endpoint.propertyNames()).contains("id", "webhook", "source", "status", "secretProvisioning",
				"secretSet", "tenantId", "externalRef", "url", "createdAt", "updatedAt");
		JsonNode one = this.prod.get("/api/v1/webhooks/endpoints/" + endpoint.path("id").asString()).json();
		assertThat(one.properties()).containsAll(endpoint.properties());
		JsonNode listed = this.prod.get("/api/v1/webhooks/deliveries?filter%5Bwebhook%5D=stripe-hook")
			.json()
			.path("data")
			.get(0);
		assertThat(listed.propertyNames()).contains("id", "webhook", "status", "externalDeliveryId", "runId",
				"createdAt", "processedAt");
		assertThat(this.prod.get("/api/v1/webhooks/deliveries/" + delivery).json().propertyNames()).contains("id",
				"webhook", "status", "externalDeliveryId", "runId", "createdAt", "processedAt", "idempotencyKey",
				"event", "headers", "rawBodyHash", "error", "filterReason", "updatedAt");
	}

}
