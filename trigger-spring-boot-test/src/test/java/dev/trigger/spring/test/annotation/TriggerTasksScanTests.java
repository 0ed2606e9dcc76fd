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

package dev.trigger.spring.test.annotation;

import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.annotation.TriggerTasksScan;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.test.annotation.app.BlockingTasks;
import dev.trigger.spring.test.annotation.app.EmailTasks;
import dev.trigger.spring.test.annotation.app.TasksApplication;
import dev.trigger.spring.test.annotation.hierarchy.Shop;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for how {@code @TriggerTasks} interfaces become beans, and which client they get.
 */
class TriggerTasksScanTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefDEV1");

	@Test
	void withoutPackagesThereAreNoTasks() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(TriggerTasksFactory.class)
			.doesNotHaveBean(EmailTasks.class));
	}

	@Test
	void packagesOfTheApplicationAreScanned() {
		this.runner.withUserConfiguration(OfApplication.class)
			.run((context) -> assertThat(context).hasSingleBean(EmailTasks.class).hasSingleBean(BlockingTasks.class));
	}

	@Test
	void packagesAreScannedForNamedClient() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
			.withUserConfiguration(OfApplication.class)
			.withPropertyValues("trigger.clients.billing.secret-key=tr_prod_0123456789abcdefDEV1")
			.run((context) -> assertThat(context).hasSingleBean(EmailTasks.class));
	}

	@Test
	void packagesAreScannedForOwnClient() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
			.withUserConfiguration(OfApplication.class)
			.withBean(TriggerOperations.class, () -> mock(TriggerOperations.class))
			.run((context) -> assertThat(context).hasSingleBean(EmailTasks.class));
	}

	@Test
	void withoutClientThereAreNoTasks() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
			.withUserConfiguration(OfApplication.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmailTasks.class));
	}

	@Test
	void scanNamesPackagesWithPlaceholders() {
		this.runner.withUserConfiguration(Scan.class)
			.withPropertyValues(
					"app.packages=dev.trigger.spring.test.annotation.app,dev.trigger.spring.test.annotation.app")
			.run((context) -> assertThat(context).hasSingleBean(EmailTasks.class));
	}

	@Test
	void scanGoesBeforePackagesOfTheApplication() {
		this.runner.withUserConfiguration(OfApplication.class, Scan.class)
			.withPropertyValues("app.packages=none.such")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EmailTasks.class));
	}

	@Test
	void scanOfClassesMeansTheirPackages() {
		this.runner.withUserConfiguration(ScanOfClasses.class)
			.run((context) -> assertThat(context).hasSingleBean(EmailTasks.class));
	}

	@Test
	void severalScansGoTogether() {
		this.runner.withUserConfiguration(OfApplication.class, Scan.class, ScanOfClasses.class)
			.withPropertyValues("app.packages=none.such")
			.run((context) -> assertThat(context).hasSingleBean(EmailTasks.class));
	}

	@Test
	void ownBeanOfInterfaceStays() {
		this.runner.withUserConfiguration(OfApplication.class, OwnTasks.class)
			.run((context) -> assertThat(context).hasSingleBean(EmailTasks.class).hasBean("ownTasks"));
	}

	@Test
	void ownFactoryStays() {
		TriggerTasksFactory factory = TriggerTasksFactory.of(mock(TriggerOperations.class));
		this.runner.withBean(TriggerTasksFactory.class, () -> factory)
			.run((context) -> assertThat(context.getBean(TriggerTasksFactory.class)).isSameAs(factory));
	}

	@Test
	void interfacesHaveNamedClients() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			this.runner
				.withPropertyValues("trigger.api-url=" + emulator.apiUrl(),
						"trigger.secret-key=" + emulator.secretKey("dev"),
						"trigger.clients.billing.secret-key=" + emulator.secretKey("prod"), "app.client=billing")
				.run((context) -> {
					TriggerTasksFactory factory = context.getBean(TriggerTasksFactory.class);
					factory.create(Billing.class).bill().block(PATIENCE);
					factory.create(ByPlaceholder.class).book().block(PATIENCE);
					factory.create(ByDefault.class).mail().block(PATIENCE);
				});
			assertThat(emulator).hasTriggered("bill").inEnvironment("prod").once();
			assertThat(emulator).hasTriggered("book").inEnvironment("prod").once();
			assertThat(emulator).hasTriggered("mail").inEnvironment("dev").once();
		}
	}

	@Test
	void interfaceThatExtendsAnotherStandsInForItNowhere() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			this.runner.withUserConfiguration(ScanOfHierarchy.class)
				.withPropertyValues("trigger.api-url=" + emulator.apiUrl(),
						"trigger.secret-key=" + emulator.secretKey("dev"),
						"trigger.clients.billing.secret-key=" + emulator.secretKey("prod"))
				.run((context) -> {
					context.getBean(Shop.Tasks.class).order().block(PATIENCE);
					context.getBean(Shop.AdminTasks.class).refund().block(PATIENCE);
				});
			assertThat(emulator).hasTriggered("order").inEnvironment("dev").once();
			assertThat(emulator).hasTriggered("refund").inEnvironment("prod").once();
		}
	}

	@Test
	void methodMayOverrideOneOfOtherTypes() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			TriggerOperations client = TriggerTemplate.builder(TriggerCredential.of(emulator.secretKey("dev")))
				.apiUrl(emulator.apiUrl())
				.build();
			Sender sender = TriggerTasksFactory.of(client).create(Sender.class);
			sender.send("direct").block(PATIENCE);
			assertThat(emulator).hasTriggered("send").withPayload("direct").once();
			sendAny(sender, "by the other").block(PATIENCE);
			assertThat(emulator).hasTriggered("send").withPayload("by the other").once();
		}
	}

	@SuppressWarnings("unchecked")
	private static <P> Mono<RunHandle<Void>> sendAny(AnySender<P> sender, P payload) {
		return (Mono<RunHandle<Void>>) sender.send(payload);
	}

	@Test
	void factoryWorksWithoutContainer() {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			TriggerOperations client = TriggerTemplate.builder(TriggerCredential.of(emulator.secretKey("dev")))
				.apiUrl(emulator.apiUrl())
				.build();
			TriggerTasksFactory.of(client).create(Billing.class).bill().block(PATIENCE);
			assertThat(emulator).hasTriggered("bill").inEnvironment("dev").once();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = TasksApplication.class)
	static class OfApplication {

	}

	@Configuration(proxyBeanMethods = false)
	@TriggerTasksScan("${app.packages}")
	static class Scan {

	}

	@Configuration(proxyBeanMethods = false)
	@TriggerTasksScan(basePackageClasses = TasksApplication.class)
	static class ScanOfClasses {

	}

	@Configuration(proxyBeanMethods = false)
	@TriggerTasksScan(basePackageClasses = Shop.class)
	static class ScanOfHierarchy {

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTasks {

		@Bean
		EmailTasks ownTasks(TriggerTasksFactory factory) {
			return factory.create(EmailTasks.class);
		}

	}

	@TriggerTasks("billing")
	interface Billing {

		@TriggerTask("bill")
		Mono<RunHandle<Void>> bill();

	}

	@TriggerTasks(client = "${app.client}")
	interface ByPlaceholder {

		@TriggerTask("book")
		Mono<RunHandle<Void>> book();

	}

	@TriggerTasks("default")
	interface ByDefault {

		@TriggerTask("mail")
		Mono<RunHandle<Void>> mail();

	}

	interface AnySender<P> {

		Object send(P payload);

	}

	@TriggerTasks
	interface Sender extends AnySender<String> {

		@Override
		@TriggerTask("send")
		Mono<RunHandle<Void>> send(String payload);

	}

}
