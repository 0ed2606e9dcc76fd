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

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.ParkedRunEvent;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.jdbc.TestDatabase;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for run listeners on a database that lacks characters that tasks and listeners
 * use.
 */
class Latin1RunListenerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@Test
	void parksWhatFailsForAReasonThatTheDatabaseCannotEncode() throws Exception {
		try (TriggerEmulator emulator = TriggerEmulator.start()
			.task("prix-€", Integer.class, (number) -> number * number);
				ListenerApplication application = ListenerApplication.start(emulator, TestDatabase.createUrlInLatin1(),
						Prices.class, "trigger.run-listener.retry.max-attempts=2",
						"trigger.run-listener.retry.delay=1ms")) {
			RunListenerTests.awaitReading(application);
			String run = application.trigger()
				.tasks()
				.trigger(TaskType.of("prix-€", Integer.class, Integer.class), 3)
				.block(PATIENCE)
				.id();
			RunListenerTests.await(() -> application.container().findParked(10).size(), 1, PATIENCE);
			ParkedRunEvent parked = application.container().findParked(10).get(0);
			assertThat(parked.runId()).isEqualTo(run);
			assertThat(parked.task()).isEqualTo("prix-?");
			assertThat(parked.attempts()).isEqualTo(2);
			assertThat(parked.reason()).endsWith("9 ? is too much ?");
		}
	}

	/**
	 * Refuses all.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Prices {

		@TriggerRunListener(id = "prices", task = "prix-€")
		void on(RunFinished<Integer> event) {
			throw new IllegalStateException(event.output() + " € is too much \uD83D\uDE00");
		}

	}

}
