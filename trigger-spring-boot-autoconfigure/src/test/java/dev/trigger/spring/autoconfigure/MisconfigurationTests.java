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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;
import dev.trigger.spring.annotation.TriggerTasksFactory;
import dev.trigger.spring.autoconfigure.contract.TriggerContractAutoConfiguration;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.autoconfigure.webhook.TriggerWebhookAutoConfiguration;
import dev.trigger.spring.run.RunHandle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for what a user reads when a property is wrong: the property, its value and what
 * to do, and never a secret or a stack trace.
 */
@ExtendWith(OutputCaptureExtension.class)
class MisconfigurationTests {

	private static final String SECRET = "q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D";

	private static final String KEY = "trigger.secret-key=tr_dev_" + SECRET;

	private static final String MISSING_CREDENTIALS = """
			trigger.secret-key=${TRIGGER_KEY_OF_NOBODY} | 'trigger.secret-key' | contains the placeholder '${TRIGGER_KEY_OF_NOBODY}', but there is no property or environment variable
			trigger.access-token=${TRIGGER_TOKEN_OF_NOBODY} | 'trigger.access-token' | Set the environment variable 'TRIGGER_TOKEN_OF_NOBODY'
			trigger.clients.billing.secret-key=${BILLING_KEY_OF_NOBODY} | 'trigger.clients.billing.secret-key' | contains the placeholder '${BILLING_KEY_OF_NOBODY}'
			trigger.clients.billing.timeout=5s | There is no Trigger.dev credential for the client 'billing' | 'trigger.clients.billing.secret-key'
			""";

