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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.trigger.emulator.Faults;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.runlistener.TriggerRunListener.Scope;
import dev.trigger.spring.task.TaskType;
import dev.trigger.spring.test.runlistener.ListenerApplication.Ledger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes wrong around run listeners in operation: pools of connections that are
 * exhausted, leases that are lost meanwhile, tables that are not there.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunListenerHazardTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final TaskType<Integer, Integer> TASK = TaskType.of("square", Integer.class, Integer.class);

	private final TriggerEmulator emulator = TriggerEmulator.start()
		.task("square", Integer.class, (number) -> number * number);

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	private ListenerApplication start(String... properties) {
		return ListenerApplication.start(this.emulator, ListenerApplication.newDatabase(), Squares.class, properties);
	}

	private static String trigger(ListenerApplication application) {
		return application.trigger().tasks().trigger(TASK, 3).block(PATIENCE).id();
	}

	/**
	 * What it writes is committed with the event or not at all, whoever leads.
	 */
	@Test
	void listenerThatIsBeingCalledGoesOnWhenTheLeaseIsLost() throws Exception {
		try (ListenerApplication application = start("trigger.run-listener.lease-duration=1s")) {
			Squares squares = application.bean(Squares.class);
			CountDownLatch called = new CountDownLatch(1);
			CountDownLatch release = new CountDownLatch(1);
			squares.work.set(() -> {
				called.countDown();
				assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
			});
			RunListenerTests.awaitReading(application);
			String run = trigger(application);
			assertThat(called.await(60, TimeUnit.SECONDS)).isTrue();
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			jdbc.update("UPDATE trigger_lease SET owner = 'another', expires_at = expires_at + 1000");
			RunListenerTests.await(() -> application.container().getStatistics().leader(), false, PATIENCE);
			// it leads again, and knows what it is still doing
			RunListenerTests.await(() -> application.container().getStatistics().leader(), true, PATIENCE);
			trigger(application);
			squares.work.set(() -> {
			});
			RunListenerTests.await(() -> application.handled().size(), 1, PATIENCE);
			release.countDown();
			RunListenerTests.await(() -> application.handled().size(), 2, PATIENCE);
			assertThat(application.bean(Ledger.class).byRun()).containsEntry(run, 1L);
			assertThat(squares.calls).hasValue(2);
			assertThat(application.container().getStatistics().failed()).isZero();
		}
	}

	/**
	 * An event is not parked for what the database does before its listener is called.
	 */
	@Test
	void onlyCallsOfListenersCountAsAttempts() throws Exception {
		try (ListenerApplication application = start("trigger.run-listener.retry.max-attempts=1")) {
			RunListenerTests.awaitReading(application);
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			jdbc.execute("ALTER TABLE trigger_run_event ADD CONSTRAINT pending CHECK (state <> 'DONE')");
			trigger(application);
			RunListenerTests.await(() -> {
				String failure = application.container().getStatistics().failure();
				return failure != null && failure.contains("can't be handled");
			}, true, PATIENCE);
			assertThat(jdbc.queryForObject("SELECT attempts FROM trigger_run_event", Integer.class)).isZero();
			jdbc.execute("ALTER TABLE trigger_run_event DROP CONSTRAINT pending");
			RunListenerTests.await(() -> application.handled().size(), 1, PATIENCE);
			assertThat(application.bean(Squares.class).calls).hasValue(1);
		}
	}

	/**
	 * That runs can be retrieved meanwhile does not mean that they can be handled. What
	 * the driver says is the reason, and no statement.
	 */
	@Test
	void saysOnceThatTheDatabaseCannotBeUsed(CapturedOutput output) throws Exception {
		try (ListenerApplication application = start()) {
			RunListenerTests.awaitReading(application);
			JdbcTemplate jdbc = application.bean(JdbcTemplate.class);
			jdbc.execute("ALTER TABLE trigger_run_event ADD CONSTRAINT pending CHECK (state <> 'DONE')");
			for (int i = 0; i < 4; i++) {
				trigger(application);
			}
			RunListenerTests.await(() -> this.emulator.requests("runs.retrieve").size() >= 12, true, PATIENCE);
			assertThat(occurrences(output, "can't be handled: Check constraint violation")).isOne();
			assertThat(output).doesNotContain("works again").doesNotContain("can't be handled: PreparedStatement");
			jdbc.execute("ALTER TABLE trigger_run_event DROP CONSTRAINT pending");
			RunListenerTests.await(() -> application.handled().size(), 4, PATIENCE);
			assertThat(occurrences(output, "Handling runs that are over works again")).isOne();
		}
	}

	/**
	 * What listeners depend on may be away for thousands of runs.
	 */
	@Test
	void stackOfTheSameFailureIsLoggedOnce(CapturedOutput output) throws Exception {
		try (ListenerApplication application = start("trigger.run-listener.retry.max-attempts=2",
				"trigger.run-listener.retry.delay=1ms")) {
			application.bean(Squares.class).work.set(() -> {
				throw new IllegalStateException("the mail server is away");
			});
			RunListenerTests.awaitReading(application);
			for (int i = 0; i < 4; i++) {
				trigger(application);
			}
			RunListenerTests.await(() -> application.container().findParked(10).size(), 4, PATIENCE);
			assertThat(occurrences(output, "the mail server is away")).isEqualTo(8);
			assertThat(occurrences(output, "at " + Squares.class.getName() + ".on(")).isOne();
		}
	}

	/**
	 * The queries overlap, so that the runs of the last minute are read each time.
	 */
	@Test
	void runsThatWereReadBeforeAreNothingToCatchUpOn(CapturedOutput output) throws Exception {
		try (ListenerApplication application = ListenerApplication.start(this.emulator,
				ListenerApplication.newDatabase(), Cancellations.class)) {
			RunListenerTests.awaitReading(application);
			application.trigger()
				.tasks()
				.batchTrigger(TASK, IntStream.range(0, 1100).boxed().toList())
				.blockLast(PATIENCE);
			this.emulator.awaitIdle(PATIENCE);
			awaitQueries(10);
			int logged = output.getAll().length();
			awaitQueries(20);
			assertThat(output.getAll().substring(logged)).doesNotContain("Caught up");
		}
	}

	private void awaitQueries(int more) throws Exception {
		int before = this.emulator.requests("query.execute").size();
		RunListenerTests.await(() -> this.emulator.requests("query.execute").size() >= before + more, true, PATIENCE);
	}

	private static int occurrences(CapturedOutput output, String text) {
		return output.getAll().split(Pattern.quote(text), -1).length - 1;
	}

	/**
	 * An interrupted thread can't wait for a connection, so that the failure could not be
	 * stored, and the listener would be called again.
	 */
	@Test
	void listenerThatInterruptsIsCalledAsOftenAsAnother() throws Exception {
		try (ListenerApplication application = start("trigger.run-listener.retry.max-attempts=3",
				"trigger.run-listener.retry.delay=1ms", "spring.datasource.hikari.maximum-pool-size=1")) {
			Squares squares = application.bean(Squares.class);
			squares.work.set(() -> {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("on purpose");
			});
			RunListenerTests.awaitReading(application);
			for (int i = 0; i < 4; i++) {
				trigger(application);
			}
			RunListenerTests.await(() -> application.container().findParked(10).size(), 4, PATIENCE);
			assertThat(squares.calls).hasValue(12);
		}
	}

	/**
	 * What it wrote is rolled back, also if it returns after all.
	 */
	@Test
	void listenerThatTakesTooLongIsInterruptedAndCalledAgain() throws Exception {
		try (ListenerApplication application = start("trigger.run-listener.timeout=200ms",
				"trigger.run-listener.retry.delay=1ms", "spring.datasource.hikari.maximum-pool-size=2")) {
			Squares squares = application.bean(Squares.class);
			CountDownLatch never = new CountDownLatch(1);
			squares.work.set(() -> {
				switch (squares.calls.get()) {
					case 1 -> assertThat(never.await(60, TimeUnit.SECONDS)).isTrue();
					case 2 -> {
						try {
							assertThat(never.await(60, TimeUnit.SECONDS)).isTrue();
						}
						catch (InterruptedException ex) {
							// returns as if nothing had happened
						}
					}
					case 3 -> Mono.never().block();
					case 4 -> application.bean(JdbcTemplate.class)
						.queryForObject("SELECT SUM(X * X) FROM SYSTEM_RANGE(1, 1000000000000)", Long.class);
					default -> {
					}
				}
			});
			RunListenerTests.awaitReading(application);
			String run = trigger(application);
			RunListenerTests.await(() -> application.handled().size(), 1, PATIENCE);
			assertThat(application.bean(Ledger.class).byRun()).containsEntry(run, 1L);
			assertThat(squares.calls).hasValue(5);
			assertThat(application.container().getStatistics().failed()).isEqualTo(4);
		}
	}

	/**
	 * As in a socket without a timeout. It is reported with the place where it hangs.
	 */
	@Test
	void listenerThatCannotBeInterruptedDoesNotHoldUpOthers(CapturedOutput output) throws Exception {
		try (ListenerApplication application = start("trigger.run-listener.timeout=200ms",
				"trigger.run-listener.concurrency=1", "trigger.run-listener.retry.delay=1ms")) {
			Squares squares = application.bean(Squares.class);
			Semaphore hanging = new Semaphore(0);
			squares.work.set(() -> {
				if (squares.calls.get() == 1) {
					hanging.acquireUninterruptibly();
				}
			});
			RunListenerTests.awaitReading(application);
			String first = trigger(application);
			RunListenerTests.await(squares.calls::get, 1, PATIENCE);
			String second = trigger(application);
			RunListenerTests.await(() -> application.handled().size(), 1, PATIENCE);
			assertThat(application.bean(Ledger.class).byRun()).containsOnlyKeys(second);
			assertThat(output).contains("trigger.run-listener.timeout").contains("acquireUninterruptibly");
			hanging.release();
			RunListenerTests.await(() -> application.handled().size(), 2, PATIENCE);
			assertThat(application.bean(Ledger.class).byRun()).containsEntry(first, 1L);
			assertThat(squares.calls).hasValue(3);
		}
	}

	@Test
	void missingTablesAreReportedWithWhatToDo(CapturedOutput output) throws Exception {
		try (ListenerApplication application = start("trigger.run-listener.initialize-schema=never")) {
			RunListenerTests.await(() -> application.container().getStatistics().failure() != null, true, PATIENCE);
			assertThat(application.container().getStatistics().failure()).contains("dev/trigger/spring/runlistener/")
				.contains("trigger.run-listener.initialize-schema=always");
			assertThat(output).contains("trigger.run-listener.initialize-schema=always");
		}
	}

	/**
	 * As tests do with contexts that wait for their next use. What was over before the
	 * first start is not read again as what may have appeared late.
	 */
	@Test
	void goesOnInContextThatIsStoppedAndStartedAgain() throws Exception {
		for (String database : List.of(ListenerApplication.newDatabase(), ListenerApplication.newDatabase(), "")) {
			try (ListenerApplication application = ListenerApplication.start(this.emulator, database, Squares.class)) {
				RunListenerTests.awaitReading(application);
				trigger(application);
				RunListenerTests.await(() -> application.handled().size(), 1, PATIENCE);
				ConfigurableApplicationContext context = application.context();
				context.stop();
				assertThat(application.container().isRunning()).isFalse();
				context.start();
				RunListenerTests.awaitReading(application);
				trigger(application);
				RunListenerTests.await(() -> application.handled().size(), 2, PATIENCE);
			}
		}
	}

	/**
	 * What is triggered then is still recorded, and what was parked is still there.
	 */
	@Test
	void keepsWhatItKnowsWhenItsContainerAloneIsStoppedAndStartedAgain() throws Exception {
		for (String database : List.of(ListenerApplication.newDatabase(), "")) {
			try (ListenerApplication application = ListenerApplication.start(this.emulator, database, OwnSquares.class,
					"trigger.run-listener.retry.max-attempts=1")) {
				OwnSquares squares = application.bean(OwnSquares.class);
				squares.fails = true;
				RunListenerTests.awaitReading(application);
				String parked = trigger(application);
				RunListenerTests.await(() -> application.container().findParked(10).size(), 1, PATIENCE);
				application.container().stop();
				squares.fails = false;
				application.container().start();
				RunListenerTests.awaitReading(application);
				String run = trigger(application);
				RunListenerTests.await(() -> List.copyOf(squares.handled), List.of(run), PATIENCE);
				assertThat(application.container().requeue("own", parked)).isTrue();
				RunListenerTests.await(() -> List.copyOf(squares.handled), List.of(run, parked), PATIENCE);
			}
		}
	}

	/**
	 * Nothing has been handed to a listener, and the next instance does so.
	 */
	@Test
	void stopDoesNotWaitForTheServer() throws Exception {
		String database = ListenerApplication.newDatabase();
		Faults.Rule silent = this.emulator.faults().onOperation("runs.retrieve").hang();
		long start;
		try (ListenerApplication application = ListenerApplication.start(this.emulator, database, Squares.class)) {
			RunListenerTests.awaitReading(application);
			trigger(application);
			RunListenerTests.await(silent::count, 1, PATIENCE);
			start = System.nanoTime();
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
		this.emulator.faults().clear();
		try (ListenerApplication application = ListenerApplication.start(this.emulator, database, Squares.class)) {
			RunListenerTests.await(() -> application.handled().size(), 1, PATIENCE);
		}
	}

	/**
	 * An environment without any run has no time up to which runs were read.
	 */
	@Test
	void restartInAnEmptyEnvironmentIsNoGap(CapturedOutput output) throws Exception {
		String database = ListenerApplication.newDatabase();
		for (int i = 0; i < 2; i++) {
			try (ListenerApplication application = ListenerApplication.start(this.emulator, database, Squares.class)) {
				RunListenerTests.awaitReading(application);
			}
		}
		assertThat(output).doesNotContain("can't be read any more");
	}

	/**
	 * What a listener does.
	 */
	interface Work {

		void run() throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	static class Cancellations {

		@TriggerRunListener(task = "square", status = "CANCELED")
		void on(RunFinished<Integer> event) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSquares {

		private final List<String> handled = new CopyOnWriteArrayList<>();

		private volatile boolean fails;

		@TriggerRunListener(id = "own", task = "square", scope = Scope.APPLICATION)
		void on(RunFinished<Integer> event) {
			if (this.fails) {
				throw new IllegalStateException("on purpose");
			}
			this.handled.add(event.runId());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Squares {

		private final AtomicInteger calls = new AtomicInteger();

		private final AtomicReference<Work> work = new AtomicReference<>(() -> {
		});

		private final Ledger ledger;

		Squares(Ledger ledger) {
			this.ledger = ledger;
		}

		@TriggerRunListener(id = "squares", task = "square")
		void on(RunFinished<Integer> event) throws Exception {
			this.calls.incrementAndGet();
			this.ledger.write(event, event.output());
			this.work.get().run();
		}

	}

}
