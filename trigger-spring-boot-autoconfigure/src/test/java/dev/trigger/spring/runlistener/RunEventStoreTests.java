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

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.runlistener.RunEventStore.Counts;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for both kinds of {@link RunEventStore}.
 */
class RunEventStoreTests {

	private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");

	private static final Set<String> LISTENERS = Set.of("a", "b");

	static Stream<RunEventStore> stores() {
		return Stream.of(new InMemoryRunEventStore(), durable(true), durable(false));
	}

	/**
	 * Return a store in a database.
	 * @param autoCommit whether connections commit by themselves outside of transactions,
	 * which a pool may leave out
	 */
	private static RunEventStore durable(boolean autoCommit) {
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		DataSource dataSource = new DelegatingDataSource(h2) {

			@Override
			public Connection getConnection() throws SQLException {
				Connection connection = super.getConnection();
				connection.setAutoCommit(autoCommit);
				return connection;
			}

		};
		TriggerDatabase database = new TriggerDatabase(dataSource, new JdbcTransactionManager(dataSource));
		JdbcRunEventStore store = new JdbcRunEventStore(database, Duration.ofSeconds(7), Duration.ZERO,
				() -> new TriggerSchemaInitializer(database, SchemaInitialization.ALWAYS,
						"classpath:dev/trigger/spring/runlistener/schema-@@platform@@.sql")
					.initializeDatabase());
		store.open();
		return store;
	}

	private static RunEvent event(String listener, String runId, Instant end) {
		return new RunEvent(listener, runId, "task", end, 0);
	}

	@ParameterizedTest
	@MethodSource("stores")
	void savesWhatIsNotKnownAndMovesOn(RunEventStore store) {
		ReadPosition position = new ReadPosition(END, "run_1");
		List<RunEvent> events = List.of(event("a", "run_1", END), event("b", "run_1", END), event("a", "run_2", END));
		assertThat(store.save("reader", Set.of("a"), events, List.of(), position)).isEqualTo(3);
		assertThat(store.save("reader", Set.of("a"), events, List.of(), position)).isZero();
		assertThat(store.position("reader")).isEqualTo(position);
		assertThat(store.position("other")).isNull();
		assertThat(store.pending(LISTENERS, 10)).containsExactlyInAnyOrderElementsOf(events);
		assertThat(store.pending(Set.of("b"), 10)).hasSize(1);
		assertThat(store.counts().pending()).isEqualTo(3);
	}

