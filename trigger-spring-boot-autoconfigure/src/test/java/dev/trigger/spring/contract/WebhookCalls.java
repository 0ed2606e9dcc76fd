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

import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.webhook.WebhookDeliveryQuery;
import dev.trigger.spring.webhook.WebhookDeliveryStatus;
import dev.trigger.spring.webhook.WebhookWaiterOptions;
import org.jspecify.annotations.Nullable;

/**
 * Calls of {@code WebhookOperations}.
 */
class WebhookCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registerEndpoints(registry);
		registry
			.add("webhooks.deliveries.list", "[]",
					(client, args) -> client.webhooks().deliveries().page(query(args.get(0))))
			.items((client, args) -> client.webhooks().deliveries().list(query(args.get(0))));
		registry.add("webhooks.deliveries.retrieve", "[\"whd_1\"]",
				(client, args) -> client.webhooks().deliveries().retrieve(args.string(0)));
		registry.add("webhooks.deliveries.replay", "[\"whd_1\"]",
				(client, args) -> client.webhooks()
					.deliveries()
					.replay(args.string(0), args.get(1).get("targetId").stringOrNull()));
		registry.add("webhooks.waiter.create", "[{\"id\":\"wh_1\"}]",
				(client, args) -> client.webhooks().waiters().create(RunCalls.id(args.get(0)), options(args.get(1))));
		registry.add("webhooks.waiter.cancel", "[\"waitpoint_1\"]",
				(client, args) -> client.webhooks().waiters().cancel(RunCalls.id(args.get(0))));
	}

	private static void registerEndpoints(CallRegistry registry) {
		registry
			.add("webhooks.endpoints.list", "[]", (client, args) -> client.webhooks().endpoints().list().collectList())
			.json((endpoints) -> Map.of("data", endpoints));
		registry.add("webhooks.endpoints.retrieve", "[\"wh_1\"]",
				(client, args) -> client.webhooks().endpoints().retrieve(args.string(0)));
		registry.add("webhooks.endpoints.rotateSecret", "[\"wh_1\"]", (client,
				args) -> client.webhooks().endpoints().rotateSecret(args.string(0), previousSecretTtl(args.get(1))));
		registry.add("webhooks.endpoints.setSecret", "[\"wh_1\",{\"secret\":\"s\"}]",
				(client, args) -> client.webhooks()
					.endpoints()
					.setSecret(args.string(0), args.get(1).get("secret").string(), previousSecretTtl(args.get(1))));
	}

	private static @Nullable Duration previousSecretTtl(Argument body) {
		return body.get("previousSecretTtlSeconds").map((seconds) -> Duration.ofSeconds(seconds.longValue()));
	}

	private static WebhookDeliveryQuery query(Argument argument) {
		return WebhookDeliveryQuery.of((query) -> {
			query.endpoints(argument.get("endpoint").array())
				.statuses(argument.get("status")
					.strings()
					.stream()
					.map(WebhookDeliveryStatus::new)
					.toArray(WebhookDeliveryStatus[]::new));
			argument.get("period").ifPresent((period) -> query.within(period.string()));
			query.between(argument.get("from").instantOrNull(), argument.get("to").instantOrNull());
			argument.get("limit").ifPresent((limit) -> query.size(limit.integer()));
			argument.get("after").ifPresent((cursor) -> query.after(cursor.string()));
		});
	}

	private static WebhookWaiterOptions options(Argument options) {
		return WebhookWaiterOptions.of((waiter) -> {
			options.get("match")
				.ifPresent((match) -> match.names().forEach((path) -> waiter.match(path, value(match.get(path)))));
			options.get("filter").ifPresent((filter) -> waiter.filter(filter.string()));
			options.get("timeout").ifPresent((timeout) -> {
				if (timeout.isDate()) {
					waiter.timeout(timeout.instant());
				}
				else {
					waiter.timeout(timeout.string());
				}
			});
			waiter.tags(options.get("tags").array());
			options.get("idempotencyKey").ifPresent((key) -> waiter.idempotencyKey(key(key)));
			options.get("idempotencyKeyTTL").ifPresent((ttl) -> waiter.idempotencyKeyTtl(ttl.string()));
		});
	}

	private static Object value(Argument argument) {
		Object value = argument.value();
		if (value == null) {
			throw new Unrepresentable("A waiter can't match null");
		}
		return value;
	}

	private static IdempotencyKey key(Argument key) {
		return key.isIdempotencyKey() ? TaskCalls.key(key) : IdempotencyKey.of(key.array());
	}

}
