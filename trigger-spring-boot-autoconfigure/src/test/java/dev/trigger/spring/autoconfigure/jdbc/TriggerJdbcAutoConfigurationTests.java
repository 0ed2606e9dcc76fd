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

package dev.trigger.spring.autoconfigure.jdbc;

import javax.sql.DataSource;

import dev.trigger.spring.jdbc.TriggerDatabase;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TriggerJdbcAutoConfiguration}.
 */
class TriggerJdbcAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TriggerJdbcAutoConfiguration.class));

	@Test
	void usesTheOnlyDataSource() {
		this.runner.withPropertyValues("spring.datasource.generate-unique-name=true").run((context) -> {
			TriggerDatabase database = context.getBean(TriggerDatabase.class);
			assertThat(database.dataSource()).isSameAs(context.getBean(DataSource.class));
			assertThat(database.transactionManager()).isSameAs(context.getBean(PlatformTransactionManager.class));
		});
	}

	@Test
	void findsTheTransactionManagerOfTheDataSource() {
		this.runner.withUserConfiguration(TwoDatabases.class, Qualified.class).run((context) -> {
			TriggerDatabase database = context.getBean(TriggerDatabase.class);
			assertThat(database.dataSource()).isSameAs(context.getBean("qualified"));
			assertThat(database.transactionManager()).isSameAs(context.getBean("qualifiedManager"));
		});
	}

	@Test
	void saysWhatToDoWithSeveralDataSources() {
		this.runner.withUserConfiguration(TwoDatabases.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThatExceptionOfType(BeanCreationException.class)
				.isThrownBy(() -> context.getBean(TriggerDatabase.class))
				.withStackTraceContaining("@TriggerDataSource");
		});
	}

	@Test
	void backsOffWithoutItsLibraries() {
		for (Class<?> type : new Class<?>[] { JdbcClient.class, PlatformTransactionManager.class,
				DataSourceScriptDatabaseInitializer.class }) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerJdbcAutoConfiguration.class))
				.withClassLoader(new FilteredClassLoader(type))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("triggerDatabase"));
		}
	}

	@Test
	void backsOffWithoutDataSource() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerJdbcAutoConfiguration.class))
			.run((context) -> assertThat(context).doesNotHaveBean(TriggerDatabase.class));
	}

	private static DataSource h2(String name) {
		JdbcDataSource dataSource = new JdbcDataSource();
		dataSource.setUrl("jdbc:h2:mem:" + name);
		return dataSource;
	}

	@Configuration(proxyBeanMethods = false)
	static class TwoDatabases {

		@Bean
		DataSource first() {
			return h2("first");
		}

		@Bean
		DataSource second() {
			return h2("second");
		}

		@Bean
		PlatformTransactionManager firstManager(DataSource first) {
			return new JdbcTransactionManager(first);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Qualified {

		@Bean
		@TriggerDataSource
		DataSource qualified() {
			return h2("qualified");
		}

		@Bean
		PlatformTransactionManager qualifiedManager(@TriggerDataSource DataSource qualified) {
			return new JdbcTransactionManager(qualified);
		}

	}

}
