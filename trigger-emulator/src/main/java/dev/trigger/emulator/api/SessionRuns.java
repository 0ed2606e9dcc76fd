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

package dev.trigger.emulator.api;

import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.Session;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TriggerCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The runs of sessions: each session has one that is alive whenever somebody writes to
 * it.
 */
final class SessionRuns {

	/**
	 * What is triggered as it is configured.
	 */
	private static final List<String> OPTIONS = List.of("machine", "queue", "tags", "maxAttempts", "maxDuration",
			"lockToVersion", "region");

	/**
	 * What only the first run gets.
	 */
	private static final List<String> FIRST = List.of("message", "messages", "trigger");

	private SessionRuns() {
	}

	/**
	 * Let a session have a run that is alive.
	 * @param call the request
	 * @param session the session
	 */
	static void ensure(ApiCall call, Session session) {
		TaskRun run = session.currentRun();
		if (run == null || run.status().isFinished()) {
			session.setCurrentRun(next(call, session, (run != null) ? run.id() : null));
		}
	}

	/**
	 * Trigger the next run of a session.
	 * @param call the request
	 * @param session the session
	 * @param previous the run before, {@code null} for the first one
	 * @return the run
	 */
	static TaskRun next(ApiCall call, Session session, @Nullable String previous) {
		JsonNode config = session.triggerConfig();
		ObjectNode payload = (config.path("basePayload") instanceof ObjectNode base) ? base.deepCopy() : Json.object();
		if (config.has("idleTimeoutInSeconds")) {
			payload.set("idleTimeoutInSeconds", config.get("idleTimeoutInSeconds"));
		}
		payload.put("sessionId", session.id());
		if (previous != null) {
			payload.put("continuation", true).put("previousRunId", previous).remove(FIRST);
		}
		ObjectNode options = Json.object();
		OPTIONS.stream().filter(config::hasNonNull).forEach((option) -> options.set(option, config.get(option)));
		if (options.has("queue")) {
			options.set("queue", Json.object().put("name", options.path("queue").asString()));
		}
		TaskRun run = call.state()
			.engine()
			.trigger(call.environment(), TriggerCommand.of(session.taskId(), payload, options))
			.run();
		run.setStreamsVersion("v2");
		return run;
	}

}
