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

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.run.RunHandle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for the failure analyzers, as a user meets them: in the output of an application
 * that does not start.
 */
@ExtendWith(OutputCaptureExtension.class)
class TriggerFailureAnalyzerTests {

	@Test
	void injectingTheClientWithoutConfigurationTellsWhatToSet(CapturedOutput output) {
		start();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("no Trigger.dev credential is configured")
			.contains("Set 'trigger.secret-key' or the environment variable TRIGGER_SECRET_KEY")
			.contains("@AutoConfigureTriggerEmulator");
	}

	@ParameterizedTest
	@CsvSource({ "Bearer tr_dev_0123456789abcdef, without 'Bearer'", "tr_dev_, cut off",
			"tr_dev_01234 56789abcdef, white space", "pk_prod_0123456789abcdef, public key" })
	void malformedKeyTellsThePropertyAndNotTheKey(String key, String reason, CapturedOutput output) {
		start("--trigger.secret-key=" + key);
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("'trigger.secret-key'")
			.contains(reason)
			.doesNotContain("0123456789abcdef")
			.doesNotContain("56789abcdef");
	}

	@Test
	void previewKeyWithoutBranchTellsWhatToSet(CapturedOutput output) {
		start("--trigger.secret-key=tr_preview_0123456789abcdefPRV1");
		assertThat(output).contains("no branch is configured")
			.contains("Set 'trigger.preview-branch' or the environment variable TRIGGER_PREVIEW_BRANCH")
			.doesNotContain("0123456789abcdef");
	}

	@Test
	void insecureAddressTellsWhatToSet(CapturedOutput output) {
		start("--trigger.secret-key=tr_dev_0123456789abcdefDEV1", "--trigger.api-url=http://trigger.internal:3030");
		assertThat(output).contains("http on the host 'trigger.internal'")
			.contains("Use https in 'trigger.api-url', or set 'trigger.http.allow-insecure' to true");
	}

	@Test
	void branchWithLineBreakTellsWhatToSet(CapturedOutput output) {
		start("--trigger.secret-key=tr_dev_0123456789abcdefDEV1", "--trigger.preview-branch=a\r\nx-evil: 1");
		assertThat(output).contains("'trigger.preview-branch' contains a line break")
			.contains("Set 'trigger.preview-branch' to the name of the branch, on a single line.");
	}

	@Test
	void connectionWithoutCredentialTellsWhatToSet() {
		FailureAnalysis analysis = new TriggerConfigurationFailureAnalyzer()
			.analyze(new MissingTriggerCredentialException(() -> "http://localhost:8030"));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("no Trigger.dev credential in the connection details from");
		assertThat(analysis.getAction()).contains("the label 'dev.trigger.spring.secret-key'");
	}

	@Test
	void missingBeansOfOthersAreNotOurs() {
		@Nullable Object analysis = new NoTriggerOperationsFailureAnalyzer(new DefaultListableBeanFactory())
			.analyze(new org.springframework.beans.factory.NoSuchBeanDefinitionException(String.class));
		assertThat(analysis).isNull();
	}

	@Test
	void tasksOfNoClientNameThoseThatThereAre(CapturedOutput output) {
		start(ApplicationWithTasks.class, "--trigger.secret-key=tr_dev_0123456789abcdefDEV1",
				"--trigger.clients.billing.secret-key=tr_prod_0123456789abcdefPRD1");
		assertThat(output).contains("is unknown: there is no client 'biling'; there are: billing, default.")
			.contains("'trigger.clients.biling.secret-key'")
			.doesNotContain("0123456789abcdef");
	}

	private static void start(String... arguments) {
		start(Application.class, arguments);
	}

	private static void start(Class<?> type, String... arguments) {
		SpringApplication application = new SpringApplication(type);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException().isThrownBy(() -> application.run(arguments));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class Application {

		Application(TriggerOperations trigger) {
			assertThat(trigger).isNotNull();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class ApplicationWithTasks {

		@Bean
		Invoices invoices(BeanFactory beanFactory) {
			return TriggerTasksFactory.of(beanFactory).create(Invoices.class);
		}

	}

	@TriggerTasks("biling")
	interface Invoices {

		@TriggerTask("send-invoice")
		Mono<RunHandle<Object>> send(String customer);

	}

}
