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

package dev.trigger.spring.autoconfigure.actuate;

import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.webhook.TriggerWebhookAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TriggerSanitizingAutoConfiguration}.
 */
class TriggerSanitizingAutoConfigurationTests {

	private static final String SECRET = "q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D";

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerSanitizingAutoConfiguration.class,
				TriggerAutoConfiguration.class, TriggerWebhookAutoConfiguration.class, EndpointAutoConfiguration.class,
				EnvironmentEndpointAutoConfiguration.class,
				ConfigurationPropertiesReportEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoint.env.show-values=always",
				"management.endpoint.configprops.show-values=always", "management.endpoints.jmx.exposure.include=*",
				"spring.jmx.enabled=true");

	@ParameterizedTest
	@CsvSource({ "trigger.secret-key, ''", "trigger.access-token, tr_pat_", "trigger.webhook.secret, ''",
			"trigger.clients.billing.secret-key, tr_prod_", "trigger.webhook.secert, tr_prod_",
			"trigger.secretkeyy, ''", "trigger.tokens, ''", "trigger.http.proxy.user, http://user:",
			"my.key, tr_dev_" })
	void secretIsMaskedUnderEachName(String property, String prefix) {
		String suffix = prefix.startsWith("http:") ? "@proxy.example.com" : "";
		this.contextRunner.withPropertyValues(property + "=" + prefix + SECRET + suffix).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(env(context.getBean(EnvironmentEndpoint.class))).contains("\"" + property + "\"")
				.doesNotContain(SECRET);
			assertThat(configprops(context.getBean(ConfigurationPropertiesReportEndpoint.class)))
				.doesNotContain(SECRET);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "trigger.webhook.secret", "trigger.secret-key", "trigger.clients.eu.secret-key",
			"trigger.clients.[eu.west].access-token", "trigger.clients.eu.secretkey" })
	void secretIsMaskedWhereAPlaceholderTakesItFrom(String property) {
		this.contextRunner.withPropertyValues("hook=" + SECRET, property + "=${hook}")
			.run((context) -> assertThat(env(context.getBean(EnvironmentEndpoint.class))).contains("\"hook\"")
				.doesNotContain(SECRET));
	}

	@Test
	void whatIsNoSecretIsShownWhereAPlaceholderTakesItFrom() {
		this.contextRunner
			.withPropertyValues("address=https://trigger.example.com", "trigger.clients.eu.api-url=${address}",
					"trigger.clients.eu.secret-key=" + SECRET)
			.run((context) -> assertThat(env(context.getBean(EnvironmentEndpoint.class)))
				.contains("https://trigger.example.com"));
	}

	@Test
	void otherPropertiesAreShownWithTheirOrigin() {
		this.contextRunner
			.withPropertyValues("trigger.secret-key=tr_dev_" + SECRET, "trigger.timeout=17s",
					"trigger.webhook.secret=hook-" + SECRET)
			.run((context) -> assertThat(configprops(context.getBean(ConfigurationPropertiesReportEndpoint.class)))
				.contains("\"PT17S\"", "\"17s\"", "\"prefix\":\"trigger\"", "\"prefix\":\"trigger.webhook\"")
				.doesNotContain(SECRET));
	}

	private static String env(EnvironmentEndpoint endpoint) {
		return JsonMapper.shared().writeValueAsString(endpoint.environment(null));
	}

	private static String configprops(ConfigurationPropertiesReportEndpoint endpoint) {
		return JsonMapper.shared().writeValueAsString(endpoint.configurationProperties());
	}

}
