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

package dev.trigger.spring.outbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.http.GuardedObservation;
import dev.trigger.spring.http.TriggerObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Observes triggers as messages are observed: one observation as a row is written, whose
 * trace the row keeps, and one for each time that it is sent, which goes on with that
 * trace. Nothing is observed unless somebody wants to know.
 */
final class OutboxObservations {

	static final String WRITE = "trigger.outbox.write";

	static final String SEND = "trigger.outbox.send";

	private final ObservationRegistry registry;

	OutboxObservations(ObservationRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Write a row.
	 * @param id the id of the row
	 * @param client the name of the client
	 * @param task the task
	 * @param action writes the row with the trace that it is given, if there is one
	 */
	void write(String id, String client, String task, Consumer<@Nullable String> action) {
		if (this.registry.isNoop()) {
			action.accept(null);
			return;
		}
		Map<String, String> headers = new LinkedHashMap<>();
		SenderContext<Map<String, String>> context = new SenderContext<>(
				(carrier, name, value) -> headers.put(name, value), Kind.PRODUCER);
		context.setCarrier(headers);
		GuardedObservation
			.start(() -> describe(Observation.createNotStarted(WRITE, () -> context, this.registry), id, client, task))
			.observe(() -> action.accept(OutboxTraceContext.write(headers)));
	}

	/**
	 * Send a row.
	 * @param row the row
	 * @param sending sends it
	 * @return what sends and observes it
	 */
	Mono<OutboxOutcome> send(OutboxRow row, Mono<OutboxOutcome> sending) {
		return this.registry.isNoop() ? sending : Mono.defer(() -> observed(start(row), sending));
	}

	/**
	 * Baggage of OpenTelemetry is found by the thread, the observation by the context.
	 */
	private static Mono<OutboxOutcome> observed(GuardedObservation observation, Mono<OutboxOutcome> sending) {
		Mono<OutboxOutcome> stopping = sending.doOnNext((outcome) -> stop(observation, outcome))
			.contextWrite(observation.context());
		return Mono.fromDirect((subscriber) -> observation.scoped(() -> stopping.subscribeWith(subscriber)));
	}

	private GuardedObservation start(OutboxRow row) {
		Map<String, String> headers = OutboxTraceContext.read(row.traceContext());
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>((carrier, name) -> headers.get(name),
				Kind.CONSUMER);
		context.setCarrier(headers);
		// this thread may still have the observation of the row before it
		GuardedObservation none = GuardedObservation.start(() -> new NullObservation(this.registry));
		return none.scoped(() -> GuardedObservation
			.start(() -> describe(Observation.createNotStarted(SEND, () -> context, this.registry), row.id(),
					row.client(), row.trigger().task())
				.lowCardinalityKeyValue("trigger.outcome", "unknown")));
	}

	private static void stop(GuardedObservation observation, OutboxOutcome outcome) {
		observation.tell((observed) -> {
			observed.lowCardinalityKeyValue("trigger.outcome", name(outcome));
			if (outcome.runId() != null) {
				observed.highCardinalityKeyValue("trigger.run.id", outcome.runId());
			}
			if (outcome.failure() != null) {
				observed.error(outcome.failure());
			}
		});
		// whether or not that could be told
		observation.tell(Observation::stop);
	}

	private static String name(OutboxOutcome outcome) {
		if (outcome.runId() != null) {
			return outcome.adopted() ? "adopted" : "sent";
		}
		return outcome.parked() ? "parked" : "retried";
	}

	private static Observation describe(Observation observation, String id, String client, String task) {
		return observation.contextualName("outbox " + task)
			.lowCardinalityKeyValue(LowCardinalityKeyNames.CLIENT.withValue(client))
			.lowCardinalityKeyValue("trigger.task", task)
			.highCardinalityKeyValue("trigger.outbox.id", id);
	}

}
