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

package dev.trigger.spring.testcontainers;

import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.autoconfigure.MissingTriggerCredentialException;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.autoconfigure.TriggerContainerConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.boot.testcontainers.service.connection.ServiceConnectionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerContainerConnectionDetailsFactory}.
 */
class TriggerContainerConnectionDetailsFactoryTests {

	private static final String SERVER = "ghcr.io/triggerdotdev/trigger.dev:v4.5.0";

	private static final String KEY = "tr_prod_0123456789abcdefPROD1";

	private static final String TOKEN = "tr_pat_0123456789abcdefghijklmnopqrstuvwxyz1234";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner().withConfiguration(
			AutoConfigurations.of(ServiceConnectionAutoConfiguration.class, TriggerAutoConfiguration.class));

	@Test
	void labelsOfTheRealServerTellTheCredentials() {
		FakeContainer container = new FakeContainer(SERVER).withLabel("dev.trigger.spring.secret-key", KEY)
			.withLabel("dev.trigger.spring.access-token", TOKEN)
			.withLabel("dev.trigger.spring.preview-branch", "feature")
			.withLabel("dev.trigger.spring.project-ref", "proj_labelled");
		run(container).run((context) -> {
			TriggerConnectionDetails details = context.getBean(TriggerConnectionDetails.class);
			assertThat(details.getApiUrl()).isEqualTo("http://docker.example.com:53000");
			assertThat(details.getSecretKey()).isEqualTo(KEY);
			assertThat(details.getAccessToken()).isEqualTo(TOKEN);
			assertThat(details.getPreviewBranch()).isEqualTo("feature");
			assertThat(details.getProjectRef()).isEqualTo("proj_labelled");
			assertThat(context.getBean(TriggerOperations.class).capabilities().modes())
				.containsExactlyInAnyOrder(AuthMode.SECRET_KEY, AuthMode.PERSONAL_ACCESS_TOKEN);
			assertThat(details.toString()).doesNotContain(KEY).doesNotContain(TOKEN);
		});
	}

