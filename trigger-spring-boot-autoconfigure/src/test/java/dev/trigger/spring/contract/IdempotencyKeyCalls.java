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

import dev.trigger.spring.options.IdempotencyKey;

/**
 * Calls of {@code IdempotencyKeyOperations}.
 */
class IdempotencyKeyCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("idempotencyKeys.reset", "[\"my-task\",\"order-123\",{\"scope\":\"global\"}]",
					(client, args) -> client.idempotencyKeys().reset(args.string(0), key(args.get(1), args.get(2))))
			.returningNothing();
	}

	/**
	 * Outside of a run, the SDK needs to be told of it for the scopes run and attempt; in
	 * Java the key itself names it.
	 */
	private static IdempotencyKey key(Argument key, Argument options) {
		if (key.isIdempotencyKey()) {
			return TaskCalls.key(key);
		}
		String[] parts = key.strings().toArray(String[]::new);
		String scope = options.get("scope").stringOrNull();
		if (scope == null && parts.length == 1 && parts[0].length() == 64) {
			return IdempotencyKey.of(parts);
		}
		if ("global".equals(scope)) {
			return IdempotencyKey.create(IdempotencyKey.Scope.GLOBAL, parts);
		}
		if (!options.has("parentRunId") || ("attempt".equals(scope) && !options.has("attemptNumber"))) {
			throw new Unrepresentable("A key of a run names the run");
		}
		return IdempotencyKey.createWithin(
				"attempt".equals(scope) ? IdempotencyKey.Scope.ATTEMPT : IdempotencyKey.Scope.RUN,
				options.get("parentRunId").string(),
				options.has("attemptNumber") ? options.get("attemptNumber").integer() : 1, parts);
	}

}
