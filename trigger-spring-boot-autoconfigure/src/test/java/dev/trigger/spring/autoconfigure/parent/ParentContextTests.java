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

package dev.trigger.spring.autoconfigure.parent;

import java.time.Duration;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.autoconfigure.RecordingServer;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.health.TriggerHealthContributorAutoConfiguration;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.exception.InvalidConfigurationException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.TriggerRunListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the clients of a context that has a parent.
 */
class ParentContextTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private static final String OTHER_KEY = "tr_prod_0123456789abcdefPROD1";

	private final RecordingServer server = new RecordingServer(
			(path) -> path.contains("run_404") ? new Response(404, "{}") : new Response(200, "{\"id\":\"run_1\"}"));

	private final ApplicationContextRunner parent = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url(),
				"trigger.clients.billing.secret-key=" + OTHER_KEY);

	private final ApplicationContextRunner child = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(TriggerAutoConfiguration.class, TriggerHealthContributorAutoConfiguration.class));

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void applicationOfTwoContextsHasEachClientOnce() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Client.class)
			.web(WebApplicationType.NONE)
			.child(Client.class)
			.web(WebApplicationType.NONE)
			.run("--trigger.secret-key=" + KEY, "--trigger.api-url=" + this.server.url(),
					"--trigger.clients.billing.secret-key=" + OTHER_KEY)) {
			assertThat(context.getParent()).isNotNull();
			assertThat(context.getBean(TriggerOperations.class))
				.isSameAs(context.getParent().getBean(TriggerOperations.class));
			assertThat(context.getBean("billing")).isSameAs(context.getParent().getBean("billing"));
			assertThat(context.getBean(TriggerOperationsRegistry.class).getNames()).containsExactlyInAnyOrder("default",
					"billing");
		}
	}

	@Test
	void childHasClientsOfItsOwnToo() {
		this.parent.run((parent) -> child(parent, "trigger.clients.reports.secret-key", OTHER_KEY)
			.withUserConfiguration(Injected.class)
			.run((context) -> {
				Injected injected = context.getBean(Injected.class);
				assertThat(injected.primary).isSameAs(parent.getBean("triggerTemplate"));
				assertThat(injected.billing).isSameAs(parent.getBean("billing"));
				assertThat(injected.reports).isNotIn(injected.primary, injected.billing);
				TriggerOperationsRegistry registry = context.getBean(TriggerOperationsRegistry.class);
				assertThat(registry.getNames()).containsExactlyInAnyOrder("default", "billing", "reports");
				assertThat(registry.get("default")).isSameAs(injected.primary);
				assertThat(context.getBean(CompositeReactiveHealthContributor.class)
					.stream()
					.map((entry) -> entry.name())
					.toList()).containsExactlyInAnyOrder("default", "billing", "reports");
			}));
	}

	@Test
	void clientOfTheParentOutlivesTheChild() {
		this.parent.run((parent) -> {
			child(parent, "trigger.clients.reports.secret-key", OTHER_KEY)
				.run((context) -> assertThat(context).hasNotFailed());
			TriggerOperations client = parent.getBean("triggerTemplate", TriggerOperations.class);
			assertThatException().isThrownBy(() -> client.realtime().run("run_404").blockFirst(PATIENCE))
				.isInstanceOf(NotFoundException.class);
		});
	}

	@Test
	void listenerOfTheChildIsReportedWhereTheParentCallsListeners() {
		this.parent.withConfiguration(AutoConfigurations.of(TriggerRunListenerAutoConfiguration.class))
			.run((parent) -> this.child.withParent(parent)
				.withConfiguration(AutoConfigurations.of(TriggerRunListenerAutoConfiguration.class))
				.withBean("reports", Reports.class)
				.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
					.isInstanceOf(InvalidConfigurationException.class)
					.hasMessageContaining("'reports.on'")
					.hasMessageContaining("parent context")));
	}

	@Test
	void listenerOfTheChildIsCalledWhereTheParentCallsNone() {
		this.parent.run((parent) -> this.child.withParent(parent)
			.withConfiguration(AutoConfigurations.of(TriggerRunListenerAutoConfiguration.class))
			.withBean("reports", Reports.class)
			.run((context) -> assertThat(context.getBean(RunListenerContainer.class).isRunning()).isTrue()));
	}

	@Test
	void tasksOfTheChildCallTheClientOfTheParent() {
		this.parent.run(
				(parent) -> this.child.withParent(parent).withUserConfiguration(PackageOfTasks.class).run((context) -> {
					assertThat(context.getBean(Mails.class).send("ada").block(PATIENCE)).isNotNull();
					assertThat(this.server.requests().get(0)).containsEntry("authorization", "Bearer " + KEY);
				}));
	}

	@Test
	void clientOfTheChildUsesTheConnectionDetailsOfTheParent() {
		new ApplicationContextRunner().withBean(TriggerConnectionDetails.class, Details::new)
			.run((parent) -> this.child.withParent(parent)
				.run((context) -> assertThat(context.getBean(TriggerOperations.class).apiUrl())
					.hasToString("https://trigger.example.com")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "trigger.secret-key", "trigger.access-token", "trigger.clients.billing.secret-key" })
	void credentialThatWouldHaveNoEffectIsReported(String property) {
		this.parent.run((parent) -> child(parent, property, "tr_stg_0123456789abcdefSTG1")
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidTriggerPropertyException.class)
				.hasMessageContaining("'" + property + "' has another value than in the parent context")
				.hasMessageNotContaining("STG1")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "trigger.preview-branch", "trigger.project-ref", "trigger.clients.billing.preview-branch",
			"trigger.clients.billing.project-ref" })
	void branchOrProjectThatWouldHaveNoEffectIsReported(String property) {
		this.parent.run((parent) -> child(parent, property, "another")
			.run((context) -> assertThat(NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure()))
				.isInstanceOf(InvalidTriggerPropertyException.class)
				.hasMessageContaining("'" + property + "' has another value than in the parent context")));
	}

	@Test
	void ownClientOfTheChildMayHaveAnotherCredential() {
		this.parent.run((parent) -> child(parent, "trigger.secret-key", OTHER_KEY)
			.withBean("own", TriggerOperations.class, () -> parent.getBean("billing", TriggerOperations.class))
			.run((context) -> assertThat(context).hasNotFailed()));
	}

	/**
	 * A child with a property, in a source whose name the parent has not.
	 */
	private ApplicationContextRunner child(ApplicationContext parent, String property, String value) {
		return this.child.withParent(parent)
			.withPropertyValues("app.child=true")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("child", Map.of(property, value))));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class Client {

	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Autowired
		TriggerOperations primary;

		@Autowired
		@Qualifier("billing")
		TriggerOperations billing;

		@Autowired
		@Qualifier("reports")
		TriggerOperations reports;

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = ParentContextTests.class)
	static class PackageOfTasks {

	}

	@TriggerTasks
	interface Mails {

		@TriggerTask("mail")
		Mono<RunHandle<String>> send(String name);

	}

	static class Reports {

		@TriggerRunListener(task = "report")
		void on(RunFinished<String> event) {
		}

	}

	static final class Details implements TriggerConnectionDetails {

		@Override
		public String getApiUrl() {
			return "https://trigger.example.com";
		}

		@Override
		public String getSecretKey() {
			return KEY;
		}

	}

}
