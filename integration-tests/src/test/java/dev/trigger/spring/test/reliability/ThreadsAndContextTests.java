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

package dev.trigger.spring.test.reliability;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.task.TaskType;
import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.SenderContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls can be waited for on virtual threads, and what belongs to a caller (thread
 * locals, the trace) reaches every attempt of the call, on whatever thread it is made.
 */
class ThreadsAndContextTests {

	private static final TaskType<Integer, Object> HELLO = TaskType.of("hello", Integer.class, Object.class);

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String KEY = "tenant";

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	private final TriggerEmulator emulator = TriggerEmulator.builder()
		.rateLimit(100_000, 100_000, Duration.ofSeconds(10))
		.start();

	@BeforeEach
	void propagate() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, TENANT);
		Hooks.enableAutomaticContextPropagation();
	}

	@AfterEach
	void stop() {
		Hooks.disableAutomaticContextPropagation();
		ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
		TENANT.remove();
		this.emulator.close();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before")
	void callsCanBeWaitedForOnVirtualThreads() throws InterruptedException {
		this.emulator.faults().onOperation("tasks.trigger").loseResponse().randomly(10, 1);
		TriggerOperations trigger = client(WebClient.builder(), this.emulator, "prod");
		int callers = 500;
		CountDownLatch done = new CountDownLatch(callers);
		Queue<Object> results = new ConcurrentLinkedQueue<>();
		VirtualThreadTaskExecutor executor = new VirtualThreadTaskExecutor("caller-");
		for (int i = 0; i < callers; i++) {
			int payload = i;
			executor.execute(() -> {
				try {
					RunHandle<Object> run = trigger.tasks().trigger(HELLO, payload).block(PATIENCE);
					results.add(trigger.runs().retrieve(run.id()).block(PATIENCE).id());
				}
				catch (Exception ex) {
					results.add(ex);
				}
				done.countDown();
			});
		}
		assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(results).hasOnlyElementsOfType(String.class).doesNotHaveDuplicates().hasSize(callers);
		assertThat(this.emulator.runs()).hasSize(callers);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "there are no virtual threads before")
	void walkCanBeAStreamOnAVirtualThread() throws InterruptedException {
		TriggerOperations trigger = client(WebClient.builder(), this.emulator, "prod");
		Flux.range(0, 25).flatMap((i) -> trigger.tasks().trigger(HELLO, i), 5).blockLast(PATIENCE);
		CountDownLatch done = new CountDownLatch(1);
		Queue<Object> ids = new ConcurrentLinkedQueue<>();
		new VirtualThreadTaskExecutor("caller-").execute(() -> {
			trigger.runs().list((query) -> query.size(10)).toStream().forEach((run) -> ids.add(run.id()));
			done.countDown();
		});
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(ids).hasSize(25).doesNotHaveDuplicates();
	}

	@Test
	void threadLocalOfTheCallerIsThereInEveryAttempt() {
		this.emulator.faults().onOperation("tasks.trigger").status(503).times(2);
		Queue<String> seen = new ConcurrentLinkedQueue<>();
		TriggerOperations trigger = client(recording(seen), this.emulator, "prod");
		TENANT.set("acme");
		trigger.tasks().trigger(HELLO, 1).block(PATIENCE);
		assertThat(seen).containsExactly("acme", "acme", "acme");
	}

	@Test
	void withoutPropagationTheThreadLocalWouldBeLost() {
		Hooks.disableAutomaticContextPropagation();
		this.emulator.faults().onOperation("tasks.trigger").status(503).times(2);
		Queue<String> seen = new ConcurrentLinkedQueue<>();
		TriggerOperations trigger = client(recording(seen), this.emulator, "prod");
		TENANT.set("acme");
		trigger.tasks().trigger(HELLO, 1).block(PATIENCE);
		assertThat(seen).containsExactly("acme", "none", "none");
	}

	@Test
	void callersWhoWaitForTheRateLimitKeepTheirOwnThreadLocals() {
		try (TriggerEmulator limited = TriggerEmulator.builder().rateLimit(5, 5, Duration.ofMillis(300)).start()) {
			Queue<String> seen = new ConcurrentLinkedQueue<>();
			TriggerOperations trigger = client(recording(seen), limited, "prod");
			Flux.range(0, 30)
				.flatMap((i) -> trigger.runs()
					.list(RunQuery.all())
					.then()
					.contextWrite((context) -> context.put(KEY, "tenant-" + i))
					.subscribeOn(Schedulers.parallel()), 30)
				.blockLast(PATIENCE);
			assertThat(seen).contains("tenant-0", "tenant-29").doesNotContain("none");
			assertThat(seen.stream().distinct()).hasSize(30);
		}
	}

	@Test
	void traceOfTheCallerReachesTheServerInEveryAttempt() {
		this.emulator.faults().onOperation("tasks.trigger").status(503).times(1);
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new TraceHandler());
		TriggerOperations trigger = client(WebClient.builder().observationRegistry(registry), this.emulator, "prod");
		Observation caller = Observation.start("caller", registry);
		caller.scoped(() -> Mono.delay(Duration.ofMillis(10))
			.then(trigger.tasks().trigger(HELLO, 1))
			.flatMap((run) -> trigger.runs().retrieve(run.id()))
			.block(PATIENCE));
		caller.stop();
		List<String> traces = this.emulator.requests()
			.stream()
			.map((request) -> request.header("traceparent"))
			.toList();
		assertThat(traces).hasSize(3).allMatch((trace) -> trace.startsWith("00-" + TraceHandler.traceOf(caller) + "-"));
		// the attempts of a call are one span
		assertThat(traces.stream().distinct()).hasSize(2);
	}

	private static WebClient.Builder recording(Queue<String> seen) {
		return WebClient.builder().filter((request, next) -> {
			String tenant = TENANT.get();
			seen.add((tenant != null) ? tenant : "none");
			return next.exchange(request);
		});
	}

	private static TriggerOperations client(WebClient.Builder builder, TriggerEmulator emulator, String environment) {
		return TriggerTemplate.builder(TriggerCredential.of(emulator.secretKey(environment)))
			.apiUrl(emulator.apiUrl())
			.retry((policy) -> policy.withMaxAttempts(12).withBackoff(Duration.ofMillis(5), 1, Duration.ofMillis(5)))
			.webClientBuilder(builder)
			.build();
	}

	/**
	 * Names the trace in what is sent, as a tracer does.
	 */
	private static final class TraceHandler implements ObservationHandler<SenderContext<Object>> {

		static String traceOf(Observation observation) {
			return "%032x".formatted(System.identityHashCode(observation.getContextView()));
		}

		@Override
		public void onStart(SenderContext<Object> context) {
			var parent = context.getParentObservation();
			long trace = (parent != null) ? System.identityHashCode(parent.getContextView()) : 0;
			context.getSetter()
				.set(context.getCarrier(), "traceparent",
						"00-%032x-%016x-01".formatted(trace, System.identityHashCode(context)));
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext<?>;
		}

	}

}
