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

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.task.EncodedTrigger;
import dev.trigger.spring.test.jdbc.SearchedRows;
import dev.trigger.spring.test.jdbc.TestDatabase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.InvalidIsolationLevelException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

/**
 * Tests for {@link OutboxStore} on every database that can be had.
 */
@ParameterizedClass
@EnumSource(TestDatabase.class)
class OutboxStoreDatabaseTests {

	private static final Duration RETENTION = Duration.ofDays(7);

	private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

	@Parameter
	private TestDatabase kind;

	private HikariDataSource dataSource;

	private TriggerDatabase database;

	private OutboxStore store;

	private OutboxEntries entries;

	private OutboxStore other;

	@BeforeEach
	void createTables() {
		this.dataSource = this.kind.create();
		this.database = database();
		this.store = new OutboxStore(this.database);
		this.entries = new OutboxEntries(this.database);
		this.other = new OutboxStore(database());
		createTables(this.database);
	}

	@AfterEach
	void closeDataSource() {
		if (this.dataSource != null) {
			this.dataSource.close();
		}
	}

	private TriggerDatabase database() {
		return new TriggerDatabase(this.dataSource, new JdbcTransactionManager(this.dataSource));
	}

	private static void createTables(TriggerDatabase database) {
		new TriggerSchemaInitializer(database, SchemaInitialization.ALWAYS,
				"classpath:dev/trigger/spring/outbox/schema-@@platform@@.sql")
			.initializeDatabase();
	}

	private String insert(@Nullable String orderingKey) {
		return insert(orderingKey, "task", JSON);
	}

	private String insert(@Nullable String orderingKey, String task, byte[] payload) {
		String id = UUID.randomUUID().toString();
		new TransactionTemplate(this.database.transactionManager()).executeWithoutResult((status) -> this.store
			.insert(id, "default", orderingKey, new EncodedTrigger(task, payload, "application/json", JSON), null));
		return id;
	}

	private static List<OutboxCommits.Committed> committed(String... ids) {
		EncodedTrigger trigger = new EncodedTrigger("task", JSON, "application/json", JSON);
		return Stream.of(ids)
			.map((id) -> new OutboxCommits.Committed(id, "default", trigger, null, System.nanoTime()))
			.toList();
	}

	private void isDue(String... ids) {
		for (String id : ids) {
			this.database.newTransaction()
				.executeWithoutResult((status) -> this.database.sql("UPDATE trigger_outbox SET due_at = 0 WHERE id = ?")
					.param(id)
					.update());
		}
	}

	private List<OutboxRow> claim() {
		return this.store.claimDue(100, List.of(), false);
	}

	private OutboxRow claimOne() {
		List<OutboxRow> rows = claim();
		assertThat(rows).hasSize(1);
		return rows.get(0);
	}

	private void record(OutboxRow row, OutboxOutcome.Kind kind, @Nullable String error) {
		String runId = (kind == OutboxOutcome.Kind.SENT) ? "run_1" : null;
		this.store.record(List.of(new OutboxOutcome(row, runId, false,
				(error != null) ? new IllegalStateException(error) : null, kind, Duration.ofHours(1))), RETENTION);
	}

	@Test
	void tablesAreCreatedOnce() {
		assertThat(this.database.dialect()).isEqualTo(this.kind.dialect());
		String id = insert(null);
		createTables(this.database);
		assertThat(this.entries.find(id)).isPresent();
		TriggerDatabase shop = new TriggerDatabase(this.dataSource, this.database::transactionManager, "shop_");
		createTables(shop);
		createTables(shop);
		assertThat(new OutboxEntries(shop).find(id)).isEmpty();
		assertThat(new OutboxEntries(shop).status().pending()).isZero();
	}

