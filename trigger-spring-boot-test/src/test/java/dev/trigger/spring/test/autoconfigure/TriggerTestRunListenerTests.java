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

package dev.trigger.spring.test.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for run listeners in a {@link TriggerTest @TriggerTest}.
 */
@ExtendWith(OutputCaptureExtension.class)
@TriggerTest
class TriggerTestRunListenerTests {

	@Test
	void listenerOfTheSliceIsCalled(@Autowired TriggerOperations trigger, @Autowired TriggerEmulator emulator,
			@Autowired Listener listener) {
		emulator.task("greet", String.class, (name) -> "hello " + name);
		trigger.tasks().trigger("greet", "Ada").block();
		await().untilAsserted(() -> assertThat(listener.outputs).containsOnlyOnce("hello Ada"));
	}

	/**
	 * A slice has no database on purpose.
	 */
	@Test
	void nothingIsToBeReported(CapturedOutput output) {
		assertThat(output).doesNotContain("work without a database");
	}

	/**
	 * As another application of the JVM does when it is closed.
	 */
	@Test
	void listenerIsCalledAfterReactorsSchedulersWereShutDown(@Autowired TriggerOperations trigger,
			@Autowired TriggerEmulator emulator, @Autowired Listener listener) {
		emulator.task("greet", String.class, (name) -> "hello " + name);
		trigger.tasks().trigger("greet", "Bob").block();
		await().untilAsserted(() -> assertThat(listener.outputs).contains("hello Bob"));
		Schedulers.shutdownNow();
		trigger.tasks().trigger("greet", "Eve").block();
		await().untilAsserted(() -> assertThat(listener.outputs).contains("hello Eve"));
	}

	@SpringBootConfiguration
	@Import(Listener.class)
	static class Application {

	}

	static class Listener {

		private final List<String> outputs = new CopyOnWriteArrayList<>();

		@TriggerRunListener(task = "greet")
		void on(RunFinished<String> event) {
			this.outputs.add(event.requireOutput());
		}

	}

}
