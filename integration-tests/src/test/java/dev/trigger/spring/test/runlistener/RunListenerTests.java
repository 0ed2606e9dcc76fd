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

package dev.trigger.spring.test.runlistener;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.emulator.Faults;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.actuate.endpoint.TriggerRunListenerEndpoint;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerEndpointAutoConfiguration;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerHealthContributorAutoConfiguration;
import dev.trigger.spring.autoconfigure.runlistener.TriggerRunListenerMetricsAutoConfiguration;
import dev.trigger.spring.health.TriggerRunListenerHealthIndicator;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.runlistener.ParkedRunEvent;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.RunListenerObserver;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.runlistener.TriggerRunListener.Scope;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for run listeners.
 */
class RunListenerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TaskType<String, Receipt> WELCOME = TaskType.of("send-welcome", String.class, Receipt.class);

	private final String database = ListenerApplication.newDatabase();

	private TriggerEmulator emulator;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.start().task("send-welcome", String.class, (name) -> {
			if (name.startsWith("fail")) {
				throw new IllegalStateException("no " + name);
			}
			return Map.of("id", "receipt-" + name);
		});
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	static <T> void await(Callable<T> actual, T expected) throws Exception {
		await(actual, expected, PATIENCE);
	}

	static <T> void await(Callable<T> actual, T expected, Duration patience) throws Exception {
		long end = System.nanoTime() + patience.toNanos();
		while (!expected.equals(actual.call()) && end - System.nanoTime() > 0) {
			Thread.sleep(20);
		}
		assertThat(actual.call()).isEqualTo(expected);
	}

	/**
	 * Wait until listeners are known, and so are called for what happens.
	 */
	static void awaitReading(ListenerApplication application) throws Exception {
		await(() -> application.container().getStatistics().lastRead() != null, true);
	}

	private static RunHandle<Receipt> trigger(TriggerOperations trigger, String name) {
		return trigger.tasks().trigger(WELCOME, name).block(PATIENCE);
	}

	@Test
	void callsListenerWithTypedOutput() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class)) {
			awaitReading(application);
			trigger(application.trigger(), "ada");
			trigger(application.trigger(), "fail-bob");
			await(() -> application.handled().stream().sorted().toList(),
					List.of("COMPLETED receipt-ada", "FAILED no fail-bob"));
			await(() -> application.container().getStatistics().handled(), 2L);
		}
	}

	@Test
	void callsListenerForWhatHappenedMeanwhile() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class)) {
			awaitReading(application);
			trigger(application.trigger(), "first");
			await(application::handled, List.of("COMPLETED receipt-first"));
		}
		try (ListenerApplication other = ListenerApplication.start(this.emulator, ListenerApplication.newDatabase(),
				WelcomeListener.class, "trigger.run-listener.enabled=false")) {
			trigger(other.trigger(), "second");
			this.emulator.awaitIdle();
		}
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class)) {
			await(application::handled, List.of("COMPLETED receipt-first", "COMPLETED receipt-second"));
		}
	}

	@Test
	void doesNotCallListenerForWhatWasBefore() throws Exception {
		try (ListenerApplication other = ListenerApplication.start(this.emulator, ListenerApplication.newDatabase(),
				WelcomeListener.class, "trigger.run-listener.enabled=false")) {
			trigger(other.trigger(), "before");
			this.emulator.awaitIdle();
			cancelBeforeStart(other.trigger());
		}
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class)) {
			awaitReading(application);
			trigger(application.trigger(), "after");
			await(application::handled, List.of("COMPLETED receipt-after"));
		}
	}

	/**
	 * The server can't be asked for a while where a new listener starts, which it does
	 * when its application is started.
	 */
	@Test
	void callsNewListenerForWhatIsOverBeforeTheServerCanBeAsked() throws Exception {
		Faults.Rule outage = this.emulator.faults().onOperation("query.execute").status(503);
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class, "trigger.run-listener.realtime=false")) {
			trigger(application.trigger(), "early");
			String canceled = cancelBeforeStart(application.trigger());
			try (ListenerApplication other = ListenerApplication.start(this.emulator, ListenerApplication.newDatabase(),
					WelcomeListener.class, "trigger.run-listener.enabled=false")) {
				this.emulator.awaitIdle();
				trigger(other.trigger(), "foreign");
				cancelBeforeStart(other.trigger());
			}
			this.emulator.awaitIdle();
			await(() -> outage.count() > 0, true);
			this.emulator.faults().clear();
			await(() -> application.handled().size() >= 3, true);
			trigger(application.trigger(), "later");
			await(() -> application.handled().contains("COMPLETED receipt-later"), true);
			// of those that have no end, only its own
			assertThat(application.handled()).containsExactlyInAnyOrder("COMPLETED receipt-early",
					"COMPLETED receipt-foreign", "CANCELED Canceled by user", "COMPLETED receipt-later");
			assertThat(application.bean(Ledger.class).byRun()).containsKey(canceled);
		}
	}

	/**
	 * Which triggered runs and did not write down that it did.
	 */
	@Test
	void callsNewListenerForRunsOfAnInstanceThatDiedBeforeTheServerCouldBeAsked() throws Exception {
		Faults.Rule outage = this.emulator.faults().onOperation("query.execute").status(503);
		String dead = ListenerApplication.newDatabase();
		try (ListenerApplication application = ListenerApplication.start(this.emulator, dead, WelcomeListener.class,
				"trigger.run-listener.realtime=false")) {
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			await(() -> outage.count() > 0, true);
			trigger(application.trigger(), "early");
			this.emulator.awaitIdle();
			await(() -> jdbc.queryForObject("SELECT COUNT(*) FROM trigger_run_triggered", Integer.class), 1);
			jdbc.update("DELETE FROM trigger_run_triggered");
		}
		this.emulator.faults().clear();
		try (ListenerApplication application = ListenerApplication.start(this.emulator, dead, WelcomeListener.class)) {
			await(application::handled, List.of("COMPLETED receipt-early"));
		}
	}

	private static String cancelBeforeStart(TriggerOperations trigger) {
		RunHandle<Receipt> run = trigger.tasks()
			.trigger(WELCOME, "late", (options) -> options.delay(Duration.ofHours(1)))
			.block(PATIENCE);
		trigger.runs().cancel(run.id()).block(PATIENCE);
		return run.id();
	}

	@Test
	void callsListenerForRunThatWasCanceledBeforeItWasStarted() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class, "trigger.run-listener.realtime=false")) {
			awaitReading(application);
			cancelBeforeStart(application.trigger());
			await(application::handled, List.of("CANCELED Canceled by user"));
			assertThat(this.emulator.requests("query.execute")).extracting((request) -> request.body().toString())
				.filteredOn((query) -> query.contains("'Canceled' AND"))
				.isNotEmpty()
				.allMatch((query) -> query.contains("send-welcome"));
		}
	}

	@Test
	void callsFailingListenerAgainAndParksInTheEnd() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				FailingListener.class, "trigger.run-listener.retry.max-attempts=3",
				"trigger.run-listener.retry.delay=10ms",
				"management.endpoints.web.exposure.include=triggerrunlistener")) {
			awaitReading(application);
			FailingListener.failures.set(5);
			String runId = trigger(application.trigger(), "ada").id();
			await(() -> application.container().findParked(10).size(), 1);
			ParkedRunEvent parked = application.container().findParked(10).get(0);
			assertThat(parked.runId()).isEqualTo(runId);
			assertThat(parked.attempts()).isEqualTo(3);
			assertThat(parked.reason()).contains("on purpose");
			assertThat(application.handled()).as("what is rolled back").isEmpty();
			TriggerRunListenerEndpoint endpoint = application.bean(TriggerRunListenerEndpoint.class);
			assertThat(endpoint.runListeners(null).parked()).containsExactly(parked);
			assertThat(endpoint.requeue(parked.listener(), "run_of_nobody")).isNull();
			assertThat(endpoint.requeue(parked.listener(), runId).events()).isOne();
			await(application::handled, List.of("COMPLETED attempt 3"));
			assertThat(endpoint.drop(parked.listener(), runId)).isNull();
		}
	}

	@Test
	void parksOutputThatIsOfAnotherType() throws Exception {
		this.emulator.task("send-welcome", String.class, (name) -> List.of(name));
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class)) {
			awaitReading(application);
			trigger(application.trigger(), "ada");
			await(() -> application.container().findParked(10).size(), 1);
			assertThat(application.container().findParked(10).get(0).reason()).contains("cannot be used");
		}
	}

	@Test
	void filtersRuns() throws Exception {
		this.emulator.task("other", String.class, (name) -> name);
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				FilteringListeners.class, "tag=vip")) {
			awaitReading(application);
			TriggerOperations trigger = application.trigger();
			trigger.tasks().trigger(WELCOME, "vip", (options) -> options.tags("vip")).block(PATIENCE);
			trigger(trigger, "fail");
			trigger.tasks().trigger(TaskType.of("other", String.class, String.class), "text").block(PATIENCE);
			await(() -> application.handled().stream().sorted().toList(),
					List.of("COMPLETED all send-welcome", "COMPLETED all text", "COMPLETED mono other",
							"COMPLETED tagged", "FAILED all send-welcome", "FAILED failed"));
		}
	}

	@Test
	void knowsOwnRuns() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				OwnListener.class);
				ListenerApplication other = ListenerApplication.start(this.emulator, ListenerApplication.newDatabase(),
						WelcomeListener.class)) {
			awaitReading(application);
			awaitReading(other);
			trigger(other.trigger(), "foreign");
			trigger(application.trigger(), "own");
			await(() -> other.handled().size(), 2);
			await(application::handled, List.of("COMPLETED receipt-own"));
		}
	}

	@Test
	void knowsOwnRunsOfTheStartAndTheEnd() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				OwnListener.class)) {
			// from now on the listener is known
			awaitReading(application);
		}
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				BusyListener.class)) {
			await(application::handled, List.of("COMPLETED receipt-start"));
			// with requests that come to an end, when listeners are not called any more
		}
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				OwnListener.class)) {
			await(application::handled, List.of("COMPLETED receipt-start", "COMPLETED receipt-end"));
		}
	}

	@Test
	void observerThatFailsChangesNothing() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				FailingObserver.class, "trigger.run-listener.retry.max-attempts=2",
				"trigger.run-listener.retry.delay=10ms")) {
			awaitReading(application);
			FailingListener.failures.set(2);
			trigger(application.trigger(), "ada");
			await(() -> application.container().findParked(10).size(), 1);
			assertThat(application.container().findParked(10).get(0).attempts()).isEqualTo(2);
			trigger(application.trigger(), "bob");
			await(application::handled, List.of("COMPLETED attempt 1"));
			assertThat(application.container().getStatistics().failed()).isEqualTo(2);
		}
	}

	@Test
	void clientThatCannotReadIsNotCoveredUpByOneThatCan() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database, TwoClients.class,
				"trigger.clients.broken.api-url=http://127.0.0.1:1",
				"trigger.clients.broken.secret-key=" + this.emulator.secretKey("stg"))) {
			// until the listener is known
			await(() -> {
				trigger(application.trigger(), "ada");
				return application.handled().isEmpty();
			}, false);
			this.emulator.awaitIdle();
			await(() -> application.container().getStatistics().failure() != null, true);
			trigger(application.trigger(), "eve");
			await(() -> application.handled().contains("COMPLETED receipt-eve"), true);
			assertThat(application.container().getStatistics().failure()).contains("127.0.0.1:1");
			assertThat(application.container().getStatistics().lastRead()).isNull();
			assertThat(application.container().getStatistics().lastReadAge()).isPositive();
		}
	}

	@Test
	void parksRunThatCannotBeRead() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class, "trigger.run-listener.retry.max-attempts=2",
				"trigger.run-listener.retry.delay=10ms")) {
			awaitReading(application);
			this.emulator.faults().onOperation("runs.retrieve").status(200, "application/json", "{\"id\":{}}");
			trigger(application.trigger(), "ada");
			await(() -> application.container().findParked(10).size(), 1);
			assertThat(application.container().findParked(10).get(0).attempts()).isEqualTo(2);
		}
	}

	@Test
	void findsRunsThatTheServerLosesForItsQueries() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class, "trigger.run-listener.realtime=false",
				"trigger.run-listener.sweep-after=200ms")) {
			awaitReading(application);
			this.emulator.faults()
				.onOperation("query.execute")
				.status(200, "application/json", "{\"format\":\"json\",\"results\":[]}");
			trigger(application.trigger(), "lost");
			await(application::handled, List.of("COMPLETED receipt-lost"));
		}
	}

	@Test
	void waitsForTheServer() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				WelcomeListener.class, "trigger.run-listener.realtime=false", "trigger.retry.delay=10ms")) {
			awaitReading(application);
			this.emulator.faults().onOperation("query.execute").status(500).times(2);
			this.emulator.faults().onOperation("runs.retrieve").status(503).times(6);
			trigger(application.trigger(), "ada");
			await(application::handled, List.of("COMPLETED receipt-ada"));
		}
	}

	@Test
	void worksWithoutDatabase() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, "", WelcomeListener.class)) {
			awaitReading(application);
			assertThat(application.container().getStatistics().durable()).isFalse();
			trigger(application.trigger(), "ada");
			cancelBeforeStart(application.trigger());
			await(() -> application.handled().stream().sorted().toList(),
					List.of("CANCELED Canceled by user", "COMPLETED receipt-ada"));
		}
	}

	@Test
	void oneOfTwoInstancesCallsListeners() throws Exception {
		String[] properties = { "trigger.run-listener.lease-duration=2s" };
		try (ListenerApplication first = ListenerApplication.start(this.emulator, this.database, WelcomeListener.class,
				properties)) {
			awaitReading(first);
			try (ListenerApplication second = ListenerApplication.start(this.emulator, this.database,
					WelcomeListener.class, properties)) {
				trigger(second.trigger(), "one");
				await(first::handled, List.of("COMPLETED receipt-one"));
				assertThat(second.container().getStatistics().leader()).isFalse();
				first.end();
				trigger(second.trigger(), "two");
				await(second::handled, List.of("COMPLETED receipt-one", "COMPLETED receipt-two"));
				assertThat(second.container().getStatistics().leader()).isTrue();
			}
		}
	}

	@Test
	void showsHowListenersAreDoing() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				MeasuredListener.class, "trigger.run-listener.max-age=1ms")) {
			awaitReading(application);
			trigger(application.trigger(), "ada");
			MeterRegistry registry = application.bean(MeterRegistry.class);
			await(() -> registry.find("trigger.run.listener.calls").tag("outcome", "handled").timers().size(), 1);
			assertThat(registry.get("trigger.run.listener.leader").gauge().value()).isEqualTo(1);
			HealthIndicator health = application.bean(TriggerRunListenerHealthIndicator.class);
			await(() -> health.health().getStatus(), Status.UP);
			this.emulator.faults().onOperation("query.execute").status(500);
			await(() -> health.health().getStatus(), Status.DOWN);
			assertThat(application.container().getStatistics().lastReadAge()).isGreaterThan(Duration.ofMillis(1));
			assertThat(health.health().getDetails()).containsEntry("leader", true)
				.hasEntrySatisfying("failure", (failure) -> assertThat(failure.toString()).contains("500"));
		}
	}

	/**
	 * Such as when the server fails at the time of a failover.
	 */
	@Test
	void isDownOnceNothingWasReadForTooLongAlsoIfNothingEverWas() throws Exception {
		this.emulator.faults().onOperation("query.execute").status(503);
		for (boolean late : new boolean[] { false, true }) {
			try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
					MeasuredListener.class, "trigger.run-listener.max-age=" + (late ? "1ms" : "1h"))) {
				await(() -> application.container().getStatistics().leader()
						&& application.container().getStatistics().failure() != null, true);
				HealthIndicator health = application.bean(TriggerRunListenerHealthIndicator.class);
				await(() -> health.health().getStatus(), late ? Status.DOWN : Status.UP);
				assertThat(health.health().getDetails()).containsKey("failure").doesNotContainKey("lastRead");
			}
		}
	}

	/**
	 * Nobody calls listeners then, and no instance knows that another one should.
	 */
	@Test
	void isDownWhereItCannotBeDecidedWhichInstanceCallsListeners() throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator, this.database,
				MeasuredListener.class, "trigger.run-listener.max-age=1ms",
				"trigger.run-listener.initialize-schema=never")) {
			HealthIndicator health = application.bean(TriggerRunListenerHealthIndicator.class);
			await(() -> health.health().getStatus(), Status.DOWN);
			assertThat(health.health().getDetails()).containsEntry("leader", false)
				.hasEntrySatisfying("failure", (failure) -> assertThat(failure.toString())
					.contains("which instance calls run listeners", "trigger.run-listener.initialize-schema"));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ TriggerRunListenerMetricsAutoConfiguration.class,
			TriggerRunListenerHealthContributorAutoConfiguration.class })
	static class MeasuredListener extends WelcomeListener {

		MeasuredListener(Ledger ledger) {
			super(ledger);
		}

		@Bean
		static MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@Bean
		static SmartInitializingSingleton bound(MeterRegistry registry, ObjectProvider<MeterBinder> binders) {
			return () -> binders.forEach((binder) -> binder.bindTo(registry));
		}

	}

	record Receipt(String id) {

	}

	@Configuration(proxyBeanMethods = false)
	static class WelcomeListener {

		private final Ledger ledger;

		WelcomeListener(Ledger ledger) {
			this.ledger = ledger;
		}

		@TriggerRunListener(task = "send-welcome")
		void on(RunFinished<Receipt> event) {
			this.ledger.write(event, event.isSuccess() ? event.requireOutput().id() : event.error().message());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnListener {

		@Bean
		Own own(Ledger ledger) {
			return new Own(ledger);
		}

	}

	record Own(Ledger ledger) {

		@TriggerRunListener(task = "send-welcome", scope = Scope.APPLICATION)
		void on(RunFinished<Receipt> event) {
			this.ledger.write(event, event.requireOutput().id());
		}

	}

	/**
	 * Triggers before listeners are called, and after that.
	 */
	@Configuration(proxyBeanMethods = false)
	static class BusyListener extends OwnListener {

		@Bean
		Busy busy(TriggerOperations trigger) {
			return new Busy(trigger);
		}

	}

	static final class Busy implements SmartLifecycle {

		private final TriggerOperations trigger;

		private volatile boolean running;

		Busy(TriggerOperations trigger) {
			this.trigger = trigger;
		}

		@Override
		public void start() {
			trigger(this.trigger, "start");
			this.running = true;
		}

		@Override
		public void stop() {
			trigger(this.trigger, "end");
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return DEFAULT_PHASE - 4000;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingObserver extends FailingListener {

		FailingObserver(Ledger ledger) {
			super(ledger);
		}

		@Bean
		static RunListenerObserver observer() {
			AtomicInteger calls = new AtomicInteger();
			return (listener, outcome, time) -> {
				if (calls.getAndIncrement() % 2 == 0) {
					throw new NoClassDefFoundError("on purpose");
				}
				throw new IllegalStateException("on purpose, too");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoClients extends WelcomeListener {

		TwoClients(Ledger ledger) {
			super(ledger);
		}

		@TriggerRunListener(client = "broken")
		void other(RunFinished<Receipt> event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(TriggerRunListenerEndpointAutoConfiguration.class)
	static class FailingListener {

		static final AtomicInteger failures = new AtomicInteger();

		private final Ledger ledger;

		FailingListener(Ledger ledger) {
			this.ledger = ledger;
		}

		@TriggerRunListener(id = "failing")
		void on(RunFinished<Receipt> event) {
			this.ledger.write(event, "attempt " + event.attempt());
			if (failures.getAndDecrement() > 0) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FilteringListeners {

		private final Ledger ledger;

		FilteringListeners(Ledger ledger) {
			this.ledger = ledger;
		}

		@TriggerRunListener
		void all(RunFinished<?> event) {
			this.ledger.write(event,
					"all " + ((event.output() instanceof String text) ? text : event.taskIdentifier()));
		}

		@TriggerRunListener(tags = { "none", "${tag}" })
		void tagged(RunFinished<Map<String, Object>> event) {
			this.ledger.write(event, "tagged");
		}

		@TriggerRunListener(status = { "FAILED", "TIMED_OUT" })
		void failed(RunFinished<Receipt> event) {
			this.ledger.write(event, "failed");
		}

		@TriggerRunListener(task = "other")
		Mono<Void> mono(RunFinished<String> event) {
			return Mono.delay(Duration.ofMillis(1))
				.doOnNext((tick) -> this.ledger.write(event, "mono " + event.taskIdentifier()))
				.then();
		}

	}

}
