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
import reactor.core.publisher.Flux;

import org.springframework.stereotype.Component;

@Component
class CatalogImport {

	private final TriggerOperations trigger;

	CatalogImport(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	// tag::progress[]
	private static final TaskType<Product, Void> IMPORT = TaskType.of("import-product", Product.class, Void.class);

	// Emits the number of finished runs, such as 1000, 2000 … 10000
	Flux<Integer> importAll(Flux<Product> products) {
		return this.trigger.tasks()
			.batchTrigger(IMPORT, products)
			.flatMap((batch) -> this.trigger.batches().awaitCompletion(batch.id()).thenReturn(batch.runCount()))
			.scan(Integer::sum);
	}

	record Product(String sku, String name) {
	}
	// end::progress[]

}
