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
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.emulator.EmulatedRun;
import dev.trigger.spring.test.jdbc.PostgresServer;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many triggers by several instances that stop and start, with lost responses and a
 * database that is restarted. {@code -Doutbox.orders=10000} for more of them,
 * {@code -Doutbox.all=true} for both databases.
 */
class OutboxLoadTests {

	private static final int ORDERS = Integer.getInteger("outbox.orders", 400);

	private static final int INSTANCES = 4;

	@Test
	@EnabledIf("dev.trigger.spring.test.outbox.H2KillTests#isWanted")
	void everyCommittedOrderIsOneRunOnH2() throws Exception {
		try (OutboxRig rig = new OutboxRig(OutboxRig.h2())) {
			place(rig, () -> {
			});
		}
	}

	@Test
	void everyCommittedOrderIsOneRunAlthoughPostgresIsRestarted() throws Exception {
		PostgresServer postgres = PostgresServer.start();
		try (OutboxRig rig = new OutboxRig(dataSource(postgres))) {
			place(rig, postgres::restart);
		}
		finally {
			postgres.close();
		}
	}

	private static HikariDataSource dataSource(PostgresServer postgres) {
		HikariDataSource dataSource = postgres.dataSource();
		dataSource.setMaximumPoolSize(20);
		dataSource.setConnectionTimeout(5000);
		return dataSource;
	}

	private static void place(OutboxRig rig, Runnable restart) throws Exception {
		rig.jdbc().sql("DROP TABLE IF EXISTS orders").update();
		rig.jdbc().sql("CREATE TABLE orders (id INT PRIMARY KEY)").update();
		rig.emulator().faults().onOperation("tasks.trigger").loseResponse().randomly(10, 1);
		rig.emulator().faults().onOperation("tasks.trigger").status(503).randomly(5, 2);
		ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
		try {
			List<Future<?>> placing = new ArrayList<>();
			for (int number = 0; number < INSTANCES; number++) {
				int first = number;
				placing.add(threads.submit(() -> place(rig, first)));
			}
			for (int restarts = 1; restarts <= 2; restarts++) {
				long enough = ORDERS * restarts / 3;
				await().atMost(Duration.ofMinutes(5)).ignoreExceptions().until(() -> count(rig, "orders") >= enough);
				restart.run();
			}
			for (Future<?> thread : placing) {
				thread.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		rig.emulator().faults().clear();
		rig.instance().started();
		await().atMost(Duration.ofMinutes(5))
			.ignoreExceptions()
			.until(() -> count(rig, "trigger_outbox WHERE state <> 'SENT'") == 0);
		List<Integer> orders = rig.jdbc().sql("SELECT id FROM orders").query(Integer.class).list();
		List<Integer> runs = rig.emulator().runs().stream().map((run) -> run.payload().asInt()).toList();
		assertThat(runs).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(orders);
		assertThat(orders).hasSizeGreaterThan(ORDERS / 2);
		assertThat(new HashSet<>(rig.jdbc().sql("SELECT run_id FROM trigger_outbox").query(String.class).list()))
			.isEqualTo(new HashSet<>(rig.emulator().runs().stream().map(EmulatedRun::id).toList()));
	}

	/**
	 * Every third order is rolled back, and now and then the instance is replaced by a
	 * new one, which does not know what the old one sent.
	 */
	private static void place(OutboxRig rig, int first) {
		Random random = new Random(first);
		Instance instance = rig.instance().started();
		for (int order = first; order < ORDERS * 3 / 2; order += INSTANCES) {
			int id = order;
			Instance present = instance;
			try {
				present.transaction().executeWithoutResult((status) -> {
					rig.jdbc().sql("INSERT INTO orders (id) VALUES (?)").param(id).update();
					present.outbox().trigger(OutboxRig.TASK, id);
					if (id % 3 == 2) {
						status.setRollbackOnly();
					}
				});
			}
			catch (DataAccessException | TransactionException ex) {
				// the database is restarted: what became of the order it knows itself
			}
			if (random.nextInt(50) == 0) {
				present.outbox().stop();
				instance = rig.instance().started();
			}
		}
	}

	private static long count(OutboxRig rig, String what) {
		return rig.jdbc().sql("SELECT COUNT(*) FROM " + what).query(Long.class).single();
	}

}
