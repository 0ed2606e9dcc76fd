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
import dev.trigger.spring.test.reliability.FailingHandler;
import dev.trigger.spring.test.reliability.FailingHandler.Callback;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whoever only looks on does not change what run listeners do.
 */
class RunListenerObservationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	private final TriggerEmulator emulator = TriggerEmulator.start()
		.task("square", Integer.class, (number) -> number * number);

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVENT")
	void handlerThatFailsDoesNotKeepListenersFromBeingCalled(Callback failing) throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator,
				ListenerApplication.newDatabase(), Squares.class, "trigger.run-listener.retry.max-attempts=2",
				"trigger.run-listener.retry.delay=1ms")) {
			FailingHandler handler = FailingHandler.in(application.bean(ObservationRegistry.class),
					"trigger.run.listener", failing);
			RunListenerTests.awaitReading(application);
			application.trigger().tasks().trigger(TASK, 3).block(PATIENCE);
			RunListenerTests.await(application::handled, List.of("COMPLETED 9"), PATIENCE);
			RunListenerTests.await(() -> application.container().getStatistics().handled(), 1L, PATIENCE);
			// the first one fails by itself
			assertThat(application.container().getStatistics().failed()).isOne();
			assertThat(handler.failures()).isPositive();
		}
	}

	/**
	 * Fails at the first attempt.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Squares {

		private final Ledger ledger;

		Squares(Ledger ledger) {
			this.ledger = ledger;
		}

		@Bean
		static ObservationRegistry observationRegistry() {
			return ObservationRegistry.create();
		}

		@TriggerRunListener(id = "squares", task = "square")
		void on(RunFinished<Integer> event) {
			if (event.attempt() == 1) {
				throw new IllegalStateException("the first attempt fails");
			}
			this.ledger.write(event, event.output());
		}

	}

}
