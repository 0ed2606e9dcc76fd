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
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import dev.trigger.spring.autoconfigure.jdbc.SchemaInitialization;
import dev.trigger.spring.autoconfigure.jdbc.TriggerSchemaInitializer;
import dev.trigger.spring.jdbc.ColumnText;
import dev.trigger.spring.jdbc.TriggerDatabase;
import dev.trigger.spring.task.EncodedTrigger;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the claims of {@link OutboxStore}, with two instances of an application.
 */
class OutboxStoreTests {

	private static final byte[] JSON = "{}".getBytes(StandardCharsets.UTF_8);

	private final JdbcDataSource dataSource = new JdbcDataSource();

	private OutboxStore store;

	private OutboxStore other;

	private TriggerDatabase database;

	@BeforeEach
	void createTables() {
		this.dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		this.database = database(TriggerDatabase.DEFAULT_TABLE_PREFIX);
		this.store = new OutboxStore(this.database);
		this.other = new OutboxStore(database(TriggerDatabase.DEFAULT_TABLE_PREFIX));
		createTables(this.database);
	}

	private static void createTables(TriggerDatabase database) {
		TriggerSchemaInitializer initializer = new TriggerSchemaInitializer(database, SchemaInitialization.ALWAYS,
				"classpath:dev/trigger/spring/outbox/schema-@@platform@@.sql");
		initializer.setResourceLoader(new DefaultResourceLoader());
		initializer.initializeDatabase();
	}

	private TriggerDatabase database(String tablePrefix) {
		JdbcTransactionManager transactions = new JdbcTransactionManager(this.dataSource);
		return new TriggerDatabase(this.dataSource, () -> transactions, tablePrefix);
	}

	private String insert() {
		return insert(this.store);
	}

	private static String insert(OutboxStore store) {
		String id = UUID.randomUUID().toString();
		store.insert(id, "default", null, new EncodedTrigger("task", JSON, "application/json", JSON), null);
		return id;
	}

	private void isDue() {
		this.database.sql("UPDATE trigger_outbox SET due_at = 0").update();
	}

	@Test
	void claimsOnceWhatWasCommitted() {
		String id = insert();
		assertThat(this.store.claimDue(10, List.of(), false)).as("has a head start").isEmpty();
		assertThat(this.store.claimCommitted(committed(id))).singleElement().satisfies((row) -> {
			assertThat(row.id()).isEqualTo(id);
			assertThat(row.attempts()).isOne();
			assertThat(row.maybeSent()).isFalse();
		});
		assertThat(this.store.claimCommitted(committed(id))).as("is claimed").isEmpty();
		assertThat(this.other.claimCommitted(committed(id))).isEmpty();
		assertThat(this.store.claimDue(10, List.of(), false)).isEmpty();
		assertThat(this.store.claimCommitted(committed(UUID.randomUUID().toString()))).isEmpty();
	}

	/**
	 * It may have been committed long after it was inserted, and is found as due before
	 * its own instance hears of the commit.
	 */
	@Test
	void doesNotTakeForNewWhatWasTriedAlready() {
		String id = insert();
		isDue();
		List<OutboxRow> rows = this.store.claimDue(10, List.of(), false);
		assertThat(rows).extracting(OutboxRow::id).containsExactly(id);
		this.store.record(List.of(new OutboxOutcome(rows.get(0), null, false, new IllegalStateException("lost"),
				OutboxOutcome.Kind.UNKNOWN, Duration.ofHours(1))), Duration.ZERO);
		assertThat(this.store.claimCommitted(committed(id))).isEmpty();
		isDue();
		assertThat(this.store.claimDue(10, List.of(), false)).singleElement()
			.satisfies((row) -> assertThat(row.maybeSent()).as("is looked for first").isTrue());
	}