	@Test
	void containerGoesBeforeProperties() {
		run(new FakeContainer(SERVER).withLabel("dev.trigger.spring.secret-key", KEY))
			.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefDEV1",
					"trigger.api-url=https://api.trigger.dev")
			.run((context) -> assertThat(context).hasSingleBean(TriggerConnectionDetails.class)
				.getBean(TriggerConnectionDetails.class)
				.returns(KEY, TriggerConnectionDetails::getSecretKey)
				.returns("http://docker.example.com:53000", TriggerConnectionDetails::getApiUrl));
	}

	@Test
	void emulatorHasTheCredentialsOfItsVariables() {
		FakeContainer container = new FakeContainer("trigger-emulator:1.0.0").withEnv("PORT", "9000")
			.withEnv("TRIGGER_EMULATOR_SECRET_KEY", "tr_preview_given")
			.withEnv("TRIGGER_EMULATOR_ACCESS_TOKEN", "tr_pat_given")
			.withEnv("TRIGGER_EMULATOR_PREVIEW_BRANCHES", "one, two")
			.withEnv("TRIGGER_EMULATOR_PROJECT_REF", "proj_given");
		run(container).run((context) -> {
			TriggerConnectionDetails details = context.getBean(TriggerConnectionDetails.class);
			assertThat(details.getApiUrl()).isEqualTo("http://docker.example.com:59000");
			assertThat(details.getSecretKey()).isEqualTo("tr_preview_given");
			assertThat(details.getAccessToken()).isEqualTo("tr_pat_given");
			assertThat(details.getPreviewBranch()).isEqualTo("one");
			assertThat(details.getProjectRef()).isEqualTo("proj_given");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", value = { "',' | none", "' ,x' | x", "',, y ,z' | y" })
	void emptyBranchesOfTheVariableAreSkippedAsTheEmulatorSkipsThem(String branches, @Nullable String branch) {
		assertThat(new TriggerContainerConnection(Map.of(), Map.of("TRIGGER_EMULATOR_SECRET_KEY", "tr_preview_given",
				"TRIGGER_EMULATOR_PREVIEW_BRANCHES", branches))
			.getPreviewBranch()).isEqualTo(branch);
	}

	@Test
	void emulatorHasItsOwnCredentialsByDefault() {
		FakeContainer container = new FakeContainer("trigger-emulator").withEnv("TRIGGER_EMULATOR_TASKS", "hello");
		run(container).run((context) -> {
			TriggerConnectionDetails details = context.getBean(TriggerConnectionDetails.class);
			assertThat(details.getApiUrl()).isEqualTo("http://docker.example.com:58030");
			assertThat(details.getSecretKey()).isEqualTo("tr_dev_emulator");
			assertThat(details.getAccessToken()).isEqualTo("tr_pat_emulator");
			assertThat(details.getPreviewBranch()).isNull();
			assertThat(details.getProjectRef()).isEqualTo("proj_emulatoremulatoremul");
		});
	}

	@Test
	void labelGoesBeforeVariableOfTheEmulator() {
		FakeContainer container = new FakeContainer("trigger-emulator").withEnv("TRIGGER_EMULATOR_PROD_KEY", KEY)
			.withLabel("dev.trigger.spring.secret-key", KEY);
		run(container).run(
				(context) -> assertThat(context.getBean(TriggerConnectionDetails.class).getSecretKey()).isEqualTo(KEY));
	}

	@Test
	void containerOfAKnownTypeMayHaveAnyImage() {
		run(MarkedConfiguration.class, new MarkedContainer().withEnv("TRIGGER_EMULATOR_HOST", "0.0.0.0"))
			.run((context) -> assertThat(context.getBean(TriggerConnectionDetails.class).getSecretKey())
				.isEqualTo("tr_dev_emulator"));
	}

	@Test
	void containerOfAnotherImageIsRefused() {
		run(UnknownConfiguration.class, new FakeContainer("registry.example.com/anything"))
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("No ConnectionDetails"));
	}

	@Test
	void missingCredentialIsReportedWithWhereItIsMissing() {
		run(new FakeContainer(SERVER)).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(MissingTriggerCredentialException.class)
			.hasMessageContaining("There is no Trigger.dev credential in the connection details from")
			.hasMessageContaining("container"));
	}

	@Test
	void credentialMayComeFromAProvider() {
		run(new FakeContainer(SERVER)).withBean(TriggerCredentialProvider.class, () -> Mono::empty)
			.run((context) -> assertThat(context).hasSingleBean(TriggerOperations.class));
	}

	@Test
	void namedClientReachesTheContainerWithItsOwnCredential() {
		run(new FakeContainer(SERVER).withLabel("dev.trigger.spring.access-token", TOKEN))
			.withPropertyValues("trigger.clients.billing.secret-key=" + KEY, "trigger.clients.mail.timeout=5s")
			.run((context) -> {
				TriggerOperations billing = context.getBean("billing", TriggerOperations.class);
				assertThat(billing.apiUrl()).hasToString("http://docker.example.com:53000");
				assertThat(billing.capabilities().modes()).containsExactly(AuthMode.SECRET_KEY);
				TriggerOperations mail = context.getBean("mail", TriggerOperations.class);
				assertThat(mail.apiUrl()).hasToString("http://docker.example.com:53000");
				assertThat(mail.capabilities().modes()).containsExactly(AuthMode.PERSONAL_ACCESS_TOKEN);
			});
	}

	private ApplicationContextRunner run(FakeContainer container) {
		Class<?> configuration = SERVER.equals(container.getDockerImageName()) ? ServerConfiguration.class
				: EmulatorConfiguration.class;
		return run(configuration, container);
	}

	private ApplicationContextRunner run(Class<?> configuration, FakeContainer container) {
		return this.contextRunner.withUserConfiguration(configuration)
			.withBean(Given.class, () -> new Given(container));
	}

	/**
	 * The container of a test.
	 *
	 * @param container the container
	 */
	record Given(FakeContainer container) {

	}

	@Configuration(proxyBeanMethods = false)
	static class ServerConfiguration {

		// the name of the image is not known before the bean is made
		@Bean
		@ServiceConnection(name = "triggerdotdev/trigger.dev")
		FakeContainer serverContainer(Given given) {
			return given.container();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class EmulatorConfiguration {

		@Bean
		@ServiceConnection(name = "trigger-emulator")
		FakeContainer emulatorContainer(Given given) {
			return given.container();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class MarkedConfiguration {

		@Bean
		@ServiceConnection
		MarkedContainer markedContainer(Given given) {
			return (MarkedContainer) given.container();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UnknownConfiguration {

		@Bean
		@ServiceConnection
		FakeContainer unknownContainer(Given given) {
			return given.container();
		}

	}

	static class MarkedContainer extends FakeContainer implements TriggerContainer {

		MarkedContainer() {
			super("registry.example.com/anything");
		}

	}

}
