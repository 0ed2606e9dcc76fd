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

import dev.trigger.spring.bulkaction.BulkSelection;
import dev.trigger.spring.run.Polling;
import reactor.core.publisher.Flux;

/**
 * Calls of {@code BulkActionOperations}.
 */
class BulkActionCalls implements Calls {

	private static final Polling POLLING = new Polling(Duration.ofSeconds(1), 1.6, Duration.ofSeconds(30),
			Duration.ofHours(1));

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("runs.bulk.cancel", "[{\"runIds\":[\"run_1\"]}]",
					(client, args) -> client.bulkActions().cancel(selection(args.get(0))))
			.json((id) -> Map.of("id", id));
		registry
			.add("runs.bulk.replay", "[{\"runIds\":[\"run_1\"]}]",
					(client, args) -> client.bulkActions()
						.replay(selection(args.get(0)), args.get(0).get("targetRegion").stringOrNull()))
			.json((id) -> Map.of("id", id));
		registry.add("runs.bulk.list", "[]", (client, args) -> {
			Argument options = args.get(0);
			Integer size = options.get("limit").integerOrNull();
			String after = options.get("after").stringOrNull();
			String before = options.get("before").stringOrNull();
			if (after != null && before != null) {
				throw new Unrepresentable("A page is after or before a cursor");
			}
			return (before != null) ? client.bulkActions().pageBefore(size, before)
					: client.bulkActions().page(size, after);
		})
			.items((client, args) -> args.get(0).has("limit")
					? Flux.error(new Unrepresentable("All bulk actions are listed without options"))
					: client.bulkActions().list());
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

	private static BulkSelection selection(Argument argument) {
		BulkSelection selection = argument.has("runIds") ? BulkSelection.runs(argument.get("runIds").strings())
				: BulkSelection.matching(RunCalls.query(argument.get("filter")));
		return argument.has("name") ? selection.named(argument.get("name").string()) : selection;
	}

}
