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

package dev.trigger.spring.autoconfigure.actuate;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpoint;
import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpointWebExtension;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.NotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TriggerClientsEndpoint}.
 */
class TriggerClientsEndpointTests {

	private static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private volatile Response response = new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}",
			Map.of("x-ratelimit-limit", "750", "x-ratelimit-remaining", "741", "x-ratelimit-reset", "4102444800000"));

	private final RecordingServer server = new RecordingServer((path) -> this.response);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TriggerAutoConfiguration.class, TriggerClientsEndpointAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url(),
				"trigger.clients.user.access-token=tr_pat_0123456789abcdef0123456789abcdefPAT1",
				"management.endpoints.web.exposure.include=trigger");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void clientsAreShownWithoutKeys() {
		this.contextRunner.withPropertyValues("management.endpoint.trigger.show-values=always").run((context) -> {
			call(context.getBean(TriggerOperations.class));
			JsonNode body = json(context.getBean(TriggerClientsEndpoint.class).clients());
			assertThat(body.path("clients").propertyNames()).containsExactly("default", "user");
			JsonNode client = body.path("clients").path("default");
			assertThat(client.path("apiUrl").asString()).isEqualTo(this.server.url());
			assertThat(client.path("modes").get(0).asString()).isEqualTo("SECRET_KEY");
			assertThat(client.path("rateLimit").path("remaining").asInt()).isEqualTo(741);
			assertThat(body.toString()).doesNotContain(KEY).doesNotContain("tr_pat_");
		});
	}

	@Test
	void everyEndpointOfTheApiIsShownWithWhatItNeeds() {
		this.contextRunner.run((context) -> {
			TriggerClientsEndpoint endpoint = context.getBean(TriggerClientsEndpoint.class);
			JsonNode endpoints = json(endpoint.client("user")).path("endpoints");
			assertThat(endpoints.size()).isEqualTo(TriggerEndpoint.values().length);
			JsonNode trigger = endpoints.get(0);
			assertThat(trigger.path("operation").asString()).isEqualTo("tasks.trigger");
			assertThat(trigger.path("supported").asBoolean()).isFalse();
			assertThat(trigger.path("modes").toString()).contains("SECRET_KEY");
			assertThat(endpoint.client("nobody")).isNull();
		});
	}

	@Test
	void endpointThatIsNotExposedIsNotThere() {
		this.contextRunner.withPropertyValues("management.endpoints.web.exposure.exclude=trigger")
			.run((context) -> assertThat(context).doesNotHaveBean(TriggerClientsEndpoint.class));
	}

	@Test
	void valuesAreHiddenUnlessTheyMayBeShown() {
		this.contextRunner.withPropertyValues("trigger.preview-branch=secret-plan").run((context) -> {
			JsonNode client = json(context.getBean(TriggerClientsEndpoint.class).clients()).path("clients")
				.path("default");
			assertThat(client.path("apiUrl").asString()).isEqualTo("******");
			assertThat(client.path("branch").asString()).isEqualTo("******");
			assertThat(client.path("environment").asString()).isEqualTo("dev");
		});
	}

	@Test
	void webShowsValuesToWhomItMay() {
		this.contextRunner
			.withPropertyValues("management.endpoint.trigger.show-values=when-authorized",
					"management.endpoint.trigger.roles=ops")
			.run((context) -> {
				TriggerClientsEndpointWebExtension endpoint = context.getBean(TriggerClientsEndpointWebExtension.class);
				SecurityContext ops = mock(SecurityContext.class);
				given(ops.getPrincipal()).willReturn(() -> "ada");
				given(ops.isUserInRole("ops")).willReturn(true);
				assertThat(json(endpoint.clients(ops)).toString()).contains(this.server.url());
				assertThat(json(endpoint.clients(SecurityContext.NONE)).toString()).doesNotContain(this.server.url());
				assertThat(json(endpoint.client(ops, "user").getBody()).toString()).contains(this.server.url());
				assertThat(endpoint.client(ops, "nobody").getStatus()).isEqualTo(404);
			});
	}

	@Test
	void lastFailureIsShown() {
		this.contextRunner
			.withPropertyValues("management.endpoint.trigger.show-values=always",
					"trigger.clients.user.retry.max-attempts=1")
			.run((context) -> {
				this.response = new Response(404, "{\"error\":\"Run not found\"}");
				TriggerOperations client = context.getBean(TriggerOperations.class);
				assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> call(client));
				JsonNode clients = json(context.getBean(TriggerClientsEndpoint.class).clients()).path("clients");
				JsonNode failure = clients.path("default").path("lastFailure");
				assertThat(failure.path("operation").asString()).isEqualTo("runs.retrieve");
				assertThat(failure.path("type").asString()).isEqualTo("NotFoundException");
				assertThat(failure.path("message").asString()).contains("Run not found");
				assertThat(Instant.parse(failure.path("time").asString())).isBeforeOrEqualTo(Instant.now());
				assertThat(clients.path("user").path("lastFailure").isNull()).isTrue();
			});
	}

	private static void call(TriggerOperations client) {
		client.runs().retrieve("run_1").block(Duration.ofSeconds(30));
	}

	private static JsonNode json(Object body) {
		return JsonMapper.shared().valueToTree(body);
	}

}
