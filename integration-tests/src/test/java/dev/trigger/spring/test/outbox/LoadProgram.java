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
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.outbox.JdbcTriggerOutbox;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.RunListenerSettings;
import dev.trigger.spring.runlistener.RunListeners;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.runlistener.TriggeredRunRecorder;
import dev.trigger.spring.test.jdbc.KilledProcess;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of an application that places orders, sends what is in the outbox, and
 * writes down which orders are over. It may be killed at any time, and goes on where the
 * one before it was.
 */
final class LoadProgram {

	static final String INSTANCE = "The instance is ";

	private LoadProgram() {
	}

	/**
	 * Run the program.
	 * @param args the number of its first order, that behind its last one, the JDBC URL,
	 * the address of the API, a key
	 */
	public static void main(String[] args) {
		HikariDataSource dataSource = OutboxRig.pool(args[2]);
		dataSource.setConnectionTimeout(2000);
		// the database may be restarted just now
		dataSource.setInitializationFailTimeout(-1);
		TriggerDatabase database = OutboxRig.database(dataSource);
		TriggeredRunRecorder recorder = new TriggeredRunRecorder();
		TriggerOperations client = TriggerTemplate.builder(TriggerCredential.of(args[4]))
			.apiUrl(args[3])
			.listeners(List.of(recorder))
			.retry((policy) -> policy.withBackoff(Duration.ofMillis(100), 2, Duration.ofSeconds(2)))
			.build();
		JdbcTriggerOutbox outbox = new JdbcTriggerOutbox(database, (name) -> client, OutboxRig.settings(), List.of());
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean("listener", Listener.class, () -> new Listener(jdbc));
		context.registerBean(RunListenerContainer.class, () -> RunListeners.durable(() -> database, () -> {
		}, (name) -> client, settings(), recorder, List.of(), ObservationRegistry.NOOP));
		context.registerBean(SmartInitializingSingleton.class, () -> RunListeners.methods(context.getBeanFactory(),
				context.getBeanProvider(RunListenerContainer.class)));
		System.out.println(INSTANCE + database.instance());
		KilledProcess.awaitBeginning();
		context.refresh();
		outbox.start();
		TransactionTemplate transaction = new TransactionTemplate(database.transactionManager());
		place(Integer.parseInt(args[0]), Integer.parseInt(args[1]), jdbc,
				(order) -> transaction.executeWithoutResult((status) -> {
					jdbc.update("INSERT INTO orders (id) VALUES (?)", order);
					outbox.trigger(OutboxRig.TASK, order);
				}));
		KilledProcess.sleep();
	}

	/**
	 * Place orders, from the first one that is not there yet.
	 */
	private static void place(int first, int end, JdbcTemplate jdbc, IntConsumer orders) {
		int next = -1;
		while (next < end) {
			try {
				if (next < 0) {
					next = jdbc.queryForObject("SELECT COALESCE(MAX(id) + 1, ?) FROM orders WHERE id >= ? AND id < ?",
							Integer.class, first, first, end);
				}
				else {
					orders.accept(next);
					next++;
				}
			}
			catch (DataAccessException | TransactionException ex) {
				// the database is restarted: it knows itself what became of the order
				next = -1;
				LockSupport.parkNanos(100_000_000);
			}
		}
	}

	private static RunListenerSettings settings() {
		RunListenerSettings defaults = RunListenerSettings.defaults();
		return new RunListenerSettings(Duration.ofMillis(200), true, 8, Duration.ofSeconds(3), defaults.timeout(), 50,
				Duration.ofMillis(100), 1, Duration.ofMillis(100), defaults.retention(), Duration.ofSeconds(10));
	}

	/**
	 * Writes down which orders are over.
	 */
	static final class Listener {

		private final JdbcTemplate jdbc;

		Listener(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@TriggerRunListener(id = "ledger")
		void on(RunFinished<Integer> event) {
			this.jdbc.update("INSERT INTO ledger (run_id) VALUES (?)", event.runId());
		}

	}

}
