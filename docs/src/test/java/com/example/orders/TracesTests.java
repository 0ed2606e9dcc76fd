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

package com.example.orders;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerContainer;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.MeterNotFoundException;
import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The trace of a transaction goes on in the runs that it triggers, and run listeners have
 * spans, with the tracer of {@code spring-boot-starter-opentelemetry}.
 */
@SpringBootTest(properties = { "trigger.outbox.enabled=true", "spring.datasource.generate-unique-name=true",
		"management.tracing.sampling.probability=1.0", "management.tracing.baggage.remote-fields=tenant" })
@AutoConfigureTriggerEmulator
class TracesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	@Autowired
	private TriggerOutbox outbox;

	@Autowired
	private TriggerEmulator emulator;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private PlatformTransactionManager transactions;

	@Autowired
	private Tracer tracer;

	@BeforeEach
	void tasks() {
		this.emulator.task("square", Integer.class, (number) -> number * number);
	}

	private String traceparent() {
		return this.emulator.requests("tasks.trigger").get(0).header("traceparent");
	}

	private void awaitSent(String id) {
		await().atMost(PATIENCE).until(() -> this.outbox.find(id).orElseThrow().state() == OutboxState.SENT);
	}

	private String write(TriggerOutbox target) {
		return new TransactionTemplate(this.transactions).execute((status) -> target.trigger(TASK, 3).id());
	}

	@Test
	void traceOfTheTransactionGoesOnInTheRun(@Autowired MeterRegistry meters) {
		Span span = this.tracer.nextSpan().name("checkout").start();
		String id;
		try (Tracer.SpanInScope scope = this.tracer.withSpan(span);
				BaggageInScope tenant = this.tracer.createBaggageInScope("tenant", "acme")) {
			assertThat(scope).isNotNull();
			assertThat(tenant).isNotNull();
			id = write(this.outbox);
		}
		finally {
			span.end();
		}
		awaitSent(id);
		assertThat(traceparent()).startsWith("00-" + span.context().traceId() + "-")
			.doesNotContain(span.context().spanId());
		assertThat(this.emulator.requests("tasks.trigger").get(0).header("baggage")).contains("tenant=acme");
		assertThat(meters.get("trigger.outbox.write").tag("trigger.task", "square").timer().count()).isPositive();
		assertThat(meters.get("trigger.outbox.send").tag("trigger.outcome", "sent").timer().count()).isPositive();
	}

	/**
	 * Such as after the end of the process that wrote it.
	 */
	@Test
	void traceGoesOnWhereTheRowIsReadFromTheTable() {
		Span span = this.tracer.nextSpan().name("checkout").start();
		String id;
		Tracer.SpanInScope scope = this.tracer.withSpan(span);
		try {
			id = write(this.outbox.inOrder("key"));
		}
		finally {
			scope.close();
			span.end();
		}
		awaitSent(id);
		assertThat(traceparent()).startsWith("00-" + span.context().traceId() + "-");
		assertThat(this.jdbc.sql("SELECT trace_context FROM trigger_outbox WHERE id = ?")
			.param(id)
			.query(String.class)
			.single()).contains(span.context().traceId());
	}

	/**
	 * What a listener does is part of its span, on this thread and in what it returns.
	 */
	@Test
	void callsOfListenersAreObserved(@Autowired RunListenerContainer listeners, @Autowired Listener listener,
			@Autowired TriggerOperations trigger, @Autowired MeterRegistry meters) {
		await().atMost(PATIENCE).until(() -> listeners.getStatistics().lastRead() != null);
		trigger.tasks().trigger(TASK, 3).block(PATIENCE);
		// the runs of other tests may be handled as well, before this one
		await().atMost(PATIENCE).ignoreException(MeterNotFoundException.class).untilAsserted(() -> {
			assertThat(this.emulator.requests("queues.list")).anySatisfy(
					(call) -> assertThat(call.header("traceparent")).startsWith("00-" + listener.trace.get() + "-"));
			assertThat(meters.get("trigger.run.listener")
				.tags("trigger.listener", "squares", "trigger.task", "square", "trigger.status", "COMPLETED")
				.timer()
				.count()).isPositive();
		});
	}

	/**
	 * They are sent one after the other by the same threads.
	 */
	@Test
	void triggersOfDifferentTransactionsHaveDifferentTraces() {
		List<String> ids = List.of(write(this.outbox), write(this.outbox), write(this.outbox));
		ids.forEach(this::awaitSent);
		assertThat(this.emulator.requests("tasks.trigger"))
			.extracting((request) -> request.header("traceparent").substring(3, 35))
			.hasSize(3)
			.doesNotHaveDuplicates();
	}

	/**
	 * Makes a call in the publisher that it returns.
	 */
	@TestConfiguration
	static class Listener {

		private final AtomicReference<String> trace = new AtomicReference<>();

		@Autowired
		private Tracer tracer;

		@Autowired
		private TriggerOperations trigger;

		@TriggerRunListener(id = "squares", task = "square")
		Mono<Void> on(RunFinished<Integer> event) {
			Span span = this.tracer.currentSpan();
			this.trace.set((span != null) ? span.context().traceId() : null);
			return Mono.delay(Duration.ofMillis(1)).thenMany(this.trigger.queues().list()).then();
		}

	}

}
