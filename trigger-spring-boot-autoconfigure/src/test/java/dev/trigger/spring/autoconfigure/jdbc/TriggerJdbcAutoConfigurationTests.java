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

import dev.trigger.spring.jdbc.JdbcDialect;
import dev.trigger.spring.jdbc.TriggerDatabase;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
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
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.SimpleTransactionStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TriggerJdbcAutoConfiguration}.
 */
class TriggerJdbcAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TriggerJdbcAutoConfiguration.class));

	@Test
	void tablePrefixIsThatOfTheDatabaseByDefault() {
		assertThat(new TriggerJdbcProperties().getTablePrefix()).isEqualTo(TriggerDatabase.DEFAULT_TABLE_PREFIX);
	}

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
	void leavesOutTheTransactionManagersOfOthers() {
		this.runner.withUserConfiguration(TwoDatabases.class, QualifiedWithoutManager.class).run((context) -> {
			TriggerDatabase database = context.getBean(TriggerDatabase.class);
			assertThat(database.transactionManager()).isNotSameAs(context.getBean("firstManager"))
				.isInstanceOfSatisfying(JdbcTransactionManager.class,
						(manager) -> assertThat(manager.getDataSource()).isSameAs(context.getBean("qualified")));
		});
		// one of other resources, such as messages, is not one of a database
		this.runner.withUserConfiguration(QualifiedWithoutManager.class)
			.withBean("messages", PlatformTransactionManager.class, MessageTransactionManager::new)
			.run((context) -> assertThat(context.getBean(TriggerDatabase.class).transactionManager())
				.isInstanceOf(JdbcTransactionManager.class));
	}

	@Test
	void takesOneThatManagesEverything() {
		this.runner.withUserConfiguration(TwoDatabases.class, QualifiedWithoutManager.class)
			.withBean("global", PlatformTransactionManager.class, GlobalTransactionManager::new)
			.run((context) -> assertThat(context.getBean(TriggerDatabase.class).transactionManager())
				.isSameAs(context.getBean("global")));
	}

	@Test
	void saysWhatToDoWithSeveralTransactionManagers() {
		this.runner.withUserConfiguration(Qualified.class)
			.withBean("another", PlatformTransactionManager.class, () -> new JdbcTransactionManager(h2("another")))
			.run((context) -> assertThat(context.getBean(TriggerDatabase.class).transactionManager())
				.isSameAs(context.getBean("qualifiedManager")));
		this.runner.withUserConfiguration(QualifiedWithoutManager.class)
			.withBean("global", PlatformTransactionManager.class, GlobalTransactionManager::new)
			.withBean("other", PlatformTransactionManager.class, GlobalTransactionManager::new)
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(TriggerDatabase.class).transactionManager())
				.withMessageContaining("@TriggerTransactionManager"));
	}

	@Test
	void looksForTheTransactionManagerWhenItIsNeeded() {
		// such as one of JPA, which waits for the tables
		this.runner.withPropertyValues("spring.datasource.generate-unique-name=true")
			.withBean("late", PlatformTransactionManager.class, () -> {
				throw new IllegalStateException("too early");
			}, (definition) -> definition.setLazyInit(true))
			.run((context) -> assertThat(context.getBean(TriggerDatabase.class).dialect()).isEqualTo(JdbcDialect.H2));
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
	static class QualifiedWithoutManager {

		@Bean
		@TriggerDataSource
		DataSource qualified() {
			return h2("qualified");
		}

	}

	/**
	 * As that of JTA.
	 */
	static class GlobalTransactionManager implements PlatformTransactionManager {

		@Override
		public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
			return new SimpleTransactionStatus();
		}

		@Override
		public void commit(TransactionStatus status) {
		}

		@Override
		public void rollback(TransactionStatus status) {
		}

	}

	/**
	 * As those of JMS and Kafka.
	 */
	static final class MessageTransactionManager extends GlobalTransactionManager
			implements ResourceTransactionManager {

		@Override
		public Object getResourceFactory() {
			return "messages";
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
