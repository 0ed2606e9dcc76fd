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

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.trigger.spring.autoconfigure.TriggerPropertiesConfiguration;
import dev.trigger.spring.jdbc.TriggerDatabase;

import org.springframework.beans.BeanWrapperImpl;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the database that the outbox and
 * run listeners use: the {@link TriggerDataSource}, or else the only or primary
 * {@code DataSource}. Nothing happens before one of them asks for it.
 *
 * @since 1.0.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
		"org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
		"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@ConditionalOnClass({ JdbcClient.class, PlatformTransactionManager.class, DataSourceScriptDatabaseInitializer.class })
@ConditionalOnBean(DataSource.class)
@Import(TriggerPropertiesConfiguration.class)
@EnableConfigurationProperties(TriggerJdbcProperties.class)
public final class TriggerJdbcAutoConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	TriggerDatabase triggerDatabase(TriggerJdbcProperties properties, ObjectProvider<DataSource> dataSources,
			@TriggerDataSource ObjectProvider<DataSource> qualifiedDataSource,
			ObjectProvider<PlatformTransactionManager> transactionManagers,
			@TriggerTransactionManager ObjectProvider<PlatformTransactionManager> qualifiedTransactionManager) {
		DataSource dataSource = qualifiedDataSource.getIfAvailable(() -> only(dataSources));
		return new TriggerDatabase(dataSource,
				() -> qualifiedTransactionManager.getIfAvailable(() -> managerOf(dataSource, transactionManagers)),
				properties.getTablePrefix());
	}

	private static DataSource only(ObjectProvider<DataSource> dataSources) {
		try {
			return dataSources.getObject();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new AmbiguousDatabaseException("There are several DataSource beans",
					"Annotate the one for the outbox and run listeners with @TriggerDataSource, or make one primary",
					ex);
		}
	}

	/**
	 * Several transaction managers are told apart by the data source that they manage.
	 * Those of other data sources, and of what is none, are never right.
	 */
	private static PlatformTransactionManager managerOf(DataSource dataSource,
			ObjectProvider<PlatformTransactionManager> transactionManagers) {
		Map<Managed, List<PlatformTransactionManager>> managers = transactionManagers.orderedStream()
			.collect(Collectors.groupingBy((manager) -> managed(manager, dataSource)));
		for (Managed managed : List.of(Managed.THIS, Managed.ANY)) {
			List<PlatformTransactionManager> candidates = managers.getOrDefault(managed, List.of());
			if (candidates.size() == 1) {
				return candidates.get(0);
			}
			if (!candidates.isEmpty()) {
				return preferred(candidates, transactionManagers);
			}
		}
		return new JdbcTransactionManager(dataSource);
	}

	private static PlatformTransactionManager preferred(List<PlatformTransactionManager> candidates,
			ObjectProvider<PlatformTransactionManager> transactionManagers) {
		PlatformTransactionManager preferred = transactionManagers.getIfUnique();
		if (preferred == null || !candidates.contains(preferred)) {
			throw new AmbiguousDatabaseException(
					"There are several transaction managers, and it is not clear which of them belongs to the "
							+ "DataSource of the outbox and run listeners",
					"Annotate that one with @TriggerTransactionManager", null);
		}
		return preferred;
	}

	private static Managed managed(PlatformTransactionManager manager, DataSource dataSource) {
		BeanWrapperImpl bean = new BeanWrapperImpl(manager);
		boolean known = bean.isReadableProperty("dataSource");
		if (known && bean.getPropertyValue("dataSource") instanceof DataSource managed) {
			return (unwrap(managed) == unwrap(dataSource)) ? Managed.THIS : Managed.OTHER;
		}
		return (known || !(manager instanceof ResourceTransactionManager)) ? Managed.ANY : Managed.OTHER;
	}

	private static DataSource unwrap(DataSource dataSource) {
		DataSource target = (dataSource instanceof DelegatingDataSource proxy) ? proxy.getTargetDataSource() : null;
		return (target != null) ? unwrap(target) : dataSource;
	}

	/**
	 * What a transaction manager manages.
	 */
	private enum Managed {

		/**
		 * The data source in question.
		 */
		THIS,

		/**
		 * It does not say, as that of JTA.
		 */
		ANY,

		/**
		 * Another data source, or something else such as messages.
		 */
		OTHER

	}

}
