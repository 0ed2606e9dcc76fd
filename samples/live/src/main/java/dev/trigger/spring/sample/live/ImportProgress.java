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

import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.run.RunError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The state of an import as the page shows it.
 *
 * @param catalog the name of the catalog
 * @param status the status of the run
 * @param finished whether the status will not change any more
 * @param done the number of products that were imported
 * @param total the number of products
 * @param question what the run waits for, {@code null} if it does not
 * @param report the output, {@code null} before the end
 * @param error why it failed
 */
record ImportProgress(String catalog, String status, boolean finished, int done, int total, @Nullable String question,
		@Nullable ImportReport report, @Nullable String error) {

	static ImportProgress of(RealtimeRun run, CatalogImport payload) {
		JsonNode metadata = run.metadata();
		RunError error = run.error();
		return new ImportProgress(payload.catalog(), String.valueOf(run.status()), run.isFinished(),
				(metadata != null) ? metadata.path("done").asInt(0) : 0, payload.products(),
				(metadata != null && !run.isFinished()) ? question(metadata) : null,
				run.isSuccess() ? run.output().as(ImportReport.class) : null, (error != null) ? error.message() : null);
	}

	private static @Nullable String question(JsonNode metadata) {
		JsonNode question = metadata.path("question");
		return question.isString() ? question.stringValue() : null;
	}

}
