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

package dev.trigger.spring.test.api;

import java.util.Map;

import dev.trigger.spring.test.http.Answer;
import dev.trigger.spring.test.http.AnswerException;
import dev.trigger.spring.test.http.Json;
import dev.trigger.spring.test.http.JsonBody;
import dev.trigger.spring.test.state.Run;
import dev.trigger.spring.test.state.TriggerCommand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Single runs: retrieve, cancel and replay.
 */
final class RunRoutes {

	private static final Map<String, String> REPLAY_NAMES = Map.of("version", "lockToVersion");

	void addTo(Router router) {
		router.get("runs.retrieve", "/api/v3/runs/{runId}", this::retrieve).publicToken().cors();
		router.post("runs.cancel", "/api/v2/runs/{runId}/cancel", this::cancel).publicToken().anyAction();
		router.post("runs.replay", "/api/v1/runs/{runId}/replay", this::replay).anyAction();
	}

	private Answer retrieve(Call call) {
		Run run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw Call.notFound(true);
		}
		authorizeRead(call, run);
		return Answer.ok(RunJson.details(call, run));
	}

	static void authorizeRead(Call call, Run run) {
		if (call.claims() == null) {
			return;
		}
		String[] resources = new String[run.tags().size() + 3];
		int i = 0;
		resources[i++] = "runs:" + run.id();
		resources[i++] = "tasks:" + run.taskId();
		resources[i++] = "batch:" + run.command().batchId();
		for (String tag : run.tags()) {
			resources[i++] = "tags:" + tag;
		}
		call.authorize("read", resources);
	}

	private Answer cancel(Call call) {
		call.authorize("write", "runs:" + call.variable("runId"));
		Run run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw new AnswerException(404, "Resource not found");
		}
		call.world().engine().cancel(run);
		return Answer.ok(JsonBody.of("id", run.id()));
	}

	private Answer replay(Call call) {
		Run run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw new AnswerException(404, "Resource not found");
		}
		JsonNode body = call.optionalJson();
		Issues issues = new Issues();
		TriggerOptions.check(new Input(withoutQueue(body), issues));
		issues.refuse();
		TriggerCommand command = replayCommand(run, body);
		TriggerOptions.refuse(run.environment(), command);
		return Answer.ok(JsonBody.of("id", call.world().engine().trigger(run.environment(), command).run().id()));
	}

	/**
	 * What a replay wishes: the same as the run, with some changes, and without its
	 * idempotency key.
	 * @param run the run
	 * @param changes the changes
	 * @return the command
	 */
	static TriggerCommand replayCommand(Run run, JsonNode changes) {
		ObjectNode options = Json.object();
		run.command().options().properties().forEach((option) -> options.set(option.getKey(), option.getValue()));
		for (String name : new String[] { "idempotencyKey", "idempotencyKeyTTL", "idempotencyKeyOptions", "delay",
				"debounce" }) {
			options.remove(name);
		}
		JsonNode payload = run.command().payload();
		for (Map.Entry<String, JsonNode> change : changes.properties()) {
			if (change.getKey().equals("payload")) {
				payload = change.getValue();
			}
			else {
				options.set(REPLAY_NAMES.getOrDefault(change.getKey(), change.getKey()), change.getValue());
			}
		}
		return TriggerCommand.of(run.taskId(), payload, options);
	}

	private static JsonNode withoutQueue(JsonNode body) {
		if (body instanceof ObjectNode object) {
			ObjectNode copy = object.deepCopy();
			copy.remove("queue");
			return copy;
		}
		return body;
	}

}
