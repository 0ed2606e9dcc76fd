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

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.jdbc.TestDatabase;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for run listeners on MariaDB, with two instances of an application.
 */
class MariaDbRunListenerTests {

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	private static final int RUNS = 40;

	private final TriggerEmulator emulator = TriggerEmulator.start()
		.task("square", Integer.class, (number) -> number * number);

	@AfterEach
	void closeEmulator() {
		this.emulator.close();
	}

	@Test
	void eachRunIsHandledOnceAlthoughTheLeaderStops() throws Exception {
		String database = TestDatabase.MARIADB.createUrl();
		try (ListenerApplication first = ListenerApplication.start(this.emulator, database, SquareListener.class);
				ListenerApplication second = ListenerApplication.start(this.emulator, database, SquareListener.class)) {
			RunListenerTests.await(() -> isReading(first) || isReading(second), true);
			ListenerApplication leader = isReading(first) ? first : second;
			ListenerApplication other = (leader == first) ? second : first;
			List<String> runs = new ArrayList<>(trigger(other, 0, RUNS / 2));
			RunListenerTests.await(() -> leader.bean(Ledger.class).byRun().isEmpty(), false);
			leader.end();
			runs.addAll(trigger(other, RUNS / 2, RUNS));
			RunListenerTests.await(() -> other.bean(Ledger.class).byRun().size(), RUNS);
			assertThat(other.bean(Ledger.class).byRun()).containsOnlyKeys(runs)
				.allSatisfy((runId, times) -> assertThat(times).as(runId).isOne());
		}
	}

	private static boolean isReading(ListenerApplication application) {
		return application.container().getStatistics().lastRead() != null;
	}

	private static List<String> trigger(ListenerApplication application, int from, int to) {
		return Flux.range(from, to - from)
			.flatMap((number) -> application.trigger().tasks().trigger(TASK, number), 8)
			.map((handle) -> handle.id())
			.collectList()
			.block(Duration.ofSeconds(60));
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
		}

	}

}
