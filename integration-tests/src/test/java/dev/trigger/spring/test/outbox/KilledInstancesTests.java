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
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.emulator.EmulatedRun;
import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.test.jdbc.KilledProcess;
import dev.trigger.spring.test.jdbc.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Orders of several processes, some of which are killed, while responses are lost and the
 * database is restarted: each order is one run, and one event of a listener.
 * {@code -Doutbox.killed=10000} for many orders of four processes, of which one is killed
 * every few seconds.
 */
class KilledInstancesTests {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private static final Duration CLAIM = Duration.ofSeconds(15);

	private static final Duration PAUSE = Duration.ofSeconds(30);

	@Test
	void everyOrderIsOneRunAndOneEventAlthoughAnInstanceIsKilled() {
		int orders = 120;
		try (PostgresServer postgres = PostgresServer.start();
				OutboxRig rig = rig(postgres);
				KilledProcess first = start(0, orders / 2, postgres, rig);
				KilledProcess second = start(orders / 2, orders, postgres, rig)) {
			disturb(rig);
			first.begin();
			second.begin();
			await().atMost(PATIENCE)
				.pollInterval(Duration.ofMillis(10))
				.untilAsserted(() -> assertThat(rig.emulator().runs()).as("%s %s", first, second)
					.hasSizeGreaterThan(orders / 4));
			first.kill();
			first.awaitEnd();
			// gets ready meanwhile
			try (KilledProcess replacement = start(0, orders / 2, postgres, rig)) {
				postgres.restart();
				release(rig, first);
				replacement.begin();
				awaitEvents(rig, orders, List.of(first, second, replacement));
				assertOneRunAndOneEvent(rig, orders);
			}
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "outbox.killed", matches = "\\d+",
			disabledReason = "Takes minutes: -Doutbox.killed=10000")
	void everyOrderIsOneRunAndOneEventAlthoughInstancesAreKilledAgainAndAgain() {
		int orders = Integer.getInteger("outbox.killed");
		int instances = 4;
		long start = System.nanoTime();
		List<KilledProcess> processes = new ArrayList<>();
		int kills = 0;
		int restarts = 0;
		try (PostgresServer postgres = PostgresServer.start(); OutboxRig rig = rig(postgres)) {
			disturb(rig);
			try {
				for (int slot = 0; slot < instances; slot++) {
					processes.add(started(slot, orders / instances, postgres, rig));
				}
				Random random = new Random(1);
				for (int pace = orders / 100; restarts < 2 || count(rig, "ledger") < orders * 9 / 10;) {
					// the pace of failures, and not a time to wait for something
					LockSupport.parkNanos(Duration.ofMillis(2000 + random.nextInt(5000)).toNanos());
					long events = count(rig, "ledger");
					if (restarts < 2 && events >= orders * (restarts + 1) / 3) {
						postgres.restart();
						restarts++;
					}
					else {
						int slot = random.nextInt(instances);
						processes.get(slot).kill();
						processes.set(slot, started(slot, orders / instances, postgres, rig));
						kills++;
					}
					// a machine may take longer to start a process than to the next
					// failure
					await().atMost(PATIENCE)
						.untilAsserted(() -> assertThat(count(rig, "ledger")).as("%s", processes)
							.isGreaterThanOrEqualTo(Math.min(orders, events + pace)));
				}
				awaitEvents(rig, orders, processes);
				assertOneRunAndOneEvent(rig, orders);
				System.out.printf("killed instances: %d orders = runs = events, %d kills, %d restarts, %d s%n", orders,
						kills, restarts, Duration.ofNanos(System.nanoTime() - start).toSeconds());
				assertThat(restarts).isEqualTo(2);
			}
			finally {
				processes.forEach(KilledProcess::close);
			}
		}
	}

	/**
	 * It is paused for longer than its lease and its claims, and goes on as if it still
	 * had them.
	 */
	@Test
	@EnabledIfSystemProperty(named = "outbox.all", matches = "true", disabledReason = "Takes time: -Doutbox.all=true")
	void everyOrderIsOneRunAndOneEventAlthoughTheLeaderIsPaused() {
		int orders = 2000;
		try (PostgresServer postgres = PostgresServer.start();
				OutboxRig rig = rig(postgres);
				KilledProcess first = start(0, orders / 2, postgres, rig);
				KilledProcess second = start(orders / 2, orders, postgres, rig)) {
			disturb(rig);
			first.begin();
			second.begin();
			for (int pause = 0; pause < 2; pause++) {
				long events = count(rig, "ledger");
				await().atMost(PATIENCE)
					.pollInterval(Duration.ofMillis(10))
					.untilAsserted(() -> assertThat(count(rig, "ledger")).as("%s %s", first, second)
						.isGreaterThan(events + 10));
				String leader = leader(rig);
				KilledProcess paused = instance(first).equals(leader) ? first : second;
				paused.pause();
				long pausedAt = System.nanoTime();
				await().atMost(PATIENCE).until(() -> !leader(rig).equals(leader));
				// longer than any claim, and than connections wait
				await().atMost(PATIENCE).until(() -> System.nanoTime() - pausedAt > PAUSE.toNanos());
				paused.resume();
			}
			awaitEvents(rig, orders, List.of(first, second));
			assertOneRunAndOneEvent(rig, orders);
		}
	}

	private static String leader(OutboxRig rig) {
		return rig.jdbc()
			.sql("SELECT owner FROM trigger_lease WHERE name = 'run-listener'")
			.query(String.class)
			.single();
	}

	private static OutboxRig rig(PostgresServer postgres) {
		HikariDataSource dataSource = postgres.dataSource();
		dataSource.setMaximumPoolSize(4);
		dataSource.setConnectionTimeout(5000);
		OutboxRig rig = new OutboxRig(dataSource);
		new TriggerSchemaInitializer(OutboxRig.database(dataSource), SchemaInitialization.ALWAYS,
				TriggerSchemaInitializer.LEASES, "classpath:dev/trigger/spring/runlistener/schema-@@platform@@.sql")
			.initializeDatabase();
		rig.jdbc().sql("CREATE TABLE orders (id INT PRIMARY KEY)").update();
		rig.jdbc().sql("CREATE TABLE ledger (run_id VARCHAR(100))").update();
		return rig;
	}

	private static void disturb(OutboxRig rig) {
		rig.emulator().faults().onOperation("tasks.trigger").loseResponse().randomly(10, 1);
		rig.emulator().faults().onOperation("tasks.trigger", "query.execute").status(503).randomly(5, 2);
	}

	private static KilledProcess start(int first, int end, PostgresServer postgres, OutboxRig rig) {
		return KilledProcess.start(LoadProgram.class, List.of(), String.valueOf(first), String.valueOf(end),
				postgres.url(), rig.emulator().apiUrl(), rig.emulator().secretKey("prod"));
	}

	private static KilledProcess started(int slot, int orders, PostgresServer postgres, OutboxRig rig) {
		KilledProcess process = start(slot * orders, (slot + 1) * orders, postgres, rig);
		process.begin();
		return process;
	}

	/**
	 * Let the time pass for which the rows of a process stay reserved that is dead.
	 */
	private static void release(OutboxRig rig, KilledProcess dead) {
		String instance = instance(dead);
		await().atMost(PATIENCE).ignoreExceptions().until(() -> {
			rig.jdbc()
				.sql("UPDATE trigger_outbox SET due_at = due_at - :claim WHERE state = 'PENDING' AND claimed_by = :dead")
				.param("claim", CLAIM.toMillis())
				.param("dead", instance)
				.update();
			return true;
		});
	}

	private static String instance(KilledProcess process) {
		return process.output()
			.stream()
			.filter((line) -> line.startsWith(LoadProgram.INSTANCE))
			.map((line) -> line.substring(LoadProgram.INSTANCE.length()))
			.findFirst()
			.orElseThrow();
	}

	private static void awaitEvents(OutboxRig rig, int orders, List<KilledProcess> processes) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(count(rig, "ledger")).as("%s", new State(rig, processes))
				.isGreaterThanOrEqualTo(orders));
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(count(rig, "trigger_outbox WHERE state <> 'SENT'"))
				.as("%s", new State(rig, processes))
				.isZero());
	}

	private static void assertOneRunAndOneEvent(OutboxRig rig, int number) {
		List<Integer> orders = rig.jdbc().sql("SELECT id FROM orders").query(Integer.class).list();
		assertThat(orders).hasSize(number);
		List<EmulatedRun> runs = rig.emulator().runs();
		assertThat(runs.stream().map((run) -> run.payload().asInt()).toList())
			.containsExactlyInAnyOrderElementsOf(orders);
		assertThat(rig.jdbc().sql("SELECT run_id FROM ledger").query(String.class).list())
			.containsExactlyInAnyOrderElementsOf(runs.stream().map(EmulatedRun::id).toList());
	}

	private static long count(OutboxRig rig, String what) {
		return await().atMost(PATIENCE)
			.ignoreExceptions()
			.until(() -> rig.jdbc().sql("SELECT COUNT(*) FROM " + what).query(Long.class).single(),
					(number) -> number != null);
	}

	/**
	 * What is known where, for the message of a failure.
	 */
	private record State(OutboxRig rig, List<KilledProcess> processes) {

		@Override
		public String toString() {
			Set<String> heard = Set.copyOf(this.rig.jdbc().sql("SELECT run_id FROM ledger").query(String.class).list());
			return count(this.rig, "orders") + " orders, outbox: "
					+ this.rig.jdbc()
						.sql("SELECT state, COUNT(*) FROM trigger_outbox GROUP BY state")
						.query()
						.listOfRows()
					+ ", not sent: "
					+ this.rig.jdbc().sql("SELECT * FROM trigger_outbox WHERE state <> 'SENT'").query().listOfRows()
					+ ", runs without an event: "
					+ this.rig.emulator().runs().stream().filter((run) -> !heard.contains(run.id())).toList() + ", "
					+ this.processes;
		}

	}

}
