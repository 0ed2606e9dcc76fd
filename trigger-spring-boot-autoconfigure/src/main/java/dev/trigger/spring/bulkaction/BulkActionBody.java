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

package dev.trigger.spring.bulkaction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.run.RunQuery;
import org.jspecify.annotations.Nullable;

/**
 * The body that creates a bulk action.
 *
 * @param action {@code cancel} or {@code replay}
 * @param filter the filter
 * @param runIds the ids
 * @param name the name
 * @param targetRegion the region in which runs are executed again
 */
record BulkActionBody(String action, @Nullable Map<String, Object> filter, @Nullable List<String> runIds,
		@Nullable String name, @Nullable String targetRegion) {

	static BulkActionBody of(String action, BulkSelection selection, @Nullable String targetRegion) {
		RunQuery filter = selection.filter();
		return new BulkActionBody(action, (filter != null) ? filter(filter) : null, selection.runIds(),
				selection.name(), targetRegion);
	}

	private static Map<String, Object> filter(RunQuery query) {
		Map<String, Object> filter = new LinkedHashMap<>();
		put(filter, "status", query.statuses());
		put(filter, "taskIdentifier", query.taskIdentifiers());
		put(filter, "version", query.versions());
		put(filter, "tag", query.tags());
		put(filter, "queue", query.queues());
		put(filter, "machine", query.machines());
		put(filter, "region", query.regions());
		put(filter, "schedule", query.schedule());
		put(filter, "bulkAction", query.bulkAction());
		put(filter, "batch", query.batch());
		put(filter, "isTest", query.isTest());
		put(filter, "period", query.period());
		put(filter, "from", query.from());
		put(filter, "to", query.to());
		return filter;
	}

	private static void put(Map<String, Object> filter, String name, @Nullable Object value) {
		if (value != null && !(value instanceof List<?> list && list.isEmpty())) {
			filter.put(name, value);
		}
	}

}
