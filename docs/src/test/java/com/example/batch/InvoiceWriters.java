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

package com.example.batch;

import java.time.Duration;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.task.TaskType;

import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.stereotype.Component;

@Component
class InvoiceWriters {

	// tag::outbox[]
	private static final TaskType<Invoice, Void> SEND = TaskType.of("send-invoice", Invoice.class, Void.class);

	// The triggers of a chunk are a part of its transaction
	ItemWriter<Invoice> withOutbox(TriggerOutbox outbox) {
		return (chunk) -> chunk.forEach((invoice) -> outbox.trigger(SEND, invoice));
	}
	// end::outbox[]

	// tag::client[]
	// A chunk that is written again creates no second runs
	ItemWriter<Invoice> withClient(TriggerOperations trigger) {
		return (chunk) -> {
			List<BatchItem> items = chunk.getItems()
				.stream()
				.map((invoice) -> SEND.item(invoice, (options) -> options.idempotencyKey("invoice", invoice.number())))
				.toList();
			trigger.tasks().batchTriggerItems(SEND, items).block(Duration.ofMinutes(2));
		};
	}
	// end::client[]

	record Invoice(String number, String customer) {
	}

}
