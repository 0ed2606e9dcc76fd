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

import java.util.List;
import java.util.Map;

import dev.trigger.spring.session.SessionQuery;
import dev.trigger.spring.session.SessionSpec;
import dev.trigger.spring.session.SessionTrigger;
import dev.trigger.spring.session.SessionUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Calls of {@code SessionOperations}.
 */
class SessionCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("sessions.start",
					"[{\"type\":\"chat.agent\",\"taskIdentifier\":\"t\",\"triggerConfig\":{\"basePayload\":{}}}]",
					(client, args) -> client.sessions().start(spec(args.get(0))))
			.json((started) -> started);
		registry.add("sessions.list", "[]", (client, args) -> client.sessions().page(query(args.get(0))))
			.items((client, args) -> client.sessions().list(query(args.get(0))));
		registry.add("sessions.retrieve", "[\"session_1\"]",
				(client, args) -> client.sessions().retrieve(args.string(0)));
		registry.add("sessions.update", "[\"session_1\",{}]",
				(client, args) -> client.sessions().update(args.string(0), update(args.get(1))));
		registry.add("sessions.close", "[\"session_1\"]",
				(client, args) -> client.sessions().close(args.string(0), args.get(1).get("reason").stringOrNull()));
		registry
			.add("sessions.in.send", "[\"session_1\",{\"a\":1}]",
					(client, args) -> client.sessions().send(args.string(0), value(args.get(1))))
			.returningNothing();
	}

	private static Object value(Argument argument) {
		Object value = argument.value();
		if (value == null) {
			throw new Unrepresentable("A message is not null");
		}
		return value;
	}

	@SuppressWarnings("unchecked")
	private static @Nullable Map<String, Object> map(Argument argument) {
		return (Map<String, Object>) argument.value();
	}

	private static SessionSpec spec(Argument argument) {
		Argument trigger = argument.get("triggerConfig");
		Map<String, Object> basePayload = map(trigger.get("basePayload"));
		SessionTrigger config = new SessionTrigger((basePayload != null) ? basePayload : Map.of(),
				trigger.get("machine").stringOrNull(), trigger.get("queue").stringOrNull(),
				strings(trigger.get("concurrency")), trigger.get("concurrencyKey").value(),
				strings(trigger.get("tags")), trigger.get("maxAttempts").integerOrNull(),
				trigger.get("maxDuration").map(Argument::longValue), trigger.get("lockToVersion").stringOrNull(),
				trigger.get("externalDeploymentId").stringOrNull(), trigger.get("region").stringOrNull(),
				trigger.get("idleTimeoutInSeconds").integerOrNull(), trigger.get("ttl").value());
		return new SessionSpec(argument.get("type").string(), argument.get("externalId").stringOrNull(),
				argument.get("taskIdentifier").string(), config, strings(argument.get("tags")),
				map(argument.get("metadata")), argument.get("expiresAt").instantOrNull());
	}

	private static @Nullable List<String> strings(Argument argument) {
		return argument.map(Argument::strings);
	}

	private static SessionUpdate update(Argument argument) {
		SessionUpdate update = SessionUpdate.none();
		if (argument.get("tags").isGiven()) {
			update = update.tags(argument.get("tags").strings());
		}
		if (argument.get("metadata").isGiven()) {
			update = update.metadata(map(argument.get("metadata")));
		}
		if (argument.get("externalId").isGiven()) {
			update = update.externalId(argument.get("externalId").stringOrNull());
		}
		return update;
	}

	private static SessionQuery query(Argument argument) {
		return new SessionQuery(argument.get("type").strings(), argument.get("tag").strings(),
				argument.get("taskIdentifier").strings(), argument.get("externalId").stringOrNull(),
				argument.get("status").strings(), argument.get("period").stringOrNull(),
				argument.get("from").instantOrNull(), argument.get("to").instantOrNull(),
				argument.get("limit").integerOrNull(), argument.get("after").stringOrNull(),
				argument.get("before").stringOrNull());
	}

}
