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

package dev.trigger.spring.test.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.outbox.JdbcTriggerOutbox;
import dev.trigger.spring.outbox.OutboxListener;
import dev.trigger.spring.outbox.OutboxSettings;
import dev.trigger.spring.task.TaskType;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A database, an emulator, and instances of an application between them.
 */
final class OutboxRig implements AutoCloseable {

	static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	private static final int NO_LIMIT = 1_000_000;

	private final List<Runnable> resources = new ArrayList<>();

	private final TriggerEmulator emulator;

	private final DataSource dataSource;

	OutboxRig(DataSource dataSource) {
		this.dataSource = dataSource;
		this.emulator = TriggerEmulator.builder()
			.rateLimit(NO_LIMIT, NO_LIMIT, Duration.ofSeconds(1))
			.start()
			.task("square", Integer.class, (number) -> number * number);
		this.resources.add(this.emulator::close);
		if (dataSource instanceof HikariDataSource pool) {
			this.resources.add(pool::close);
		}
		createTables(dataSource);
		database(dataSource).newTransaction()
			.executeWithoutResult((status) -> jdbc().sql("DELETE FROM trigger_outbox").update());
	}

	static HikariDataSource h2() {
		return pool("jdbc:h2:mem:" + UUID.randomUUID());
	}

	static HikariDataSource pool(String url) {
		HikariDataSource dataSource = new HikariDataSource();
		dataSource.setJdbcUrl(url);
		return dataSource;
	}

	/**
	 * Leave it to transactions to commit, as pools may be configured.
	 */
	static HikariDataSource manualCommit(HikariDataSource dataSource) {
		dataSource.setAutoCommit(false);
		return dataSource;
	}

	static TriggerDatabase database(DataSource dataSource) {
		return new TriggerDatabase(dataSource, new JdbcTransactionManager(dataSource));
	}

	static void createTables(DataSource dataSource) {
		TriggerSchemaInitializer initializer = new TriggerSchemaInitializer(database(dataSource),
				SchemaInitialization.ALWAYS, "classpath:dev/trigger/spring/outbox/schema-@@platform@@.sql");
		initializer.setResourceLoader(new DefaultResourceLoader());
		initializer.initializeDatabase();
	}

	static OutboxSettings settings() {
		return new OutboxSettings(false, 32, Duration.ofMillis(200), 2, Duration.ofSeconds(2), Duration.ofDays(7));
	}

	TriggerEmulator emulator() {
		return this.emulator;
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	TriggerDatabase database() {
		return database(this.dataSource);
	}

	JdbcClient jdbc() {
		return JdbcClient.create(this.dataSource);
	}

	TriggerOperations client(String environment) {
		return builder(environment).build();
	}

	TriggerOperations client(String environment, WebClient.Builder webClient) {
		return builder(environment).webClientBuilder(webClient).build();
	}

	private TriggerTemplateBuilder builder(String environment) {
		return TriggerTemplate.builder(TriggerCredential.of(this.emulator.secretKey(environment)))
			.apiUrl(this.emulator.apiUrl());
	}

	Instance instance(OutboxListener... listeners) {
		return instance(UnaryOperator.identity(), listeners);
	}

	Instance instance(ObservationRegistry observations) {
		return instance(settings(), List.of(), observations);
	}

	Instance instance(UnaryOperator<OutboxSettings> settings, OutboxListener... listeners) {
		return instance(settings.apply(settings()), List.of(listeners), ObservationRegistry.NOOP);
	}

	private Instance instance(OutboxSettings settings, List<OutboxListener> listeners,
			ObservationRegistry observations) {
		TriggerDatabase database = database(this.dataSource);
		TriggerOperationsRegistry clients = new TriggerOperationsRegistry(
				Map.of(TriggerOperationsRegistry.DEFAULT, client("prod"), "staging", client("stg")));
		JdbcTriggerOutbox outbox = new JdbcTriggerOutbox(database, clients::get, settings, listeners, observations);
		this.resources.add(outbox::stop);
		return new Instance(outbox, new TransactionTemplate(database.transactionManager()));
	}

	@Override
	public void close() {
		for (int i = this.resources.size() - 1; i >= 0; i--) {
			this.resources.get(i).run();
		}
	}

	/**
	 * An instance of an application.
	 *
	 * @param outbox its outbox, which is not started
	 * @param transaction a transaction of the database
	 */
	record Instance(JdbcTriggerOutbox outbox, TransactionTemplate transaction) {

		Instance started() {
			this.outbox.start();
			return this;
		}

		<T> T inTransaction(Supplier<T> work) {
			return this.transaction.execute((status) -> work.get());
		}

		String trigger(int number) {
			return inTransaction(() -> this.outbox.trigger(TASK, number).id());
		}

	}

}