	@Test
	void claimThatWasTakenOverIsNotRenewed() {
		insert();
		insert();
		isDue();
		List<OutboxRow> rows = this.store.claimDue(10, List.of(), false);
		OutboxClaims claims = new OutboxClaims(this.store);
		List<OutboxClaims.Claim> own = rows.stream().map(claims::add).toList();
		this.database.sql("UPDATE trigger_outbox SET due_at = 0 WHERE id = ?").param(rows.get(0).id()).update();
		assertThat(this.other.claimDue(10, List.of(), false)).extracting(OutboxRow::id)
			.containsExactly(rows.get(0).id());
		claims.renew();
		assertThat(own).extracting(OutboxClaims.Claim::isValid).containsExactly(false, true);
		claims.renew();
		assertThat(own).extracting(OutboxClaims.Claim::isValid).containsExactly(false, true);
	}

	@Test
	void applicationsWithPrefixesOfTheirOwnShareASchema() {
		TriggerDatabase shop = database("shop_");
		createTables(shop);
		createTables(shop);
		OutboxStore shopStore = new OutboxStore(shop);
		String id = insert();
		String ofShop = insert(shopStore);
		isDue();
		shop.sql("UPDATE trigger_outbox SET due_at = 0").update();
		assertThat(this.database.sql("SELECT id FROM shop_outbox").query(String.class).list()).containsExactly(ofShop);
		assertThat(shopStore.claimDue(10, List.of(), false)).extracting(OutboxRow::id).containsExactly(ofShop);
		assertThat(this.store.claimDue(10, List.of(), false)).extracting(OutboxRow::id).containsExactly(id);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "1_", "a-b", "x;DROP", "a_prefix_that_is_longer" })
	void prefixIsTheBeginningOfAName(String prefix) {
		assertThatIllegalArgumentException().isThrownBy(() -> database(prefix)).withMessageContaining("shop_trigger_");
	}

	@Test
	void errorIsCutToWhatAColumnHolds() {
		assertThat(ColumnText.of(null, 5)).isEmpty();
		assertThat(ColumnText.of("a\0b", 5)).isEqualTo("a b");
		assertThat(ColumnText.of("abcdef", 5)).isEqualTo("abcd…");
		assertThat(ColumnText.of("abc\uD83D\uDE00ef", 5)).isEqualTo("abc?…");
		assertThat(ColumnText.of("\uDE00", 5)).isEqualTo("?");
		assertThat(ColumnText.inAscii(null, 5)).isEmpty();
		assertThat(ColumnText.inAscii("ä€\uD83D\uDE00\0b", 6)).isEqualTo("??? b");
		assertThat(ColumnText.inAscii("abcdef", 5)).isEqualTo("ab...");
	}

	@Test
	void commitsAreForgottenWhenTheirHeadStartIsOver() {
		OutboxCommits commits = new OutboxCommits();
		commits.add(committed("old", "default", System.nanoTime() - OutboxSettings.HEAD_START.toNanos()));
		commits.add(committed("paused", "other", System.nanoTime()));
		commits.add(committed("new", "default", System.nanoTime()));
		assertThat(commits.take(10, List.of("other"))).extracting(OutboxCommits.Committed::id).containsExactly("new");
		assertThat(commits.isEmpty()).isTrue();
	}

	/**
	 * However many there are while the API can't be reached, and however large: others
	 * are found as they become due.
	 */
	@Test
	void commitsAreRememberedAsFarAsMemoryAllows() {
		OutboxCommits commits = new OutboxCommits();
		EncodedTrigger large = new EncodedTrigger("task", new byte[1 << 20], "application/json", JSON);
		for (int turn = 0; turn < 2; turn++) {
			for (int i = 0; i < 40; i++) {
				commits.add(new OutboxCommits.Committed("id-" + i, "default", large, null, System.nanoTime()));
			}
			assertThat(commits.take(100, List.of())).hasSizeBetween(10, 20);
			assertThat(commits.isEmpty()).isTrue();
		}
	}

	private static List<OutboxCommits.Committed> committed(String id) {
		return List.of(committed(id, "default", System.nanoTime()));
	}

	private static OutboxCommits.Committed committed(String id, String client, long insertedAt) {
		return new OutboxCommits.Committed(id, client, new EncodedTrigger("task", JSON, "application/json", JSON), null,
				insertedAt);
	}

}