	private static final String WRONG_VALUES = """
			trigger.retry.max-attempts=0 | 'trigger.retry.max-attempts' is set to '0' | but must be at least 1
			trigger.retry.max-attempts=-1 | 'trigger.retry.max-attempts' is set to '-1' | but must be at least 1
			trigger.retry.max-attempts=many | 'trigger.retry.max-attempts' is set to 'many' | which is not a whole number
			trigger.retry.delay=-5s | 'trigger.retry.delay' is set to '-5s' | but a time must not be negative
			trigger.retry.max-delay=soon | 'trigger.retry.max-delay' is set to 'soon' | which is not a time such as 500ms, 30s or 2m
			trigger.retry.multiplier=0.5 | 'trigger.retry.multiplier' is set to '0.5' | but must be between 1 and 1000
			trigger.retry.multiplier=NaN | 'trigger.retry.multiplier' is set to 'NaN' | but must be between 1 and 1000
			trigger.polling.multiplier=0.5 | 'trigger.polling.multiplier' is set to '0.5' | but must be between 1 and 1000
			trigger.polling.delay=0 | 'trigger.polling.delay' is set to '0' | but must be a time longer than zero
			trigger.polling.max-delay=0s | 'trigger.polling.max-delay' is set to '0s' | but must be a time longer than zero
			trigger.retry.jitter=maybe | 'trigger.retry.jitter' is set to 'maybe' | which is not true or false
			trigger.timeout=-1 | 'trigger.timeout' is set to '-1' | but a time must not be negative
			trigger.timeout=99999999999999999d | 'trigger.timeout' is set to | which is not a time
			trigger.health.timeout=-1s | 'trigger.health.timeout' is set to '-1s' | but a time must not be negative
			trigger.health.cache-ttl=-1s | 'trigger.health.cache-ttl' is set to '-1s' | but a time must not be negative
			trigger.http.connect-timeout=-1s | 'trigger.http.connect-timeout' is set to '-1s' | but a time must not be negative
			trigger.http.read-timeout=-1s | 'trigger.http.read-timeout' is set to '-1s' | but a time must not be negative
			trigger.http.max-in-memory-size=3GB | 'trigger.http.max-in-memory-size' is set to '3GB' | but must be positive and at most 2GB
			trigger.http.max-in-memory-size=0 | 'trigger.http.max-in-memory-size' is set to '0' | but must be positive and at most 2GB
			trigger.http.max-in-memory-size=much | 'trigger.http.max-in-memory-size' is set to 'much' | which is not a size
			trigger.http.pool.max-connections=0 | 'trigger.http.pool.max-connections' is set to '0' | but must be at least 1
			trigger.http.pool.max-connections=-1 | 'trigger.http.pool.max-connections' is set to '-1' | but must be at least 1
			trigger.http.pool.max-idle-time=0 | 'trigger.http.pool.max-idle-time' is set to '0' | but must be a time longer than zero
			trigger.http.pool.max-life-time=-1s | 'trigger.http.pool.max-life-time' is set to '-1s' | but must be a time longer than zero
			trigger.http.proxy.port=0 | 'trigger.http.proxy.port' is set to '0' | but must be between 1 and 65535
			trigger.http.proxy.port=70000 | 'trigger.http.proxy.port' is set to '70000' | but must be between 1 and 65535
			trigger.http.proxy.host=proxy:3128 | 'trigger.http.proxy.host' is set to | but must be the name of a host
			trigger.http.http2=perhaps | 'trigger.http.http2' is set to 'perhaps' | which is not true or false
			trigger.http.ssl.bundle=nope | 'trigger.http.ssl.bundle' names the SSL bundle 'nope', which does not exist | Define it below 'spring.ssl.bundle'
			trigger.http=x | 'trigger.http' is set to 'x' | is a group of properties
			trigger.retry=5 | 'trigger.retry' is set to '5' | is a group of properties
			trigger.api-url=${TRIGGER_URL_OF_NOBODY} | 'trigger.api-url' | contains the placeholder '${TRIGGER_URL_OF_NOBODY}'
			trigger.timeout=${TIMEOUT_OF_NOBODY} | 'trigger.timeout' | contains the placeholder '${TIMEOUT_OF_NOBODY}'
			trigger.api-url=https://api.trigger.dev/api | The API URL ends with '/api', | https://api.trigger.dev
			trigger.api-url=https://trigger.example.com/base/api/v1/ | ends with '/api/v1' | 'https://trigger.example.com/base'
			trigger.api-url=localhost:3030 | is not a web address | 'trigger.api-url'
			trigger.project-ref=my-project | 'trigger.project-ref' is set to 'my-project' | but must begin with 'proj_'
			trigger.project-ref=proj_ | 'trigger.project-ref' is set to 'proj_' | the ref of the project
			trigger.project-ref=proj_12 34 | 'trigger.project-ref' is set to 'proj_12 34' | followed by letters and digits
			trigger.project-ref=https://cloud.trigger.dev/projects/v3/proj_1234 | 'trigger.project-ref' is set to | but must begin with 'proj_'
			trigger.project-ref=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D | 'trigger.project-ref' is set to | a key belongs to 'secret-key'
			trigger.preview-branch=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D | 'trigger.preview-branch' is set to | but that is a credential
			trigger.clients.billing.project-ref=my-project | 'trigger.clients.billing.project-ref' is set to 'my-project' | but must begin with 'proj_'
			trigger.access-token=tr_dev_another0123456789 | 'trigger.secret-key' and 'trigger.access-token' hold two different credentials | Remove one of them
			trigger.clients.default.timeout=5s | A client can't be called 'default' ('trigger.clients.default.timeout') | 'trigger.clients'
			trigger.clients[0].secret-key=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D | 'trigger.clients' is a list, but maps the name of each client to its properties | such as 'trigger.clients.billing.secret-key'
			trigger.clients[a/b].timeout=5s | A client can't be called 'a/b' | letters, digits
			trigger.clients.billing=5s | 'trigger.clients.billing' is set to '5s' | Set 'trigger.clients.billing.secret-key'
			trigger.clients.billing.timeout=-5s | 'trigger.clients.billing.timeout' is set to '-5s' | but a time must not be negative
			trigger.clients.billing.secretkeyy=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D | There is no property 'trigger.clients.billing.secretkeyy' | Did you mean 'trigger.clients.billing.secret-key'?
			trigger.clients.billing.acces-token=abc | There is no property 'trigger.clients.billing.acces-token' | Did you mean 'trigger.clients.billing.access-token'?
			trigger.clients.billing.key=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D | There is no property 'trigger.clients.billing.key' | Did you mean 'trigger.clients.billing.secret-key'?
			trigger.clients.eu.west.secret-key=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D | There is no property 'trigger.clients.eu.west.secret-key' | write 'trigger.clients.[eu.west].secret-key'
			trigger.clients.billing.secret-key= | 'trigger.clients.billing.secret-key' is empty | call another environment
			trigger.clients.billing.access-token=${NOBODY:} | 'trigger.clients.billing.access-token' is empty | Set it, or remove it
			trigger.clients.billing.http.ssl.bundle=nope | 'trigger.clients.billing.http.ssl.bundle' names the SSL bundle 'nope' | spring.ssl.bundle
			trigger.webhook.max-body-size=-1 | 'trigger.webhook.max-body-size' is set to '-1' | but must be positive
			trigger.contract.check=fail | 'trigger.contract.check' needs a personal access token | 'trigger.access-token'
			trigger.contract.validate=true | 'trigger.contract.validate' needs the contract at META-INF/trigger/contract.json | trigger-maven-plugin
			trigger.webhook.max-body-size=2GB | 'trigger.webhook.max-body-size' is set to '2GB' | less than 2GB
			trigger.contract.check=yes | 'trigger.contract.check' is set to 'yes', which is not one of off, warn, fail | Set it to one of off, warn, fail
			trigger.run-listener.initialize-schema=create | 'trigger.run-listener.initialize-schema' is set to 'create' | one of always, embedded, never
			trigger.run-listener.concurrency=0 | 'trigger.run-listener.concurrency' is set to '0' | but must be at least 1
			trigger.run-listener.poll-interval=0 | 'trigger.run-listener.poll-interval' is set to '0' | but must be a time longer than zero
			trigger.run-listener.lease-duration=-1s | 'trigger.run-listener.lease-duration' is set to '-1s' | but must be a time longer than zero
			trigger.run-listener.retry.max-attempts=0 | 'trigger.run-listener.retry.max-attempts' is set to '0' | but must be at least 1
			trigger.webhook.secret=${HOOK_OF_NOBODY} | 'trigger.webhook.secret' | contains the placeholder '${HOOK_OF_NOBODY}'
			""";

