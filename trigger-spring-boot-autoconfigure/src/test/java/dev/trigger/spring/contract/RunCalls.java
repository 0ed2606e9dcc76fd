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
import java.util.Objects;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.options.QueueRef;
import dev.trigger.spring.run.MetadataUpdateOptions;
import dev.trigger.spring.run.Polling;
import dev.trigger.spring.run.ReplayOptions;
import dev.trigger.spring.run.RunDetailOperations;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunStatus;

/**
 * Calls of {@code RunOperations}.
 */
class RunCalls implements Calls {

	/**
	 * The waits that cases with several requests name, whatever interval they poll at.
	 */
	private static final Polling POLLING = new Polling(Duration.ofSeconds(1), 1.6, Duration.ofSeconds(30),
			Duration.ofHours(2));

	@Override
	public void register(CallRegistry registry) {
		registerDetails(registry);
		registry.add("runs.retrieve", "[\"run_1\"]", (client, args) -> client.runs().retrieve(id(args.get(0))));
		registry
			.add("runs.poll", "[\"run_1\"]", (client, args) -> client.runs().awaitCompletion(id(args.get(0)), POLLING))
			.makingSeveralRequests();
		registry.add("runs.list", "[]", (client, args) -> client.runs().page(query(args.get(0))))
			.items((client, args) -> client.runs().list(query(args.get(0))));
		registry
			.add("projects.runs.list", "[\"proj_1\",{\"env\":\"prod\"}]",
					(client, args) -> client.runs().page(projectQuery(args)))
			.items((client, args) -> client.runs().list(projectQuery(args)));
		registry.add("runs.cancel", "[\"run_1\"]", (client, args) -> client.runs().cancel(id(args.get(0))))
			.returningNothing();
		registry.add("runs.replay", "[\"run_1\"]", (client, args) -> args.get(1).isPresent()
				? client.runs().replay(id(args.get(0)), replay(args.get(1))) : client.runs().replay(id(args.get(0))))
			.json((handle) -> Map.of("id", handle.id()));
		registry.add("runs.reschedule", "[\"run_1\",{\"delay\":\"1h\"}]", (client, args) -> {
			Argument delay = args.get(1).get("delay");
			return delay.isDate() ? client.runs().reschedule(id(args.get(0)), delay.instant())
					: client.runs().reschedule(id(args.get(0)), delay.duration());
		});
		registry
			.add("runs.addTags", "[\"run_1\",{\"tags\":[\"a\"]}]",
					(client, args) -> client.runs().addTags(id(args.get(0)), args.get(1).get("tags").strings()))
			.returningNothing();
	}

	private static void registerDetails(CallRegistry registry) {
		registry.add("runs.result", "[\"run_1\"]", (client, args) -> details(client, args).result()).emptyIfNotFound();
		registry.add("runs.trace", "[\"run_1\"]", (client, args) -> details(client, args).trace())
			.json((trace) -> Map.of("trace", trace));
		registry.add("runs.tracePage", "[\"run_1\"]",
				(client, args) -> details(client, args).tracePage(
						args.get(1).has("limit") ? args.get(1).get("limit").integer() : 10_000,
						args.get(1).get("after").stringOrNull()));
		registry.add("runs.span", "[\"run_1\",\"span_1\"]",
				(client, args) -> details(client, args).span(args.string(1)));
		registry.add("runs.events", "[\"run_1\"]", (client, args) -> details(client, args).events())
			.json((events) -> Map.of("events", events));
		registry.add("runs.retrieveMetadata", "[\"run_1\"]", (client, args) -> details(client, args).metadata())
			.json((metadata) -> Map.of("metadata", metadata))
			.recordedAs((body) -> body.path("metadata").isString()
					? Contract.json("{\"metadata\":" + body.get("metadata").stringValue() + "}") : body);
		registry
			.add("runs.updateMetadata", "[\"run_1\",{\"metadata\":{}}]",
					(client, args) -> details(client, args).updateMetadata(metadata(args.get(1))))
			.json((metadata) -> Map.of("metadata", metadata));
	}

