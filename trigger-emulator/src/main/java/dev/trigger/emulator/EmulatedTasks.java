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

package dev.trigger.emulator;

import java.util.function.Consumer;

import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.TaskDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of an emulator: Java functions with typed payloads.
 */
final class EmulatedTasks {

	private final EmulatorState state;

	EmulatedTasks(EmulatorState state) {
		this.state = state;
	}

	<P> void register(String id, Class<P> payloadType, TaskFunction<P> function, boolean scheduled,
			Consumer<TaskSettings> customizer) {
		register(id, body(payloadType, function), scheduled, customizer);
	}

	void registerScheduled(String id) {
		register(id, null, true, (settings) -> {
		});
	}

	private void register(String id, TaskDefinition.@Nullable Body body, boolean scheduled,
			Consumer<TaskSettings> customizer) {
		TaskSettings settings = new TaskSettings();
		customizer.accept(settings);
		int failures = settings.failFirst();
		TaskDefinition.Body first = (body == null || failures == 0) ? body : (run, payload, attempt) -> {
			if (attempt <= failures) {
				throw new IllegalStateException("Attempt " + attempt + " fails as the settings of the task specify");
			}
			return body.execute(run, payload, attempt);
		};
		this.state.register(new TaskDefinition(id, first, scheduled, settings.maxAttempts(), settings.backOff(),
				settings.concurrencyLimit(), null, settings.payloadSchema(), true));
	}

	private <P> TaskDefinition.Body body(Class<P> payloadType, TaskFunction<P> function) {
		return (run, payload, attempt) -> {
			P value = (payload != null) ? this.state.types().read(payload, payloadType) : null;
			Object output = apply(function, value, new RunTaskContext(this.state, run, attempt));
			return (output != null) ? this.state.types().tree(output) : null;
		};
	}

	@SuppressWarnings("NullAway") // a payload may be missing, but asking every function
									// to declare it would be a burden
	private static <P> @Nullable Object apply(TaskFunction<P> function, @Nullable P payload, TaskContext context)
			throws Exception {
		return function.apply(payload, context);
	}

}
