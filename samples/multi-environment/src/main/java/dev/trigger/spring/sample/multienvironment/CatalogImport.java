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

package dev.trigger.spring.sample.multienvironment;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/**
 * Lets a catalog into production when staging took all of it.
 */
@Service
class CatalogImport {

	private final StagingTasks staging;

	private final ProductionTasks production;

	CatalogImport(StagingTasks staging, ProductionTasks production) {
		this.staging = staging;
		this.production = production;
	}

	Mono<Result> start(Catalog catalog) {
		return this.staging.rehearse(catalog)
			.flatMap((report) -> (report.rejected() > 0) ? Mono.just(new Result.Rejected(report))
					: this.production.importCatalog(catalog).map((run) -> new Result.Started(run.id())));
	}

	/**
	 * The result for a catalog.
	 */
	sealed interface Result {

		/**
		 * It is being imported.
		 *
		 * @param runId the run in production
		 */
		record Started(String runId) implements Result {

		}

		/**
		 * Staging did not take all of it.
		 *
		 * @param report what staging said
		 */
		record Rejected(ImportReport report) implements Result {

		}

	}

}
