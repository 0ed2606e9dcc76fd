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

package dev.trigger.spring.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.metrics.TriggerMetricsAutoConfiguration;
import dev.trigger.spring.exception.ClientClosedException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.feed.FeedTests;
import dev.trigger.spring.feed.LiveServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for feeds of the clients that are configured.
 */
class TriggerRealtimeTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ReactiveHttpClientAutoConfiguration.class,
				TriggerAutoConfiguration.class, TriggerMetricsAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefABCD");

	private static LiveServer holding(CountDownLatch left) {
		return new LiveServer((exchange) -> {
			if (exchange.number() == 0) {
				FeedTests.log(exchange, "1_0",
						FeedTests.row("insert", "id", "1", "friendlyId", "run_1", "status", "EXECUTING"));
				return;
			}
			exchange.hold();
			left.countDown();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "jdk", "http-components" })
	void holdsAPollForLongerThanTheReadTimeoutOfCalls(String connector) {
		try (LiveServer server = new LiveServer((exchange) -> {
			if (exchange.number() > 0) {
				Thread.sleep(2_000);
			}
			FeedTests.log(exchange, exchange.number() + "_0", FeedTests.row("insert", "id", "1", "friendlyId", "run_1",
					"status", (exchange.number() == 0) ? "EXECUTING" : "COMPLETED_SUCCESSFULLY"));
		})) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + server.url(), "trigger.http.read-timeout=1s",
						"spring.http.clients.reactive.connector=" + connector)
				.run((context) -> {
					assertThat(context.getBean(TriggerOperations.class).realtime().run("run_1").count().block(LONGEST))
						.isEqualTo(2);
					assertThat(server.exchanges()).hasSize(2);
				});
		}
	}

	@Test
	void endsFeedsWhenTheContextIsClosed() throws InterruptedException {
		CountDownLatch left = new CountDownLatch(1);
		AtomicReference<Throwable> failure = new AtomicReference<>();
		try (LiveServer server = holding(left)) {
			this.contextRunner.withPropertyValues("trigger.api-url=" + server.url()).run((context) -> {
				context.getBean(TriggerOperations.class).realtime().run("run_1").subscribe((run) -> {
				}, failure::set);
				await().atMost(LONGEST).until(() -> server.exchanges().size() == 2);
			});
			assertThat(failure.get()).isInstanceOf(ClientClosedException.class);
			assertThat(left.await(30, TimeUnit.SECONDS)).as("the connection was closed").isTrue();
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void endsFeedsWhileTheirConnectionsWork(CapturedOutput output) {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		AtomicReference<Throwable> call = new AtomicReference<>();
		try (LiveServer server = holding(new CountDownLatch(1))) {
			this.contextRunner.withPropertyValues("trigger.api-url=" + server.url())
				.withBean(ReactorResourceFactory.class, () -> {
					ReactorResourceFactory resources = new ReactorResourceFactory();
					resources.setUseGlobalResources(false);
					resources.setShutdownQuietPeriod(Duration.ZERO);
					return resources;
				})
				.run((context) -> {
					TriggerOperations client = context.getBean(TriggerOperations.class);
					client.realtime().run("run_1").subscribe((run) -> {
					}, failure::set);
					await().atMost(LONGEST).until(() -> server.exchanges().size() == 2);
					// as a bean that is destroyed does
					((DefaultSingletonBeanRegistry) context.getSourceApplicationContext().getBeanFactory())
						.registerDisposableBean("last", () -> call
							.set(catchThrowable(() -> client.runs().retrieve("run_1").block(Duration.ofSeconds(2)))));
				});
		}
		assertThat(failure.get()).isInstanceOf(ClientClosedException.class);
		assertThat(call.get()).isInstanceOf(TriggerConnectionException.class)
			.hasMessageContaining("the application is closed or closing")
			.hasMessageContaining("1 attempt(s)");
		assertThat(output).doesNotContain("PrematureCloseException");
		assertThat(output.toString().split("event executor terminated")).hasSizeLessThan(3);
	}

	@Test
	void countsAndObservesAFeedAsOne() {
		CountDownLatch left = new CountDownLatch(1);
		List<String> observed = new CopyOnWriteArrayList<>();
		try (LiveServer server = holding(left)) {
			ObservationRegistry observations = ObservationRegistry.create();
			observations.observationConfig().observationHandler(new ObservationHandler<>() {

				@Override
				public void onStop(Observation.Context context) {
					observed.add(
							context.getName() + " " + context.getLowCardinalityKeyValue("trigger.endpoint").getValue());
				}

				@Override
				public boolean supportsContext(Observation.Context context) {
					return true;
				}

			});
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			this.contextRunner.withBean(ObservationRegistry.class, () -> observations)
				.withPropertyValues("trigger.api-url=" + server.url())
				.run((context) -> {
					context.getBeansOfType(io.micrometer.core.instrument.binder.MeterBinder.class)
						.values()
						.forEach((binder) -> binder.bindTo(meters));
					var subscription = context.getBean(TriggerOperations.class).realtime().run("run_1").subscribe();
					await().atMost(LONGEST).until(() -> server.exchanges().size() == 2);
					assertThat(meters.get("trigger.live.open").gauge().value()).isEqualTo(1);
					assertThat(observed).isEmpty();
					subscription.dispose();
					assertThat(meters.get("trigger.live.open").gauge().value()).isZero();
					assertThat(observed).containsExactly("trigger.live realtime.run");
				});
		}
	}

}
