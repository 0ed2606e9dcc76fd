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

package com.example.recipes;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.task.TaskType;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

// tag::listener[]
@Component
class OrderListener {

	private static final TaskType<OrderPlaced, Void> CONFIRM = TaskType.of("confirm-order", OrderPlaced.class,
			Void.class);

	private final TriggerOperations trigger;

	OrderListener(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	@EventListener
	Mono<Void> confirm(OrderPlaced order) {
		return this.trigger.tasks()
			.trigger(CONFIRM, order, (options) -> options.idempotencyKey("confirm-order", order.orderId()))
			.then();
	}

	record OrderPlaced(String orderId) {
	}

}
// end::listener[]
