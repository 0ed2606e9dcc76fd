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

package dev.trigger.spring.contract;

import java.time.Duration;
import java.util.Map;

import dev.trigger.spring.bulkaction.BulkActionOptions;
import dev.trigger.spring.bulkaction.BulkActionQuery;
import dev.trigger.spring.run.Polling;

/**
 * Calls of {@code BulkActionOperations}.
 */
class BulkActionCalls implements Calls {

	private static final Polling POLLING = new Polling(Duration.ofSeconds(1), 1.6, Duration.ofSeconds(30),
			Duration.ofHours(2));

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("runs.bulk.cancel", "[{\"runIds\":[\"run_1\"]}]",
					(client, args) -> client.bulkActions().cancel(selection(args.get(0))))
			.json((id) -> Map.of("id", id));
		registry
			.add("runs.bulk.replay", "[{\"runIds\":[\"run_1\"]}]",
					(client, args) -> client.bulkActions().replay(selection(args.get(0))))
			.json((id) -> Map.of("id", id));
		registry.add("runs.bulk.list", "[]", (client, args) -> client.bulkActions().page(query(args.get(0))))
			.items((client, args) -> client.bulkActions().list(query(args.get(0))));
		registry.add("runs.bulk.retrieve", "[\"bulk_1\"]",
				(client, args) -> client.bulkActions().retrieve(RunCalls.id(args.get(0))));
		registry
			.add("runs.bulk.abort", "[\"bulk_1\"]",
					(client, args) -> client.bulkActions().abort(RunCalls.id(args.get(0))))
			.returningNothing();
		registry
			.add("runs.bulk.poll", "[\"bulk_1\"]",
					(client, args) -> client.bulkActions().awaitCompletion(RunCalls.id(args.get(0)), POLLING))
			.makingSeveralRequests();
	}

	private static BulkActionOptions selection(Argument argument) {
		return BulkActionOptions.of((action) -> {
			argument.get("runIds").ifPresent((runIds) -> action.runs(runIds.strings()));
			argument.get("filter").ifPresent((filter) -> action.matching(RunCalls.query(filter)));
			argument.get("name").ifPresent((name) -> action.name(name.string()));
			argument.get("targetRegion").ifPresent((region) -> action.targetRegion(region.string()));
		});
	}

	private static BulkActionQuery query(Argument argument) {
		return BulkActionQuery.of((query) -> {
			argument.get("limit").ifPresent((limit) -> query.size(limit.integer()));
			argument.get("after").ifPresent((cursor) -> query.after(cursor.string()));
			argument.get("before").ifPresent((cursor) -> query.before(cursor.string()));
		});
	}

}
