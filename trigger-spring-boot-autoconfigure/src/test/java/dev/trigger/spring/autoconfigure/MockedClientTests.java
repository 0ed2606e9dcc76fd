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

package dev.trigger.spring.autoconfigure;

import java.time.Duration;
import java.util.Set;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpoint;
import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpointWebExtension;
import dev.trigger.spring.autoconfigure.actuate.TriggerClientsEndpointAutoConfiguration;
import dev.trigger.spring.autoconfigure.contract.TriggerContractAutoConfiguration;
import dev.trigger.spring.autoconfigure.health.TriggerHealthContributorAutoConfiguration;
import dev.trigger.spring.autoconfigure.metrics.TriggerMetricsAutoConfiguration;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.endpoint.TriggerCapabilities;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.TriggerRunListener;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for what touches every client of an application, with one that Mockito makes: the
 * methods of such a client return {@code null}.
 */
@ExtendWith(OutputCaptureExtension.class)
class MockedClientTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(TriggerAutoConfiguration.class, TriggerClientsEndpointAutoConfiguration.class,
						TriggerHealthContributorAutoConfiguration.class, TriggerMetricsAutoConfiguration.class,
						TriggerContractAutoConfiguration.class, TriggerRunListenerAutoConfiguration.class))
		.withBean("mock", TriggerOperations.class, () -> mock())
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("management.endpoints.web.exposure.include=trigger",
				"management.endpoint.trigger.show-values=always");

	@Test
	void endpointShowsWhatIsKnown() {
		this.contextRunner.run((context) -> {
			JsonNode client = json(context.getBean(TriggerClientsEndpoint.class).clients()).path("clients")
				.path("default");
			assertThat(client.path("apiUrl").isNull()).isTrue();
			assertThat(client.path("modes").isEmpty()).isTrue();
			assertThat(client.path("supportedEndpoints").asInt())
				.isEqualTo(TriggerCapabilities.of(Set.of()).supported().size());
			JsonNode endpoints = json(context.getBean(TriggerClientsEndpoint.class).client("default"))
				.path("endpoints");
			assertThat(endpoints.size()).isPositive();
			assertThat(endpoints.get(0).path("supported").asBoolean()).isFalse();
			TriggerClientsEndpointWebExtension web = context.getBean(TriggerClientsEndpointWebExtension.class);
			assertThat(web.client(SecurityContext.NONE, "default").getStatus()).isEqualTo(200);
		});
	}

	@Test
	void healthIsUnknown() {
		this.contextRunner.run((context) -> {
			Health health = context.getBean(ReactiveHealthIndicator.class).health().block(PATIENCE);
			assertThat(health).satisfies((result) -> assertThat(result.getStatus()).isEqualTo(Status.UNKNOWN));
			assertThat(health).satisfies((result) -> assertThat(result.getDetails()).containsEntry("reason",
					"the client makes no requests"));
		});
	}

	@Test
	void metersHaveNoValue(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			context.getBeansOfType(MeterBinder.class).values().forEach((binder) -> binder.bindTo(registry));
			assertThat(registry.getMeters()).hasSize(4);
			for (Meter meter : registry.getMeters()) {
				meter.measure().forEach((measurement) -> {
					double value = measurement.getValue();
					assertThat(Double.isNaN(value) || value == 0).isTrue();
				});
			}
		});
		assertThat(output).doesNotContain("NullPointerException");
	}

	@Test
	void contractIsNotChecked() {
		this.contextRunner.withPropertyValues("trigger.contract.check=fail")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void runListenersAskForNothing(CapturedOutput output) {
		this.contextRunner.withBean(Listener.class).run((context) -> {
			assertThat(context).hasNotFailed();
			RunListenerContainer container = context.getBean(RunListenerContainer.class);
			assertThat(container.isRunning()).isTrue();
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.noneMatch((name) -> name.startsWith("trigger-run-listener"));
		});
		assertThat(output).doesNotContain("can't be registered");
	}

	static class Listener {

		@TriggerRunListener(task = "report")
		void on(RunFinished<String> event) {
		}

	}

	private static JsonNode json(Object descriptor) {
		return JsonMapper.shared().valueToTree(descriptor);
	}

}
