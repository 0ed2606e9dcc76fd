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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import javax.sql.DataSource;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.jdbc.KilledProcess;
import dev.trigger.spring.test.jdbc.UnpooledConnections;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process is killed at each step, and another one goes on: the listener's row is
 * written once for each run.
 */
abstract class AbstractListenerKillTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	/**
	 * Return the address of a database that outlives the processes.
	 */
	abstract String url();

	/**
	 * Return how a process ends: {@code halt} or {@code kill}.
	 */
	abstract String end(ListenerKillStep step);

	/**
	 * Return where processes are killed.
	 */
	List<ListenerKillStep> steps() {
		return List.of(ListenerKillStep.values());
	}

	@Test
	void oneRunIsHandledOnceWhereverTheProcessIsKilled() throws Exception {
		DataSource dataSource = UnpooledConnections.to(url());
		JdbcTemplate jdbc = createTables(dataSource);
		try (TriggerEmulator emulator = TriggerEmulator.start()
			.task("square", Integer.class, (number) -> number * number);
				KilledProcess.Line processes = new KilledProcess.Line(steps().stream()
					.<Supplier<KilledProcess>>map((step) -> () -> start(step, emulator))
					.toList())) {
			String key = emulator.secretKey("prod");
			TriggerOperations client = TriggerTemplate.builder(TriggerCredential.of(key))
				.apiUrl(emulator.apiUrl())
				.build();
			awaitKnown(dataSource, emulator, key);
			Map<ListenerKillStep, String> runs = new EnumMap<>(ListenerKillStep.class);
			for (ListenerKillStep step : steps()) {
				runs.put(step, client.tasks().trigger(TASK, step.ordinal()).block(PATIENCE).id());
				emulator.awaitIdle();
				processes.next().awaitKilled(end(step));
			}
			try (AnnotationConfigApplicationContext survivor = ListenerKillProgram.start(dataSource, emulator.apiUrl(),
					key)) {
				assertThat(survivor.isActive()).isTrue();
				RunListenerTests.await(() -> distinct(jdbc), (long) runs.size(), PATIENCE);
				RunListenerTests.await(() -> jdbc
					.queryForObject("SELECT COUNT(*) FROM trigger_run_event WHERE state = 'DONE'", Long.class),
						(long) runs.size(), PATIENCE);
			}
			List<String> table = new ArrayList<>();
			runs.forEach((step, runId) -> table.add("%-31s %-4s runs 1 handled %d".formatted(step, end(step),
					jdbc.queryForObject("SELECT COUNT(*) FROM ledger WHERE run_id = ?", Long.class, runId))));
			System.out.println(
					"kill matrix of run listeners (" + url().split(":")[1] + "):\n  " + String.join("\n  ", table));
			assertThat(jdbc.queryForList("SELECT run_id FROM ledger", String.class))
				.containsExactlyInAnyOrderElementsOf(runs.values());
		}
	}

	private static Long distinct(JdbcTemplate jdbc) {
		return jdbc.queryForObject("SELECT COUNT(DISTINCT run_id) FROM ledger", Long.class);
	}

	private static JdbcTemplate createTables(DataSource dataSource) {
		new TriggerSchemaInitializer(new TriggerDatabase(dataSource, new JdbcTransactionManager(dataSource)),
				SchemaInitialization.ALWAYS, TriggerSchemaInitializer.LEASES,
				"classpath:dev/trigger/spring/runlistener/schema-@@platform@@.sql")
			.initializeDatabase();
		JdbcTemplate jdbc = new JdbcTemplate(dataSource);
		jdbc.execute("CREATE TABLE ledger (entry VARCHAR(500) NOT NULL, run_id VARCHAR(100))");
		return jdbc;
	}

	private static void awaitKnown(DataSource dataSource, TriggerEmulator emulator, String key) throws Exception {
		try (AnnotationConfigApplicationContext first = ListenerKillProgram.start(dataSource, emulator.apiUrl(), key)) {
			RunListenerTests.await(() -> first.getBean(RunListenerContainer.class).getStatistics().lastRead() != null,
					true);
		}
	}

	private KilledProcess start(ListenerKillStep step, TriggerEmulator emulator) {
		return KilledProcess.start(ListenerKillProgram.class, List.of(), step.name(), end(step), url(),
				emulator.apiUrl(), emulator.secretKey("prod"));
	}

}
