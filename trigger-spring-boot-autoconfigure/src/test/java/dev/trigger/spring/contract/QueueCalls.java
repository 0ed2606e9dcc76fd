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

import dev.trigger.spring.queue.QueueAddress;

/**
 * Calls of {@code QueueOperations} and {@code ConcurrencyLimitOperations}.
 */
class QueueCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry.add("queues.list", "[]", (client, args) -> client.queues().page(args.get(0).pageQuery()))
			.items((client, args) -> client.queues().list(args.get(0).pageQuery()));
		registry.add("queues.retrieve", "[\"queue_1\"]", (client, args) -> client.queues().retrieve(address(args)));
		registry.add("queues.metrics", "[{\"type\":\"task\",\"name\":\"t\"}]",
				(client, args) -> client.queues().metrics(address(args)));
		registry.add("queues.pause", "[\"queue_1\"]", (client, args) -> client.queues().pause(address(args)));
		registry.add("queues.resume", "[\"queue_1\"]", (client, args) -> client.queues().resume(address(args)));
		registry.add("queues.overrideConcurrencyLimit", "[\"queue_1\",1]",
				(client, args) -> client.queues().overrideConcurrencyLimit(address(args), args.get(1).integer()));
		registry.add("queues.resetConcurrencyLimit", "[\"queue_1\"]",
				(client, args) -> client.queues().resetConcurrencyLimit(address(args)));
		registry
			.add("concurrencyLimits.list", "[]",
					(client, args) -> client.concurrencyLimits().page(args.get(0).pageQuery()))
			.items((client, args) -> client.concurrencyLimits().list(args.get(0).pageQuery()));
		registry.add("concurrencyLimits.retrieve", "[\"l\"]",
				(client, args) -> args.get(1).has("concurrencyKey")
						? client.concurrencyLimits()
							.retrieve(args.string(0), args.get(1).get("concurrencyKey").string())
						: client.concurrencyLimits().retrieve(args.string(0)));
		registry.add("concurrencyLimits.override", "[\"l\",{\"total\":1}]",
				(client, args) -> client.concurrencyLimits().override(args.string(0), (limit) -> {
					args.get(1).get("perKey").ifPresent((perKey) -> limit.perKey(perKey.integer()));
					args.get(1).get("total").ifPresent((total) -> limit.total(total.integer()));
					args.get(1)
						.get("concurrencyKey")
						.ifPresent((key) -> limit.concurrencyKey(key.string(), args.get(1).get("ttl").duration()));
				}));
		registry.add("concurrencyLimits.reset", "[\"l\"]", (client, args) -> client.concurrencyLimits()
			.reset(args.string(0), args.get(1).get("concurrencyKey").stringOrNull()));
		registry.add("concurrencyLimits.pause", "[\"l\"]",
				(client, args) -> client.concurrencyLimits().pause(args.string(0)));
		registry.add("concurrencyLimits.resume", "[\"l\"]",
				(client, args) -> client.concurrencyLimits().resume(args.string(0)));
	}

	private static QueueAddress address(Arguments args) {
		Argument queue = args.get(0);
		return queue.isString() ? QueueAddress.id(queue.string())
				: new QueueAddress(queue.get("type").string(), queue.get("name").string());
	}

}
