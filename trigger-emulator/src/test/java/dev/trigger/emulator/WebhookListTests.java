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

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Endpoints of webhooks and what was delivered to them.
 */
class WebhookListTests {

	private final TriggerEmulator emulator = TriggerEmulator.builder()
		.clock(Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC))
		.start();

	private final TestClient prod = TestClient.of(this.emulator, "prod");

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@Test
	void endpointsAreInTheOrderOfTheirNames() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		this.emulator.webhookEndpoint("github-hook", "github");
		assertThat(names(this.prod.get("/api/v1/webhooks/endpoints"), "webhook")).containsExactly("github-hook",
				"stripe-hook");
	}

	@Test
	void deliveriesAreFoundByTheirEndpointInTheWordsOfOlderAndNewerServers() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		this.emulator.webhookEndpoint("github-hook", "github");
		String endpoint = this.prod.get("/api/v1/webhooks/endpoints").json().at("/data/0/id").asString();
		String stripe = this.emulator.webhookDelivery("prod", "stripe-hook", Map.of());
		String github = this.emulator.webhookDelivery("prod", "github-hook", Map.of());
		assertThat(list("filter[webhook]=github-hook")).containsExactly(github);
		assertThat(list("filter[webhook]=" + endpoint)).as("older servers know no ids").isEmpty();
		assertThat(list("filter[endpoint]=github-hook")).containsExactly(github);
		assertThat(list("filter[endpoint]=" + endpoint)).containsExactly(github);
		assertThat(list("filter[endpoint]=none,stripe-hook")).containsExactly(stripe);
		assertThat(list("filter[endpoint]=none")).isEmpty();
		assertThat(list("filter[endpoint]=&filter[webhook]=")).containsExactlyInAnyOrder(stripe, github);
	}

	@Test
	void endpointsAndDeliveriesHaveTheNamesOfOlderAndNewerServers() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		String delivery = this.emulator.webhookDelivery("prod", "stripe-hook", Map.of());
		JsonNode endpoint = this.prod.get("/api/v1/webhooks/endpoints").json().at("/data/0");
		String id = endpoint.path("id").asString();
		JsonNode listed = this.prod.get("/api/v1/webhooks/deliveries").json().at("/data/0");
		JsonNode one = this.prod.get("/api/v1/webhooks/deliveries/" + delivery).json();
		assertThat(List.of(endpoint, listed, one)).allSatisfy(
				(thing) -> assertThat(thing.path("webhook").asString()).as(thing.toString()).isEqualTo("stripe-hook"));
		assertThat(endpoint.path("declaredId").asString()).isEqualTo("stripe-hook");
		assertThat(List.of(listed, one)).allSatisfy((thing) -> assertThat(thing.path("endpoint"))
			.isEqualTo(Json.tree(Map.of("id", id, "declaredId", "stripe-hook"))));
		assertThat(one.path("targets").isArray()).isTrue();
		assertThat(this.prod.get("/api/v1/webhooks/endpoints/" + id).json().path("subscribers").isArray()).isTrue();
	}

	@Test
	void waiterIsTokenThatWaitsForOneDay() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		String path = "/api/v1/webhooks/endpoints/stripe-hook/waiters";
		Map<String, Object> given = Map.of("idempotencyKey", "k", "idempotencyKeyTTL", "1h", "tags", List.of("a"),
				"match", Map.of("event.id", 1));
		JsonNode waiter = this.prod.post(path, given).json();
		assertThat(waiter.path("expiresAt").asString()).isEqualTo("2026-03-02T12:00:00.000Z");
		assertThat(waiter.has("url")).as("only what a URL tells apart has one of its own").isFalse();
		assertThat(this.prod.post(path, given).json().path("isCached").asBoolean()).isTrue();
		JsonNode token = this.prod.get("/api/v1/waitpoints/tokens/" + waiter.path("id").asString()).json();
		assertThat(token.path("tags")).isEqualTo(Json.tree(List.of("a")));
		this.emulator.advance(Duration.ofHours(1));
		assertThat(this.prod.post(path, given).json().path("isCached").asBoolean()).isFalse();
	}

	@Test
	void waiterOfUnknownEndpointIsRefusedWithCode() {
		Reply reply = this.prod.post("/api/v1/webhooks/endpoints/none/waiters", "{}");
		assertThat(reply.status()).isEqualTo(404);
		assertThat(reply.json().path("code").asString()).isEqualTo("webhook_endpoint_not_found");
	}

	@Test
	void deliveriesAreFoundByTheirTime() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		String old = this.emulator.webhookDelivery("prod", "stripe-hook", Map.of());
		this.emulator.advance(Duration.ofHours(3));
		String late = this.emulator.webhookDelivery("prod", "stripe-hook", Map.of());
		assertThat(list("filter[period]=2h")).containsExactly(late);
		assertThat(list("filter[period]=1 day")).containsExactly(late, old);
		assertThat(list("filter[period]=soon")).containsExactly(late, old);
		assertThat(list("filter[period]=0s")).containsExactly(late, old);
		assertThat(list("filter[period]=1d&filter[from]=2026-03-01T13:00:00Z")).containsExactly(late);
		assertThat(list("filter[to]=2026-03-01T13:00:00Z")).containsExactly(old);
	}

	@Test
	void pagesOfDeliveriesAreThoseOfRuns() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		String first = deliver();
		String second = deliver();
		String third = deliver();
		Reply page = list("stripe-hook", "page[size]=2");
		assertThat(names(page, "id")).containsExactly(third, second);
		String next = page.json().at("/pagination/next").asString();
		assertThat(next).isNotEqualTo(second);
		Reply last = list("stripe-hook", "page[size]=2&page[after]=" + next);
		assertThat(names(last, "id")).containsExactly(first);
		String previous = last.json().at("/pagination/previous").asString();
		Reply back = list("stripe-hook", "page[size]=2&page[before]=" + previous);
		assertThat(names(back, "id")).as("nearest first").containsExactly(second, third);
		assertThat(back.json().at("/pagination/next").asString()).isEqualTo(next);
		assertThat(names(list("stripe-hook", "page[after]=0"), "id")).as("an older cursor").isEmpty();
	}

	@Test
	void pageHasSixtyDeliveries() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		for (int i = 0; i < 61; i++) {
			deliver();
		}
		assertThat(list("")).hasSize(60);
		assertThat(list("page[size]=100")).hasSize(61);
	}

	@Test
	void secretIsNewWhateverTheBodyIs() {
		this.emulator.webhookEndpoint("stripe-hook", "stripe");
		String endpoint = this.prod.get("/api/v1/webhooks/endpoints").json().at("/data/0/id").asString();
		assertThat(this.prod.post("/api/v1/webhooks/endpoints/" + endpoint + "/rotate-secret", "{").status())
			.isEqualTo(200);
	}

	private String deliver() {
		this.emulator.advance(Duration.ofSeconds(1));
		return this.emulator.webhookDelivery("prod", "stripe-hook", Map.of());
	}

	private List<String> list(String query) {
		return names(list("", query), "id");
	}

	private Reply list(String webhook, String query) {
		StringBuilder path = new StringBuilder("/api/v1/webhooks/deliveries?filter%5Bstatus%5D=succeeded");
		if (!webhook.isEmpty()) {
			path.append("&filter%5Bwebhook%5D=").append(webhook);
		}
		for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
			String[] parts = parameter.split("=", 2);
			path.append('&')
				.append(URLEncoder.encode(parts[0], StandardCharsets.UTF_8))
				.append('=')
				.append(URLEncoder.encode(parts[1], StandardCharsets.UTF_8));
		}
		Reply reply = this.prod.get(path.toString());
		assertThat(reply.status()).as("%s", reply).isEqualTo(200);
		return reply;
	}

	private static List<String> names(Reply reply, String member) {
		return reply.json().path("data").valueStream().map((JsonNode item) -> item.path(member).asString()).toList();
	}

}
