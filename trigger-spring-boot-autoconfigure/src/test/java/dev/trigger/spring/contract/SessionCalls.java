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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.session.SessionChannelOperations;
import dev.trigger.spring.session.SessionChannels;
import dev.trigger.spring.session.SessionOptions;
import dev.trigger.spring.session.SessionQuery;
import dev.trigger.spring.session.SessionRecord;
import dev.trigger.spring.session.SessionTriggerOptions;
import dev.trigger.spring.session.SessionUpdateOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Calls of {@code SessionOperations}.
 */
class SessionCalls implements Calls {

	@Override
	public void register(CallRegistry registry) {
		registry
			.add("sessions.start",
					"[{\"type\":\"chat.agent\",\"taskIdentifier\":\"t\",\"triggerConfig\":{\"basePayload\":{}}}]",
					(client, args) -> client.sessions().start(options(args.get(0))))
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
		registry
			.add("sessions.channel.in.send", "[\"session_1\",\"side\",{\"a\":1}]",
					(client, args) -> client.sessions()
						.session(args.string(0))
						.channel(args.string(1))
						.in()
						.append(value(args.get(2))))
			.returningNothing();
		registry.add("sessions.initializeStream", "[\"session_1\",\"out\"]",
				(client, args) -> channel(client, args).initialize());
		registry
			.add("sessions.records", "[\"session_1\",\"out\"]",
					(client, args) -> channel(client, args).records(args.get(2).get("afterEventId").stringOrNull()))
			.json((records) -> Map.of("records", records.stream().map(SessionCalls::json).toList()));
		registry.add("sessions.transcript", "[\"session_1\"]",
				(client, args) -> client.sessions()
					.session(args.string(0))
					.transcript(args.get(1).get("limit").integerOrNull(), args.get(1).get("before").stringOrNull()));
	}

	private static SessionChannelOperations channel(TriggerOperations client, Arguments args) {
		SessionChannels channels = client.sessions().session(args.string(0));
		return switch (args.string(1)) {
			case "in" -> channels.in();
			case "out" -> channels.out();
			default -> throw new Unrepresentable("A channel goes in or out");
		};
	}

	static Map<String, @Nullable Object> json(SessionRecord<JsonNode> record) {
		Map<String, @Nullable Object> json = new LinkedHashMap<>();
		json.put("data", record.value());
		json.put("id", record.partId());
		json.put("seqNum", record.seq());
		json.put("headers",
				record.headers().stream().map((header) -> List.of(header.getKey(), header.getValue())).toList());
		return json;
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

	private static SessionOptions options(Argument argument) {
		return SessionOptions.of((session) -> {
			session.type(argument.get("type").string()).taskIdentifier(argument.get("taskIdentifier").string());
			argument.get("externalId").ifPresent((id) -> session.externalId(id.string()));
			session.trigger((trigger) -> trigger(trigger, argument.get("triggerConfig")));
			argument.get("tags").ifPresent((tags) -> session.tags(tags.strings()));
			argument.get("metadata").ifPresent((metadata) -> session.metadata(map(metadata)));
			argument.get("expiresAt").ifPresent((expiresAt) -> session.expiresAt(expiresAt.instant()));
		});
	}

	private static void trigger(SessionTriggerOptions.Builder trigger, Argument config) {
		Map<String, Object> basePayload = map(config.get("basePayload"));
		trigger.basePayload((basePayload != null) ? basePayload : Map.of());
		config.get("machine").ifPresent((machine) -> trigger.machine(new MachinePreset(machine.string())));
		config.get("queue").ifPresent((queue) -> trigger.queue(queue.string()));
		config.get("concurrency").ifPresent((limits) -> trigger.concurrencyLimits(limits.array()));
		config.get("concurrencyKey").ifPresent((key) -> trigger.concurrencyKey(key.string()));
		config.get("tags").ifPresent((tags) -> trigger.tags(tags.strings()));
		config.get("maxAttempts").ifPresent((attempts) -> trigger.maxAttempts(attempts.integer()));
		config.get("maxDuration").ifPresent((duration) -> trigger.maxDuration(duration.duration()));
		config.get("lockToVersion").ifPresent((version) -> trigger.version(version.string()));
		config.get("externalDeploymentId").ifPresent((id) -> trigger.externalDeploymentId(id.string()));
		config.get("region").ifPresent((region) -> trigger.region(region.string()));
		config.get("idleTimeoutInSeconds").ifPresent((timeout) -> trigger.idleTimeout(timeout.duration()));
		config.get("ttl").ifPresent((ttl) -> {
			if (ttl.isNumber()) {
				trigger.ttl(ttl.duration());
			}
			else {
				trigger.ttl(ttl.string());
			}
		});
	}

	private static SessionUpdateOptions update(Argument argument) {
		return SessionUpdateOptions.of((session) -> {
			if (argument.get("tags").isGiven()) {
				session.tags(argument.get("tags").strings());
			}
			if (argument.get("metadata").isGiven()) {
				session.metadata(map(argument.get("metadata")));
			}
			if (argument.get("externalId").isGiven()) {
				session.externalId(argument.get("externalId").stringOrNull());
			}
		});
	}

	private static SessionQuery query(Argument argument) {
		return SessionQuery.of((query) -> {
			query.types(argument.get("type").array())
				.tags(argument.get("tag").array())
				.taskIdentifiers(argument.get("taskIdentifier").array())
				.statuses(argument.get("status").array());
			argument.get("externalId").ifPresent((id) -> query.externalId(id.string()));
			argument.get("period").ifPresent((period) -> query.within(period.string()));
			query.between(argument.get("from").instantOrNull(), argument.get("to").instantOrNull());
			argument.get("limit").ifPresent((limit) -> query.size(limit.integer()));
			argument.get("after").ifPresent((cursor) -> query.after(cursor.string()));
			argument.get("before").ifPresent((cursor) -> query.before(cursor.string()));
		});
	}

}
