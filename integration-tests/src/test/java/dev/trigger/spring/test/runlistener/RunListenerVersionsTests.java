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

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Versions of an application that have different listeners, of which now one leads and
 * now another: after a rollback, or while some instances try out the next version.
 */
class RunListenerVersionsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final TaskType<String, String> TASK = TaskType.of("echo", String.class, String.class);

	private static final String[] PROPERTIES = { "trigger.run-listener.realtime=false" };

	private final String database = ListenerApplication.newDatabase();

	private TriggerEmulator emulator;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.builder()
			.clock(Clock.offset(Clock.systemUTC(), Duration.ofDays(-20)))
			.start()
			.task("echo", String.class, (text) -> text);
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	private ListenerApplication start(Class<?> version, String... more) throws Exception {
		ListenerApplication application = ListenerApplication.start(this.emulator, this.database, version,
				Stream.of(PROPERTIES, more).flatMap(Stream::of).toArray(String[]::new));
		RunListenerTests.awaitReading(application);
		return application;
	}

	private static void trigger(ListenerApplication application, String text, String... expected) throws Exception {
		application.trigger().tasks().trigger(TASK, text).block(PATIENCE);
		RunListenerTests.await(() -> handled(application).containsAll(List.of(expected)), true);
		RunListenerTests.await(
				() -> application.bean(JdbcTemplate.class)
					.queryForObject("SELECT COUNT(*) FROM trigger_run_event WHERE state = 'PENDING'", Integer.class),
				0);
	}

	private static List<String> handled(ListenerApplication application) {
		return application.handled().stream().map((entry) -> entry.substring("COMPLETED ".length())).toList();
	}

	@Test
	void listenerIsCalledForRunsThatEndedWhileAVersionWithoutItLed() throws Exception {
		try (ListenerApplication second = start(SecondVersion.class)) {
			trigger(second, "one", "first one", "second one");
		}
		this.emulator.advance(Duration.ofHours(1));
		try (ListenerApplication first = start(FirstVersion.class)) {
			trigger(first, "two", "first two");
			this.emulator.advance(Duration.ofHours(2));
			trigger(first, "three", "first three");
		}
		try (ListenerApplication second = start(SecondVersion.class)) {
			trigger(second, "four", "first four", "second four");
			assertThat(handled(second)).containsExactlyInAnyOrder("first one", "second one", "first two", "second two",
					"first three", "second three", "first four", "second four");
		}
		try (ListenerApplication second = start(SecondVersion.class)) {
			trigger(second, "five", "first five", "second five");
			assertThat(handled(second)).hasSize(10);
		}
	}

	/**
	 * What the other was called for long ago is not known any more.
	 */
	@Test
	void otherListenersAreNotCalledAgainWhileOneCatchesUp() throws Exception {
		try (ListenerApplication first = start(FirstVersion.class)) {
			trigger(first, "zero", "first zero");
			try (ListenerApplication second = ListenerApplication.start(this.emulator, this.database,
					SecondVersion.class, PROPERTIES)) {
				RunListenerTests.await(() -> registered(second), 2);
				assertThat(second.container().getStatistics().leader()).isFalse();
			}
			trigger(first, "one", "first one");
			this.emulator.advance(Duration.ofDays(10));
			trigger(first, "two", "first two");
			endOfRetention(first, "one");
		}
		try (ListenerApplication second = start(SecondVersion.class)) {
			trigger(second, "three", "first three", "second three");
			assertThat(handled(second)).containsExactlyInAnyOrder("first zero", "first one", "second one", "first two",
					"second two", "first three", "second three");
		}
	}

	/**
	 * It is not known any more either whether it was called for the last ones before.
	 */
	@Test
	void listenerIsNotCalledAgainForWhatItHandledBeforeAVersionWithoutItLedForLong() throws Exception {
		try (ListenerApplication second = start(SecondVersion.class)) {
			trigger(second, "one", "first one", "second one");
		}
		try (ListenerApplication first = start(FirstVersion.class)) {
			this.emulator.advance(Duration.ofDays(10));
			trigger(first, "two", "first two");
			endOfRetention(first, "one");
		}
		try (ListenerApplication second = start(SecondVersion.class)) {
			trigger(second, "three", "first three", "second three");
			assertThat(handled(second)).containsExactlyInAnyOrder("first one", "second one", "first two", "second two",
					"first three", "second three");
		}
	}

	/**
	 * The row of the last run before the other version showed when that led.
	 */
	@Test
	void listenerIsCalledForRowsThatAppearedLateWhenAnotherVersionLed() throws Exception {
		this.emulator.advance(Duration.ofDays(20));
		try (ListenerApplication second = start(SecondVersion.class)) {
			trigger(second, "one", "first one", "second one");
			second.bean(JdbcTemplate.class).update("DELETE FROM trigger_run_event WHERE listener = 'second'");
			second.bean(JdbcTemplate.class).update("DELETE FROM ledger WHERE entry = 'COMPLETED second one'");
		}
		try (ListenerApplication first = start(FirstVersion.class)) {
			trigger(first, "two", "first two");
		}
		try (ListenerApplication second = start(SecondVersion.class)) {
			RunListenerTests.await(() -> handled(second).containsAll(List.of("second one", "second two")), true);
		}
	}

	/**
	 * Each environment is read from where its reading stopped.
	 */
	@Test
	void listenerThatReadAnotherEnvironmentMeanwhileMissesNothing() throws Exception {
		String otherEnvironment = "trigger.secret-key=" + this.emulator.secretKey("stg");
		try (ListenerApplication application = start(FirstVersion.class)) {
			trigger(application, "one", "first one");
		}
		this.emulator.advance(Duration.ofHours(1));
		try (ListenerApplication other = ListenerApplication.start(this.emulator, ListenerApplication.newDatabase(),
				FirstVersion.class, "trigger.run-listener.enabled=false")) {
			other.trigger().tasks().trigger(TASK, "two").block(PATIENCE);
			this.emulator.awaitIdle(PATIENCE);
		}
		this.emulator.advance(Duration.ofHours(1));
		try (ListenerApplication application = start(FirstVersion.class, otherEnvironment)) {
			trigger(application, "three", "first three");
		}
		try (ListenerApplication application = start(FirstVersion.class)) {
			trigger(application, "four", "first two", "first four");
		}
	}

	private static int registered(ListenerApplication application) {
		return application.bean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM trigger_run_listener WHERE announced = 0", Integer.class);
	}

	private static void endOfRetention(ListenerApplication application, String text) {
		assertThat(application.bean(JdbcTemplate.class)
			.update("DELETE FROM trigger_run_event WHERE state = 'DONE' AND run_id IN (SELECT run_id FROM ledger "
					+ "WHERE entry LIKE ?)", "% " + text))
			.isPositive();
	}

	@Configuration(proxyBeanMethods = false)
	static class FirstVersion {

		final Ledger ledger;

		FirstVersion(Ledger ledger) {
			this.ledger = ledger;
		}

		@TriggerRunListener(id = "first", task = "echo")
		void first(RunFinished<String> event) {
			this.ledger.write(event, "first " + event.requireOutput());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondVersion extends FirstVersion {

		SecondVersion(Ledger ledger) {
			super(ledger);
		}

		@TriggerRunListener(id = "second", task = "echo")
		void second(RunFinished<String> event) {
			this.ledger.write(event, "second " + event.requireOutput());
		}

	}

}
