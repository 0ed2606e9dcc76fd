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

package dev.trigger.spring.autoconfigure.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.health.TriggerHealthIndicator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link TriggerHealthIndicator} and its auto-configuration.
 */
class TriggerHealthTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private static final String TOKEN = "tr_pat_0123456789abcdef0123456789abcdefPAT1";

	private static final Response ENVIRONMENT = new Response(200,
			"{\"id\":\"e\",\"slug\":\"dev\",\"type\":\"DEVELOPMENT\",\"apiKey\":\"" + KEY + "\",\"branchName\":null}",
			Map.of("x-ratelimit-limit", "750", "x-ratelimit-remaining", "741", "x-ratelimit-reset", "4102444800000"));

	private final AtomicReference<Response> response = new AtomicReference<>(ENVIRONMENT);

	private final RecordingServer server = new RecordingServer((path) -> this.response.get());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class,
				TriggerHealthContributorAutoConfiguration.class, HealthContributorAutoConfiguration.class,
				HealthContributorRegistryAutoConfiguration.class, EndpointAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=" + KEY);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void reachableApiIsUpWithDetailsAndWithoutTheKey() {
		Health health = check(KEY);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("environment", "dev")
			.containsEntry("modes", List.of("SECRET_KEY"))
			.containsEntry("rateLimitRemaining", 741L)
			.containsEntry("apiUrl", this.server.url());
		assertThat(health.toString()).doesNotContain(KEY);
		assertThat(this.server.requests().get(0)).containsEntry(":path", "/api/v1/whoami");
	}

	@Test
	void personalAccessTokenAsksForTheUser() {
		this.response.set(new Response(200, "{\"userId\":\"u\",\"email\":\"a@b.c\"}"));
		assertThat(check(TOKEN).getStatus()).isEqualTo(Status.UP);
		assertThat(this.server.requests().get(0)).containsEntry(":path", "/api/v2/whoami");
	}

	@Test
	void rejectedCredentialIsDownWithTheReason() {
		this.response.set(new Response(401, "{\"error\":\"Invalid or Missing API key\"}"));
		Health health = check(KEY);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails().get("reason")).asString().contains("401 Invalid or Missing API key");
	}

	@Test
	void failingServerIsDownAfterOneAttempt() {
		this.response.set(new Response(503, ""));
		assertThat(check(KEY).getDetails()).containsEntry("reason", "the API returned 503");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void silentServerIsDownAfterTheTimeout() {
		this.response.set(new Response(0, ""));
		assertThat(indicator(KEY, Duration.ofMillis(300), Duration.ZERO).health().block(PATIENCE).getDetails())
			.containsEntry("reason", "the API did not respond within 300 ms");
	}

	@Test
	void unreachableServerIsDown() {
		this.server.close();
		assertThat(check(KEY).getDetails()).containsEntry("reason", "the API could not be reached");
	}

	@Test
	void publicAccessTokenIsUnknown() {
		String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJwdWIiOnRydWV9.c2ln";
		assertThat(check(jwt).getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(this.server.requests()).isEmpty();
	}

	@Test
	void checksWithinTheTimeToLiveShareOneRequest() {
		TriggerHealthIndicator indicator = indicator(KEY, Duration.ofMinutes(1));
		Flux.range(0, 20).flatMap((i) -> indicator.health()).blockLast();
		indicator.health().block();
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void withoutTimeToLiveEachCheckAsks() {
		TriggerHealthIndicator indicator = indicator(KEY, Duration.ZERO);
		indicator.health().block();
		indicator.health().block();
		assertThat(this.server.requests()).hasSize(2);
	}

	@Test
	void namedClientHasItsOwnTimeout() {
		this.response.set(new Response(0, ""));
		this.contextRunner
			.withPropertyValues("trigger.api-url=" + this.server.url(), "trigger.health.timeout=1h",
					"trigger.clients.billing.health.timeout=100ms", "trigger.clients.billing.secret-key=" + KEY)
			.run((context) -> {
				CompositeReactiveHealthContributor clients = context.getBean(CompositeReactiveHealthContributor.class);
				assertThat(clients.getContributor("billing")).isInstanceOfSatisfying(ReactiveHealthIndicator.class,
						(indicator) -> assertThat(indicator.health().block(PATIENCE).getDetails())
							.containsEntry("reason", "the API did not respond within 100 ms"));
			});
	}

	@Test
	void mockOfTheClientDoesNotKeepTheApplicationFromStarting() {
		this.contextRunner.withBean("mock", TriggerOperations.class, () -> mock()).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ReactiveHealthIndicator.class).health().block(PATIENCE).getStatus())
				.isEqualTo(Status.UNKNOWN);
		});
	}

	@Test
	void contributorIsThereWithTheClient() {
		this.contextRunner.run((context) -> assertThat(context).hasBean("triggerHealthContributor"));
	}

	@Test
	void contributorCanBeSwitchedOff() {
		this.contextRunner.withPropertyValues("management.health.trigger.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(TriggerOperations.class)
				.doesNotHaveBean("triggerHealthContributor"));
	}

	@Test
	void contributorIsAbsentWithoutClient() {
		this.contextRunner.withPropertyValues("trigger.secret-key=")
			.run((context) -> assertThat(context).doesNotHaveBean("triggerHealthContributor"));
	}

	@Test
	void contributorBacksOffBeforeThatOfTheUser() {
		this.contextRunner
			.withBean("triggerHealthIndicator", ReactiveHealthIndicator.class,
					() -> () -> Mono.just(Health.outOfService().build()))
			.run((context) -> assertThat(context).doesNotHaveBean("triggerHealthContributor"));
	}

	@Test
	void clientStartsWithoutHealthOnTheClasspath() {
		this.contextRunner.withClassLoader(new FilteredClassLoader(ReactiveHealthIndicator.class))
			.run((context) -> assertThat(context).hasSingleBean(TriggerOperations.class)
				.doesNotHaveBean("triggerHealthContributor"));
	}

	private Health check(String credential) {
		return indicator(credential, Duration.ofSeconds(10)).health().block();
	}

	private TriggerHealthIndicator indicator(String credential, Duration cacheTtl) {
		return indicator(credential, PATIENCE, cacheTtl);
	}

	private TriggerHealthIndicator indicator(String credential, Duration timeout, Duration cacheTtl) {
		TriggerTemplate client = TriggerTemplate.builder(TriggerCredential.of(credential))
			.apiUrl(this.server.url())
			.build();
		return new TriggerHealthIndicator(client, timeout, cacheTtl);
	}

}
