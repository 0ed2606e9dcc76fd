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

import dev.trigger.spring.outbox.OutboxHandle;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.task.TaskType;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

// tag::orders[]
@Service
class Orders {

	private static final TaskType<Order, String> FULFIL = TaskType.of("fulfil-order", Order.class, String.class);

	private final JdbcClient jdbc;

	private final TriggerOutbox outbox;

	Orders(JdbcClient jdbc, TriggerOutbox outbox) {
		this.jdbc = jdbc;
		this.outbox = outbox;
	}

	// tag::place[]
	@Transactional
	OutboxHandle<String> place(Order order) {
		this.jdbc.sql("INSERT INTO orders (id, item) VALUES (?, ?)").params(order.id(), order.item()).update();
		return this.outbox.inOrder("customer:" + order.customer()).trigger(FULFIL, order);
	}
	// end::place[]

	record Order(int id, String customer, String item) {
	}

}
// end::orders[]
