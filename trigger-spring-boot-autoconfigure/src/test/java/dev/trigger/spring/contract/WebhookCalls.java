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
import java.util.LinkedHashMap;
import java.util.Map;

import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.webhook.WebhookDeliveryQuery;
import dev.trigger.spring.webhook.WebhookDeliveryStatus;
import dev.trigger.spring.webhook.WebhookWaiterSpec;
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
					(client, args) -> client.webhooks().pageOfDeliveries(query(args.get(0))))
			.items((client, args) -> client.webhooks().listDeliveries(query(args.get(0))));
		registry.add("webhooks.deliveries.retrieve", "[\"whd_1\"]",
				(client, args) -> client.webhooks().retrieveDelivery(args.string(0)));
		registry.add("webhooks.deliveries.replay", "[\"whd_1\"]", (client, args) -> client.webhooks()
			.replayDelivery(args.string(0), args.get(1).get("targetId").stringOrNull()));
		registry.add("webhooks.waiter.create", "[{\"id\":\"wh_1\"}]",
				(client, args) -> client.webhooks().createWaiter(RunCalls.id(args.get(0)), spec(args.get(1))));
		registry.add("webhooks.waiter.cancel", "[\"waitpoint_1\"]",
				(client, args) -> client.webhooks().cancelWaiter(RunCalls.id(args.get(0))));
	}

	private static void registerEndpoints(CallRegistry registry) {
		registry.add("webhooks.endpoints.list", "[]", (client, args) -> client.webhooks().listEndpoints().collectList())
			.json((endpoints) -> Map.of("data", endpoints));
		registry.add("webhooks.endpoints.retrieve", "[\"wh_1\"]",
				(client, args) -> client.webhooks().retrieveEndpoint(args.string(0)));
		registry.add("webhooks.endpoints.rotateSecret", "[\"wh_1\"]",
				(client, args) -> client.webhooks().rotateSecret(args.string(0), previousSecretTtl(args.get(1))));
		registry.add("webhooks.endpoints.setSecret", "[\"wh_1\",{\"secret\":\"s\"}]",
				(client, args) -> client.webhooks()
					.setSecret(args.string(0), args.get(1).get("secret").string(), previousSecretTtl(args.get(1))));
	}

	private static @Nullable Duration previousSecretTtl(Argument body) {
		return body.get("previousSecretTtlSeconds").map((seconds) -> Duration.ofSeconds(seconds.longValue()));
	}

	private static WebhookDeliveryQuery query(Argument query) {
		return new WebhookDeliveryQuery(query.get("endpoint").strings(),
				query.get("status").strings().stream().map(WebhookDeliveryStatus::new).toList(),
				query.get("period").stringOrNull(), query.get("from").instantOrNull(), query.get("to").instantOrNull(),
				query.get("limit").integerOrNull(), query.get("after").stringOrNull());
	}

	private static WebhookWaiterSpec spec(Argument options) {
		Map<String, Object> match = new LinkedHashMap<>();
		if (options.has("match")) {
			options.get("match").names().forEach((path) -> match.put(path, value(options.get("match").get(path))));
		}
		Argument timeout = options.get("timeout");
		return new WebhookWaiterSpec(match, options.get("filter").stringOrNull(),
				timeout.isDate() ? timeout.json().stringValue() : timeout.stringOrNull(), options.get("tags").strings(),
				key(options.get("idempotencyKey")), options.get("idempotencyKeyTTL").stringOrNull());
	}

	private static Object value(Argument argument) {
		Object value = argument.value();
		if (value == null) {
			throw new Unrepresentable("A waiter can't match null");
		}
		return value;
	}

	private static @Nullable IdempotencyKey key(Argument key) {
		if (key.isIdempotencyKey()) {
			return TaskCalls.key(key);
		}
		return key.map((parts) -> IdempotencyKey.of(parts.strings().toArray(String[]::new)));
	}

}
