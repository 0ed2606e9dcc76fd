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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.alert.WebhookVerifier;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.autoconfigure.contract.TriggerContractProperties;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcProperties;
import dev.trigger.spring.autoconfigure.outbox.TriggerOutboxProperties;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerProperties;
import dev.trigger.spring.autoconfigure.webhook.TriggerWebhookAutoConfiguration;
import dev.trigger.spring.autoconfigure.webhook.TriggerWebhookProperties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for values as containers, files and templates leave them: empty, with a line
 * break at the end, or a placeholder.
 */
class PropertyValuesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String KEY = "tr_dev_0123456789abcdefDEV1";

	private final RecordingServer server = new RecordingServer(
			(path) -> new Response(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}"));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class, TriggerWebhookAutoConfiguration.class,
				TriggerRunListenerAutoConfiguration.class, HttpClientAutoConfiguration.class,
				ReactiveHttpClientAutoConfiguration.class));

	@AfterEach
	void stop() {
		this.server.close();
	}

	private static List<String> properties() {
		return ConfigurationMetadataTests.namesBelow("trigger.")
			.stream()
			.filter((name) -> !name.startsWith("trigger.test.") && !name.equals("trigger.clients")
					&& !name.equals("trigger.preview-branch"))
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "\n", "${NOT_SET_ANYWHERE:}" })
	void emptyIsUnset(String empty) {
		ApplicationContextRunner runner = this.contextRunner.withUserConfiguration(AllProperties.class);
		Map<String, @Nullable Object> unset = new TreeMap<>();
		runner.run((context) -> properties().forEach((property) -> unset.put(property, value(context, property))));
		Map<String, Object> values = new HashMap<>();
		properties().forEach((property) -> values.put(property, empty));
		with(values).withUserConfiguration(AllProperties.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Map<String, @Nullable Object> actual = new TreeMap<>();
			properties().forEach((property) -> actual.put(property, value(context, property)));
			assertThat(actual).hasSizeGreaterThan(50).containsExactlyEntriesOf(unset);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "trigger", "trigger.clients", "trigger.retry", "trigger.http.proxy",
			"trigger.clients.billing.retry" })
	void emptyGroupIsUnset(String group) {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + KEY, group + "=")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/**
	 * Nested properties are reached by the path that binding takes, from the bean whose
	 * prefix is the longest.
	 */
	private static @Nullable Object value(ApplicationContext context, String property) {
		Object properties = context.getBean(TriggerProperties.class);
		String prefix = "trigger.";
		for (Object bean : context.getBeansWithAnnotation(ConfigurationProperties.class).values()) {
			String of = bean.getClass().getAnnotation(ConfigurationProperties.class).value() + ".";
			if (property.startsWith(of) && of.length() > prefix.length()) {
				properties = bean;
				prefix = of;
			}
		}
		StringBuilder path = new StringBuilder();
		for (String part : property.substring(prefix.length()).split("-")) {
			path.append((path.isEmpty()) ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
		}
		return new BeanWrapperImpl(properties).getPropertyValue(path.toString());
	}

	@Test
	void emptyVariableLeavesThePropertyOfTheFile() {
		this.contextRunner.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url())
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("TRIGGER_API_URL", "", "TRIGGER_HTTP_PROXY_HOST", ""))))
			.run((context) -> {
				context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests()).hasSize(1);
			});
	}

	/**
	 * Whoever writes {@code trigger.secret-key=} in a test, or a placeholder with a
	 * default in the file of a profile, does not want the key of another environment.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "", " ", "${NOT_SET_ANYWHERE:}" })
	void emptyValueHidesWhatOtherFilesHave(String empty) {
		ApplicationContextRunner runner = this.contextRunner.withPropertyValues("trigger.secret-key=" + KEY,
				"trigger.api-url=" + this.server.url(), "trigger.timeout=5s");
		runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("profile", Map.of("trigger.secret-key", empty))))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TriggerOperations.class));
		runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("profile", Map.of("trigger.timeout", empty))))
			.run((context) -> assertThat(context.getBean(TriggerProperties.class).getTimeout())
				.isEqualTo(Duration.ofMinutes(2)));
	}

	@Test
	void whiteSpaceAroundValuesIsRemoved() {
		with(Map.of("trigger.secret-key", KEY + "\n", "trigger.api-url", " " + this.server.url() + "\r\n",
				"trigger.timeout", "5s\n", "trigger.retry.max-attempts", " 1 ", "trigger.http.http2", "false\n",
				"trigger.http.max-in-memory-size", "1MB ", "trigger.project-ref", "proj_1\n"))
			.run((context) -> {
				context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests()).hasSize(1);
				assertThat(context.getBean(TriggerProperties.class).getTimeout()).isEqualTo(Duration.ofSeconds(5));
			});
	}

	@Test
	void webhookSecretFromFileVerifiesSignatures() {
		with(Map.of("trigger.webhook.secret", "s3cr3t-of-the-hook\n")).run((context) -> {
			byte[] body = "{\"id\":\"1\",\"type\":\"other\"}".getBytes(StandardCharsets.UTF_8);
			HttpHeaders headers = new HttpHeaders();
			headers.set(WebhookVerifier.SIGNATURE_HEADER, sign("s3cr3t-of-the-hook", body));
			context.getBean(WebhookVerifier.class).verify(body, headers);
		});
	}

	private static String sign(String secret, byte[] body) throws Exception {
		Mac mac = Mac.getInstance("HmacSHA256");
		mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
		return HexFormat.of().formatHex(mac.doFinal(body));
	}

	@Test
	void placeholdersAreResolved() {
		with(Map.of("trigger.secret-key", "${my.key}", "my.key", KEY, "trigger.api-url",
				"${my.url:" + this.server.url() + "}", "trigger.timeout", "${my.timeout:5s}"))
			.run((context) -> {
				context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests()).hasSize(1);
			});
	}

	@Test
	void credentialOfNobodyDoesNotMatterWhereThereAreConnectionDetails() {
		with(Map.of("trigger.secret-key", "${TRIGGER_KEY_OF_NOBODY}", "trigger.api-url", "${TRIGGER_URL_OF_NOBODY}"))
			.withUserConfiguration(Details.class)
			.run((context) -> assertThat(context.getBean(TriggerOperations.class).apiUrl())
				.hasToString("http://localhost:9999"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void zeroMeansNoLimitOnEachConnector(String connector) {
		this.contextRunner
			.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url(),
					"spring.http.clients.reactive.connector=" + connector, "trigger.http.read-timeout=0",
					"trigger.http.connect-timeout=0", "trigger.timeout=0")
			.run((context) -> {
				context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests()).hasSize(1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jdk", "jetty", "http-components" })
	void hugeTimesAndSizesWork(String connector) {
		this.contextRunner
			.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url(),
					"spring.http.clients.reactive.connector=" + connector, "trigger.http.read-timeout=100000d",
					"trigger.http.connect-timeout=100000d", "trigger.timeout=100000d", "trigger.retry.delay=100000d",
					"trigger.retry.max-delay=100000d", "trigger.http.max-in-memory-size=2GB")
			.run((context) -> {
				context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests()).hasSize(1);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "2GB", "2147483647" })
	void largestMemoryLimitsWork(String size) {
		this.contextRunner
			.withPropertyValues("trigger.secret-key=" + KEY, "trigger.api-url=" + this.server.url(),
					"trigger.http.max-in-memory-size=" + size)
			.run((context) -> {
				context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE);
				assertThat(this.server.requests()).hasSize(1);
			});
	}

	private ApplicationContextRunner with(Map<String, Object> values) {
		return this.contextRunner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", values)));
	}

	@Configuration(proxyBeanMethods = false)
	static class Details {

		@Bean
		TriggerConnectionDetails details() {
			return new TriggerConnectionDetails() {

				@Override
				public String getApiUrl() {
					return "http://localhost:9999";
				}

				@Override
				public String getSecretKey() {
					return KEY;
				}

			};
		}

	}

	/**
	 * Those of the parts that have no database or endpoint here, too.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties({ TriggerWebhookProperties.class, TriggerContractProperties.class,
			TriggerRunListenerProperties.class, TriggerOutboxProperties.class, TriggerJdbcProperties.class })
	static class AllProperties {

	}

}