	@Test
	void rowIsClaimedByOneInstanceAndRenewedUntilItIsSent() {
		String id = insert(null);
		assertThat(claim()).as("has a head start").isEmpty();
		List<OutboxRow> rows = this.store.claimCommitted(committed(id, UUID.randomUUID().toString()));
		assertThat(rows).extracting(OutboxRow::id, OutboxRow::attempts, OutboxRow::maybeSent)
			.containsExactly(tuple(id, 1, false));
		assertThat(this.other.claimCommitted(committed(id))).isEmpty();
		assertThat(this.other.claimDue(100, List.of(), true)).isEmpty();
		assertThat(this.store.renew(rows)).isEqualTo(rows);
		assertThat(this.other.renew(rows)).isEmpty();
		isDue(id);
		assertThat(this.other.claimDue(100, List.of(), false)).singleElement().satisfies((row) -> {
			assertThat(row.attempts()).isEqualTo(2);
			assertThat(row.maybeSent()).isTrue();
		});
		assertThat(this.store.renew(rows)).isEmpty();
		record(rows.get(0), OutboxOutcome.Kind.SENT, null);
		assertThat(this.entries.find(id).orElseThrow().state()).as("no longer its own").isEqualTo(OutboxState.PENDING);
	}

	@Test
	void outcomesAreRecorded() {
		String id = insert(null);
		isDue(id);
		record(claimOne(), OutboxOutcome.Kind.UNKNOWN, "lost \0 \uD83D\uDE00 ä " + "x".repeat(2000));
		assertThat(this.entries.find(id).orElseThrow().lastError()).startsWith("lost   \uD83D\uDE00 ä xxx")
			.endsWith("…");
		isDue(id);
		assertThat(claimOne()).satisfies((row) -> {
			assertThat(row.maybeSent()).isTrue();
			record(row, OutboxOutcome.Kind.REFUSED, "no such task");
		});
		isDue(id);
		assertThat(claimOne()).satisfies((row) -> {
			assertThat(row.failures()).isOne();
			record(row, OutboxOutcome.Kind.PARKED, "no such task");
		});
		isDue(id);
		assertThat(claim()).isEmpty();
		assertThat(this.entries.parked(10)).extracting(OutboxEntry::id).containsExactly(id);
		OutboxStatus status = this.entries.status();
		assertThat(status.pending()).isZero();
		assertThat(status.parked()).isOne();
		assertThat(status.oldestAge()).isNull();
		assertThat(this.entries.requeue(id)).isOne();
		assertThat(this.entries.requeue(null)).isZero();
		assertThat(this.entries.drop(id)).as("not parked").isZero();
		assertThat(this.entries.status().oldestAge()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
		OutboxRow row = claimOne();
		assertThat(row.failures()).isZero();
		assertThat(row.maybeSent()).as("as before it was parked").isTrue();
		record(row, OutboxOutcome.Kind.SENT, null);
		assertThat(this.entries.find(id)).hasValueSatisfying((entry) -> {
			assertThat(entry.state()).isEqualTo(OutboxState.SENT);
			assertThat(entry.runId()).isEqualTo("run_1");
			assertThat(entry.lastError()).isNull();
			assertThat(entry.dueAt()).isBetween(entry.createdAt().plus(RETENTION),
					entry.createdAt().plus(RETENTION).plusSeconds(60));
		});
		String parked = insert(null);
		isDue(parked);
		record(claimOne(), OutboxOutcome.Kind.PARKED, "");
		assertThat(this.entries.drop(parked)).isOne();
		assertThat(this.entries.find(parked)).isEmpty();
	}

	@Test
	void whatWasSentLongAgoIsDeletedInPortions() {
		List<String> ids = List.of(insert(null), insert(null), insert(null), insert(null));
		isDue(ids.toArray(String[]::new));
		List<OutboxRow> rows = claim();
		rows.subList(0, 3).forEach((row) -> record(row, OutboxOutcome.Kind.SENT, null));
		assertThat(this.store.deleteSent(2)).isZero();
		isDue(ids.toArray(String[]::new));
		assertThat(this.store.deleteSent(2)).isEqualTo(2);
		assertThat(this.store.deleteSent(2)).isOne();
		assertThat(this.entries.find(rows.get(3).id())).isPresent();
	}

	/**
	 * Also where the database does not tell upper and lower case, or accents, apart by
	 * itself.
	 */
	@Test
	void onlyTheFirstOfEachOrderingKeyIsClaimed() {
		String longest = "\uD83D\uDE00".repeat(127) + "x";
		List<String> firsts = List.of(insert("customer:a"), insert("customer:A"), insert("customer:ä"),
				insert(longest));
		List<String> seconds = List.of(insert("customer:a"), insert("customer:A"), insert("customer:ä"),
				insert(longest));
		List<OutboxRow> rows = claim();
		assertThat(rows).extracting(OutboxRow::id).containsExactlyInAnyOrderElementsOf(firsts);
		assertThat(rows).extracting(OutboxRow::orderingKey).contains("customer:A", longest);
		assertThat(claim()).isEmpty();
		rows.forEach((row) -> record(row, OutboxOutcome.Kind.SENT, null));
		assertThat(claim()).extracting(OutboxRow::id).containsExactlyInAnyOrderElementsOf(seconds);
	}

	/**
	 * Databases limit the length of a list, and the number of parameters.
	 */
	@Test
	void anyNumberOfRowsIsClaimedAndRenewed() {
		String id = insert(null);
		List<String> ids = new ArrayList<>(IntStream.range(0, 2200).mapToObj((number) -> "none-" + number).toList());
		ids.add(id);
		List<OutboxRow> claimed = this.store.claimCommitted(committed(ids.toArray(String[]::new)));
		assertThat(claimed).extracting(OutboxRow::id).containsExactly(id);
		OutboxRow row = claimed.get(0);
		List<OutboxRow> rows = ids.stream()
			.map((other) -> new OutboxRow(other, row.client(), null, row.trigger(), row.attempts(), 0, null, null, 0,
					row.claimedAt()))
			.toList();
		assertThat(this.store.renew(rows)).extracting(OutboxRow::id).containsExactly(id);
		isDue(id);
		record(row, OutboxOutcome.Kind.SENT, null);
		isDue(id);
		assertThat(this.store.deleteSent(2200)).isOne();
	}

	/**
	 * All times in the table are later by an hour then. A row that is being sent is
	 * renewed, and stays with the instance that does so.
	 */
	@Test
	void rowsAreDueAlthoughTheClockOfTheDatabaseIsSetBack() {
		List<String> ids = List.of(insert(null), insert(null), insert("key"), insert(null));
		List<OutboxRow> sending = this.store.claimCommitted(committed(ids.get(0)));
		List<OutboxRow> ofTheDead = this.other.claimCommitted(committed(ids.get(1)));
		assertThat(ofTheDead).hasSize(1);
		OutboxClockGuard guard = new OutboxClockGuard(this.other, Duration.ofMinutes(1));
		guard.check();
		this.database.newTransaction()
			.executeWithoutResult(
					(status) -> this.database.sql("UPDATE trigger_outbox SET due_at = due_at + 3600000").update());
		guard.check();
		assertThat(this.other.claimDue(10, List.of(), true)).isEmpty();
		assertThat(this.store.renew(sending)).hasSize(1);
		guard.check();
		assertThat(this.other.claimDue(10, List.of(), true)).extracting(OutboxRow::id)
			.containsExactlyInAnyOrder(ids.get(1), ids.get(2), ids.get(3));
		guard.check();
		guard.check();
		assertThat(this.other.claimDue(10, List.of(), true)).as("is still being sent").isEmpty();
	}

	/**
	 * However many rows wait, and although there were none when the database last
	 * gathered statistics.
	 */
	@Test
	void whatIsKnownByItsIdIsNotSearchedFor() {
		Assumptions.assumeTrue(this.kind == TestDatabase.POSTGRESQL, "The others have no such statistics");
		this.store.claimCommitted(committed(insert(null))).forEach((row) -> record(row, OutboxOutcome.Kind.SENT, null));
		this.database
			.sql("INSERT INTO trigger_outbox (id, task, client, payload, payload_type, options, state, created_at, "
					+ "due_at, attempts, failures) SELECT gen_random_uuid(), task, client, payload, payload_type, options, "
					+ "state, created_at, due_at, attempts, failures FROM trigger_outbox, generate_series(1, 20000)")
			.update();
		this.database.sql("ANALYZE trigger_outbox").update();
		String[] pending = IntStream.range(0, 300).mapToObj((number) -> insert(null)).toArray(String[]::new);
		SearchedRows searched = new SearchedRows(this.dataSource, "trigger_outbox", "trigger_outbox_pkey");
		List<OutboxRow> rows = this.store.claimCommitted(committed(Arrays.copyOf(pending, 16)));
		assertThat(rows).hasSize(16);
		this.store.renew(rows);
		this.store.record(rows.stream().map((row) -> OutboxOutcome.sent(row, "run_1", false)).toList(), RETENTION);
		assertThat(searched.number()).isLessThan(300);
	}

	@Test
	void firstOfAnOrderingKeyIsClaimedAloneAndIfItIsDue() {
		String first = insert("key");
		String second = insert("key");
		String other = insert("other");
		insert(null);
		List<OutboxRow> rows = this.store.claimFirst(List.of("key", "other", "none"), List.of());
		assertThat(rows).extracting(OutboxRow::id).containsExactly(first, other);
		assertThat(this.store.claimFirst(List.of("key", "other"), List.of())).as("is claimed already").isEmpty();
		assertThat(this.other.claimFirst(List.of("key"), List.of())).as("is claimed by another").isEmpty();
		record(rows.get(0), OutboxOutcome.Kind.UNSENT, "later");
		assertThat(this.other.claimFirst(List.of("key"), List.of())).as("is not due").isEmpty();
		isDue(first);
		OutboxRow again = this.other.claimFirst(List.of("key"), List.of()).get(0);
		assertThat(again.attempts()).isEqualTo(2);
		this.other.record(List.of(OutboxOutcome.sent(again, "run_1", false)), RETENTION);
		assertThat(this.store.claimFirst(List.of("key"), List.of("default"))).as("the client pauses").isEmpty();
		assertThat(this.store.claimFirst(List.of("key"), List.of())).extracting(OutboxRow::id).containsExactly(second);
	}

	/**
	 * After an outage there are many rows of one customer.
	 */
	@Test
	void rowsBehindTheFirstOfAnOrderingKeyAreNotSearched() {
		Assumptions.assumeTrue(this.kind == TestDatabase.POSTGRESQL, "where the rows are counted");
		this.database.newTransaction()
			.executeWithoutResult((status) -> this.database
				.sql("INSERT INTO trigger_outbox (id, task, client, ordering_key, payload, payload_type, options, "
						+ "state, created_at, due_at, attempts, failures) SELECT 'row-' || number, 'task', 'default', "
						+ "'key', '{}', 'application/json', '{}', 'PENDING', 0, 0, 0, 0 "
						+ "FROM generate_series(1, 5000) number")
				.update());
		this.database.sql("ANALYZE trigger_outbox").update();
		SearchedRows searched = new SearchedRows(this.dataSource, "trigger_outbox", "trigger_outbox_pkey");
		assertThat(this.store.claimFirst(List.of("key"), List.of())).extracting(OutboxRow::id).containsExactly("row-1");
		assertThat(searched.number()).isLessThan(100);
	}

	/**
	 * What others commit meanwhile must not be a conflict.
	 */
	@Test
	void ownTransactionsReadWhatOthersCommitWhateverTheConnectionsDo() {
		this.dataSource.close();
		this.dataSource = this.kind.create();
		this.dataSource.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
		TriggerDatabase serializable = database();
		for (int i = 0; i < 2; i++) {
			assertThat(serializable.newTransaction().<Integer>execute((status) -> isolation()))
				.isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
		}
		assertThat(new TransactionTemplate(serializable.transactionManager()).<Integer>execute((status) -> isolation()))
			.isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
	}

	private int isolation() {
		Integer isolation = new JdbcTemplate(this.dataSource)
			.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
		return (isolation != null) ? isolation : -1;
	}

	@Test
	void pausedClientsAreLeftOut() {
		insert("key");
		assertThat(this.store.claimDue(10, List.of("default", "other"), true)).isEmpty();
		assertThat(this.store.claimDue(10, List.of("other"), false)).hasSize(1);
	}

	@Test
	void payloadIsReadAsItWasWritten() {
		byte[] payload = new byte[1_000_000];
		for (int i = 0; i < payload.length; i++) {
			payload[i] = (byte) i;
		}
		String task = "tâche-\uD83D\uDE00-" + "x".repeat(240);
		isDue(insert(null, task, payload));
		EncodedTrigger trigger = claimOne().trigger();
		assertThat(trigger.task()).isEqualTo(task);
		assertThat(Arrays.equals(trigger.payload(), payload)).isTrue();
		assertThat(trigger.options()).isEqualTo(JSON);
	}

	@Test
	void timeIsCorrectWhateverTheZoneOfASession() {
		String zone = switch (this.kind) {
			case H2, H2_AS_MYSQL, H2_AS_SQLSERVER, H2_AS_ORACLE -> "SET TIME ZONE '+05:45'";
			case POSTGRESQL -> "SET TIME ZONE 'Asia/Kathmandu'";
			case MARIADB, MARIADB_AS_MYSQL -> "SET time_zone = '+05:45'";
		};
		this.dataSource.setMaximumPoolSize(1);
		this.dataSource.getHikariPoolMXBean().softEvictConnections();
		this.database.newTransaction().executeWithoutResult((status) -> {
			this.database.sql(zone).update();
			long before = System.currentTimeMillis();
			String id = UUID.randomUUID().toString();
			this.store.insert(id, "default", "key", new EncodedTrigger("task", JSON, "application/json", JSON), null);
			assertThat(this.entries.find(id).orElseThrow().createdAt().toEpochMilli()).isBetween(before - 1000,
					System.currentTimeMillis() + 1000);
		});
	}

	/**
	 * A claim that waits for a transaction of the application would hold up all others.
	 */
	@Test
	void openTransactionHoldsUpNobody() {
		String before = insert("a");
		TransactionTemplate transaction = new TransactionTemplate(this.database.transactionManager());
		List<String> ids = new ArrayList<>();
		transaction.executeWithoutResult((status) -> {
			for (String key : List.of("a", "b")) {
				String id = UUID.randomUUID().toString();
				this.store.insert(id, "default", key, new EncodedTrigger("task", JSON, "application/json", JSON), null);
				ids.add(id);
			}
			assertThat(elsewhere(() -> this.other.claimDue(10, List.of(), true))).extracting(OutboxRow::id)
				.containsExactly(before);
			assertThat(elsewhere(() -> this.other.deleteSent(10))).isZero();
			assertThat(elsewhere(() -> this.entries.requeue(null))).isZero();
			assertThat(elsewhere(() -> this.entries.status()).pending()).isOne();
		});
		assertThat(claim()).extracting(OutboxRow::id).containsExactly(ids.get(1));
	}

	private static <T> T elsewhere(Callable<T> work) {
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			return thread.submit(work).get(20, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			thread.shutdownNow();
		}
	}

	@Test
	void rowsAreSentOnceByInstancesThatClaimAtOnce() throws Exception {
		claimAtOnce(this.database.transactionManager(), 0);
	}

	/**
	 * As with JTA. Transactions may block each other then, and are tried again.
	 */
	@Test
	void rowsAreSentOnceIfNoIsolationCanBeSet() throws Exception {
		Assumptions.assumeTrue(this.kind.name().startsWith("MARIADB"), "The default of the others will do");
		PlatformTransactionManager transactions = new PlatformTransactionManager() {

			private final JdbcTransactionManager delegate = new JdbcTransactionManager(
					OutboxStoreDatabaseTests.this.dataSource);

			@Override
			public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
				if (definition != null && definition.getIsolationLevel() != TransactionDefinition.ISOLATION_DEFAULT) {
					throw new InvalidIsolationLevelException("no isolation levels");
				}
				return this.delegate.getTransaction(definition);
			}

			@Override
			public void commit(TransactionStatus status) {
				this.delegate.commit(status);
			}

			@Override
			public void rollback(TransactionStatus status) {
				this.delegate.rollback(status);
			}

		};
		claimAtOnce(transactions, 100);
	}