	private static RunDetailOperations details(TriggerOperations client, Arguments args) {
		return client.runs().details(id(args.get(0)));
	}

	private static MetadataUpdateOptions metadata(Argument argument) {
		return MetadataUpdateOptions.of((update) -> {
			argument.get("metadata").ifPresent((metadata) -> update.replace(Objects.requireNonNull(metadata.value())));
			operations(update, argument.get("operations"));
			update.parent((parent) -> operations(parent, argument.get("parentOperations")));
			update.root((root) -> operations(root, argument.get("rootOperations")));
		});
	}

	private static void operations(MetadataUpdateOptions.Builder update, Argument argument) {
		for (Argument operation : argument.elements()) {
			String key = operation.get("key").stringOrNull();
			Object value = operation.get("value").value();
			if (key == null) {
				throw new Unrepresentable("All metadata are replaced with replace");
			}
			switch (operation.get("type").string()) {
				case "set" -> update.set(key, value);
				case "delete" -> update.delete(key);
				case "append" -> update.append(key, Objects.requireNonNull(value));
				case "remove" -> update.remove(key, Objects.requireNonNull(value));
				case "increment" -> update.increment(key, operation.get("value").json().doubleValue());
				default -> throw new Unrepresentable("There is no operation " + operation);
			}
		}
	}

	/**
	 * TypeScript takes a handle for the id.
	 */
	static String id(Argument argument) {
		return argument.isObject() ? argument.get("id").string() : argument.string();
	}

	/**
	 * Read a query for runs.
	 * @param argument the options of the list
	 * @return the query
	 */
	static RunQuery query(Argument argument) {
		return RunQuery.of((query) -> set(query, argument));
	}

	private static RunQuery projectQuery(Arguments args) {
		return query(args.get(1)).with((query) -> query.projectRef(args.string(0)));
	}

	private static void set(RunQuery.Builder query, Argument argument) {
		query.between(argument.get("from").instantOrNull(), argument.get("to").instantOrNull());
		for (String name : argument.names()) {
			Argument value = argument.get(name);
			if (value.isPresent()) {
				set(query, name, value);
			}
		}
	}

	private static void set(RunQuery.Builder query, String name, Argument value) {
		switch (name) {
			case "from", "to" -> {
			}
			case "limit" -> query.size(value.integer());
			case "after" -> query.after(value.string());
			case "before" -> query.before(value.string());
			case "status" -> query.statuses(value.strings().stream().map(RunStatus::new).toArray(RunStatus[]::new));
			case "taskIdentifier" -> query.taskIdentifiers(value.strings().toArray(String[]::new));
			case "version" -> query.versions(value.strings().toArray(String[]::new));
			case "period" -> query.within(value.string());
			case "bulkAction" -> query.bulkAction(value.string());
			case "tag" -> query.tags(value.strings().toArray(String[]::new));
			case "schedule" -> query.schedule(value.string());
			case "isTest" -> query.isTest(value.bool());
			case "batch" -> query.batch(value.string());
			case "queue" -> query.queues(value.elements()
				.stream()
				.map((queue) -> new QueueRef(queue.get("type").string(), queue.get("name").string()))
				.toArray(QueueRef[]::new));
			case "machine" ->
				query.machines(value.strings().stream().map(MachinePreset::new).toArray(MachinePreset[]::new));
			case "region" -> query.regions(value.strings().toArray(String[]::new));
			case "env" -> query
				.environments(value.strings().stream().map(TriggerEnvironment::of).toArray(TriggerEnvironment[]::new));
			default -> throw new Unrepresentable("There is no filter " + name);
		}
	}

	private static ReplayOptions replay(Argument argument) {
		return ReplayOptions.of((replay) -> {
			if (argument.get("payload").isGiven()) {
				replay.payload(argument.get("payload").value());
			}
			replay.options(TaskCalls.options(argument.without("payload")));
		});
	}

}
