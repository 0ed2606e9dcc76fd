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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.InvalidApiUrlException;
import dev.trigger.spring.run.RunOperations;
import dev.trigger.spring.task.TaskType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TriggerAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class TriggerAutoConfigurationTests {

	private static final String DEV_KEY = "tr_dev_0123456789abcdefDEV1";

	private static final String TOKEN = "tr_pat_0123456789abcdef0123456789abcdefPAT1";

	private static final String RUN = "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class, WebClientAutoConfiguration.class,
				HttpClientAutoConfiguration.class, ReactiveHttpClientAutoConfiguration.class,
				JacksonAutoConfiguration.class));

	@Test
	void whenNothingIsConfiguredThereIsNoClient() {
		this.contextRunner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(TriggerOperations.class)
			.doesNotHaveBean(TriggerConnectionDetails.class));
	}

	@Test
	void whenTheKeyIsEmptyThereIsNoClient() {
		this.contextRunner.withPropertyValues("trigger.secret-key=", "trigger.access-token= ")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TriggerOperations.class));
	}

	@Test
	void whenWebClientIsAbsentThereIsNoClient() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY)
			.withClassLoader(new FilteredClassLoader(WebClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("triggerTemplate"));
	}

	@Test
	void secretKeyMakesClient() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY).run((context) -> {
			assertThat(context).hasSingleBean(TriggerTemplate.class);
			TriggerOperations client = context.getBean(TriggerOperations.class);
			assertThat(client.capabilities().modes()).containsExactly(AuthMode.SECRET_KEY);
			assertThat(client.apiUrl()).hasToString("https://api.trigger.dev");
		});
	}

	@Test
	void secretKeyMayBePersonalAccessToken() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + TOKEN)
			.run((context) -> assertThat(context.getBean(TriggerOperations.class).capabilities().modes())
				.containsExactly(AuthMode.PERSONAL_ACCESS_TOKEN));
	}

	@Test
	void bothCredentialsReachMoreThanOne() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.access-token=" + TOKEN)
			.run((context) -> {
				TriggerOperations client = context.getBean(TriggerOperations.class);
				assertThat(client.capabilities().supports(TriggerEndpoint.TASKS_TRIGGER)).isTrue();
				assertThat(client.capabilities().supports(TriggerEndpoint.PROJECTS_LIST)).isTrue();
			});
	}

	@Test
	void twoCredentialsOfTheSameKindFailNamingBothProperties() {
		this.contextRunner
			.withPropertyValues("trigger.secret-key=" + TOKEN, "trigger.access-token=tr_pat_another0123456789")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("'trigger.secret-key'")
				.hasMessageContaining("'trigger.access-token'")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(TOKEN)));
	}

	@Test
	void officialVariablesWorkUnchanged() {
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, RUN))) {
			Map<String, Object> variables = new LinkedHashMap<>();
			variables.put("TRIGGER_SECRET_KEY", "tr_preview_0123456789abcdefPRV1");
			variables.put("TRIGGER_ACCESS_TOKEN", TOKEN);
			variables.put("TRIGGER_API_URL", server.url());
			variables.put("TRIGGER_PREVIEW_BRANCH", "refs/heads/feature/one");
			variables.put("TRIGGER_PROJECT_REF", "proj_1234");
			withVariables(variables).run((context) -> {
				TriggerOperations client = context.getBean(TriggerOperations.class);
				client.runs().retrieve("run_1").block();
				assertThat(server.requests().get(0))
					.containsEntry("authorization", "Bearer tr_preview_0123456789abcdefPRV1")
					.containsEntry("x-trigger-branch", "feature/one");
				assertThat(client.project()).isNotNull();
				assertThat(client.capabilities().modes()).contains(AuthMode.PERSONAL_ACCESS_TOKEN);
			});
		}
	}

	@Test
	void branchOfVercelAndDevBranchAreFound() {
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, RUN))) {
			withVariables(Map.of("TRIGGER_SECRET_KEY", "tr_preview_0123456789abcdefPRV1", "TRIGGER_API_URL",
					server.url(), "VERCEL_GIT_COMMIT_REF", "from-vercel"))
				.run((context) -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block());
			withVariables(Map.of("TRIGGER_SECRET_KEY", DEV_KEY, "TRIGGER_API_URL", server.url(), "TRIGGER_DEV_BRANCH",
					"mine"))
				.run((context) -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block());
			assertThat(server.requests()).extracting((request) -> request.get("x-trigger-branch"))
				.containsExactly("from-vercel", "mine");
		}
	}

	@Test
	void connectionDetailsTakeTheirPlaceBeforeProperties() {
		this.contextRunner.withUserConfiguration(DetailsConfiguration.class)
			.withPropertyValues("trigger.api-url=https://not-this.example.com")
			.run((context) -> {
				assertThat(context).hasSingleBean(TriggerConnectionDetails.class)
					.doesNotHaveBean(PropertiesTriggerConnectionDetails.class);
				assertThat(context.getBean(TriggerOperations.class).apiUrl()).hasToString("http://localhost:9999");
			});
	}

	@Test
	void clientBacksOffBeforeThatOfTheUser() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY)
			.withBean("mine", TriggerOperations.class,
					() -> TriggerTemplate.builder(TriggerCredential.of(DEV_KEY)).build())
			.run((context) -> assertThat(context).hasSingleBean(TriggerOperations.class)
				.doesNotHaveBean("triggerTemplate"));
	}

	@Test
	void credentialProviderIsEnough() {
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, RUN))) {
			this.contextRunner.withPropertyValues("trigger.api-url=" + server.url())
				.withBean(TriggerCredentialProvider.class, () -> () -> Mono.just(TriggerCredential.of(DEV_KEY)))
				.run((context) -> {
					context.getBean(TriggerOperations.class).runs().retrieve("run_1").block();
					assertThat(server.requests().get(0)).containsEntry("authorization", "Bearer " + DEV_KEY);
				});
		}
	}

	@Test
	void customizersAreCalledInOrder() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY)
			.withUserConfiguration(CustomizerConfiguration.class)
			.run((context) -> assertThat(context.getBean(CustomizerConfiguration.class).calls)
				.containsExactly("application's", "webClient 1", "webClient 2", "jsonMapper", "client"));
	}

	@Test
	void filtersOfTheApplicationDoNotSeeTheCredential() {
		List<String> seen = new ArrayList<>();
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, RUN))) {
			ExchangeFilterFunction filter = (request, next) -> {
				seen.add(String.valueOf(request.headers()));
				return next.exchange(request);
			};
			this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.api-url=" + server.url())
				.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter(filter))
				.run((context) -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block());
			assertThat(server.requests().get(0)).containsKey("authorization");
		}
		assertThat(seen).hasSize(1).noneMatch((headers) -> headers.contains(DEV_KEY));
	}

	@Test
	void fractionIsNotCutOffUnlessTheApplicationWantsItToBe() {
		try (RecordingServer server = new RecordingServer((path) -> new Response(200,
				"{\"id\":\"run_1\",\"status\":\"COMPLETED\",\"isSuccess\":true,\"output\":1.5,\"outputType\":\"application/json\"}"))) {
			ApplicationContextRunner runner = this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY,
					"trigger.api-url=" + server.url());
			runner.run((context) -> {
				RunOperations runs = context.getBean(TriggerOperations.class).runs();
				assertThat(runs.awaitOutput("run_1", Double.class).block()).isEqualTo(1.5);
				assertThatExceptionOfType(TriggerDecodingException.class)
					.isThrownBy(() -> runs.awaitOutput("run_1", Integer.class).block());
			});
			runner
				.withBean(TriggerJsonMapperCustomizer.class,
						() -> (builder) -> builder.enable(DeserializationFeature.ACCEPT_FLOAT_AS_INT))
				.run((context) -> assertThat(
						context.getBean(TriggerOperations.class).runs().awaitOutput("run_1", Integer.class).block())
					.isEqualTo(1));
		}
	}

	@Test
	void jsonSettingsOfTheApplicationApplyToPayloadsOnly() {
		List<String> bodies = new ArrayList<>();
		try (RecordingServer server = new RecordingServer(
				(path) -> new Response(200, "{\"id\":\"run_1\",\"isCached\":true}"))) {
			this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.api-url=" + server.url())
				.withBean(JsonMapper.class,
						() -> JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build())
				.withBean(TriggerWebClientCustomizer.class,
						() -> (builder) -> builder.filter((request, next) -> next.exchange(request)))
				.run((context) -> {
					TaskType<Purchase, Void> task = TaskType.of("t", Purchase.class, Void.class);
					assertThat(context.getBean(TriggerOperations.class)
						.tasks()
						.trigger(task, new Purchase("o_1"), (options) -> options.concurrencyKey("k"))
						.block()).matches((handle) -> handle.isCached());
					bodies.add(context.getBean(JsonMapper.class).writeValueAsString(new Purchase("o_1")));
				});
		}
		assertThat(bodies).containsExactly("{\"order_id\":\"o_1\"}");
	}

	@Test
	void readTimeoutIsThatOfTheClient() {
		try (RecordingServer server = new RecordingServer((path) -> new Response(0, ""))) {
			this.contextRunner
				.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.api-url=" + server.url(),
						"trigger.http.read-timeout=100ms", "trigger.retry.max-attempts=1")
				.run((context) -> assertThatExceptionOfType(TriggerConnectionException.class)
					.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block()));
		}
	}

	@Test
	void responsesMayBeLargerThanTheLimitOfCodecs() {
		String large = "{\"id\":\"run_1\",\"ttl\":\"" + "x".repeat(600_000) + "\"}";
		try (RecordingServer server = new RecordingServer((path) -> new Response(200, large))) {
			ApplicationContextRunner runner = this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY,
					"trigger.api-url=" + server.url());
			runner.run((context) -> assertThat(
					context.getBean(TriggerOperations.class).runs().retrieve("run_1").block().ttl())
				.hasSize(600_000));
			runner.withPropertyValues("trigger.http.max-in-memory-size=100KB")
				.run((context) -> assertThatExceptionOfType(TriggerDecodingException.class)
					.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block()));
		}
	}

	@Test
	void retryPropertiesApply() {
		try (RecordingServer server = new RecordingServer((path) -> new Response(503, ""))) {
			this.contextRunner
				.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.api-url=" + server.url(),
						"trigger.retry.max-attempts=3", "trigger.retry.delay=1ms")
				.run((context) -> assertThatExceptionOfType(TriggerApiException.class)
					.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block()));
			assertThat(server.requests()).hasSize(3);
		}
	}

	@Test
	void startIsToldInOneLineWithoutTheKey(CapturedOutput output) {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output)
				.containsOnlyOnce("Trigger.dev client: secret key of dev, branch none, " + "https://api.trigger.dev, ");
			assertThat(output).contains("of " + TriggerEndpoint.values().length + " endpoints")
				.doesNotContain(DEV_KEY)
				.doesNotContain("0123456789abcdef");
		});
	}

	@ParameterizedTest
	@CsvSource({ "tr_prod_", "tr_stg_" })
	void branchOfEnvironmentWithoutBranchesIsWarnedOf(String prefix, CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("trigger.secret-key=" + prefix + "0123456789abcdef", "trigger.preview-branch=feature")
			.run((context) -> {
				assertThat(context).hasSingleBean(TriggerOperations.class);
				assertThat(output).contains("WARN")
					.contains("'trigger.preview-branch' has no effect: the secret key belongs to ")
					.contains(", branch none, ");
			});
	}

	@Test
	void branchOfThePlatformIsNotWarnedOf(CapturedOutput output) {
		this.contextRunner
			.withPropertyValues("trigger.secret-key=tr_prod_0123456789abcdef", "VERCEL_GIT_COMMIT_REF=main")
			.run((context) -> {
				assertThat(context).hasSingleBean(TriggerOperations.class);
				assertThat(output).contains("secret key of prod, branch none, ").doesNotContain("WARN");
			});
	}

	@ParameterizedTest
	@CsvSource({ "trigger.secret-key=tr_dev_0123456789abcdef", "trigger.secret-key=tr_preview_0123456789abcdef",
			"trigger.access-token=tr_pat_0123456789abcdef" })
	void branchThatCallsNameIsNotWarnedOf(String credential, CapturedOutput output) {
		this.contextRunner
			.withPropertyValues(credential, "trigger.preview-branch=feature",
					"trigger.clients.billing.secret-key=tr_prod_0123456789abcdef")
			.run((context) -> {
				assertThat(context.getBean(TriggerOperationsRegistry.class).getNames()).contains("billing");
				assertThat(output).contains(", branch feature, ").contains(", branch none, ").doesNotContain("WARN");
			});
	}

	@Test
	void unknownFormOfKeyIsWarnedOfWithoutTheKey(CapturedOutput output) {
		this.contextRunner.withPropertyValues("trigger.secret-key=self-hosted-key-0123456789").run((context) -> {
			assertThat(context).hasSingleBean(TriggerOperations.class);
			assertThat(output).contains("is not known").doesNotContain("self-hosted-key");
		});
	}

	@Test
	void previewKeyWithoutBranchFailsAtStart() {
		this.contextRunner.withPropertyValues("trigger.secret-key=tr_preview_0123456789abcdefPRV1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(PreviewBranchRequiredException.class));
	}

	@Test
	void insecureAddressFailsAtStartUnlessAllowed() {
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY,
				"trigger.api-url=http://trigger.internal");
		runner
			.run((context) -> assertThat(context).getFailure().rootCause().isInstanceOf(InvalidApiUrlException.class));
		runner.withPropertyValues("trigger.http.allow-insecure=true")
			.run((context) -> assertThat(context).hasSingleBean(TriggerOperations.class));
	}

	@Test
	void connectorBuilderOfTheApplicationIsUsed() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY)
			.withBean(ClientHttpConnectorBuilder.class, ClientHttpConnectorBuilder::jdk)
			.run((context) -> assertThat(context).hasSingleBean(TriggerOperations.class));
	}

	@Test
	void zeroTimeoutMeansNoLimit() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + DEV_KEY, "trigger.timeout=0")
			.run((context) -> assertThat(context.getBean(TriggerProperties.class).getTimeout())
				.isEqualTo(Duration.ZERO));
	}

	private ApplicationContextRunner withVariables(Map<String, Object> variables) {
		return this.contextRunner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
	}

	/**
	 * A payload.
	 *
	 * @param orderId the order
	 */
	record Purchase(String orderId) {

	}

	@Configuration(proxyBeanMethods = false)
	static class DetailsConfiguration {

		@Bean
		TriggerConnectionDetails details() {
			return new TriggerConnectionDetails() {

				@Override
				public String getApiUrl() {
					return "http://localhost:9999";
				}

				@Override
				public @Nullable String getSecretKey() {
					return DEV_KEY;
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizerConfiguration {

		private final List<String> calls = new ArrayList<>();

		@Bean
		WebClientCustomizer applications() {
			return (builder) -> this.calls.add("application's");
		}

		@Bean
		@Order(2)
		TriggerWebClientCustomizer second() {
			return (builder) -> this.calls.add("webClient 2");
		}

		@Bean
		@Order(1)
		TriggerWebClientCustomizer first() {
			return (builder) -> this.calls.add("webClient 1");
		}

		@Bean
		TriggerJsonMapperCustomizer jsonMapper() {
			return (builder) -> this.calls.add("jsonMapper");
		}

		@Bean
		TriggerClientCustomizer client() {
			return (builder) -> this.calls.add("client");
		}

	}

}
