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

import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.RunListenerSettings;
import dev.trigger.spring.runlistener.RunListeners;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.runlistener.TriggeredRunRecorder;
import dev.trigger.spring.test.jdbc.KillPoint;
import dev.trigger.spring.test.jdbc.KilledProcess;
import dev.trigger.spring.test.jdbc.UnpooledConnections;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * An instance of an application that listens to runs, and dies at a certain step.
 */
final class ListenerKillProgram {

	private ListenerKillProgram() {
	}

	/**
	 * Run the program.
	 * @param args the step, how to die, the JDBC URL, the address of the API, a key
	 */
	public static void main(String[] args) {
		ListenerKillStep step = ListenerKillStep.valueOf(args[0]);
		AnnotationConfigApplicationContext context = create(step.point(), KilledProcess.killer(args[1]),
				UnpooledConnections.to(args[2]), args[3], args[4]);
		KilledProcess.awaitBeginning();
		context.refresh();
		KilledProcess.sleep();
	}

	/**
	 * Start an instance that lives.
	 */
	static AnnotationConfigApplicationContext start(DataSource database, String apiUrl, String key) {
		AnnotationConfigApplicationContext context = create(null, null, database, apiUrl, key);
		context.refresh();
		return context;
	}

	private static AnnotationConfigApplicationContext create(KillPoint step, Runnable kill, DataSource database,
			String apiUrl, String key) {
		DataSource dataSource = (step != null) ? step.watch(database, kill) : database;
		WebClient.Builder webClient = WebClient.builder();
		if (step != null) {
			webClient.filter(step.filter(kill));
		}
		TriggerOperations client = TriggerTemplate.builder(TriggerCredential.of(key))
			.apiUrl(apiUrl)
			.webClientBuilder(webClient)
			.build();
		TriggerDatabase tables = new TriggerDatabase(dataSource, new JdbcTransactionManager(dataSource));
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean("listener", Listener.class, () -> new Listener(jdbc, step, kill));
		context.registerBean(RunListenerContainer.class, () -> RunListeners.durable(() -> tables, () -> {
		}, (name) -> client, settings(), new TriggeredRunRecorder(), List.of(), ObservationRegistry.NOOP));
		context.registerBean(SmartInitializingSingleton.class, () -> RunListeners.methods(context.getBeanFactory(),
				context.getBeanProvider(RunListenerContainer.class)));
		return context;
	}

	private static RunListenerSettings settings() {
		RunListenerSettings defaults = RunListenerSettings.defaults();
		return new RunListenerSettings(Duration.ofMillis(100), false, 1, Duration.ofMillis(600), defaults.timeout(),
				100, Duration.ofMillis(50), 1, Duration.ofMillis(50), defaults.retention(), defaults.sweepAfter());
	}

	/**
	 * Writes into the database, once for each run.
	 */
	static final class Listener {

		private final JdbcTemplate jdbc;

		private final KillPoint step;

		private final Runnable kill;

		Listener(JdbcTemplate jdbc, KillPoint step, Runnable kill) {
			this.jdbc = jdbc;
			this.step = step;
			this.kill = kill;
		}

		@TriggerRunListener(id = "ledger")
		void on(RunFinished<Integer> event) {
			Runnable handler = () -> this.jdbc.update("INSERT INTO ledger (entry, run_id) VALUES (?, ?)",
					String.valueOf(event.output()), event.runId());
			if (this.step != null) {
				this.step.around(handler, this.kill);
			}
			else {
				handler.run();
			}
		}

	}

}
