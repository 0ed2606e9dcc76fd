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

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.Faults;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.test.jdbc.KilledProcess;
import dev.trigger.spring.test.jdbc.SkewedClock;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two instances share a database. The clock of one is an hour ahead, that of the other an
 * hour behind.
 */
class ClockSkewTests {

	private static final Duration SKEW = Duration.ofHours(1);

	private static final int ORDERS = SkewedProgram.ORDERS;

	private static final String LEADS = "This instance calls the run listeners";

	private Server server;

	private OutboxRig rig;

	@BeforeEach
	void start() throws SQLException {
		this.server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
		this.rig = new OutboxRig(OutboxRig.pool(url()));
		new TriggerSchemaInitializer(OutboxRig.database(this.rig.dataSource()), SchemaInitialization.ALWAYS,
				TriggerSchemaInitializer.LEASES, "classpath:dev/trigger/spring/runlistener/schema-@@platform@@.sql")
			.initializeDatabase();
		this.rig.jdbc().sql("CREATE TABLE ledger (instance VARCHAR(10), run_id VARCHAR(100))").update();
	}

	@AfterEach
	void stop() {
		this.rig.close();
		this.server.stop();
	}

	private String url() {
		return "jdbc:h2:tcp://localhost:" + this.server.getPort() + "/mem:skew;DB_CLOSE_DELAY=-1";
	}

	@Test
	void nothingIsSentTwiceOrLateOrDeletedTooEarly() {
		TriggerEmulator emulator = this.rig.emulator();
		String kept = row("SENT", Duration.ofMinutes(15));
		String old = row("SENT", Duration.ofMinutes(-15));
		String claimed = row("PENDING", Duration.ofSeconds(5));
		long claimedUntil = number("SELECT due_at FROM trigger_outbox WHERE id = ?", claimed);
		// so that runs are only found because the application triggered them
		emulator.faults()
			.onOperation("query.execute")
			.status(200, "application/json", "{\"format\":\"json\",\"results\":[]}");
		try (KilledProcess ahead = start("ahead", SKEW); KilledProcess behind = start("behind", SKEW.negated())) {
			ahead.begin();
			ahead.awaitOutput(LEADS);
			behind.begin();
			ahead.awaitOutput(SkewedProgram.STARTED);
			behind.awaitOutput(SkewedProgram.STARTED);
			List<Faults.Rule> limits = new ArrayList<>(List.of(limit()));
			behind.begin();
			await().atMost(OutboxTestSupport.PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
				limits.add(limit());
				return limited(limits) > 0;
			});
			ahead.begin();
			int rows = 2 * ORDERS + 1;
			awaitNumber(rows, "SELECT COUNT(*) FROM trigger_outbox WHERE state = 'SENT' AND claimed_by <> 'dead'");
			awaitNumber(rows, "SELECT COUNT(*) FROM ledger");
			assertThat(emulator.requests("tasks.trigger").size()).as("none is sent twice")
				.isEqualTo(rows + limited(limits));
			assertThat(number("SELECT last_sent_at FROM trigger_outbox WHERE id = ?", claimed))
				.isGreaterThanOrEqualTo(claimedUntil);
			emulator.faults().clear();
			long killed = System.nanoTime();
			ahead.kill();
			this.rig.client("prod").tasks().trigger(OutboxRig.TASK, 7).block();
			// which would take an hour if it were decided by the clock of the other
			awaitNumber(rows + 1, "SELECT COUNT(*) FROM ledger");
			System.out.printf("take-over in spite of clocks: %d ms%n", (System.nanoTime() - killed) / 1_000_000);
			assertThat(emulator.runs()).hasSize(rows + 1);
			assertThat(number("SELECT COUNT(DISTINCT run_id) FROM ledger")).isEqualTo(rows + 1);
			assertThat(number("SELECT COUNT(*) FROM trigger_run_event WHERE state = 'DONE'")).isEqualTo(rows + 1);
			assertThat(number("SELECT COUNT(*) FROM trigger_outbox")).as("is kept").isEqualTo(rows + 1);
			assertThat(number("SELECT COUNT(*) FROM trigger_outbox WHERE id = ?", kept)).isOne();
			assertThat(number("SELECT COUNT(*) FROM trigger_outbox WHERE id = ?", old)).isZero();
		}
	}

	/**
	 * Refuse triggers for some seconds. A clock that is behind sees an hour.
	 */
	private Faults.Rule limit() {
		return this.rig.emulator().faults().onOperation("tasks.trigger").rateLimitedUntil(Instant.now().plusSeconds(3));
	}

	private static int limited(List<Faults.Rule> limits) {
		return limits.stream().mapToInt(Faults.Rule::count).sum();
	}

	private void awaitNumber(long expected, String sql) {
		await().atMost(OutboxTestSupport.PATIENCE).untilAsserted(() -> assertThat(number(sql)).isEqualTo(expected));
	}

	private KilledProcess start(String name, Duration skew) {
		return KilledProcess.start(SkewedProgram.class, SkewedClock.options(), name, skew.toString(), url(),
				this.rig.emulator().apiUrl(), this.rig.emulator().secretKey("prod"));
	}

	/**
	 * A row of a process that is dead.
	 */
	private String row(String state, Duration due) {
		String id = this.rig.instance().trigger(-1);
		this.rig.jdbc()
			.sql("UPDATE trigger_outbox SET state = :state, claimed_by = 'dead', attempts = 1, last_sent_at = created_at, "
					+ "due_at = created_at + :due WHERE id = :id")
			.param("state", state)
			.param("due", due.toMillis())
			.param("id", id)
			.update();
		return id;
	}

	private long number(String sql, Object... values) {
		return this.rig.jdbc().sql(sql).params(values).query(Long.class).single();
	}

}
