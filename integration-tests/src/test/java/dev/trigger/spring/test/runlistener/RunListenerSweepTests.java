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

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.trigger.emulator.RecordedRequest;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

	/**
	 * Of a run that ended so long ago it is not known any more whether it was handled.
	 * Without a database that is a shorter time, since it is kept in memory.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void runThatIsRetrievedLongAfterItsEndIsForgotten(boolean durable) throws Exception {
		try (TriggerEmulator past = TriggerEmulator.builder()
			.clock(Clock.offset(Clock.systemUTC(), Duration.ofHours(-9)))
			.start()
			.task("echo", String.class, (text) -> text);
				ListenerApplication application = ListenerApplication.start(past,
						durable ? ListenerApplication.newDatabase() : "", EchoListener.class,
						"trigger.run-listener.realtime=false", "trigger.run-listener.sweep-after=200ms")) {
			RunListenerTests.awaitReading(application);
			past.faults()
				.onOperation("query.execute")
				.status(200, "application/json", "{\"format\":\"json\",\"results\":[]}");
			application.trigger().tasks().trigger(TASK, "old").block(PATIENCE);
			past.awaitIdle(PATIENCE);
			int retrievals = durable ? 2 : 1;
			RunListenerTests.await(() -> past.requests("runs.retrieve").size() >= retrievals, true);
			past.advance(Duration.ofHours(9));
			application.trigger().tasks().trigger(TASK, "new").block(PATIENCE);
			RunListenerTests.await(() -> application.handled().contains("COMPLETED new"), true);
			assertThat(application.handled().contains("COMPLETED old")).isEqualTo(durable);
		}
	}

	/**
	 * Between two sweeps there are five seconds.
	 */
	@Test
	void manyRunsThatGoOnForLongAreRetrievedInOneSweep() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator,
				ListenerApplication.newDatabase(), EchoListener.class, "trigger.run-listener.realtime=false",
				"trigger.run-listener.sweep-after=5s")) {
			RunListenerTests.awaitReading(application);
			for (int i = 0; i < 110; i++) {
				application.trigger()
					.tasks()
					.trigger(TASK, "later", (options) -> options.delay(Duration.ofHours(1)))
					.block(PATIENCE);
			}
			RunListenerTests.await(() -> this.emulator.requests("runs.retrieve").size() >= 110, true);
			List<RecordedRequest> retrievals = this.emulator.requests("runs.retrieve");
			assertThat(Duration.between(retrievals.get(0).receivedAt(), retrievals.get(109).receivedAt()))
				.isLessThan(Duration.ofSeconds(9));
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
