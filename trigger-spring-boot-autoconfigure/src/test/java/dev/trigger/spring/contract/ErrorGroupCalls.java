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

import dev.trigger.spring.errorgroup.ErrorQuery;
import dev.trigger.spring.errorgroup.IgnoreOptions;

/**
 * Calls of {@code ErrorOperations}.
 */
class ErrorGroupCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry.add("errors.list", "[]", (client, args) -> client.errors().page(ErrorQuery.all()))
			.items((client, args) -> client.errors().list(ErrorQuery.all()));
		registry.add("errors.retrieve", "[\"error_1\"]", (client, args) -> client.errors().retrieve(args.string(0)));
		registry.add("errors.resolve", "[\"error_1\"]",
				(client, args) -> client.errors().resolve(args.string(0), null));
		registry.add("errors.ignore", "[\"error_1\"]",
				(client, args) -> client.errors().ignore(args.string(0), IgnoreOptions.forever()));
		registry.add("errors.unresolve", "[\"error_1\"]", (client, args) -> client.errors().unresolve(args.string(0)));
	}

}