	@ParameterizedTest
	@MethodSource("stores")
	void handlesOnce(RunEventStore store) throws Exception {
		RunEvent event = event("a", "run_1", END);
		store.save("reader", Set.of("a"), List.of(event), List.of(), null);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> store.handle(event, () -> {
			throw new IllegalStateException("on purpose");
		}));
		assertThat(store.handle(event, () -> {
		})).isTrue();
		assertThat(store.handle(event, () -> {
			throw new IllegalStateException("again");
		})).isFalse();
		assertThat(store.pending(LISTENERS, 10)).isEmpty();
		store.failed(event, "late", Duration.ZERO, true);
		assertThat(store.pending(LISTENERS, 10)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("stores")
	void parksAndRequeuesAndDrops(RunEventStore store) {
		RunEvent event = event("a", "run_1", END);
		store.save("reader", Set.of("a"), List.of(event), List.of(), null);
		store.failed(event, "first\0 " + "x".repeat(2000), Duration.ofHours(1), true);
		assertThat(store.pending(LISTENERS, 10)).isEmpty();
		store.failed(event, "second", null, true);
		assertThat(store.parked(10)).containsExactly(new ParkedRunEvent("a", "run_1", "task", END, 2, "second"));
		assertThat(store.requeue("a", "run_1")).isTrue();
		assertThat(store.requeue("a", "run_1")).isFalse();
		assertThat(store.pending(LISTENERS, 10)).containsExactly(event);
		store.failed(event, "third", null, true);
		assertThat(store.drop("a", "run_1")).isTrue();
		assertThat(store.counts()).isEqualTo(Counts.NONE);
		assertThat(store.save("reader", Set.of("a"), List.of(event), List.of(), null)).isZero();
	}

	@ParameterizedTest
	@MethodSource("stores")
	void knowsListenersAndWhatTheySkip(RunEventStore store) {
		assertThat(store.register("a", END, List.of("run_1"))).isTrue();
		assertThat(store.register("a", END.plusSeconds(1), List.of())).isFalse();
		assertThat(store.known(LISTENERS)).containsOnlyKeys("a").containsValue(new RunEventStore.Since(END, null));
		store.caughtUp(List.of("a"), END.minusSeconds(1));
		assertThat(store.known(LISTENERS)).containsValue(new RunEventStore.Since(END, END.minusSeconds(1)));
		assertThat(store.save("reader", Set.of("a"), List.of(new RunEvent("a", "run_1", "task", null, 0)), List.of(),
				null))
			.isZero();
	}

	@ParameterizedTest
	@MethodSource("stores")
	void movesListenersOnThatCaughtUpAndThatTheLeaderHas(RunEventStore store) {
		List.of("a", "b", "absent").forEach((listener) -> store.register(listener, END, List.of()));
		store.caughtUp(List.of("a", "absent"), END.plusSeconds(1));
		for (int seconds : new int[] { 3, 2 }) {
			store.save("reader", LISTENERS, List.of(), List.of(), new ReadPosition(END.plusSeconds(seconds), "run_1"));
		}
		assertThat(store.known(Set.of("a", "b", "absent"))).containsOnly(
				Map.entry("a", new RunEventStore.Since(END, END.plusSeconds(3))),
				Map.entry("b", new RunEventStore.Since(END, null)),
				Map.entry("absent", new RunEventStore.Since(END, END.plusSeconds(1))));
	}

	@ParameterizedTest
	@MethodSource("stores")
	void remembersRunsThatWereTriggered(RunEventStore store) {
		store.triggeredRuns().add("default", List.of("run_1", "run_2", "run_1"), Duration.ZERO);
		store.triggeredRuns().add("default", List.of("run_2", "run_3"), Duration.ofHours(1));
		assertThat(store.triggeredRuns().of(List.of("run_1", "run_3", "run_9"))).containsExactlyInAnyOrder("run_1",
				"run_3");
		assertThat(store.triggeredRuns().overdue("default", 10)).extracting(TriggeredRun::runId)
			.containsExactlyInAnyOrder("run_1", "run_2");
		assertThat(store.triggeredRuns().overdue("other", 10)).isEmpty();
		store.triggeredRuns().checkLater("run_1", Duration.ofHours(1));
		store.save("reader", Set.of("a"), List.of(), List.of("run_2"), null);
		assertThat(store.triggeredRuns().overdue("default", 10)).isEmpty();
		store.triggeredRuns().forget(List.of("run_1"));
		assertThat(store.triggeredRuns().of(List.of("run_1", "run_2", "run_3"))).containsExactly("run_3");
	}

	@ParameterizedTest
	@MethodSource("stores")
	void keepsWhatMayBeReadAgain(RunEventStore store) throws Exception {
		RunEvent old = event("a", "run_1", END);
		RunEvent last = event("a", "run_2", END.plusSeconds(60));
		RunEvent withoutEnd = new RunEvent("a", "run_3", "task", null, 0);
		List<RunEvent> events = List.of(old, last, withoutEnd);
		store.save("reader", Set.of("a"), events, List.of(), null);
		for (RunEvent event : events) {
			store.handle(event, () -> {
			});
		}
		assertThat(store.clean(Duration.ofMillis(-1000), END.plusSeconds(60))).as("nothing is left").isFalse();
		store.clean(Duration.ofMillis(-1000), END.plusSeconds(60));
		assertThat(store.save("reader", Set.of("a"), events, List.of(), null)).as("only the old one is forgotten")
			.isOne();
		assertThat(store.pending(LISTENERS, 10)).containsExactly(old);
	}

}
