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

package dev.trigger.spring.autoconfigure.outbox;

import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.task.TaskType;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the outbox in an application with JPA, whose entity manager waits for all
 * tables.
 */
class TriggerOutboxJpaTests {

	private static final TaskType<Long, String> TASK = TaskType.of("task", Long.class, String.class);

	/**
	 * With an API that nobody serves.
	 */
	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceInitializationAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
				HibernateJpaAutoConfiguration.class, TransactionAutoConfiguration.class, TriggerAutoConfiguration.class,
				TriggerJdbcAutoConfiguration.class, TriggerOutboxAutoConfiguration.class))
		.withUserConfiguration(Entities.class)
		.withPropertyValues("trigger.secret-key=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D", "trigger.api-url=http://127.0.0.1:1",
				"trigger.outbox.enabled=true", "spring.datasource.generate-unique-name=true",
				"spring.jpa.hibernate.ddl-auto=create");

	@Test
	void triggersWithTheTransactionOfEntities() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(TriggerDatabase.class).transactionManager())
				.isSameAs(context.getBean(PlatformTransactionManager.class))
				.isInstanceOf(JpaTransactionManager.class);
			TriggerOutbox outbox = context.getBean(TriggerOutbox.class);
			String committed = place(context, 1, false);
			String rolledBack = place(context, 2, true);
			assertThat(outbox.find(committed))
				.hasValueSatisfying((entry) -> assertThat(entry.state()).isEqualTo(OutboxState.PENDING));
			assertThat(outbox.find(rolledBack)).isEmpty();
			EntityManager entities = context.getBean(EntityManager.class);
			assertThat(entities.find(Order.class, 1L)).isNotNull();
			assertThat(entities.find(Order.class, 2L)).isNull();
		});
	}

	private static String place(ApplicationContext context, long id, boolean rollback) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class)).execute((status) -> {
			context.getBean(EntityManager.class).persist(new Order(id));
			if (rollback) {
				status.setRollbackOnly();
			}
			return context.getBean(TriggerOutbox.class).trigger(TASK, id).id();
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EntityScan(basePackageClasses = TriggerOutboxJpaTests.class)
	static class Entities {

	}

	@Entity(name = "orders")
	static class Order {

		@Id
		private Long id;

		protected Order() {
		}

		Order(Long id) {
			this.id = id;
		}

	}

}
