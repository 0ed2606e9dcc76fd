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

package dev.trigger.spring.runlistener;

import dev.trigger.spring.http.GuardedObservation;
import dev.trigger.spring.http.TriggerObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;

/**
 * Observes calls of listeners, on the threads that make them.
 */
final class RunListenerObservations {

	static final String NAME = "trigger.run.listener";

	private final ObservationRegistry registry;

	RunListenerObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Call a listener.
	 * @param listener the listener
	 * @param event the run
	 * @param call calls it, with the context for what it subscribes to
	 * @throws Exception if the call fails
	 */
	void observe(RunListener listener, RunFinished<?> event, Call call) throws Exception {
		if (this.registry.isNoop()) {
			call.run(Context.empty());
			return;
		}
		GuardedObservation observation = GuardedObservation
			.start(() -> Observation.createNotStarted(NAME, this.registry)
				.contextualName("listener " + listener.id())
				.lowCardinalityKeyValue("trigger.listener", listener.id())
				.lowCardinalityKeyValue(LowCardinalityKeyNames.CLIENT.withValue(listener.client()))
				.lowCardinalityKeyValue("trigger.task", text(event.taskIdentifier()))
				.lowCardinalityKeyValue("trigger.status", text(event.status()))
				.highCardinalityKeyValue("trigger.run.id", event.runId()));
		observation.observe(() -> call.run(observation.context()));
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "none";
	}

	/**
	 * Calls a listener.
	 */
	@FunctionalInterface
	interface Call {

		/**
		 * Call the listener.
		 * @param context the context for what it subscribes to
		 * @throws Exception if it fails
		 */
		void run(Context context) throws Exception;

	}

}
