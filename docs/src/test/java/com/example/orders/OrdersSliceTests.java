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

import java.util.Map;

import com.example.orders.Orders.Order;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.test.autoconfigure.TriggerTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureJdbc;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.transaction.support.TransactionOperations;

import static dev.trigger.spring.test.TriggerAssertions.assertThat;

/**
 * Runs the slice of {@code docs/TESTING.md}.
 */
// tag::slice[]
@TriggerTest(components = Orders.class, properties = "trigger.outbox.enabled=true")
@AutoConfigureJdbc
// end::slice[]
@Sql(statements = "CREATE TABLE IF NOT EXISTS orders (id INT PRIMARY KEY, item VARCHAR(100))")
// tag::slice[]
class OrdersSliceTests {

	@Autowired
	private Orders orders;

	@Autowired
	private TriggerEmulator emulator;

	@Test
	void placedOrderIsFulfilled() {
		this.orders.place(new Order(1, "ada", "tea"));
		assertThat(this.emulator).hasTriggered("fulfil-order").once();
	}

	// end::slice[]
	@Test
	void taskOfAnInterfaceIsTriggeredWithTheTransaction(@Autowired OrderTasks tasks,
			@Autowired TransactionOperations transaction) {
		transaction.executeWithoutResult((status) -> tasks.fulfil(new Order(2, "ada", "tea")));
		assertThat(this.emulator).hasTriggered("fulfil-order").once();
	}

	@Test
	void taskWithoutTypeIsTriggeredWithTheTransaction(@Autowired TriggerOutbox outbox,
			@Autowired TransactionOperations transaction) {
		transaction.executeWithoutResult((status) -> {
			outbox.trigger("pack", Map.of("id", 3));
			outbox.inOrder("ada").trigger("ship", null, (options) -> options.tags("express"));
		});
		assertThat(this.emulator).hasTriggered("pack").withPayload(Map.of("id", 3)).once();
		assertThat(this.emulator).hasTriggered("ship").withTag("express").once();
	}

	// tag::slice[]

}
// end::slice[]
