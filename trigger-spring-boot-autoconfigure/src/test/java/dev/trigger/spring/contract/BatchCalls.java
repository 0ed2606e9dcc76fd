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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.trigger.spring.batch.BatchHandle;
import dev.trigger.spring.batch.BatchItem;
import dev.trigger.spring.batch.BatchOptions;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.task.TaskType;
import reactor.core.publisher.Flux;

/**
 * Calls of {@code BatchOperations}, and of batches in {@code TaskOperations}.
 */
class BatchCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("tasks.batchTrigger", "[\"my-task\",[{\"payload\":1}]]",
					(client, args) -> client.tasks()
						.batchTriggerItems(TaskType.of(args.string(0), Object.class, Object.class),
								items(args.get(1), args.string(0)), options(args.get(2))))
			.json((batch) -> json("batchId", batch))
			.makingSeveralRequests();
		registry
			.add("batch.trigger", "[[{\"id\":\"my-task\",\"payload\":1}]]",
					(client, args) -> client.batches().trigger(items(args.get(0), null), options(args.get(1))))
			.json((batch) -> json("batchId", batch))
			.makingSeveralRequests();
		registry.add("batch.create", "[{\"runCount\":1,\"taskIdentifiers\":[\"a\"]}]", (client, args) -> {
			Argument spec = args.get(0);
			return client.batches().create(spec.get("runCount").integer(), (options) -> {
				spec.get("taskIdentifiers").ifPresent((tasks) -> options.taskIdentifiers(tasks.strings()));
				spec.get("idempotencyKey").ifPresent((key) -> options.idempotencyKey(key(spec)));
			});
		}).json((batch) -> json("id", batch));
		registry.add("batch.streamItems", "[\"batch_1\",[{\"index\":0,\"task\":\"a\",\"payload\":1}]]", (client,
				args) -> client.batches().streamItems(args.string(0), Flux.fromIterable(items(args.get(1), null))));
		registry.add("batch.retrieve", "[\"batch_1\"]",
				(client, args) -> client.batches().retrieve(RunCalls.id(args.get(0))));
		registry.add("batch.results", "[\"batch_1\"]", (client, args) -> client.batches().results(args.string(0)));
	}

	private static Map<String, Object> json(String id, BatchHandle<?> batch) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put(id, batch.id());
		json.put("runCount", batch.runCount());
		if (id.equals("id")) {
			json.put("isCached", batch.isCached());
		}
		json.put("publicAccessToken", batch.publicAccessToken());
		return json;
	}

	/**
	 * On this level the SDK takes the hash, and the key from before it was hashed.
	 */
	private static IdempotencyKey key(Argument spec) {
		Argument before = spec.get("idempotencyKeyOptions");
		String value = spec.get("idempotencyKey").string();
		return before.isPresent() ? IdempotencyKey.ofValue(value,
				IdempotencyKey.Scope.valueOf(before.get("scope").string().toUpperCase(Locale.ROOT)),
				before.get("key").string()) : IdempotencyKey.of(value);
	}

	private static BatchOptions options(Argument argument) {
		return BatchOptions.of((options) -> {
			Argument key = argument.get("idempotencyKey");
			if (key.isIdempotencyKey()) {
				options.idempotencyKey(TaskCalls.key(key));
			}
			else if (key.isPresent()) {
				options.idempotencyKey(key.array());
			}
			argument.get("idempotencyKeyTTL").ifPresent((ttl) -> options.idempotencyKeyTtl(ttl.string()));
		});
	}

	private static List<BatchItem> items(Argument argument, String task) {
		List<BatchItem> items = new ArrayList<>();
		for (Argument item : argument.elements()) {
			String id = (task != null) ? task : item.has("id") ? item.get("id").string() : item.get("task").string();
			TriggerOptions options = TaskCalls.options(item.get("options").without("payloadType"));
			items.add((item.get("payload").isGiven() ? BatchItem.of(id, item.get("payload").value())
					: BatchItem.withoutPayload(id))
				.with(options));
		}
		return items;
	}

}
