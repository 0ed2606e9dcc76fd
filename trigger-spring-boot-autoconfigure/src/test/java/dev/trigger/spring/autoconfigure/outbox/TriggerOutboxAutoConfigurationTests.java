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

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import javax.sql.DataSource;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.actuate.endpoint.TriggerOutboxEndpoint;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.exception.InvalidConfigurationException;
import dev.trigger.spring.health.TriggerOutboxHealthIndicator;
import dev.trigger.spring.metrics.TriggerOutboxMetrics;
import dev.trigger.spring.outbox.JdbcTriggerOutbox;
import dev.trigger.spring.outbox.OutboxAdministration;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.task.TaskType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.init.DataSourceScriptDatabaseInitializer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;

/**
 * Tests for the auto-configuration of the outbox, its health, meters and actuator
 * endpoint.
 */
class TriggerOutboxAutoConfigurationTests {

	private static final TaskType<String, String> TASK = TaskType.of("task", String.class, String.class);

	/**
	 * With an API that nobody serves.
	 */
	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				DataSourceTransactionManagerAutoConfiguration.class, TriggerAutoConfiguration.class,
				TriggerJdbcAutoConfiguration.class, TriggerOutboxAutoConfiguration.class,
				TriggerOutboxEndpointAutoConfiguration.class, TriggerOutboxHealthContributorAutoConfiguration.class,
				TriggerOutboxMetricsAutoConfiguration.class))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withPropertyValues("trigger.secret-key=tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D", "trigger.api-url=http://127.0.0.1:1",
				"spring.datasource.generate-unique-name=true", "management.endpoints.web.exposure.include=*");

	private final ApplicationContextRunner enabled = this.runner.withPropertyValues("trigger.outbox.enabled=true");

	@Test
	void isOffUnlessEnabled() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(TriggerOperations.class);
			assertThat(context).doesNotHaveBean(TriggerOutbox.class);
			assertThat(context).doesNotHaveBean(TriggerOutboxEndpoint.class);
			assertThat(context).doesNotHaveBean(TriggerOutboxHealthIndicator.class);
			assertThat(context).doesNotHaveBean(TriggerOutboxMetrics.class);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> rows(context));
		});
	}

	@Test
	void writesTriggersWithTheTransactionOfTheApplication() {
		this.enabled.run((context) -> {
			TriggerOutbox outbox = context.getBean(TriggerOutbox.class);
			String id = transaction(context).execute((status) -> outbox.trigger(TASK, "payload").id());
			assertThat(outbox.find(id)).hasValueSatisfying((entry) -> {
				assertThat(entry.task()).isEqualTo("task");
				assertThat(entry.client()).isEqualTo("default");
				assertThat(entry.state()).isEqualTo(OutboxState.PENDING);
				assertThat(entry.createdAt()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
			});
			assertThat(rows(context)).isEqualTo(1);
			assertThat(context.getBean(JdbcTriggerOutbox.class).isRunning()).isTrue();
		});
	}

	@Test
	void userWhoMayNotCreateTablesIsReportedWithWhatToDo() throws Exception {
		String url = "jdbc:h2:mem:" + UUID.randomUUID();
		try (Connection owner = DriverManager.getConnection(url + ";DB_CLOSE_DELAY=-1", "owner", "")) {
			owner.createStatement().execute("CREATE USER app PASSWORD 'app-password'");
		}
		this.enabled.withBean(DataSource.class, () -> new DriverManagerDataSource(url, "app", "app-password"))
			.withPropertyValues("trigger.outbox.initialize-schema=always")
			.run((context) -> assertThat(context).getFailure()
				.cause()
				.isInstanceOfSatisfying(InvalidConfigurationException.class, (failure) -> {
					assertThat(failure.getDescription()).contains("can't be created: Not enough rights");
					assertThat(failure.getAction()).contains("'trigger.outbox.initialize-schema'", "schema-*.sql");
				}));
	}

	/**
	 * As {@code @TriggerTasks} interfaces and run listeners do.
	 */
	@Test
	void sendsWithClientsOfTheApplicationsOwnByTheirQualifier() {
		this.enabled
			.withBean("main", TriggerOperations.class, TriggerOutboxAutoConfigurationTests::client,
					(definition) -> definition.setPrimary(true))
			.withBean("audit", TriggerOperations.class, TriggerOutboxAutoConfigurationTests::client)
			.run((context) -> {
				TriggerOperationsRegistry clients = context.getBean(TriggerOperationsRegistry.class);
				assertThat(clients.get("audit")).isSameAs(context.getBean("audit"));
				TriggerOutbox audit = context.getBean(TriggerOutbox.class).withClient("audit");
				String id = transaction(context).execute((status) -> audit.trigger(TASK, "payload").id());
				assertThat(audit.find(id)).hasValueSatisfying((entry) -> assertThat(entry.client()).isEqualTo("audit"));
				assertThatIllegalArgumentException().isThrownBy(() -> clients.get("adit"))
					.withMessageStartingWith("There is no Trigger.dev client 'adit'; there are: default");
			});
	}

	private static TriggerOperations client() {
		return TriggerTemplate.builder(TriggerCredential.of("tr_prod_q7Zk2Vw9Xb4Nc8Rt1Ym6Lp3D"))
			.apiUrl("http://127.0.0.1:1")
			.build();
	}

	private static TransactionTemplate transaction(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
	}

	@Test
	void tablesMayHaveAnotherPrefix() {
		this.enabled.withPropertyValues("trigger.jdbc.table-prefix=shop_trigger_").run((context) -> {
			String id = trigger(context);
			assertThat(JdbcClient.create(context.getBean(DataSource.class))
				.sql("SELECT id FROM shop_trigger_outbox")
				.query(String.class)
				.list()).containsExactly(id);
			assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> rows(context));
		});
	}

	@Test
	void createsNoTablesForListenersThatAreNotThere() {
		this.enabled.run((context) -> assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> JdbcClient.create(context.getBean(DataSource.class))
				.sql("SELECT COUNT(*) FROM trigger_lease")
				.query(Long.class)
				.single()));
	}

	@Test
	void severalOutboxesHaveNeitherHealthNorEndpoint() {
		this.enabled.withBean("another", OutboxAdministration.class, () -> mock(OutboxAdministration.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(TriggerOutboxEndpoint.class)
				.doesNotHaveBean(TriggerOutboxHealthIndicator.class));
	}

	@Test
	void createsNoTablesWhereThatIsUnwanted() {
		this.enabled.withPropertyValues("trigger.outbox.initialize-schema=never")
			.run((context) -> assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> rows(context)));
	}

	@Test
	void healthIsDownOnceTheOldestTriggerIsTooOld() {
		this.enabled.withPropertyValues("trigger.outbox.max-age=0").run((context) -> {
			TriggerOutboxHealthIndicator indicator = context.getBean(TriggerOutboxHealthIndicator.class);
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
			trigger(context);
			Thread.sleep(5);
			Health health = indicator.health();
			assertThat(health.getStatus()).isEqualTo(Status.DOWN);
			assertThat(health.getDetails()).containsEntry("pending", 1L)
				.containsEntry("parked", 0L)
				.hasEntrySatisfying("oldestAge", (age) -> assertThat((Duration) age).isPositive());
			JdbcClient.create(context.getBean(DataSource.class)).sql("DROP TABLE trigger_outbox").update();
			assertThat(indicator.health()).satisfies((missing) -> {
				assertThat(missing.getStatus()).isEqualTo(Status.DOWN);
				assertThat(missing.getDetails().get("error")).asString()
					.contains("\"TRIGGER_OUTBOX\" not found")
					.contains("trigger.outbox.initialize-schema=always")
					.doesNotContain("COUNT");
			});
		});
		this.enabled.withPropertyValues("management.health.triggeroutbox.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(TriggerOutboxHealthIndicator.class));
	}

	@Test
	void metersShowWhatIsInTheOutbox() {
		this.enabled.run((context) -> {
			trigger(context);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			TriggerOutboxMetrics metrics = context.getBean(TriggerOutboxMetrics.class);
			metrics.bindTo(registry);
			assertThat(registry.get("trigger.outbox.pending").gauge().value()).isEqualTo(1);
			assertThat(registry.get("trigger.outbox.parked").gauge().value()).isZero();
			assertThat(registry.get("trigger.outbox.oldest").gauge().value()).isBetween(0.0, 60.0);
			metrics.onSent("id", "run_1", true, Duration.ofSeconds(3));
			assertThat(registry.get("trigger.outbox.sent").tag("adopted", "true").timer().count()).isEqualTo(1);
			metrics.onParked("id", new IllegalStateException());
			assertThat(registry.get("trigger.outbox.refused").counter().count()).isEqualTo(1);
		});
	}

	@Test
	void endpointListsRequeuesAndDropsWhatIsParked() {
		this.enabled.run((context) -> {
			TriggerOutboxEndpoint endpoint = context.getBean(TriggerOutboxEndpoint.class);
			String id = trigger(context);
			context.getBean(JdbcTriggerOutbox.class).stop();
			park(context);
			assertThat(endpoint.outbox(null).status().parked()).isEqualTo(1);
			assertThat(endpoint.outbox(5).parked()).singleElement()
				.satisfies((entry) -> assertThat(entry.id()).isEqualTo(id));
			assertThat(endpoint.outbox(0).parked()).isEmpty();
			assertThat(endpoint.requeue("other")).isNull();
			assertThat(endpoint.requeue(id).requeued()).isEqualTo(1);
			assertThat(endpoint.outbox(null).status().pending()).isEqualTo(1);
			park(context);
			assertThat(endpoint.requeueAll().requeued()).isEqualTo(1);
			assertThat(endpoint.drop(id)).as("is not parked").isNull();
			park(context);
			assertThat(endpoint.drop(id).dropped()).isEqualTo(1);
			assertThat(rows(context)).isZero();
		});
	}

	@Test
	void needsNeitherActuatorNorMetersNorDatabase() {
		for (Class<?> type : new Class<?>[] { HealthIndicator.class, Endpoint.class, MeterRegistry.class }) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
					DataSourceTransactionManagerAutoConfiguration.class, TriggerAutoConfiguration.class,
					TriggerJdbcAutoConfiguration.class, TriggerOutboxAutoConfiguration.class,
					TriggerOutboxEndpointAutoConfiguration.class, TriggerOutboxHealthContributorAutoConfiguration.class,
					TriggerOutboxMetricsAutoConfiguration.class))
				.withPropertyValues("trigger.outbox.enabled=true", "spring.datasource.generate-unique-name=true")
				.withClassLoader(new FilteredClassLoader(type))
				.run((context) -> assertThat(context).as("without %s", type).hasSingleBean(TriggerOutbox.class));
		}
		for (Class<?> type : new Class<?>[] { JdbcClient.class, DataSourceScriptDatabaseInitializer.class }) {
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class,
						TriggerJdbcAutoConfiguration.class, TriggerOutboxAutoConfiguration.class))
				.withPropertyValues("trigger.outbox.enabled=true")
				.withClassLoader(new FilteredClassLoader(type))
				.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("triggerOutbox"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "trigger.outbox.concurrency=0, at least 1", "trigger.outbox.max-failures=0, at least 1",
			"trigger.outbox.poll-interval=0, a time longer than zero",
			"trigger.outbox.retention=-1d, must not be negative", "trigger.jdbc.table-prefix=a.b, must be a letter",
			"trigger.outbox.initialize-schema=perhaps, perhaps", "trigger.outbox.max-backoff=-1s, must not be negative",
			"trigger.outbox.max-age=-1s, must not be negative" })
	void wrongPropertyIsReported(String property, String problem) {
		this.enabled.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.satisfies((failure) -> assertThat(failure.getMessage())
					.contains(property.substring(0, property.indexOf('=')))
					.contains(problem)));
	}

	private static String trigger(ApplicationContext context) {
		return new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
			.execute((status) -> context.getBean(TriggerOutbox.class).trigger(TASK, "payload").id());
	}

	private static void park(ApplicationContext context) {
		JdbcClient.create(context.getBean(DataSource.class)).sql("UPDATE trigger_outbox SET state = 'PARKED'").update();
	}

	private static long rows(ApplicationContext context) {
		return JdbcClient.create(context.getBean(DataSource.class))
			.sql("SELECT COUNT(*) FROM trigger_outbox")
			.query(Long.class)
			.single();
	}

}