	/**
	 * Four instances claim and record, while rows are written that may be rolled back.
	 */
	private void claimAtOnce(PlatformTransactionManager transactions, int tolerated) throws Exception {
		Assumptions.assumeFalse(this.kind.isDisguised(), "Locks are those of H2");
		int number = 60;
		EncodedTrigger trigger = new EncodedTrigger("task", JSON, "application/json", JSON);
		int instances = 4;
		Queue<String> sent = new ConcurrentLinkedQueue<>();
		Queue<Exception> failures = new ConcurrentLinkedQueue<>();
		AtomicInteger written = new AtomicInteger();
		ExecutorService threads = Executors.newFixedThreadPool(instances + 2);
		List<Future<?>> results = new ArrayList<>();
		try {
			for (int writer = 0; writer < 2; writer++) {
				results.add(threads.submit(() -> {
					TransactionTemplate transaction = new TransactionTemplate(this.database.transactionManager());
					for (int turn = written.incrementAndGet(); turn <= number; turn = written.incrementAndGet()) {
						String key = "key-" + turn;
						untilDone(failures, () -> transaction.executeWithoutResult((status) -> {
							this.store.insert(UUID.randomUUID().toString(), "default", key, trigger, null);
							Object savepoint = status.createSavepoint();
							this.store.insert(UUID.randomUUID().toString(), "default", key, trigger, null);
							status.rollbackToSavepoint(savepoint);
						}));
					}
				}));
			}
			long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
			for (int instance = 0; instance < instances; instance++) {
				OutboxStore own = new OutboxStore(new TriggerDatabase(this.dataSource, transactions));
				results.add(threads.submit(() -> {
					while (sent.size() < number && failures.size() <= tolerated && System.nanoTime() < end) {
						try {
							List<OutboxRow> rows = own.claimDue(7, List.of(), true);
							own.renew(rows);
							rows.forEach((row) -> sent.add(row.id()));
							List<OutboxOutcome> outcomes = rows.stream()
								.map((row) -> OutboxOutcome.sent(row, "run_1", false))
								.toList();
							untilDone(failures, () -> own.record(outcomes, RETENTION));
							own.deleteSent(5);
						}
						catch (RuntimeException ex) {
							failures.add(ex);
						}
					}
				}));
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(failures).hasSizeLessThanOrEqualTo(tolerated);
		assertThat(sent).hasSize(number).doesNotHaveDuplicates();
		assertThat(this.database.sql("SELECT COUNT(*) FROM trigger_outbox WHERE state = 'SENT'")
			.query(Integer.class)
			.single()).isEqualTo(number);
	}

	private static void untilDone(Queue<Exception> failures, Runnable work) {
		while (failures.size() < 1000) {
			try {
				work.run();
				return;
			}
			catch (RuntimeException ex) {
				failures.add(ex);
			}
		}
	}

}
