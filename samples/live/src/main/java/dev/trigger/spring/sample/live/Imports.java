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

package dev.trigger.spring.sample.live;

import java.util.List;
import java.util.stream.IntStream;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Service;

/**
 * Imports catalogs in the background.
 */
@Service
class Imports {

	static final TaskType<CatalogImport, ImportReport> IMPORT_CATALOG = TaskType.of("import-catalog",
			CatalogImport.class, ImportReport.class);

	static final TaskType<Picture, String> SHRINK_PICTURE = TaskType.of("shrink-picture", Picture.class, String.class);

	/**
	 * The entry of the metadata in which a run that waits has its token.
	 */
	static final String APPROVAL = "approval";

	private static final int PRODUCTS = 120;

	private static final int PICTURES = 50;

	private final TriggerOperations trigger;

	Imports(TriggerOperations trigger) {
		this.trigger = trigger;
	}

	/**
	 * Triggers a batch for the pictures of a catalog, and a run for its products.
	 */
	Mono<RunHandle<ImportReport>> start(String catalog) {
		List<Picture> pictures = IntStream.rangeClosed(1, PICTURES)
			.mapToObj((number) -> new Picture(catalog, number))
			.toList();
		return this.trigger.tasks()
			.batchTrigger(SHRINK_PICTURE, pictures)
			.single()
			.flatMap((batch) -> this.trigger.tasks()
				.trigger(IMPORT_CATALOG, new CatalogImport(catalog, PRODUCTS, batch.id(), PICTURES)));
	}

	/**
	 * Responds to the question of a run. Its token stays on the server: whoever has it
	 * can complete it.
	 * @return whether there was a question
	 */
	Mono<Boolean> decide(String runId, Decision decision) {
		return this.trigger.runs()
			.retrieve(runId)
			.mapNotNull((run) -> IMPORT_CATALOG.id().equals(run.taskIdentifier()) ? run.metadata() : null)
			.map((metadata) -> metadata.path(APPROVAL))
			.filter(JsonNode::isString)
			.flatMap((token) -> this.trigger.waitpoints().complete(token.stringValue(), decision).thenReturn(true))
			.defaultIfEmpty(false);
	}

}
