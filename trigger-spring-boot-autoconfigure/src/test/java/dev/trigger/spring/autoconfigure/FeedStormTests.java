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

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.feed.FeedTests;
import dev.trigger.spring.feed.LiveServer;
import dev.trigger.spring.feed.LiveServer.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Subscribers that leave at any moment, many of them: nothing of what they had stays
 * behind, whatever the connector is.
 */
class FeedStormTests {

	private static final Duration LONGEST = Duration.ofSeconds(60);

	private static final int THREADS = 8;

	private static final int MAX_FEEDS = 4;

	private static final int STREAM = 2;

	/**
	 * How often somebody subscribes and leaves; {@code -Dtrigger.storm=10000} for more.
	 */
	private static final int SUBSCRIPTIONS = Integer.getInteger("trigger.storm", 1_000);

	private final AtomicInteger held = new AtomicInteger();

	private final Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();

	private volatile boolean calm;

	private final LiveServer server = new LiveServer(this::handle);

	@BeforeEach
	void watch() {
		Hooks.onErrorDropped(this.dropped::add);
	}

	@AfterEach
	void close() {
		Hooks.resetOnErrorDropped();
		this.server.close();
	}

	private void handle(Exchange exchange) throws IOException {
		boolean stream = exchange.path().startsWith("/realtime/v1/streams/");
		if (!exchange.path().startsWith("/realtime/")) {
			exchange.respond(200, Map.of("content-type", "application/json"),
					"{\"id\":\"run_1\",\"status\":\"EXECUTING\",\"isCompleted\":false}");
			return;
		}
		if (stream) {
			pause();
			exchange.begin(200, Map.of("content-type", "text/event-stream"));
			pause();
			exchange.piece("id: 1-0\ndata: \"a\"\n\n");
			hold(exchange);
			return;
		}
		if (exchange.query().containsKey("live") && (this.calm || ThreadLocalRandom.current().nextInt(3) == 0)) {
			hold(exchange);
			return;
		}
		pause();
		FeedTests.log(exchange, exchange.number() + "_0", FeedTests.row("insert", "id", "1", "friendlyId", "run_1",
				"status", "EXECUTING", "updatedAt", "n" + exchange.number()));
	}

	private void hold(Exchange exchange) throws IOException {
		this.held.incrementAndGet();
		try {
			exchange.hold();
		}
		finally {
			this.held.decrementAndGet();
		}
	}

	private static void pause() {
		LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(1_500_000));
	}

	private static Publisher<?> source(TriggerOperations trigger, int number) {
		return switch (number % 6) {
			case 0 -> trigger.realtime().run("run_1");
			case 1 -> trigger.realtime().batch("batch_1");
			case STREAM -> trigger.realtime().stream("run_1", "out", String.class);
			case 3 -> trigger.runs().awaitCompletion("run_1");
			case 4 -> trigger.runs()
				.awaitOutput(new BatchHandle<>("batch_1", 3, false, Object.class, null).run("run_" + number % 3));
			default -> trigger.realtime().run("run_1").take(1);
		};
	}

	/**
	 * Spring's connector for the JDK's client reads a response that has begun to its end,
	 * which those of streams do not have.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "jdk", "http-components" })
	void whoLeavesClosesTheConnection(String connector) {
		this.calm = true;
		int sources = connector.equals("jdk") ? STREAM : 3;
		run(connector, (trigger) -> {
			for (int number = 0; number < sources; number++) {
				CountDownLatch first = new CountDownLatch(1);
				Disposable subscription = Flux.from(source(trigger, number))
					.subscribe((element) -> first.countDown(), this.dropped::add);
				assertThat(first.await(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
				// a reader of a stream follows the run as well
				int connections = (number < 2) ? 1 : 2;
				await().atMost(LONGEST).untilAsserted(() -> assertThat(this.held).hasValue(connections));
				subscription.dispose();
				await().atMost(LONGEST).untilAsserted(() -> assertThat(this.held).hasValue(0));
			}
		});
		assertNothingDropped();
	}

	@ParameterizedTest
	@ValueSource(strings = { "reactor", "jetty", "jdk", "http-components" })
	void nothingIsLeftOfSubscribersThatLeaveAtAnyMoment(String connector) {
		run(connector, (trigger) -> storm(trigger, !connector.equals("jdk")));
		if (!connector.equals("jdk")) {
			// whose client keeps idle ones until it is collected
			await().atMost(LONGEST).untilAsserted(() -> assertThat(this.server.connections()).isZero());
		}
		assertNothingDropped();
	}

	private void run(String connector, Test test) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(ReactiveHttpClientAutoConfiguration.class, TriggerAutoConfiguration.class))
			.withPropertyValues("trigger.secret-key=tr_prod_0123456789abcdefABCD",
					"trigger.api-url=" + this.server.url(), "trigger.realtime.max-feeds=" + MAX_FEEDS,
					"spring.http.clients.reactive.connector=" + connector)
			.run((context) -> test.run(context.getBean(TriggerOperations.class)));
	}

	private void assertNothingDropped() {
		assertThat(this.dropped.stream().map(FeedStormTests::causes).distinct()).isEmpty();
	}

	private static String causes(Throwable failure) {
		return failure + ((failure.getCause() != null) ? " <- " + causes(failure.getCause()) : "");
	}

	private void storm(TriggerOperations trigger, boolean streams) throws InterruptedException {
		AtomicInteger next = new AtomicInteger();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			Thread thread = new Thread(() -> {
				for (int number = next.getAndIncrement(); number < SUBSCRIPTIONS; number = next.getAndIncrement()) {
					int left = (number % 6 != STREAM || streams) ? number : number + 1;
					Disposable subscription = Flux.from(source(trigger, left)).subscribe((element) -> {
					}, this.dropped::add);
					LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(4_000_000));
					subscription.dispose();
				}
			});
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		await().atMost(LONGEST).untilAsserted(() -> assertThat(trigger.realtime().statistics().open()).isZero());
		await().atMost(LONGEST).untilAsserted(() -> assertThat(this.held).hasValue(0));
		this.calm = true;
		Disposable.Composite waits = Disposables.composite();
		for (int i = 0; i < 2 * MAX_FEEDS; i++) {
			waits.add(trigger.runs().awaitCompletion("run_1").subscribe());
		}
		await().atMost(LONGEST).untilAsserted(() -> assertThat(this.held).hasValue(MAX_FEEDS));
		waits.dispose();
		await().atMost(LONGEST).untilAsserted(() -> assertThat(this.held).hasValue(0));
	}

	private interface Test {

		void run(TriggerOperations trigger) throws Exception;

	}

}