	private static final ReportsPage page = new ReportsPage();

	@AfterAll
	static void allReportsStandOnThePage() {
		page.complete(Stream.of(MISSING_CREDENTIALS, WRONG_VALUES)
			.flatMap(String::lines)
			.map((line) -> line.substring(0, line.indexOf(" | ")))
			.toList());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = WRONG_VALUES)
	void wrongPropertyIsReportedWithItsValueAndRemedy(String property, String problem, String remedy,
			CapturedOutput output) {
		start(KEY, "trigger.webhook.secret=hook", property);
		assertReported(output, problem, remedy);
		page.check(property, output.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = MISSING_CREDENTIALS)
	void credentialThatIsNotThereIsReported(String property, String problem, String remedy, CapturedOutput output) {
		start(property);
		assertReported(output, problem, remedy);
		page.check(property, output.toString());
	}

	/**
	 * A key may stand anywhere by mistake, even where Spring Boot would print it.
	 */
	@ParameterizedTest
	@CsvSource(
			textBlock = """
					trigger.timeout, trigger.clients, trigger.clients.billing, trigger.http, trigger.retry.max-attempts
					trigger.retry.multiplier, trigger.http.http2, trigger.http.max-in-memory-size, trigger.http.proxy.port, trigger.health
					""")
	void keyUnderWrongPropertyIsNotPrinted(String first, String second, String third, String fourth, String fifth,
			CapturedOutput output) {
		for (String property : List.of(first, second, third, fourth, fifth)) {
			start(KEY, property + "=tr_prod_" + SECRET);
			assertReported(output,
					"'" + property + "' is set to a value of 32 characters (not shown, as it may be a secret)",
					property);
			start(KEY, property + "=" + SECRET);
			assertReported(output,
					"'" + property + "' is set to a value of 24 characters (not shown, as it may be a secret)",
					property);
		}
	}

	/**
	 * It would be sent as a header, be logged, or be part of an address.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "trigger.project-ref", "trigger.preview-branch", "trigger.api-url",
			"trigger.http.ssl.bundle", "trigger.contract.tag", "trigger.clients.billing.preview-branch" })
	void credentialInThePlaceOfATextIsRefused(String property, CapturedOutput output) {
		for (String credential : List.of("tr_prod_" + SECRET, "tr_pat_" + SECRET,
				"eyJhbGciOiJIUzI1NiJ9.eyJwdWIiOnRydWV9." + SECRET)) {
			start(KEY, property + "=" + credential);
			assertReported(output,
					"'" + property + "' is set to a value of " + credential.length()
							+ " characters (not shown, as it may be a secret), but that is a credential",
					"a key belongs to 'secret-key', a token to 'access-token'");
		}
	}

	@Test
	void passwordOfProxyIsNotPrinted(CapturedOutput output) {
		start(KEY, "trigger.http.proxy.host=http://user:" + SECRET + "@proxy.example.com:3128");
		assertReported(output, "'trigger.http.proxy.host' is set to a value of", "ClientHttpConnectorBuilder");
	}

	@Test
	void passwordOfAddressIsNotPrinted(CapturedOutput output) {
		start(KEY, "trigger.api-url=https://user:" + SECRET + "@trigger.example.com/api");
		assertReported(output, "contains user information", "'trigger.api-url'");
	}

	@ParameterizedTest
	@CsvSource({ "max-connections, 5", "max-idle-time, 5s", "max-life-time, 5s" })
	void poolOfJdkConnectorIsReported(String property, String value, CapturedOutput output) {
		start(KEY, "spring.http.clients.reactive.connector=jdk", "trigger.http.pool." + property + "=" + value);
		assertReported(output, "'trigger.http.pool." + property + "' can't be set for a connector of the JDK",
				"spring.http.clients.reactive.connector");
	}

	@Test
	void misspelledVariableWithCredentialIsReported(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addInitializers((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("TRIGGER_CLIENTS_EU_WEST_SECRET_KEY", "tr_prod_" + SECRET))));
		assertThatException().isThrownBy(() -> application.run("--" + KEY));
		assertReported(output, "\"TRIGGER_CLIENTS_EU_WEST_SECRET_KEY\"", "without dashes and dots");
	}

	@Test
	void qualifierWithoutClientIsReportedWithThoseThatExist(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Misspelled.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException()
			.isThrownBy(() -> application.run("--" + KEY, "--trigger.clients.billing.secret-key=tr_prod_" + SECRET));
		assertReported(output, "There is no Trigger.dev client 'biling'; there are: billing, default.",
				"Correct the name in the @Qualifier");
	}

	@Test
	void interfaceOfUnknownClientIsReportedWithThoseThatExist(CapturedOutput output) {
		SpringApplication application = new SpringApplication(MisspelledTasks.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		assertThatException()
			.isThrownBy(() -> application.run("--" + KEY, "--trigger.clients.billing.secret-key=tr_prod_" + SECRET));
		assertReported(output, "There is no Trigger.dev client 'biling'; there are: ", "Correct the name");
	}

	@ParameterizedTest
	@CsvSource({ "trigger.retry.max-attempt, trigger.retry.max-attempts", "trigger.secretkey2, trigger.secret-key",
			"trigger.retries.delay, trigger.retry.delay", "trigger.http.readtimout, trigger.http.read-timeout",
			"trigger.clients.billing.timeuot, trigger.clients.billing.timeout",
			"trigger.webhook.secert, trigger.webhook.secret", "trigger.retry-delay, trigger.retry.delay",
			"trigger.url, trigger.api-url", "trigger.base-url, trigger.api-url", "trigger.api.url, trigger.api-url",
			"trigger.endpoint, trigger.api-url", "trigger.api-key, trigger.secret-key",
			"trigger.key, trigger.secret-key", "trigger.secret, trigger.secret-key",
			"trigger.token, trigger.access-token", "trigger.project, trigger.project-ref",
			"trigger.project-id, trigger.project-ref", "trigger.branch, trigger.preview-branch",
			"trigger.read-timeout, trigger.http.read-timeout", "trigger.max-attempts, trigger.retry.max-attempts",
			"trigger.client.billing.secret-key, trigger.clients.billing.secret-key",
			"trigger.clients.billing.url, trigger.clients.billing.api-url",
			"trigger.run-listeners.enabled, trigger.run-listener.enabled", "trigger.outbox, trigger.outbox.enabled",
			"trigger.run-listener, trigger.run-listener.enabled" })
	void unknownPropertyIsReportedWithTheOneThatIsMeant(String unknown, String meant, CapturedOutput output) {
		try (ConfigurableApplicationContext context = run(KEY, unknown + "=5s")) {
			assertThat(context.isRunning()).isTrue();
		}
		assertThat(output).contains("There is no property '" + unknown + "'")
			.contains("did you mean '" + meant + "'?")
			.doesNotContain(SECRET);
	}

	@Test
	void propertiesOfTheApplicationAndOfKubernetesAreNotReported(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.addInitializers((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("TRIGGER_PORT", "tcp://10.0.0.1:3000", "TRIGGER_SERVICE_HOST", "10.0.0.1",
							"TRIGGER_PORT_3000_TCP_PROTO", "tcp", "TRIGGER_WEBHOOK_PORT", "tcp://10.0.0.2:80",
							"TRIGGER_HTTP_PORT", "tcp://10.0.0.2:80", "TRIGGER_CLIENTS_PORT", "tcp://10.0.0.2:80",
							"TRIGGER_CLIENTS_SERVICE_HOST", "10.0.0.2", "TRIGGER_PROJECT_REF", "proj_1"))));
		try (ConfigurableApplicationContext context = application.run("--" + KEY, "--trigger.jobs.enabled=true",
				"--trigger.test.emulator.environment=dev", "--trigger.dev-service.port=1",
				"--trigger.retry.max-delay=5s", "--trigger.apiUrl=https://a.b", "--trigger.outbox=")) {
			assertThat(context.getBeansOfType(TriggerOperations.class)).hasSize(1);
		}
		assertThat(output).doesNotContain("There is no property");
	}

	private static void assertReported(CapturedOutput output, String problem, String remedy) {
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(problem)
			.contains(remedy)
			.doesNotContain(SECRET)
			.doesNotContain("\tat ");
	}

	private static void start(String... properties) {
		assertThatException().isThrownBy(() -> run(properties).close());
	}

	private static ConfigurableApplicationContext run(String... properties) {
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		List<String> arguments = new ArrayList<>();
		for (String property : properties) {
			arguments
				.removeIf((argument) -> argument.startsWith("--" + property.substring(0, property.indexOf('=') + 1)));
			arguments.add("--" + property);
		}
		return application.run(arguments.toArray(new String[0]));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TriggerAutoConfiguration.class, TriggerContractAutoConfiguration.class,
			TriggerWebhookAutoConfiguration.class, TriggerRunListenerAutoConfiguration.class,
			SslAutoConfiguration.class, HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class })
	static class Application {

	}

	@Configuration(proxyBeanMethods = false)
	static class Misspelled extends Application {

		@Bean
		String injected(@Qualifier("biling") TriggerOperations trigger) {
			return trigger.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MisspelledTasks extends Application {

		@Bean
		Tasks tasks(TriggerTasksFactory factory) {
			return factory.create(Tasks.class);
		}

	}

	@TriggerTasks("biling")
	interface Tasks {

		@TriggerTask(id = "t")
		Mono<RunHandle<Void>> trigger(String payload);

	}

}
