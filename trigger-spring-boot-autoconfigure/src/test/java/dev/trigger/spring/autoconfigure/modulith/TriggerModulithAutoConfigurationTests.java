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

package dev.trigger.spring.autoconfigure.modulith;

import javax.sql.DataSource;

import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.autoconfigure.outbox.TriggerOutboxAutoConfiguration;
import dev.trigger.spring.modulith.TriggerEventExternalizer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.events.EventExternalizationConfiguration;
import org.springframework.modulith.events.Externalized;
import org.springframework.modulith.events.config.EventExternalizationAutoConfiguration;
import org.springframework.modulith.events.support.BrokerRouting;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TriggerModulithAutoConfiguration}.
 */
class TriggerModulithAutoConfigurationTests {

	/**
	 * With an API that nobody serves.
	 */
	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TriggerAutoConfiguration.class,
				TriggerJdbcAutoConfiguration.class, TriggerOutboxAutoConfiguration.class,
				TriggerModulithAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D", "trigger.api-url=http://127.0.0.1:1",
				"spring.datasource.generate-unique-name=true");

	private final ApplicationContextRunner modulith = this.runner.withBean(EventExternalizationConfiguration.class,
			() -> EventExternalizationConfiguration.externalizing()
				.select(EventExternalizationConfiguration.annotatedAsExternalized())
				.mapping(Ordered.class, (event) -> event.id())
				.build());

	@Test
	void writesEventsToTheOutboxAsTheyAreMapped() {
		this.modulith.withPropertyValues("trigger.outbox.enabled=true").run((context) -> {
			publish(context, new Ordered(7));
			JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
			assertThat(jdbc.sql("SELECT task FROM trigger_outbox").query(String.class).single()).isEqualTo("fulfil");
			assertThat(jdbc.sql("SELECT payload FROM trigger_outbox").query(byte[].class).single()).asString()
				.isEqualTo("7");
		});
	}

	@Test
	void reportsThatThereIsNoOutboxInsteadOfLosingAnEvent() {
		this.modulith
			.run((context) -> assertThatIllegalStateException().isThrownBy(() -> publish(context, new Ordered(7)))
				.withMessageContaining("Ordered")
				.withMessageContaining("'trigger:fulfil'")
				.withMessageContaining("'trigger.outbox.enabled'"));
	}

	@Test
	void isOffWithoutExternalization() {
		this.runner
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TriggerEventExternalizer.class));
		this.runner.withConfiguration(AutoConfigurations.of(EventExternalizationAutoConfiguration.class))
			.withPropertyValues("spring.modulith.events.externalization.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(TriggerEventExternalizer.class));
	}

	@Test
	void needsNoModulith() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.modulith"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("triggerEventExternalizer"));
		this.modulith.withClassLoader(new FilteredClassLoader(BrokerRouting.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("triggerEventExternalizer"));
	}

	@Test
	void needsNoDatabase() {
		this.modulith.withClassLoader(new FilteredClassLoader(JdbcClient.class))
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(TriggerEventExternalizer.class));
	}

	@Test
	void givesWayToAnExternalizerOfTheApplication() {
		this.modulith
			.withBean("own", TriggerEventExternalizer.class,
					() -> new TriggerEventExternalizer(EventExternalizationConfiguration.disabled(), () -> null,
							new DefaultListableBeanFactory()))
			.run((context) -> assertThat(context).hasSingleBean(TriggerEventExternalizer.class).hasBean("own"));
	}

	private static void publish(ApplicationContext context, Object event) {
		new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
			.executeWithoutResult((status) -> context.publishEvent(event));
	}

	@Externalized("trigger:fulfil")
	record Ordered(int id) {

	}

}
