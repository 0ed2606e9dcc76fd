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

import java.net.URI;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;

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
		assertThat(output)
			.contains("http on the host 'trigger.internal', where the credential could be read on its way.")
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
		@Nullable Object analysis = new NoTriggerOperationsFailureAnalyzer(new DefaultListableBeanFactory(), null)
			.analyze(new NoSuchBeanDefinitionException(String.class));
		assertThat(analysis).isNull();
	}

	@ParameterizedTest
	@ValueSource(classes = { String.class, URI.class })
	void typesOfOthersThatTheClientReturnsAreNotOurs(Class<?> type) {
		@Nullable Object analysis = new MissingTriggerBeanFailureAnalyzer().analyze(new NoSuchBeanDefinitionException(type));
		assertThat(analysis).isNull();
	}

	@Test
	void missingValueIsReportedBySpringBoot(CapturedOutput output) {
		start(ApplicationWithoutValue.class, "--trigger.secret-key=tr_dev_0123456789abcdefDEV1");
		assertThat(output).contains("required a bean of type 'java.lang.String' that could not be found")
			.doesNotContain("it is a part of the Trigger.dev client");
	}

	@Test
	void tasksOfNoClientNameThoseThatThereAre(CapturedOutput output) {
		start(ApplicationWithTasks.class, "--trigger.secret-key=tr_dev_0123456789abcdefDEV1",
				"--trigger.clients.billing.secret-key=tr_prod_0123456789abcdefPRD1");
		assertThat(output)
			.contains("has no client. There is no Trigger.dev client 'biling'; there are: billing, default.")
			.contains("'trigger.clients.biling.secret-key'")
			.doesNotContain("0123456789abcdef");
	}

	@ParameterizedTest
	@ValueSource(strings = { "trigger.key", "spring.trigger.secret-key", "triggerdev.secret-key" })
	void credentialThatIsNotReadIsNamedAndNotShown(String property, CapturedOutput output) {
		start("--" + property + "=tr_prod_0123456789abcdefPRD1");
		assertThat(output)
			.contains("no Trigger.dev credential is configured. What looks like one is set as '" + property
					+ "', which is not read.")
			.doesNotContain("0123456789abcdef");
	}

	@ParameterizedTest
	@CsvSource({ "TRIGGER_SECRET_KEY, tr_prod_0123456789abcdefPRD1, trigger.secret-key",
			"TRIGGER_ACCESS_TOKEN, 'tr_pat_0123456789abcdefPAT1', trigger.access-token",
			"trigger_secret_key, tr_prod_0123456789abcdefPRD1, trigger.secret-key" })
	void nameOfVariableOutsideOfTheEnvironmentTellsTheProperty(String name, String value, String property,
			CapturedOutput output) {
		start("--" + name + "=\"" + value + "\"");
		assertThat(output)
			.contains("What looks like one is set as '" + name + "', which is not read. Only environment "
					+ "variables have such names: call it '" + property + "' there.")
			.doesNotContain("0123456789abcdef");
	}

	@Test
	void severalClientsWithoutDefaultTellTheQualifier(CapturedOutput output) {
		start("--trigger.clients.billing.secret-key=tr_prod_0123456789abcdefPRD1",
				"--trigger.clients.audit.secret-key=tr_stg_0123456789abcdefSTG1");
		assertThat(output)
			.contains("several Trigger.dev clients, and none of them is the default; there are: audit, billing.")
			.contains("@Qualifier(\"audit\") at constructor parameter 0")
			.contains("'trigger.secret-key'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "dev.trigger.spring.run.RunOperations | call its method runs()",
					"dev.trigger.spring.task.TaskOperations | call its method tasks()",
					"dev.trigger.spring.outbox.TriggerOutbox | Set 'trigger.outbox.enabled' to true",
					"dev.trigger.spring.outbox.JdbcTriggerOutbox | Set 'trigger.outbox.enabled' to true",
					"dev.trigger.spring.runlistener.RunListenerContainer | @TriggerRunListener",
					"dev.trigger.spring.alert.WebhookVerifier | 'trigger.webhook.secret'" })
	void typeThatIsNoBeanTellsWhereItIs(Class<?> type, String action) {
		FailureAnalysis analysis = new MissingTriggerBeanFailureAnalyzer()
			.analyze(new NoSuchBeanDefinitionException(type));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).contains("'" + type.getName() + "'");
		assertThat(analysis.getAction()).contains(action);
	}

	@Test
	void interfaceWithoutAnnotationTellsWhichIsMissing() {
		FailureAnalysis analysis = new MissingTriggerBeanFailureAnalyzer()
			.analyze(new NoSuchBeanDefinitionException(NotAnnotated.class));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getAction()).isEqualTo("Annotate the interface with @TriggerTasks.");
	}

	@Test
	void interfaceThatIsNotScannedDoesNotBlameTheCredential(CapturedOutput output) {
		start(ApplicationWithoutTasks.class, "--trigger.secret-key=tr_dev_0123456789abcdefDEV1");
		assertThat(output).contains("is in none of the packages that are scanned")
			.contains("@TriggerTasksScan")
			.doesNotContain("no Trigger.dev credential");
	}

	@Test
	void runListenerOfNoClientNamesThoseThatThereAre(CapturedOutput output) {
		start(ApplicationWithListener.class, "--trigger.secret-key=tr_dev_0123456789abcdefDEV1",
				"--trigger.clients.billing.secret-key=tr_prod_0123456789abcdefPRD1");
		assertThat(output).contains("There is no Trigger.dev client 'biling'; there are: billing, default.")
			.contains("'trigger.clients.biling.secret-key'");
	}

	@Test
	void projectReferenceAsKeyTellsTheProperty(CapturedOutput output) {
		start("--trigger.secret-key=proj_0123456789abcdef");
		assertThat(output).contains("'trigger.secret-key': This is the ref of a project").contains("'project-ref'");
	}

	/**
	 * Boot's own analyzers would take the cause of one of our exceptions for the failure.
	 */
	@Test
	void allGoBeforeThoseOfBoot() {
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class,
					ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
						.and(Environment.class, new StandardEnvironment()),
					(type, name, failure) -> assertThat(name).doesNotStartWith("dev.trigger."));
		assertThat(analyzers).filteredOn((analyzer) -> analyzer.getClass().getName().startsWith("dev.trigger."))
			.hasSize(4)
			.allSatisfy((analyzer) -> assertThat(OrderUtils.getOrder(analyzer.getClass()))
				.isEqualTo(Ordered.HIGHEST_PRECEDENCE));
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

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class ApplicationWithoutTasks {

		ApplicationWithoutTasks(Invoices invoices) {
			assertThat(invoices).isNotNull();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TriggerAutoConfiguration.class, TriggerRunListenerAutoConfiguration.class })
	static class ApplicationWithListener {

		@TriggerRunListener(client = "biling")
		void on(RunFinished<String> event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerAutoConfiguration.class)
	static class ApplicationWithoutValue {

		ApplicationWithoutValue(String value) {
			assertThat(value).isNotNull();
		}

	}

	interface NotAnnotated {

		@TriggerTask("send-invoice")
		Mono<RunHandle<Object>> send(String customer);

	}

	@TriggerTasks("biling")
	interface Invoices {

		@TriggerTask("send-invoice")
		Mono<RunHandle<Object>> send(String customer);

	}

}
