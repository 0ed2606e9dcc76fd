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

package dev.trigger.spring.runlistener;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.test.jdbc.SearchedRows;
import dev.trigger.spring.test.jdbc.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JdbcRunEventStore} on every database that can be had.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class RunEventStoreDatabaseTests {

	private static final Instant END = Instant.parse("2026-11-01T00:00:00.123Z");

	@Parameter
	private TestDatabase kind;

	private HikariDataSource dataSource;

	private RunEventStore store;

	private RunEventStore other;

	@BeforeEach
	void createTables() {
		this.dataSource = this.kind.create();
		this.store = store();
		this.other = store();
	}

	@AfterEach
	void closeDataSource() {
		if (this.dataSource != null) {
			this.dataSource.close();
		}
	}

	/**
	 * Return a store of another instance, which finds the tables.
	 */
	private RunEventStore store() {
		TriggerDatabase database = new TriggerDatabase(this.dataSource, new JdbcTransactionManager(this.dataSource));
		RunEventStore created = new JdbcRunEventStore(database, Duration.ofMinutes(5), Duration.ofMinutes(5),
				() -> new TriggerSchemaInitializer(database, SchemaInitialization.ALWAYS,
						TriggerSchemaInitializer.LEASES,
						"classpath:dev/trigger/spring/runlistener/schema-@@platform@@.sql")
					.initializeDatabase());
		created.open();
		return created;
	}

	private static RunEvent event(String listener, String runId) {
		return new RunEvent(listener, runId, "task", END, 0);
	}

	@Test
	void positionMovesToTheMillisecond() {
		assertThat(this.store.position("reader")).isNull();
		for (ReadPosition position : List.of(new ReadPosition(END, "run_1"), new ReadPosition(END, "run_1"),
				new ReadPosition(END.plusMillis(1), ""))) {
			this.store.save("reader", Set.of("a"), List.of(), List.of(), position);
			assertThat(this.other.position("reader")).isEqualTo(position);
		}
	}

	/**
	 * One instance was paused while another took over.
	 */
	@Test
	void positionIsNotMovedBack() {
		this.store.save("reader", Set.of("a"), List.of(), List.of(), new ReadPosition(END, "run_1"));
		ReadPosition later = new ReadPosition(END.plusSeconds(60), "run_9");
		this.other.save("reader", Set.of("a"), List.of(), List.of(), later);
		assertThat(this.store.save("reader", Set.of("a"), List.of(event("listener", "run_2")), List.of(),
				new ReadPosition(END.plusSeconds(1), "run_2")))
			.isOne();
		assertThat(this.store.position("reader")).isEqualTo(later);
	}

	/**
	 * A month of events is not read to find out that none is old.
	 */
	@Test
	void eventsThatAreKeptAreNotSearchedForOldOnes() {
		Assumptions.assumeTrue(this.kind == TestDatabase.POSTGRESQL, "where the rows are counted");
		JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);
		jdbc.update("INSERT INTO trigger_run_event (listener, run_id, task, finished_at, state, attempts, created_at, "
				+ "next_attempt_at, changed_at) SELECT 'listener', 'run_' || number, 'task', 1, 'DONE', 0, 0, 0, "
				+ "CASE WHEN number > 3000 THEN 9999999999999 ELSE number END FROM generate_series(1, 10000) number");
		jdbc.execute("ANALYZE trigger_run_event");
		SearchedRows searched = new SearchedRows(this.dataSource, "trigger_run_event", "trigger_run_event_pkey");
		int chunks = 1;
		while (this.store.clean(Duration.ofDays(7), END)) {
			chunks++;
		}
		assertThat(chunks).isBetween(6, 7);
		assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM trigger_run_event", Integer.class)).isEqualTo(7000);
		assertThat(searched.number()).isLessThan(20_000);
	}

	/**
	 * All times in the tables are later by an hour then.
	 */
	@Test
	void eventsAreHandledAlthoughTheClockOfTheDatabaseIsSetBack() {
		RunEvent waiting = event("a", "run_2");
		this.store.save("reader", Set.of("a"), List.of(event("a", "run_1"), waiting), List.of(), null);
		this.store.failed(waiting, "on purpose", Duration.ofMinutes(5), true);
		this.store.makeDue(Duration.ofMinutes(10));
		assertThat(this.store.pending(Set.of("a"), 10)).extracting(RunEvent::runId).containsExactly("run_1");
		TriggerDatabase database = new TriggerDatabase(this.dataSource, new JdbcTransactionManager(this.dataSource));
		database.newTransaction()
			.executeWithoutResult(
					(status) -> database.sql("UPDATE trigger_run_event SET next_attempt_at = next_attempt_at + 3600000")
						.update());
		assertThat(this.store.pending(Set.of("a"), 10)).isEmpty();
		this.store.makeDue(Duration.ofMinutes(10));
		assertThat(this.store.pending(Set.of("a"), 10)).extracting(RunEvent::runId)
			.containsExactlyInAnyOrder("run_1", "run_2");
	}

	/**
	 * All times in the table are later by an hour then. A run waits for its age once more
	 * at most.
	 */
	@Test
	void runsAreLookedAtAlthoughTheClockOfTheDatabaseIsSetBack() {
		TriggeredRuns runs = this.store.triggeredRuns();
		Duration first = Duration.ofMinutes(5);
		runs.add("default", List.of("run_new", "run_later", "run_old"), first);
		TriggerDatabase database = new TriggerDatabase(this.dataSource, new JdbcTransactionManager(this.dataSource));
		Consumer<String> change = (sql) -> database.newTransaction()
			.executeWithoutResult((status) -> database.sql("UPDATE trigger_run_triggered SET " + sql).update());
		change.accept("created_at = created_at - 36000000 WHERE run_id = 'run_old'");
		runs.checkLater("run_later", first);
		runs.checkLater("run_old", Duration.ofHours(5));
		runs.makeDue("default", first);
		assertThat(runs.overdue("default", 10)).isEmpty();
		change.accept("check_at = check_at + 3600000, created_at = created_at + 3600000");
		runs.makeDue("other", first);
		assertThat(runs.overdue("default", 10)).isEmpty();
		runs.makeDue("default", first);
		assertThat(runs.overdue("default", 10)).extracting(TriggeredRun::runId)
			.containsExactlyInAnyOrder("run_new", "run_later", "run_old");
	}

	/**
	 * However many events wait, and although there were none when the database last
	 * gathered statistics.
	 */
	@Test
	void whatIsKnownByItsKeyIsNotSearchedFor() throws Exception {
		Assumptions.assumeTrue(this.kind == TestDatabase.POSTGRESQL, "The others have no such statistics");
		this.store.save("reader", Set.of("a"), List.of(event("a", "run_done")), List.of(), null);
		this.store.handle(event("a", "run_done"), () -> {
		});
		JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);
		jdbc.execute("INSERT INTO trigger_run_event (listener, run_id, state, attempts, created_at, next_attempt_at, "
				+ "changed_at) SELECT listener, run_id || number, state, attempts, created_at, next_attempt_at, changed_at "
				+ "FROM trigger_run_event, generate_series(1, 5000) number");
		jdbc.execute("ANALYZE trigger_run_event");
		List<RunEvent> pending = IntStream.range(0, 300).mapToObj((number) -> event("a", "run_" + number)).toList();
		this.store.save("reader", Set.of("a"), pending, List.of(), null);
		SearchedRows searched = new SearchedRows(this.dataSource, "trigger_run_event", "trigger_run_event_pkey");
		for (RunEvent event : pending.subList(0, 20)) {
			this.store.failed(event, "on purpose", Duration.ZERO, true);
			this.store.handle(event, () -> {
			});
		}
		assertThat(searched.number()).isLessThan(300);
	}

	/**
	 * Also where the database does not tell them apart by itself.
	 */
	@Test
	void idsThatDifferInCaseOrAccentsAreDifferent() {
		List<RunEvent> events = List.of(event("a", "run_x"), event("a", "run_X"), event("A", "run_x"),
				event("ä", "run_x"), event("\uD83D\uDE00".repeat(95), "run_" + "x".repeat(90)),
				new RunEvent("a", "run_2", "\uD83D\uDE00 t\u00e2che", null, 0));
		assertThat(this.store.save("reader", Set.of("a"), events, List.of(), null)).isEqualTo(events.size());
		assertThat(this.store.save("reader", Set.of("a"), events, List.of(), null)).isZero();
		assertThat(this.store.pending(Set.of("a", "A", "ä", "\uD83D\uDE00".repeat(95)), 100))
			.containsExactlyInAnyOrderElementsOf(events);
		assertThat(this.store.register("a", END, List.of("run_9", "run_8"))).isTrue();
		assertThat(this.store.register("A", END, List.of("run_9"))).isTrue();
		assertThat(this.other.register("a", END, List.of())).isFalse();
		this.store.caughtUp(List.of("a"), END);
		ReadPosition next = new ReadPosition(END.plusMillis(1), "run_1");
		this.store.save("reader", Set.of("a", "A"), List.of(), List.of(), next);
		assertThat(this.store.known(Set.of("a", "A"))).containsOnly(
				Map.entry("a", new RunEventStore.Since(END, next.finishedAt())),
				Map.entry("A", new RunEventStore.Since(END, null)));
	}

	/**
	 * A refused row would be logged as a failed transaction, with a stack trace.
	 */
	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void threadsOfOneInstanceRegisterAListenerOnce(CapturedOutput output) throws Exception {
		LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
		logging.setLogLevel("dev.trigger.spring.jdbc", LogLevel.DEBUG);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			CyclicBarrier barrier = new CyclicBarrier(4);
			Callable<Boolean> register = () -> {
				barrier.await();
				return this.store.register("a", END, List.of("run_9"));
			};
			List<Boolean> registered = new ArrayList<>();
			for (Future<Boolean> result : threads.invokeAll(List.of(register, register, register, register))) {
				registered.add(result.get());
			}
			assertThat(registered).containsExactlyInAnyOrder(true, false, false, false);
			assertThat(output).doesNotContain("rollback on application exception");
		}
		finally {
			threads.shutdownNow();
			logging.setLogLevel("dev.trigger.spring.jdbc", null);
		}
	}

	@Test
	void listenerStartsWhereItWasAnnouncedFirst() {
		Instant before = Instant.now().minusSeconds(60);
		this.store.announce(List.of("a", "b"), Duration.ofHours(1));
		this.other.announce(List.of("a", "b", "c"), Duration.ZERO);
		assertThat(this.store.known(Set.of("a", "b", "c"))).isEmpty();
		assertThat(this.store.register("a", Instant.now().plusSeconds(60), List.of("run_9"))).isTrue();
		assertThat(this.store.register("b", Instant.EPOCH, List.of())).isTrue();
		assertThat(this.other.register("c", before, List.of())).isTrue();
		assertThat(this.other.register("a", END, List.of())).isFalse();
		this.other.announce(List.of("a"), Duration.ofHours(2));
		Map<String, RunEventStore.Since> known = this.other.known(Set.of("a", "b", "c"));
		assertThat(known.get("a").since()).isBetween(before.minus(Duration.ofHours(1)),
				Instant.now().minus(Duration.ofHours(1)).plusSeconds(60));
		assertThat(known.get("b")).isEqualTo(new RunEventStore.Since(Instant.EPOCH, null));
		assertThat(known.get("c").since()).isEqualTo(before.truncatedTo(ChronoUnit.MILLIS));
		assertThat(known.values()).allMatch((since) -> since.readUntil() == null);
		assertThat(this.store.save("reader", Set.of("a"), List.of(event("a", "run_9")), List.of(), null)).isZero();
	}

	@Test
	void eventIsHandledParkedAndForgotten() throws Exception {
		RunEvent event = event("a", "run_1");
		this.store.save("reader", Set.of("a"), List.of(event), List.of(), null);
		assertThatIllegalStateException().isThrownBy(() -> this.store.handle(event, () -> {
			throw new IllegalStateException("on purpose");
		}));
		this.store.failed(event, "\0 \uD83D\uDE00 " + "x".repeat(2000), Duration.ofHours(1), true);
		assertThat(this.store.pending(Set.of("a"), 10)).isEmpty();
		this.store.failed(event, "second \uD83D\uDE00", null, true);
		assertThat(this.store.parked(10))
			.containsExactly(new ParkedRunEvent("a", "run_1", "task", END, 2, "second \uD83D\uDE00"));
		assertThat(this.store.counts().parked()).isOne();
		assertThat(this.store.requeue("a", "run_1")).isTrue();
		assertThat(this.store.counts().pending()).isOne();
		assertThat(this.store.counts().oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
		assertThat(this.other.handle(event, () -> {
		})).isTrue();
		assertThat(this.store.clean(Duration.ofHours(1), END.plusSeconds(60))).isFalse();
		assertThat(this.store.save("reader", Set.of("a"), List.of(event), List.of(), null)).as("kept").isZero();
		this.store.clean(Duration.ofMillis(-1000), END.plusSeconds(60));
		assertThat(this.store.save("reader", Set.of("a"), List.of(event), List.of(), null)).as("forgotten").isOne();
		this.store.failed(event, "", null, false);
		assertThat(this.store.drop("a", "run_1")).isTrue();
		assertThat(this.store.counts()).isEqualTo(RunEventStore.Counts.NONE);
	}

	@Test
	void runsThatWereTriggeredAreKnownUntilTheyAreOver() {
		List<String> many = IntStream.range(0, 1200).mapToObj((number) -> "run_" + number).toList();
		this.store.triggeredRuns().add("default", many, Duration.ofMillis(-1));
		this.other.triggeredRuns().add("default", List.of("run_1", "run_new"), Duration.ofHours(1));
		assertThat(this.store.triggeredRuns().of(many)).hasSize(1200);
		assertThat(this.store.triggeredRuns().overdue("default", 5)).hasSize(5)
			.allSatisfy((run) -> assertThat(run.age()).isBetween(Duration.ZERO, Duration.ofMinutes(1)));
		this.store.save("reader", Set.of("a"), List.of(), many.subList(1, 1200), null);
		this.store.triggeredRuns().checkLater("run_0", Duration.ofHours(1));
		assertThat(this.store.triggeredRuns().overdue("default", 5)).isEmpty();
		this.store.triggeredRuns().forget(List.of("run_0"));
		assertThat(this.store.triggeredRuns().of(many)).isEmpty();
		assertThat(this.store.triggeredRuns().of(List.of("run_new"))).hasSize(1);
	}

	@Test
	void oneLeads() {
		assertThat(this.store.tryLead()).isTrue();
		assertThat(this.other.tryLead()).isFalse();
		this.store.resign();
		assertThat(this.other.tryLead()).isTrue();
	}

	/**
	 * As if two instances both thought that they lead.
	 */
	@Test
	void instancesThatDoTheSameAtOnceHandleEachEventOnce() throws Exception {
		List<RunEvent> events = IntStream.range(0, 40).mapToObj((number) -> event("a", "run_" + number)).toList();
		List<String> runIds = events.stream().map(RunEvent::runId).toList();
		int instances = 4;
		AtomicInteger handled = new AtomicInteger();
		CyclicBarrier start = new CyclicBarrier(instances);
		ExecutorService threads = Executors.newFixedThreadPool(instances);
		try {
			List<Callable<Boolean>> works = new ArrayList<>();
			for (int instance = 0; instance < instances; instance++) {
				RunEventStore own = store();
				works.add(() -> {
					start.await();
					own.register("a", END, List.of());
					own.triggeredRuns().add("default", runIds, Duration.ZERO);
					start.await();
					saveUntilDone(own, events);
					for (RunEvent event : events) {
						own.handle(event, handled::incrementAndGet);
					}
					return true;
				});
			}
			for (Future<Boolean> work : threads.invokeAll(works)) {
				assertThat(work.get()).isTrue();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(handled).hasValue(events.size());
		assertThat(this.store.triggeredRuns().of(runIds)).hasSize(events.size());
		assertThat(this.store.counts()).isEqualTo(RunEventStore.Counts.NONE);
	}

	/**
	 * One of them may find that another was faster, and reads again.
	 */
	private static void saveUntilDone(RunEventStore store, List<RunEvent> events) {
		for (int attempt = 1;; attempt++) {
			try {
				store.save("reader", Set.of("a"), events, List.of(), new ReadPosition(END, "run_1"));
				return;
			}
			catch (DataAccessException ex) {
				if (attempt == 10) {
					throw ex;
				}
			}
		}
	}

}
