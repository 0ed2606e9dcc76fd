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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.spring.test.jdbc.KilledProcess;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A process is killed at each step, and another one goes on: there is one run for each
 * row that was committed, although the runs fail, and so give their keys free.
 */
abstract class AbstractKillTests {

	/**
	 * Return the address of a database that outlives the processes.
	 */
	abstract String url();

	/**
	 * Return how processes end: {@code halt} or {@code kill}.
	 */
	abstract String end();

	@Test
	void oneRowIsOneRunWhereverTheProcessIsKilled() {
		try (OutboxRig rig = new OutboxRig(OutboxRig.pool(url()));
				KilledProcess.Line processes = new KilledProcess.Line(Arrays.stream(KillStep.values())
					.<Supplier<KilledProcess>>map((step) -> () -> start(step, rig))
					.toList())) {
			rig.emulator().task("fail", Integer.class, (number) -> {
				throw new IllegalStateException("broken");
			});
			Map<KillStep, Long> committed = new EnumMap<>(KillStep.class);
			for (KillStep step : KillStep.values()) {
				if (step.isOfRecovery()) {
					leaveOver(rig, step);
				}
				long before = rows(rig, "1 = 1");
				processes.next().awaitKilled(end());
				committed.put(step, step.isOfRecovery() ? 1 : rows(rig, "1 = 1") - before);
				// so that the next process has only its own
				postpone(rig, 1);
			}
			postpone(rig, -1);
			Instance survivor = rig.instance().started();
			await().atMost(OutboxTestSupport.PATIENCE).until(() -> rows(rig, "state <> 'SENT'") == 0);
			rig.emulator().awaitIdle();
			List<String> table = new ArrayList<>();
			for (KillStep step : KillStep.values()) {
				List<EmulatedRun> runs = rig.emulator()
					.runs()
					.stream()
					.filter((run) -> run.tags().contains(step.name()))
					.toList();
				table.add("%-18s rows %d runs %d".formatted(step, committed.get(step), runs.size()));
				assertThat(runs).as("%s", table).hasSize(committed.get(step).intValue());
				assertThat(committed.get(step)).as("%s", step).isEqualTo((step == KillStep.BEFORE_COMMIT) ? 0 : 1);
			}
			System.out
				.println("kill matrix (" + end() + ", " + url().split(":")[1] + "):\n  " + String.join("\n  ", table));
			assertThat(rig.jdbc().sql("SELECT run_id FROM trigger_outbox").query(String.class).list())
				.containsExactlyInAnyOrderElementsOf(rig.emulator().runs().stream().map(EmulatedRun::id).toList());
			survivor.outbox().stop();
		}
	}

	/**
	 * A row that was sent by a process of which nothing is known.
	 */
	private static void leaveOver(OutboxRig rig, KillStep step) {
		Instance dead = rig.instance();
		String id = dead.inTransaction(() -> dead.outbox()
			.trigger(KillProgram.TASK, step.ordinal(), (options) -> options.maxAttempts(1).tags(step.name()))
			.id());
		dead.outbox().start();
		await().atMost(OutboxTestSupport.PATIENCE).until(() -> rows(rig, "id = '" + id + "' AND state = 'SENT'") == 1);
		dead.outbox().stop();
		rig.jdbc()
			.sql("UPDATE trigger_outbox SET state = 'PENDING', run_id = NULL, due_at = 0 WHERE id = '" + id + "'")
			.update();
	}

	private static void postpone(OutboxRig rig, int direction) {
		long step = direction * 3_600_000L * ((direction < 0) ? KillStep.values().length : 1);
		rig.jdbc()
			.sql("UPDATE trigger_outbox SET due_at = CASE WHEN due_at + :step < 0 THEN 0 ELSE due_at + :step END WHERE "
					+ "state = 'PENDING'")
			.param("step", step)
			.update();
	}

	private static long rows(OutboxRig rig, String condition) {
		return rig.jdbc().sql("SELECT COUNT(*) FROM trigger_outbox WHERE " + condition).query(Long.class).single();
	}

	private KilledProcess start(KillStep step, OutboxRig rig) {
		return KilledProcess.start(KillProgram.class, List.of(), step.name(), end(), url(), rig.emulator().apiUrl(),
				rig.emulator().secretKey("prod"));
	}

}
