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

import java.util.Map;

import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.autoconfigure.outbox.TriggerOutboxAutoConfiguration;
import dev.trigger.spring.autoconfigure.property.ConditionalOnTriggerFlag;
import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.runlistener.RunListenerContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConditionalOnTriggerFlag}: what is bound as true is on.
 */
class ConditionalOnTriggerFlagTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TriggerAutoConfiguration.class,
				TriggerJdbcAutoConfiguration.class, TriggerOutboxAutoConfiguration.class,
				TriggerRunListenerAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D", "trigger.api-url=http://127.0.0.1:1",
				"spring.datasource.generate-unique-name=true");

	@ParameterizedTest
	@CsvSource({ "true, true", "TRUE, true", "' true ', true", "yes, true", "on, true", "1, true", "${app.flag}, true",
			"false, false", "no, false", "off, false", "0, false", "'', false" })
	void outboxIsOnIfItsPropertyIsTrue(String value, boolean on) {
		with("trigger.outbox.enabled", value)
			.run((context) -> assertThat(context.getBeanNamesForType(TriggerOutbox.class)).hasSize(on ? 1 : 0));
	}

	@ParameterizedTest
	@CsvSource({ "true, true", "yes, true", "' ', true", "'', true", "${app.flag}, true", "false, false",
			"FALSE, false", "' false ', false", "no, false", "off, false", "0, false" })
	void runListenersAreOffIfTheirPropertyIsFalse(String value, boolean on) {
		with("trigger.run-listener.enabled", value)
			.run((context) -> assertThat(context.getBeanNamesForType(RunListenerContainer.class)).hasSize(on ? 1 : 0));
	}

	@ParameterizedTest
	@ValueSource(strings = { "trigger.outbox.enabled", "trigger.run-listener.enabled" })
	void whatIsNeitherTrueNorFalseIsRefused(String property) {
		with(property, "maybe").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(InvalidTriggerPropertyException.class)
			.hasMessageContaining("'" + property + "' is set to 'maybe', which is not true or false"));
	}

	private ApplicationContextRunner with(String property, String value) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("test", Map.of(property, value, "app.flag", "true"))));
	}

}
