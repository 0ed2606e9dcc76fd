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

package com.example.orders;

import java.time.Duration;

import com.example.orders.Orders.Order;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.outbox.OutboxState;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.test.autoconfigure.AutoConfigureTriggerEmulator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Runs the examples of {@code docs/TRANSACTIONS.md}.
 */
@SpringBootTest(properties = { "trigger.outbox.enabled=true", "spring.datasource.generate-unique-name=true",
		"spring.threads.virtual.enabled=true" })
@AutoConfigureTriggerEmulator
class OrdersTests {

	@Autowired
	private Orders orders;

	@Autowired
	private OrderTasks tasks;

	@Autowired
	private TriggerOutbox outbox;

	@Autowired
	private TriggerEmulator emulator;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private PlatformTransactionManager transactions;

	@Test
	void orderIsFulfilledOnceItIsCommitted() {
		this.jdbc.sql("CREATE TABLE orders (id INT PRIMARY KEY, item VARCHAR(100))").update();
		this.emulator.task("fulfil-order", Order.class, (order) -> "shipped " + order.item());
		Order order = new Order(1, "ada", "book");
		String id = this.orders.place(order).id();
		await().atMost(Duration.ofSeconds(30))
			.until(() -> this.outbox.find(id).orElseThrow().state() == OutboxState.SENT);
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> this.orders.place(order));
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> this.tasks.fulfil(order));
		await().atMost(Duration.ofSeconds(30)).until(() -> this.emulator.runs("fulfil-order").size() == 2);
		assertThat(this.emulator).hasTriggered("fulfil-order").withTag("outbox:" + id).once();
		assertThat(this.outbox.find(id).orElseThrow().runId()).startsWith("run_");
	}

}
