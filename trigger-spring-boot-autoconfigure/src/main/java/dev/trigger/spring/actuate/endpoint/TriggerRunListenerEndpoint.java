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

package dev.trigger.spring.actuate.endpoint;

import java.util.List;

import dev.trigger.spring.runlistener.ParkedRunEvent;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.RunListenerStatistics;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * {@link Endpoint @Endpoint} that shows how run listeners are doing and the events that
 * they could not handle, and requeues or drops these. It shows no output.
 *
 * @since 1.0.0
 */
@Endpoint(id = "triggerrunlistener")
public class TriggerRunListenerEndpoint {

	private static final int DEFAULT_LIMIT = 100;

	private final RunListenerContainer container;

	/**
	 * Create an endpoint.
	 * @param container calls the listeners
	 */
	public TriggerRunListenerEndpoint(RunListenerContainer container) {
		this.container = container;
	}

	/**
	 * Describe the listeners.
	 * @param limit the largest number of parked events, {@code null} for 100
	 * @return the listeners, the numbers and the parked events, the oldest first
	 */
	@ReadOperation
	public RunListenersDescriptor runListeners(@Nullable Integer limit) {
		return new RunListenersDescriptor(this.container.getListeners(), this.container.getStatistics(),
				this.container.findParked((limit != null) ? Math.max(0, limit) : DEFAULT_LIMIT));
	}

	/**
	 * Call a listener again for an event that is parked.
	 * @param listener the id of the listener
	 * @param runId the id of the run
	 * @return the number of events, {@code null} if no such event is parked
	 */
	@WriteOperation
	public @Nullable EventsDescriptor requeue(@Selector String listener, @Selector String runId) {
		return this.container.requeue(listener, runId) ? new EventsDescriptor(1) : null;
	}

	/**
	 * Give up an event that is parked.
	 * @param listener the id of the listener
	 * @param runId the id of the run
	 * @return the number of events, {@code null} if no such event was parked
	 */
	@DeleteOperation
	public @Nullable EventsDescriptor drop(@Selector String listener, @Selector String runId) {
		return this.container.drop(listener, runId) ? new EventsDescriptor(1) : null;
	}

	/**
	 * The listeners.
	 *
	 * @param listeners their ids
	 * @param statistics the numbers
	 * @param parked the events that they could not handle
	 */
	public record RunListenersDescriptor(List<String> listeners, RunListenerStatistics statistics,
			List<ParkedRunEvent> parked) implements OperationResponseBody {

		/**
		 * Create a descriptor.
		 */
		public RunListenersDescriptor {
			listeners = List.copyOf(listeners);
			parked = List.copyOf(parked);
		}

	}

	/**
	 * What was requeued or dropped.
	 *
	 * @param events the number of events
	 */
	public record EventsDescriptor(int events) implements OperationResponseBody {

	}

}
