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

package dev.trigger.spring.sample.orders;

import dev.trigger.spring.outbox.TriggerOutbox;
import dev.trigger.spring.runlistener.RunFinished;
import dev.trigger.spring.runlistener.TriggerRunListener;
import dev.trigger.spring.task.TaskType;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Places orders, and hears when they are fulfilled.
 */
@Service
class Orders {

	static final TaskType<FulfilOrder, Fulfilment> FULFIL = TaskType.of("fulfil-order", FulfilOrder.class,
			Fulfilment.class);

	private static final String TAG = "order:";

	private final OrderRepository orders;

	private final TriggerOutbox outbox;

	Orders(OrderRepository orders, TriggerOutbox outbox) {
		this.orders = orders;
		this.outbox = outbox;
	}

	/**
	 * Saves an order and triggers its task: both or neither.
	 */
	@Transactional
	Order place(String item) {
		Order order = this.orders.save(new Order(item));
		this.outbox.trigger(FULFIL, new FulfilOrder(order.getId(), item),
				(options) -> options.tags(TAG + order.getId()));
		return order;
	}

	/**
	 * Places an order, and kills the service after its transaction is committed and
	 * before anything is sent.
	 */
	@Transactional
	void placeAndDie(String item) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {

			@Override
			public void afterCommit() {
				// as if somebody had pulled the plug
				Runtime.getRuntime().halt(137);
			}

		});
		place(item);
	}

	/**
	 * Marks an order when the run of its task is over, in a transaction of its own. This
	 * happens once for each run, even if the service is killed in between.
	 */
	@TriggerRunListener(id = "orders", task = "fulfil-order")
	void on(RunFinished<Fulfilment> event) {
		event.tags()
			.stream()
			.filter((tag) -> tag.startsWith(TAG))
			.findFirst()
			.flatMap((tag) -> this.orders.findById(Long.valueOf(tag.substring(TAG.length()))))
			.ifPresent((order) -> {
				if (event.isSuccess()) {
					order.fulfil(event.runId(), event.requireOutput().parcel());
				}
				else {
					order.fail(event.runId());
				}
			});
	}

}
