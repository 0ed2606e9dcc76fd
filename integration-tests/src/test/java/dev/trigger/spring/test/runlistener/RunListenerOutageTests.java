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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.jdbc.PostgresServer;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each run is handled once although the database is restarted, responses are lost,
 * listeners fail, and instances come and go.
 */
class RunListenerOutageTests {

	private static final int RUNS = 120;

	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	private static final String[] PROPERTIES = { "trigger.run-listener.lease-duration=1s",
			"trigger.run-listener.retry.delay=20ms", "trigger.run-listener.retry.max-delay=50ms",
			"trigger.run-listener.retry.max-attempts=50", "trigger.retry.delay=10ms", "trigger.retry.budget=100000",
			"spring.datasource.hikari.connection-timeout=2000" };

	private final TriggerEmulator emulator = TriggerEmulator.start()
		.task("square", Integer.class, (number) -> number * number);

	private PostgresServer server;

	@BeforeEach
	void startServer() {
		this.server = PostgresServer.start();
	}

	@AfterEach
	void stopServer() {
		if (this.server != null) {
			this.server.close();
		}
		this.emulator.close();
	}

	@Test
	void eachRunIsHandledOnce() throws Exception {
		String database = this.server.url();
		this.emulator.faults().onOperation("query.execute").loseResponse().randomly(10, 1);
		this.emulator.faults().onOperation("runs.retrieve").status(503).randomly(10, 2);
		try (ListenerApplication first = ListenerApplication.start(this.emulator, database, SquareListener.class,
				PROPERTIES);
				ListenerApplication second = ListenerApplication.start(this.emulator, database, SquareListener.class,
						PROPERTIES)) {
			RunListenerTests.await(() -> first.container().getStatistics().lastRead() != null
					|| second.container().getStatistics().lastRead() != null, true);
			List<String> runs = new ArrayList<>(trigger(second, 0, RUNS / 2));
			this.server.restart();
			first.end();
			runs.addAll(trigger(second, RUNS / 2, RUNS));
			this.server.restart();
			RunListenerTests.await(() -> handled(second), RUNS, PATIENCE);
			RunListenerTests.await(() -> second.container().getStatistics().leader(), true);
			assertThat(second.bean(Ledger.class).byRun()).containsOnlyKeys(runs)
				.allSatisfy((runId, times) -> assertThat(times).as(runId).isOne());
		}
	}

	private static int handled(ListenerApplication application) {
		try {
			return application.bean(Ledger.class).byRun().size();
		}
		catch (DataAccessException ex) {
			return -1;
		}
	}

	private static List<String> trigger(ListenerApplication application, int from, int to) {
		return Flux.range(from, to - from)
			.flatMap((number) -> application.trigger().tasks().trigger(TASK, number), 16)
			.map((handle) -> handle.id())
			.collectList()
			.block(PATIENCE);
	}

	@Configuration(proxyBeanMethods = false)
	static class SquareListener {

		private final Ledger ledger;

		SquareListener(Ledger ledger) {
			this.ledger = ledger;
		}

		@TriggerRunListener(id = "squares", task = "square")
		void on(RunFinished<Integer> event) {
			this.ledger.write(event, event.output());
			if (ThreadLocalRandom.current().nextInt(10) == 0) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

}
