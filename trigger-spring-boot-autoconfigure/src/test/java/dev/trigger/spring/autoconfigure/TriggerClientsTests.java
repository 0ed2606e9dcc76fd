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
import java.util.List;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.health.TriggerHealthContributorAutoConfiguration;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.exception.TriggerApiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeReactiveHealthContributor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the clients of {@code trigger.clients.*}.
 */
@ExtendWith(OutputCaptureExtension.class)
class TriggerClientsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}";

	private static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private static final String OTHER_KEY = "tr_prod_0123456789abcdefPROD1";

	private final RecordingServer server = new RecordingServer((path) -> new Response(200, RUN));

	private final RecordingServer other = new RecordingServer((path) -> new Response(500, "{}"));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
		.withPropertyValues("trigger.api-url=" + this.server.url(), "trigger.secret-key=" + KEY,
				"trigger.clients.billing.secret-key=" + OTHER_KEY);

	@AfterEach
	void stop() {
		this.server.close();
		this.other.close();
	}

	@Test
	void namedClientIsQualifiedAndThatOfTopLevelPrimary() {
		this.contextRunner.withUserConfiguration(Injected.class).run((context) -> {
			Injected injected = context.getBean(Injected.class);
			injected.primary.runs().retrieve("run_1").block(PATIENCE);
			injected.billing.runs().retrieve("run_1").block(PATIENCE);
			assertThat(this.server.requests()).extracting((headers) -> headers.get("authorization"))
				.containsExactly("Bearer " + KEY, "Bearer " + OTHER_KEY);
		});
	}

	@Test
	void registryKnowsAllNames(CapturedOutput output) {
		this.contextRunner.run((context) -> {
			TriggerOperationsRegistry registry = context.getBean(TriggerOperationsRegistry.class);
			assertThat(registry.getNames()).containsExactlyInAnyOrder("default", "billing");
			assertThat(registry.get("billing")).isSameAs(context.getBean("billing"));
			assertThat(registry.get("default")).isSameAs(context.getBean(TriggerOperations.class));
			assertThatIllegalArgumentException().isThrownBy(() -> registry.get("mail"))
				.withMessageContaining("trigger.clients.mail.secret-key");
		});
		assertThat(output).contains("Trigger.dev client 'billing': ").doesNotContain(OTHER_KEY);
	}

	@Test
	void namedClientInheritsWhatItDoesNotSet() {
		this.contextRunner
			.withPropertyValues("trigger.retry.max-attempts=3", "trigger.retry.delay=1ms", "trigger.timeout=20s",
					"trigger.clients.billing.api-url=" + this.other.url(),
					"trigger.clients.billing.retry.max-delay=2ms")
			.run((context) -> {
				TriggerOperations billing = context.getBean("billing", TriggerOperations.class);
				assertThatExceptionOfType(TriggerApiException.class)
					.isThrownBy(() -> billing.runs().retrieve("run_1").block(PATIENCE));
				assertThat(this.other.requests()).hasSize(3);
				assertThat(this.server.requests()).isEmpty();
			});
	}

	@Test
	void namedClientWithCredentialTakesNoneFromTopLevel() {
		this.contextRunner.withPropertyValues("trigger.access-token=tr_pat_0123456789abcdef0123456789abcdefPAT1")
			.run((context) -> {
				assertThat(context.getBean(TriggerOperations.class).capabilities().modes()).hasSize(2);
				assertThat(context.getBean("billing", TriggerOperations.class).capabilities().modes())
					.containsExactly(AuthMode.SECRET_KEY);
			});
	}

	@Test
	void whatOneClientIsToldAnotherDoesNotSend() {
		this.contextRunner
			.withPropertyValues("trigger.clients.billing.secret-key=" + OTHER_KEY,
					"trigger.clients.reports.preview-branch=b")
			.run((context) -> {
				TriggerOperations reports = context.getBean("reports", TriggerOperations.class);
				reports.withHeader("x-tenant", "1").runs().retrieve("run_1").block(PATIENCE);
				context.getBean("billing", TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				Map<String, String> first = this.server.requests().get(0);
				assertThat(first).containsEntry("x-trigger-branch", "b").containsEntry("x-tenant", "1");
				assertThat(this.server.requests().get(1)).doesNotContainKeys("x-trigger-branch", "x-tenant");
				assertThat(reports.rateLimit()).isNull();
			});
	}

	@Test
	void clientsMayExistWithoutTopLevelOne() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("systemEnvironment",
						Map.of("TRIGGER_CLIENTS_BILLING_SECRET_KEY", KEY))))
			.run((context) -> {
				assertThat(context).hasSingleBean(TriggerOperations.class).hasBean("billing");
				assertThat(context.getBean(TriggerOperationsRegistry.class).getNames()).containsExactly("billing");
			});
	}

	@Test
	void ownClientOfApplicationIsInjectedWithoutQualifier() {
		this.contextRunner.withUserConfiguration(OwnClient.class, Injected.class).run((context) -> {
			assertThat(context.getBean(Injected.class).primary).isSameAs(context.getBean("own"));
			assertThat(context).doesNotHaveBean("triggerTemplate");
		});
	}

	@Test
	void malformedKeyIsNamedByItsProperty() {
		this.contextRunner.withPropertyValues("trigger.clients.billing.secret-key=tr_prod_a b")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'trigger.clients.billing.secret-key'"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "webhook.secret", "outbox.enabled", "contract.check" })
	void propertyThatOnlyTheTopLevelHasIsReported(String property, CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("trigger." + property + "=off", "trigger.clients.billing." + property + "=off")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).containsOnlyOnce("There is no property ")
			.containsPattern("There is no property 'trigger.clients.billing." + property + "' .*: it has no effect");
	}

	@Test
	void nameOfTopLevelClientIsRefused() {
		this.contextRunner.withPropertyValues("trigger.clients.default.secret-key=" + KEY)
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("trigger.clients.default"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "euWest", "eu-west", "eu_west", "EUWEST", "[eu.west]", "[eu west]", "[EuWest]",
			"environment", "systemProperties", "orders", "7", "trigger", "clients", "[\u00fcber]" })
	void anyNameWorks(String name) {
		String plain = name.replace("[", "").replace("]", "");
		String property = name.startsWith("[") ? "trigger.clients" + name : "trigger.clients." + name;
		this.contextRunner.withBean("orders", StringBuilder.class, StringBuilder::new)
			.withPropertyValues(property + ".secret-key=" + OTHER_KEY, property + ".timeout=5s")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				TriggerOperations client = BeanFactoryAnnotationUtils.qualifiedBeanOfType(context.getBeanFactory(),
						TriggerOperations.class, plain);
				assertThat(context.getBean(TriggerOperationsRegistry.class).get(plain)).isSameAs(client);
				client.runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests().get(0)).containsEntry("authorization", "Bearer " + OTHER_KEY);
			});
	}

	@Test
	void clientCalledLikeAnotherBeanIsInjectedByItsQualifier() {
		this.contextRunner.withPropertyValues("trigger.clients.orders.secret-key=" + OTHER_KEY)
			.withUserConfiguration(Orders.class)
			.run((context) -> {
				assertThat(context.getBean("orders")).isInstanceOf(StringBuilder.class);
				assertThat(context.getBean(Orders.class).client)
					.isSameAs(context.getBean("trigger.clients.orders", TriggerOperations.class));
			});
	}

	@Test
	void clientCalledLikeAnotherClientIsReported() {
		this.contextRunner.withPropertyValues("trigger.clients.own.secret-key=" + OTHER_KEY)
			.withUserConfiguration(OwnClient.class)
			.run((context) -> assertThat(context).getFailure()
				.isInstanceOf(InvalidTriggerPropertyException.class)
				.hasMessageContaining("'trigger.clients.own' and the bean 'own'"));
		this.contextRunner.withPropertyValues("trigger.clients.triggerTemplate.secret-key=" + OTHER_KEY)
			.run((context) -> assertThat(context).getFailure()
				.hasMessageContaining("'trigger.clients.triggerTemplate' and the bean 'triggerTemplate'"));
	}

	@Test
	void nameInVariableAndFileIsOneClient() {
		this.contextRunner.withPropertyValues("trigger.clients.euWest.timeout=5s")
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("TRIGGER_CLIENTS_EUWEST_SECRETKEY", OTHER_KEY + "2"))))
			.run((context) -> {
				assertThat(context.getBean(TriggerOperationsRegistry.class).getNames())
					.containsExactlyInAnyOrder("default", "billing", "euWest");
				context.getBean("euWest", TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests().get(0)).containsEntry("authorization", "Bearer " + OTHER_KEY + "2");
			});
	}

	@Test
	void healthListsEachClient() {
		this.contextRunner.withConfiguration(AutoConfigurations.of(TriggerHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(CompositeReactiveHealthContributor.class)
				.stream()
				.map((entry) -> entry.name())
				.toList()).isEqualTo(List.of("default", "billing")));
	}

	@Test
	void healthNamesAClientOfTheApplicationAsTheRegistryDoes() {
		this.contextRunner.withUserConfiguration(OwnClient.class)
			.withConfiguration(AutoConfigurations.of(TriggerHealthContributorAutoConfiguration.class))
			.run((context) -> assertThat(
					context.getBean(CompositeReactiveHealthContributor.class).stream().map((entry) -> entry.name()))
				.containsExactlyInAnyOrderElementsOf(context.getBean(TriggerOperationsRegistry.class).getNames()));
	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		@Autowired
		TriggerOperations primary;

		@Autowired
		@Qualifier("billing")
		TriggerOperations billing;

	}

	@Configuration(proxyBeanMethods = false)
	static class Orders {

		@Autowired
		@Qualifier("orders")
		TriggerOperations client;

		@Bean
		StringBuilder orders() {
			return new StringBuilder("a service of the application");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		TriggerOperations own() {
			return TriggerTemplate.builder(TriggerCredential.of(KEY)).build();
		}

	}

}
