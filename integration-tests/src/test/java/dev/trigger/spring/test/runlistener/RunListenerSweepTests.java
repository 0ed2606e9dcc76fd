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

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of the runs that the application triggered and that are retrieved.
 */
class RunListenerSweepTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TaskType<String, String> TASK = TaskType.of("echo", String.class, String.class);

	private final TriggerEmulator emulator = TriggerEmulator.start().task("echo", String.class, (text) -> text);

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	/**
	 * It is triggered again with its key, and recorded after it was handled.
	 */
	@Test
	void runThatWasReadAsOverIsRetrievedOnce() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator,
				ListenerApplication.newDatabase(), EchoListener.class, "trigger.run-listener.realtime=false",
				"trigger.run-listener.sweep-after=1s")) {
			RunListenerTests.awaitReading(application);
			String run = trigger(application);
			RunListenerTests.await(application::handled, List.of("COMPLETED text"));
			RunListenerTests.await(() -> recorded(application), 0);
			int before = this.emulator.requests("runs.retrieve").size();
			assertThat(trigger(application)).isEqualTo(run);
			RunListenerTests.await(() -> this.emulator.requests("runs.retrieve").size() > before, true);
			RunListenerTests.await(() -> recorded(application), 0);
			assertThat(application.handled()).containsExactly("COMPLETED text");
		}
	}

	private static String trigger(ListenerApplication application) {
		return application.trigger()
			.tasks()
			.trigger(TASK, "text", (options) -> options.idempotencyKey("key"))
			.block(PATIENCE)
			.id();
	}

	private static int recorded(ListenerApplication application) {
		return application.bean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM trigger_run_triggered", Integer.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class EchoListener {

		private final Ledger ledger;

		EchoListener(Ledger ledger) {
			this.ledger = ledger;
		}

		@TriggerRunListener(task = "echo")
		void on(RunFinished<String> event) {
			this.ledger.write(event, event.requireOutput());
		}

	}

}
