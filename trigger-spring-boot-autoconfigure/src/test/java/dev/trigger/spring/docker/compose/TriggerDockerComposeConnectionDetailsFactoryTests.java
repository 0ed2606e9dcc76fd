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

package dev.trigger.spring.docker.compose;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.MissingTriggerCredentialException;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import org.junit.jupiter.api.Test;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.docker.compose.core.ConnectionPorts;
import org.springframework.boot.docker.compose.core.ImageReference;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.lifecycle.DockerComposeServicesReadyEvent;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginProvider;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerDockerComposeConnectionDetailsFactory}, which is called as it
 * is once Docker Compose has started the services.
 */
class TriggerDockerComposeConnectionDetailsFactoryTests {

	private static final String SERVER = "ghcr.io/triggerdotdev/trigger.dev:v4.5.0";

	private static final String KEY = "tr_prod_0123456789abcdefPROD1";

	private static final String TOKEN = "tr_pat_0123456789abcdefghijklmnopqrstuvwxyz1234";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class));

	@Test
	void labelsOfTheRealServerTellTheCredentials() {
		Service service = new Service(SERVER,
				Map.of("dev.trigger.spring.secret-key", KEY, "dev.trigger.spring.access-token", TOKEN,
						"dev.trigger.spring.preview-branch", "feature", "dev.trigger.spring.project-ref",
						"proj_labelled"),
				Map.of());
		run(service).run((context) -> {
			TriggerConnectionDetails details = context.getBean(TriggerConnectionDetails.class);
			assertThat(details.getApiUrl()).isEqualTo("http://docker.example.com:53000");
			assertThat(details.getSecretKey()).isEqualTo(KEY);
			assertThat(details.getAccessToken()).isEqualTo(TOKEN);
			assertThat(details.getPreviewBranch()).isEqualTo("feature");
			assertThat(details.getProjectRef()).isEqualTo("proj_labelled");
			assertThat(context.getBean(TriggerOperations.class).apiUrl())
				.hasToString("http://docker.example.com:53000");
		});
	}

	@Test
	void emulatorHasTheCredentialsOfItsVariables() {
		run(new Service("trigger-emulator", Map.of(), Map.of("PORT", "8030", "TRIGGER_EMULATOR_SECRET_KEY", KEY)))
			.run((context) -> assertThat(context.getBean(TriggerConnectionDetails.class))
				.returns("http://docker.example.com:58030", TriggerConnectionDetails::getApiUrl)
				.returns(KEY, TriggerConnectionDetails::getSecretKey)
				.returns("tr_pat_emulator", TriggerConnectionDetails::getAccessToken));
	}

	@Test
	void emulatorThatComposeBuildsIsKnownByItsLabel() {
		run(new Service("application-trigger",
				Map.of("org.springframework.boot.service-connection", "trigger-emulator"),
				Map.of("PORT", "8030", "TRIGGER_EMULATOR_HOST", "0.0.0.0")))
			.run((context) -> assertThat(context.getBean(TriggerConnectionDetails.class).getSecretKey())
				.isEqualTo("tr_dev_emulator"));
	}

	@Test
	void serviceOfAnotherImageIsLeftAlone() {
		run(new Service("nginx", Map.of("dev.trigger.spring.secret-key", KEY), Map.of()))
			.run((context) -> assertThat(context).doesNotHaveBean(TriggerConnectionDetails.class)
				.doesNotHaveBean(TriggerOperations.class));
	}

	@Test
	void missingCredentialIsReportedWithWhereItIsMissing() {
		run(new Service(SERVER, Map.of(), Map.of())).run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(MissingTriggerCredentialException.class)
			.hasMessageContaining("Docker compose service 'trigger'"));
	}

	@Test
	void namedClientReachesTheServiceWithItsOwnCredential() {
		run(new Service(SERVER, Map.of("dev.trigger.spring.access-token", TOKEN), Map.of()))
			.withPropertyValues("trigger.clients.billing.secret-key=" + KEY)
			.run((context) -> assertThat(context.getBean("billing", TriggerOperations.class).apiUrl())
				.hasToString("http://docker.example.com:53000"));
	}

	private ApplicationContextRunner run(RunningService service) {
		return this.contextRunner.withInitializer((context) -> ready(context, service));
	}

	/**
	 * Tell the listener of Spring Boot that a service runs.
	 */
	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static void ready(ConfigurableApplicationContext context, RunningService service) {
		List<ApplicationListener> listeners = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(ApplicationListener.class)
			.stream()
			.filter((listener) -> listener.getClass().getName().contains("DockerComposeServiceConnections"))
			.toList();
		assertThat(listeners).hasSize(1);
		listeners.get(0).onApplicationEvent(event(context, service));
	}

	private static DockerComposeServicesReadyEvent event(ApplicationContext context, RunningService service) {
		try {
			Constructor<DockerComposeServicesReadyEvent> constructor = DockerComposeServicesReadyEvent.class
				.getDeclaredConstructor(ApplicationContext.class, List.class);
			return BeanUtils.instantiateClass(constructor, context, List.of(service));
		}
		catch (NoSuchMethodException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A service that runs on another host.
	 *
	 * @param imageName the image
	 * @param labels the labels
	 * @param env the environment variables
	 */
	record Service(String imageName, Map<String, String> labels,
			Map<String, String> env) implements RunningService, OriginProvider {

		@Override
		public String name() {
			return "trigger";
		}

		@Override
		public ImageReference image() {
			return ImageReference.of(this.imageName);
		}

		@Override
		public Origin getOrigin() {
			return new Origin() {

				@Override
				public String toString() {
					return "Docker compose service 'trigger'";
				}

			};
		}

		@Override
		public String host() {
			return "docker.example.com";
		}

		@Override
		public ConnectionPorts ports() {
			return new ConnectionPorts() {

				@Override
				public int get(int containerPort) {
					return 50_000 + containerPort;
				}

				@Override
				public List<Integer> getAll() {
					return List.of();
				}

				@Override
				public List<Integer> getAll(String protocol) {
					return List.of();
				}

			};
		}

	}

}
