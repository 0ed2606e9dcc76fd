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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.realtime.RealtimeQuery;
import dev.trigger.spring.realtime.RealtimeRun;
import dev.trigger.spring.realtime.RunColumn;
import dev.trigger.spring.realtime.StreamOptions;
import dev.trigger.spring.realtime.StreamTarget;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of {@code RealtimeOperations}.
 */
class RealtimeCalls implements Calls {

	private static final Pattern DURATION = Pattern.compile("(\\d+)([smhdw])");

	/**
	 * What a server ends a stream after by itself, which is when the SDK stops.
	 */
	private static final int DEFAULT_TIMEOUT_SECONDS = 60;

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("runs.subscribeToRun", "[\"run_1\"]",
					(client, args) -> client.realtime().run(args.string(0), columns(args.get(1))).next())
			.json(RealtimeCalls::brief)
			.recordedAs(RealtimeCalls::firstRow);
		registry
			.add("runs.subscribeToRunsWithTag", "[\"tag\"]",
					(client, args) -> client.realtime().runs(query(args.get(0), args.get(1))).next())
			.json(RealtimeCalls::brief)
			.recordedAs(RealtimeCalls::firstRow);
		registry
			.add("runs.subscribeToBatch", "[\"batch_1\"]",
					(client, args) -> client.realtime().batch(args.string(0), columns(args.get(1))).next())
			.json(RealtimeCalls::brief)
			.recordedAs(RealtimeCalls::firstRow);
		registry
			.add("streams.read", "[\"run_1\",\"logs\"]",
					(client, args) -> client.realtime()
						.stream(args.string(0), args.string(1))
						.read(JsonNode.class, (options) -> read(options, args.get(2)))
						.map((part) -> value(part.value())))
			.items((client, args) -> client.realtime()
				.stream(args.string(0), args.string(1))
				.read(JsonNode.class, (options) -> read(options, args.get(2)))
				.map((part) -> value(part.value())))
			.returningMany();
		registry.add("streams.create", "[\"run_1\",\"self\",\"logs\"]",
				(client, args) -> client.realtime()
					.stream(args.string(0), args.string(2))
					.to(target(args.string(1)))
					.register());
		registry
			.add("streams.append", "[\"run_1\",\"self\",\"logs\",\"line\"]",
					(client, args) -> client.realtime()
						.stream(args.string(0), args.string(2))
						.to(target(args.string(1)))
						.append(present(args.get(3))))
			.returningNothing();
		registry
			.add("streams.input.send", "[\"run_1\",\"in\",{\"a\":1}]",
					(client, args) -> client.realtime().input(args.string(0), args.string(1)).send(args.get(2).value()))
			.returningNothing();
	}

	private static Object present(Argument argument) {
		Object value = argument.value();
		if (value == null) {
			throw new Unrepresentable("A part is not null");
		}
		return value;
	}

	private static JsonNode value(@Nullable JsonNode value) {
		return (value != null) ? value : JsonNodeFactory.instance.nullNode();
	}

	private static void read(StreamOptions.Builder options, Argument given) {
		Integer timeout = given.get("timeoutInSeconds").integerOrNull();
		options.timeout(Duration.ofSeconds((timeout != null) ? timeout : DEFAULT_TIMEOUT_SECONDS));
		if (given.has("lastEventId")) {
			options.after(given.get("lastEventId").string());
		}
		Integer start = given.get("startIndex").integerOrNull();
		if (start != null && start > 0) {
			options.after(Integer.toString(start - 1));
		}
	}

	private static StreamTarget target(String target) {
		return Arrays.stream(StreamTarget.values())
			.filter((known) -> known.name().equalsIgnoreCase(target))
			.findFirst()
			.orElseThrow(() -> new Unrepresentable("No such target: " + target));
	}

	static RunColumn[] columns(Argument options) {
		List<String> names = options.has("skipColumns") ? options.get("skipColumns").strings() : List.of();
		return names.stream().map(RealtimeCalls::column).toArray(RunColumn[]::new);
	}

	private static RunColumn column(String name) {
		return Arrays.stream(RunColumn.values())
			.filter((column) -> column.column().equals(name))
			.findFirst()
			.orElseThrow(() -> new Unrepresentable("No column that can be left out: " + name));
	}

	private static RealtimeQuery query(Argument tags, Argument options) {
		return RealtimeQuery.of((query) -> {
			query.skipColumns(columns(options));
			if (tags.isPresent()) {
				query.tags(tags.isString() ? new String[] { tags.string() } : tags.strings().toArray(String[]::new));
			}
			if (options.has("createdAt")) {
				query.createdWithin(duration(options.get("createdAt").string()));
			}
		});
	}

	static Duration duration(String text) {
		Matcher matcher = DURATION.matcher(text);
		if (!matcher.matches()) {
			throw new Unrepresentable("No duration: " + text);
		}
		long amount = Long.parseLong(matcher.group(1));
		return switch (matcher.group(2)) {
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			case "h" -> Duration.ofHours(amount);
			case "d" -> Duration.ofDays(amount);
			default -> Duration.ofDays(7 * amount);
		};
	}

	/**
	 * Write what the SDK's results have of a run.
	 */
	private static JsonNode brief(RealtimeRun run) {
		ObjectNode json = JsonNodeFactory.instance.objectNode();
		json.setAll((ObjectNode) ResultJson.write(json(run)));
		return json.retain("id", "status", "payload", "output", "isCompleted", "tags");
	}

	/**
	 * Write a run with the names that the SDK has.
	 */
	static Map<String, @Nullable Object> json(RealtimeRun run) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("id", run.id());
		json.put("status", String.valueOf(run.status()));
		json.put("taskIdentifier", run.taskIdentifier());
		json.put("createdAt", text(run.createdAt()));
		json.put("updatedAt", text(run.updatedAt()));
		json.put("queuedAt", text(run.queuedAt()));
		json.put("startedAt", text(run.startedAt()));
		json.put("finishedAt", text(run.finishedAt()));
		json.put("delayedUntil", text(run.delayedUntil()));
		json.put("expiredAt", text(run.expiredAt()));
		json.put("ttl", run.ttl());
		json.put("isTest", run.isTest());
		json.put("tags", run.tags());
		json.put("durationMs", run.durationMs());
		json.put("costInCents", run.costInCents());
		json.put("baseCostInCents", run.baseCostInCents());
		json.put("metadata", run.metadata());
		json.put("payload", run.payload().tree());
		json.put("output", run.output().tree());
		json.put("streams", run.streams());
		json.put("error", (run.error() != null) ? run.error().message() : null);
		json.put("isCompleted", run.isFinished());
		return json;
	}

	private static @Nullable String text(@Nullable Object value) {
		return (value != null) ? value.toString() : null;
	}

	private static JsonNode firstRow(JsonNode messages) {
		JsonNode row = messages.path(0).path("value");
		return row.isObject() ? RecordedRow.brief(row) : row;
	}

	/**
	 * Check that the client can ask for what a recorded request asks for.
	 * @param query the parameters of its query
	 */
	static void check(Map<String, String> query) {
		skipped(query);
		if (query.containsKey("createdAt")) {
			duration(query.get("createdAt"));
		}
	}

	private static RunColumn[] skipped(Map<String, String> query) {
		return Arrays.stream(query.getOrDefault("skipColumns", "").split(","))
			.filter((name) -> !name.isEmpty())
			.map(RealtimeCalls::column)
			.toArray(RunColumn[]::new);
	}

	/**
	 * Follow what the target of a recorded request is about.
	 * @param client the client
	 * @param path the path of the request
	 * @param query the parameters of its query
	 * @return the states of runs
	 */
	static Flux<RealtimeRun> follow(TriggerOperations client, String path, Map<String, String> query) {
		RunColumn[] columns = skipped(query);
		String id = path.substring(path.lastIndexOf('/') + 1);
		if (path.contains("/batches/")) {
			return client.realtime().batch(id, columns);
		}
		if (path.contains("/runs/")) {
			return client.realtime().run(id, columns);
		}
		return client.realtime().runs((runs) -> {
			runs.skipColumns(columns);
			if (query.containsKey("tags")) {
				runs.tags(query.get("tags").split(",", -1));
			}
			if (query.containsKey("createdAt")) {
				runs.createdWithin(duration(query.get("createdAt")));
			}
		});
	}

}
