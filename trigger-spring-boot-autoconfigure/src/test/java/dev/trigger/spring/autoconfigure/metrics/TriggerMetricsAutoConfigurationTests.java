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

package dev.trigger.spring.autoconfigure.metrics;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.DefaultTriggerObservationConvention;
import dev.trigger.spring.http.TriggerCall;
import dev.trigger.spring.http.TriggerObservationConvention;
import dev.trigger.spring.task.TaskType;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerMetricsAutoConfiguration}, and for what is observed of calls.
 */
class TriggerMetricsAutoConfigurationTests {

	private static final Response RUN = new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}",
			Map.of("x-ratelimit-limit", "750", "x-ratelimit-remaining", "741", "x-ratelimit-reset", "4102444800000"));

	private final Deque<Response> responses = new ArrayDeque<>();

	private final RecordingServer server = new RecordingServer((path) -> next());

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class,
						WebClientAutoConfiguration.class, WebClientObservationAutoConfiguration.class,
						TriggerAutoConfiguration.class, TriggerMetricsAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefDEV1", "trigger.retry.delay=1ms",
				"trigger.api-url=" + this.server.url(),
				"trigger.clients.user.access-token=tr_pat_0123456789abcdef0123456789abcdefPAT1");

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void rateLimitIsGauge() {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			retrieve(context.getBean(TriggerOperations.class));
			assertThat(registry.get("trigger.rate.limit.remaining").tag("client", "default").gauge().value())
				.isEqualTo(741);
			assertThat(registry.get("trigger.rate.limit.reset").tag("client", "default").gauge().value())
				.isEqualTo(4102444800d);
			assertThat(registry.get("trigger.rate.limit.remaining").tag("client", "user").gauge().value()).isNaN();
		});
	}

	@Test
	void callIsMeteredByItsEndpoint() {
		this.contextRunner.run((context) -> {
			this.responses.add(new Response(503, ""));
			retrieve(context.getBean(TriggerOperations.class));
			Timer timer = timer(context.getBean(MeterRegistry.class));
			assertThat(timer.count()).isEqualTo(1);
			assertThat(timer.getId().getTag("uri")).isEqualTo(TriggerEndpoint.RUNS_RETRIEVE.path());
			assertThat(timer.getId().getTag("outcome")).isEqualTo("SUCCESS");
			assertThat(timer.getId().getTag("trigger.client")).isEqualTo("default");
			assertThat(timer.getId().getTag("trigger.endpoint")).isEqualTo("runs.retrieve");
			assertThat(timer.getId().getTag("trigger.auth.mode")).isEqualTo("SECRET_KEY");
			assertThat(timer.getId().getTag("trigger.attempts")).isEqualTo("2");
		});
	}

	@Test
	void conventionMaySayMore() {
		this.contextRunner.withBean(TriggerObservationConvention.class, TeamConvention::new).run((context) -> {
			retrieve(context.getBean(TriggerOperations.class));
			Timer timer = timer(context.getBean(MeterRegistry.class));
			assertThat(timer.getId().getTag("team")).isEqualTo("blue");
			assertThat(timer.getId().getTag("trigger.endpoint")).isEqualTo("runs.retrieve");
		});
	}

	@Test
	void retriesAreCounted() {
		this.contextRunner.run((context) -> {
			this.responses.add(new Response(503, ""));
			this.responses.add(new Response(502, ""));
			retrieve(context.getBean(TriggerOperations.class));
			assertThat(count(context.getBean(MeterRegistry.class), "trigger.retries", "runs.retrieve")).isEqualTo(2);
		});
	}

	@Test
	void waitsForTheRateLimitAreCounted() {
		this.contextRunner.run((context) -> {
			this.responses.add(new Response(200, RUN.body(), Map.of("x-ratelimit-limit", "750", "x-ratelimit-remaining",
					"0", "x-ratelimit-reset", Long.toString(System.currentTimeMillis() + 500))));
			TriggerOperations client = context.getBean(TriggerOperations.class);
			retrieve(client);
			retrieve(client);
			assertThat(count(context.getBean(MeterRegistry.class), "trigger.rate.limit.waits", "runs.retrieve"))
				.isEqualTo(1);
		});
	}

	@Test
	void triggersWithRandomKeyAreCounted() {
		this.contextRunner.run((context) -> {
			TriggerOperations client = context.getBean(TriggerOperations.class);
			TaskType<String, String> task = TaskType.of("echo", String.class, String.class);
			client.tasks().trigger(task, "hello").block(Duration.ofSeconds(30));
			client.tasks()
				.trigger(task, "hello", (options) -> options.idempotencyKey("mine"))
				.block(Duration.ofSeconds(30));
			assertThat(count(context.getBean(MeterRegistry.class), "trigger.auto.idempotency", "tasks.trigger"))
				.isEqualTo(1);
		});
	}

	private Response next() {
		Response response = this.responses.poll();
		return (response != null) ? response : RUN;
	}

	private static void retrieve(TriggerOperations client) {
		client.runs().retrieve("run_1").block(Duration.ofSeconds(30));
	}

	/**
	 * The observation stops after the response has been handed over.
	 */
	private static Timer timer(MeterRegistry registry) {
		return Awaitility.await()
			.until(() -> registry.find("http.client.requests").timer(), (timer) -> timer != null && timer.count() > 0);
	}

	private static double count(MeterRegistry registry, String name, String endpoint) {
		return registry.get(name).tag("client", "default").tag("endpoint", endpoint).counter().count();
	}

	private static final class TeamConvention extends DefaultTriggerObservationConvention {

		@Override
		public KeyValues getLowCardinalityKeyValues(TriggerCall call) {
			return super.getLowCardinalityKeyValues(call).and("team", "blue");
		}

	}

}
