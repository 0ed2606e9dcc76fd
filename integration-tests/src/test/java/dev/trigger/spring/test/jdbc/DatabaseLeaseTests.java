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

package dev.trigger.spring.test.jdbc;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.jdbc.DatabaseLease;
import dev.trigger.spring.jdbc.JdbcDialect;
import dev.trigger.spring.jdbc.TriggerDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link DatabaseLease}, {@link JdbcDialect} and the creation of tables.
 */
class DatabaseLeaseTests {

	private HikariDataSource dataSource;

	@AfterEach
	void closeDataSource() {
		if (this.dataSource != null) {
			this.dataSource.close();
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void oneInstanceHasTheLeaseUntilItGivesItBack(TestDatabase kind) {
		TriggerDatabase first = database(kind);
		TriggerDatabase second = another(first);
		DatabaseLease mine = first.lease("work", Duration.ofMinutes(5));
		DatabaseLease others = second.lease("work", Duration.ofMinutes(5));
		assertThat(mine.tryAcquire()).isTrue();
		assertThat(others.tryAcquire()).isFalse();
		assertThat(mine.tryAcquire()).as("renewed").isTrue();
		others.release();
		assertThat(others.tryAcquire()).isFalse();
		assertThat(second.lease("other work", Duration.ofMinutes(5)).tryAcquire()).isTrue();
		mine.release();
		await().atMost(Duration.ofSeconds(30)).until(others::tryAcquire);
		assertThat(mine.tryAcquire()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void anotherInstanceTakesOverWhatIsNotRenewed(TestDatabase kind) {
		TriggerDatabase first = database(kind);
		assertThat(first.lease("work", Duration.ofMillis(300)).tryAcquire()).isTrue();
		DatabaseLease others = another(first).lease("work", Duration.ofMinutes(5));
		assertThat(others.tryAcquire()).isFalse();
		await().atMost(Duration.ofSeconds(30)).until(others::tryAcquire);
	}

	/**
	 * The lease lasts for another hour by the clock then.
	 */
	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void anotherInstanceTakesOverAlthoughTheClockOfTheDatabaseIsSetBack(TestDatabase kind) {
		TriggerDatabase first = database(kind);
		Duration duration = Duration.ofMillis(300);
		DatabaseLease mine = first.lease("work", duration);
		assertThat(mine.tryAcquire()).isTrue();
		first.newTransaction()
			.executeWithoutResult(
					(status) -> first.sql("UPDATE trigger_lease SET expires_at = expires_at + 3600000").update());
		DatabaseLease others = another(first).lease("work", duration);
		long start = System.nanoTime();
		await().atMost(Duration.ofSeconds(20)).until(others::tryAcquire);
		assertThat(System.nanoTime() - start).as("not at once: the holder may only be about to renew it")
			.isGreaterThan(duration.toNanos());
		assertThat(mine.tryAcquire()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void leaseThatIsRenewedIsKeptAlthoughItLastsLonger(TestDatabase kind) {
		TriggerDatabase first = database(kind);
		DatabaseLease mine = first.lease("work", Duration.ofMinutes(5));
		DatabaseLease others = another(first).lease("work", Duration.ofMillis(50));
		long end = System.nanoTime() + Duration.ofMillis(600).toNanos();
		while (System.nanoTime() < end) {
			assertThat(mine.tryAcquire()).isTrue();
			assertThat(others.tryAcquire()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void oneOfManyInstancesThatStartAtOnceHasTheLease(TestDatabase kind) throws Exception {
		TriggerDatabase first = database(kind);
		int instances = 6;
		CyclicBarrier start = new CyclicBarrier(instances);
		ExecutorService threads = Executors.newFixedThreadPool(instances);
		try {
			Stream<Callable<Boolean>> starts = IntStream.range(0, instances).mapToObj((instance) -> () -> {
				start.await();
				TriggerDatabase database = another(first);
				createTables(database);
				return database.lease("at once", Duration.ofMinutes(5)).tryAcquire();
			});
			int holders = 0;
			for (Future<Boolean> result : threads.invokeAll(starts.toList())) {
				holders += result.get() ? 1 : 0;
			}
			assertThat(holders).isEqualTo(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@ParameterizedTest
	@EnumSource(TestDatabase.class)
	void timeIsThatOfTheDatabaseInMilliseconds(TestDatabase kind) {
		TriggerDatabase database = database(kind);
		JdbcDialect dialect = database.dialect();
		assertThat(dialect).isEqualTo(kind.dialect());
		long before = System.currentTimeMillis();
		Long now = database.sql(dialect.select(dialect.now(), "trigger_lease", "name = 'clock'", 1))
			.query(Long.class)
			.optional()
			.orElseGet(() -> {
				database.lease("clock", Duration.ofMinutes(1)).tryAcquire();
				return database.sql(dialect.selectUnlocked(dialect.now(), "trigger_lease", "name = 'clock'", 1))
					.query(Long.class)
					.single();
			});
		assertThat(now).isBetween(before - 1000, System.currentTimeMillis() + 1000);
	}

	private TriggerDatabase database(TestDatabase kind) {
		this.dataSource = kind.create();
		TriggerDatabase database = database(this.dataSource);
		createTables(database);
		return database;
	}

	private static TriggerDatabase another(TriggerDatabase database) {
		return database(database.dataSource());
	}

	private static TriggerDatabase database(DataSource dataSource) {
		return new TriggerDatabase(dataSource, new JdbcTransactionManager(dataSource));
	}

	private static void createTables(TriggerDatabase database) {
		TriggerSchemaInitializer initializer = new TriggerSchemaInitializer(database, SchemaInitialization.ALWAYS,
				TriggerSchemaInitializer.LEASES);
		initializer.setResourceLoader(new DefaultResourceLoader());
		initializer.initializeDatabase();
	}

}
