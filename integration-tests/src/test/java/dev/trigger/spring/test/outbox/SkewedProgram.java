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

import javax.sql.DataSource;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.outbox.JdbcTriggerOutbox;
import dev.trigger.spring.outbox.OutboxSettings;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.RunListenerSettings;
import dev.trigger.spring.runlistener.RunListeners;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.runlistener.TriggeredRunRecorder;
import dev.trigger.spring.test.jdbc.KilledProcess;
import dev.trigger.spring.test.jdbc.SkewedClock;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An instance of an application, with an outbox and a run listener, whose clock is wrong.
 */
final class SkewedProgram {

	static final int ORDERS = 10;

	static final String STARTED = "The outbox is started";

	private SkewedProgram() {
	}

	/**
	 * Run the program.
	 * @param args its name, how far its clock is ahead, the JDBC URL, the address of the
	 * API, a key
	 */
	public static void main(String[] args) {
		SkewedClock.set(Duration.parse(args[1]));
		DataSource dataSource = OutboxRig.pool(args[2]);
		TriggerDatabase database = OutboxRig.database(dataSource);
		TriggeredRunRecorder recorder = new TriggeredRunRecorder();
		TriggerOperations client = TriggerTemplate.builder(TriggerCredential.of(args[4]))
			.apiUrl(args[3])
			.listeners(List.of(recorder))
			// so that the outbox has to wait for a limit
			.retry((policy) -> policy.withMaxAttempts(1))
			.build();
		JdbcTriggerOutbox outbox = new JdbcTriggerOutbox(database, (name) -> client, settings(), List.of());
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean("listener", Listener.class, () -> new Listener(new JdbcTemplate(dataSource), args[0]));
		context.registerBean(RunListenerContainer.class, () -> RunListeners.durable(() -> database, () -> {
		}, (name) -> client, listenerSettings(), recorder, List.of(), ObservationRegistry.NOOP));
		context.registerBean(SmartInitializingSingleton.class, () -> RunListeners.methods(context.getBeanFactory(),
				context.getBeanProvider(RunListenerContainer.class)));
		database.dialect();
		KilledProcess.awaitBeginning();
		context.refresh();
		outbox.start();
		System.out.println(STARTED);
		KilledProcess.awaitBeginning();
		TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		for (int order = 0; order < ORDERS; order++) {
			int number = order;
			transaction.executeWithoutResult((status) -> outbox.trigger(OutboxRig.TASK, number,
					(options) -> options.tags("instance:" + args[0])));
		}
		KilledProcess.sleep();
	}

	/**
	 * What would be seen as far too late, or too early, by a clock that is an hour wrong.
	 */
	private static OutboxSettings settings() {
		return new OutboxSettings(false, 32, Duration.ofMillis(200), 2, Duration.ofHours(2), Duration.ofMinutes(30));
	}

	private static RunListenerSettings listenerSettings() {
		return new RunListenerSettings(Duration.ofMillis(200), false, 4, Duration.ofSeconds(5), Duration.ZERO, 10,
				Duration.ofMillis(200), 1, Duration.ofMillis(200), Duration.ofMinutes(30), Duration.ofSeconds(1));
	}

	/**
	 * Writes down which instance calls it. It fails for each run at first.
	 */
	static final class Listener {

		private final JdbcTemplate jdbc;

		private final String instance;

		Listener(JdbcTemplate jdbc, String instance) {
			this.jdbc = jdbc;
			this.instance = instance;
		}

		@TriggerRunListener(id = "ledger")
		void on(RunFinished<Integer> event) {
			if (event.attempt() == 1) {
				throw new IllegalStateException("on purpose");
			}
			this.jdbc.update("INSERT INTO ledger (instance, run_id) VALUES (?, ?)", this.instance, event.runId());
		}

	}

}
