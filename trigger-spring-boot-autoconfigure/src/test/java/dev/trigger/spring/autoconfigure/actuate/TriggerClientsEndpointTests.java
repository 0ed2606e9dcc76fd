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
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Answer;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerClientsAutoConfiguration;
import dev.trigger.spring.autoconfigure.metrics.TriggerMetricsAutoConfiguration;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

/**
 * Tests for {@link TriggerClientsEndpoint}, and for what else is told of the clients:
 * metrics and observations.
 */
class TriggerClientsEndpointTests {

	private static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private final RecordingServer server = new RecordingServer((path) -> new Answer(200,
			"{\"id\":\"run_1\",\"status\":\"COMPLETED\"}",
			Map.of("x-ratelimit-limit", "750", "x-ratelimit-remaining", "741", "x-ratelimit-reset", "4102444800000")));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class, TriggerClientsAutoConfiguration.class,
				TriggerEndpointAutoConfiguration.class, TriggerMetricsAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url(),
				"trigger.clients.user.access-token=tr_pat_0123456789abcdef0123456789abcdefPAT1",
				"management.endpoints.web.exposure.include=trigger");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void clientsAreShownWithoutKeys() {
		this.contextRunner.run((context) -> {
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
	void rateLimitIsGauge() {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(MeterBinder.class).bindTo(registry);
			call(context.getBean(TriggerOperations.class));
			assertThat(registry.get("trigger.rate.limit.remaining").tag("client", "default").gauge().value())
				.isEqualTo(741);
			assertThat(registry.get("trigger.rate.limit.reset").tag("client", "default").gauge().value())
				.isEqualTo(4102444800d);
			assertThat(registry.get("trigger.rate.limit.remaining").tag("client", "user").gauge().value()).isNaN();
		});
	}

	@Test
	void callIsObservedByItsEndpoint() {
		AtomicReference<ClientRequestObservationContext> observed = new AtomicReference<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<ClientRequestObservationContext>() {

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof ClientRequestObservationContext;
			}

			@Override
			public void onStop(ClientRequestObservationContext context) {
				observed.set(context);
			}

		});
		this.contextRunner.withBean(WebClient.Builder.class, () -> WebClient.builder().observationRegistry(registry))
			.run((context) -> call(context.getBean(TriggerOperations.class)));
		// the observation stops after the answer has been handed over
		Awaitility.await().untilAtomic(observed, notNullValue());
		assertThat(observed.get().getName()).isEqualTo("http.client.requests");
		assertThat(observed.get().getLowCardinalityKeyValues())
			.contains(KeyValue.of("uri", TriggerEndpoint.RUNS_RETRIEVE.path()), KeyValue.of("outcome", "SUCCESS"));
		assertThat(observed.get().getHighCardinalityKeyValues()).contains(KeyValue.of("trigger.client", "default"),
				KeyValue.of("trigger.endpoint", "runs.retrieve"), KeyValue.of("trigger.auth.mode", "SECRET_KEY"),
				KeyValue.of("trigger.attempts", "1"));
	}

	private static void call(TriggerOperations client) {
		client.runs().retrieve("run_1").block(Duration.ofSeconds(10));
	}

	private static JsonNode json(Object body) {
		return JsonMapper.shared().valueToTree(body);
	}

}
