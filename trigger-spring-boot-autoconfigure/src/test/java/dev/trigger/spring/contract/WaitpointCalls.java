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

import java.util.Map;

import dev.trigger.spring.waitpoint.WaitpointHandle;
import dev.trigger.spring.waitpoint.WaitpointOptions;
import dev.trigger.spring.waitpoint.WaitpointQuery;
import dev.trigger.spring.waitpoint.WaitpointStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of {@code WaitpointOperations}.
 */
class WaitpointCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry.add("wait.createToken", "[]",
				(client, args) -> client.waitpoints().create(options(args.get(0))).map(WaitpointCalls::json));
		registry.add("wait.listTokens", "[]", (client, args) -> client.waitpoints().page(query(args.get(0))))
			.items((client, args) -> client.waitpoints().list(query(args.get(0))));
		registry
			.add("wait.retrieveToken", "[\"waitpoint_1\"]",
					(client, args) -> client.waitpoints().retrieve(RunCalls.id(args.get(0))))
			.recordedAs(WaitpointCalls::decoded);
		registry.add("wait.completeToken", "[\"waitpoint_1\",{}]",
				(client, args) -> args.get(1).isGiven()
						? client.waitpoints().complete(RunCalls.id(args.get(0)), args.get(1).value())
						: client.waitpoints().complete(RunCalls.id(args.get(0))))
			.returningNothing();
		registry
			.add("wait.completeTokenByCallback", "[\"waitpoint_1\",\"hash\",{}]",
					(client, args) -> client.waitpoints().completeByCallback(args.string(0), args.string(1), Map.of()))
			.returningNothing();
	}

	/**
	 * In TypeScript the token is part of the result, and failing to sign it fails the
	 * call; in Java it fails when it is asked for.
	 */
	private static Map<String, Object> json(WaitpointHandle handle) {
		return Map.of("id", handle.id(), "isCached", handle.isCached(), "url", handle.url(), "publicAccessToken",
				handle.publicAccessToken());
	}

	/**
	 * On the wire the output is encoded.
	 */
	private static JsonNode decoded(JsonNode recorded) {
		if (!recorded.path("output").isString() || !recorded.path("outputType").asString("").endsWith("json")) {
			return recorded;
		}
		JsonNode output = Contract.json(recorded.get("output").stringValue());
		ObjectNode result = ((ObjectNode) recorded).deepCopy();
		result.set("output", recorded.get("outputType").stringValue().contains("super") ? output.path("json") : output);
		return result;
	}

	private static WaitpointOptions options(Argument argument) {
		return WaitpointOptions.of((token) -> {
			argument.get("timeout").ifPresent((timeout) -> {
				if (timeout.isDate()) {
					token.timeout(timeout.instant());
				}
				else {
					token.timeout(timeout.string());
				}
			});
			argument.get("idempotencyKey").ifPresent((key) -> {
				if (key.isIdempotencyKey()) {
					token.idempotencyKey(TaskCalls.key(key));
				}
				else {
					token.idempotencyKey(key.string());
				}
			});
			argument.get("idempotencyKeyTTL").ifPresent((ttl) -> token.idempotencyKeyTtl(ttl.string()));
			argument.get("tags").ifPresent((tags) -> token.tags(tags.array()));
		});
	}

	private static WaitpointQuery query(Argument argument) {
		return WaitpointQuery.of((query) -> {
			query.statuses(
					argument.get("status").strings().stream().map(WaitpointStatus::new).toArray(WaitpointStatus[]::new))
				.tags(argument.get("tags").array());
			argument.get("idempotencyKey").ifPresent((key) -> query.idempotencyKey(key.string()));
			argument.get("period").ifPresent((period) -> query.within(period.string()));
			query.between(argument.get("from").instantOrNull(), argument.get("to").instantOrNull());
			argument.get("limit").ifPresent((limit) -> query.size(limit.integer()));
			argument.get("after").ifPresent((cursor) -> query.after(cursor.string()));
			argument.get("before").ifPresent((cursor) -> query.before(cursor.string()));
		});
	}

}
