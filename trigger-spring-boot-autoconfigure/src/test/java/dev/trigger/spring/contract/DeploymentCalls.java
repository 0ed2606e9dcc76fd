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

import dev.trigger.spring.deployment.DeploymentQuery;
import dev.trigger.spring.deployment.DeploymentStatus;

/**
 * Calls of {@code DeploymentOperations}.
 */
class DeploymentCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry.add("deployments.list", "[]", (client, args) -> client.deployments().page(query(args.get(0))))
			.items((client, args) -> client.deployments().list(query(args.get(0))));
		registry.add("deployments.retrieve", "[\"deployment_1\"]",
				(client, args) -> client.deployments().retrieve(args.string(0)));
		registry.add("deployments.retrieveLatest", "[]", (client, args) -> client.deployments().latest());
		registry.add("deployments.retrieveCurrent", "[]", (client, args) -> client.deployments().current());
		registry.add("deployments.promote", "[\"20250101.1\"]",
				(client, args) -> client.deployments().promote(args.string(0)));
	}

	private static DeploymentQuery query(Argument argument) {
		return DeploymentQuery.of((query) -> {
			argument.get("status").ifPresent((status) -> query.status(new DeploymentStatus(status.string())));
			argument.get("period").ifPresent((period) -> query.within(period.string()));
			query.between(text(argument.get("from")), text(argument.get("to")));
			argument.get("limit").ifPresent((limit) -> query.size(limit.integer()));
			argument.get("cursor").ifPresent((cursor) -> query.after(cursor.string()));
		});
	}

	private static String text(Argument argument) {
		return argument.isDate() ? argument.json().stringValue() : argument.stringOrNull();
	}

}
