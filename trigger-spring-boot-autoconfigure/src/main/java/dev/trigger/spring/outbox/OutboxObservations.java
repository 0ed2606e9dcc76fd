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

import dev.trigger.spring.http.ObservationContext;
import dev.trigger.spring.http.TriggerObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
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

	private static final Log logger = LogFactory.getLog(JdbcTriggerOutbox.class);

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
		Observation observation = Observation.createNotStarted(WRITE, () -> context, this.registry);
		describe(observation, id, client, task);
		observation.observe(() -> action.accept(OutboxTraceContext.write(headers)));
	}

	/**
	 * Send a row.
	 * @param row the row
	 * @param sending sends it
	 * @return what sends and observes it
	 */
	Mono<OutboxOutcome> send(OutboxRow row, Mono<OutboxOutcome> sending) {
		return this.registry.isNoop() ? sending : Mono.defer(() -> {
			Observation observation = start(row);
			return (observation != null) ? observed(observation, sending) : sending;
		});
	}

	/**
	 * Baggage of OpenTelemetry is found by the thread, the observation by the context.
	 */
	private static Mono<OutboxOutcome> observed(Observation observation, Mono<OutboxOutcome> sending) {
		Mono<OutboxOutcome> stopping = sending.doOnNext((outcome) -> stop(observation, outcome))
			.contextWrite(ObservationContext.of(observation));
		return Mono.fromDirect((subscriber) -> observation.scoped(() -> stopping.subscribe(subscriber)));
	}

	private @Nullable Observation start(OutboxRow row) {
		Map<String, String> headers = OutboxTraceContext.read(row.traceContext());
		ReceiverContext<Map<String, String>> context = new ReceiverContext<>((carrier, name) -> headers.get(name),
				Kind.CONSUMER);
		context.setCarrier(headers);
		Observation observation = Observation.createNotStarted(SEND, () -> context, this.registry);
		describe(observation, row.id(), row.client(), row.trigger().task());
		observation.lowCardinalityKeyValue("trigger.outcome", "unknown");
		// this thread may still have the observation of the row before it
		Observation.Scope none = new NullObservation(this.registry).openScope();
		try {
			return observation.start();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
			return null;
		}
		finally {
			none.close();
		}
	}

	private static void stop(Observation observation, OutboxOutcome outcome) {
		try {
			observation.lowCardinalityKeyValue("trigger.outcome", name(outcome));
			if (outcome.runId() != null) {
				observation.highCardinalityKeyValue("trigger.run.id", outcome.runId());
			}
			if (outcome.failure() != null) {
				observation.error(outcome.failure());
			}
			observation.stop();
		}
		catch (RuntimeException | Error ex) {
			failed(ex);
		}
	}

	private static String name(OutboxOutcome outcome) {
		if (outcome.runId() != null) {
			return outcome.adopted() ? "adopted" : "sent";
		}
		return outcome.parked() ? "parked" : "retried";
	}

	private static void describe(Observation observation, String id, String client, String task) {
		observation.contextualName("outbox " + task)
			.lowCardinalityKeyValue(LowCardinalityKeyNames.CLIENT.withValue(client))
			.lowCardinalityKeyValue("trigger.task", task)
			.highCardinalityKeyValue("trigger.outbox.id", id);
	}

	/**
	 * Whoever only looks on does not change what is sent.
	 */
	private static void failed(Throwable failure) {
		logger.warn("A handler of observations failed", failure);
	}

}
