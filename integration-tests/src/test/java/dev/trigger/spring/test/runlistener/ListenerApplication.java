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

package dev.trigger.spring.test.runlistener;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import javax.sql.DataSource;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import dev.trigger.spring.autoconfigure.jdbc.TriggerJdbcAutoConfiguration;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerAutoConfiguration;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An application with listeners and a database, of which there may be several instances.
 */
final class ListenerApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private ListenerApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static ListenerApplication start(TriggerEmulator emulator, String database, Class<?> listeners,
			String... properties) {
		List<String> all = new ArrayList<>(List.of("trigger.api-url=" + emulator.apiUrl(),
				"trigger.secret-key=" + emulator.secretKey("prod"), "trigger.run-listener.initialize-schema=always",
				"trigger.run-listener.poll-interval=100ms", "spring.main.banner-mode=off",
				"spring.main.register-shutdown-hook=false", "spring.datasource.hikari.maximum-pool-size=12"));
		for (String property : properties) {
			String name = property.substring(0, property.indexOf('=') + 1);
			all.removeIf((present) -> present.startsWith(name));
			all.add(property);
		}
		if (!database.isEmpty()) {
			all.add("spring.datasource.url=" + database);
		}
		return new ListenerApplication(
				new SpringApplicationBuilder(database.isEmpty() ? Basics.class : WithDatabase.class, listeners)
					.web(WebApplicationType.NONE)
					.logStartupInfo(false)
					.run(all.stream().map((property) -> "--" + property).toArray(String[]::new)));
	}

	/**
	 * Return the address of a database of its own.
	 */
	static String newDatabase() {
		return "jdbc:h2:mem:listeners" + Databases.NEXT.incrementAndGet() + ";DB_CLOSE_DELAY=-1";
	}

	TriggerOperations trigger() {
		return this.context.getBean(TriggerOperations.class);
	}

	RunListenerContainer container() {
		return this.context.getBean(RunListenerContainer.class);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Return what listeners wrote, in the order in which they did.
	 */
	List<String> handled() {
		return this.context.getBean(Ledger.class).entries();
	}

	/**
	 * Stop the application as one that is deployed anew does.
	 */
	void end() {
		this.context.close();
	}

	@Override
	public void close() {
		end();
	}

	/**
	 * Without a database.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TriggerAutoConfiguration.class, TriggerJdbcAutoConfiguration.class,
			TriggerRunListenerAutoConfiguration.class })
	static class Basics {

		@Bean
		Ledger ledger(ObjectProvider<JdbcTemplate> jdbc) {
			return new Ledger(jdbc.getIfAvailable());
		}

	}

	/**
	 * With a database, and a table for what listeners write.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class })
	static class WithDatabase extends Basics {

		@Bean
		JdbcTemplate jdbcTemplate(DataSource dataSource) {
			JdbcTemplate jdbc = new JdbcTemplate(dataSource);
			jdbc.execute("CREATE TABLE IF NOT EXISTS ledger (entry VARCHAR(500) NOT NULL, run_id VARCHAR(100))");
			return jdbc;
		}

	}

	/**
	 * Where listeners write, in the database if there is one.
	 */
	static final class Ledger {

		private final JdbcTemplate jdbc;

		private final ConcurrentLinkedQueue<String> memory = new ConcurrentLinkedQueue<>();

		Ledger(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		void write(RunFinished<?> event, Object what) {
			String entry = event.status() + " " + what;
			if (this.jdbc != null) {
				this.jdbc.update("INSERT INTO ledger (entry, run_id) VALUES (?, ?)", entry, event.runId());
			}
			else {
				this.memory.add(entry);
			}
		}

		List<String> entries() {
			return (this.jdbc != null) ? this.jdbc.queryForList("SELECT entry FROM ledger", String.class)
					: List.copyOf(this.memory);
		}

		/**
		 * Return how often each run was written.
		 */
		Map<String, Long> byRun() {
			return this.jdbc.queryForList("SELECT run_id FROM ledger", String.class)
				.stream()
				.collect(Collectors.groupingBy((runId) -> runId, Collectors.counting()));
		}

	}

	/**
	 * Numbers databases.
	 */
	private static final class Databases {

		private static final AtomicInteger NEXT = new AtomicInteger();

	}

}
