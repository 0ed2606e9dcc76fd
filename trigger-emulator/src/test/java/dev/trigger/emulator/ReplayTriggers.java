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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.TaskDefinition;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the tasks and runs that recorded requests need that trigger something.
 */
final class ReplayTriggers {

	private static final Pattern PARENT = Pattern.compile("parent run has a status of (\\w+)");

	private final ReplaySetup setup;

	private final Environment environment;

	private final ReplayEnvironments environments;

	private final JsonNode response;

	ReplayTriggers(ReplaySetup setup, Environment environment, ReplayEnvironments environments) {
		this.setup = setup;
		this.environment = environment;
		this.environments = environments;
		this.response = setup.recording().responseOrEmpty();
	}

	/**
	 * Add the run that an idempotency key leads to, whatever else the request asks for.
	 */
	void known() {
		JsonNode options = this.setup.recording().request().path("body").path("options");
		String key = options.path("idempotencyKey")
			.asString(String.valueOf(this.setup.recording().headers().get("idempotency-key")));
		this.setup.server().trigger(this.environment, this.setup.segment(4), Json.object().put("idempotencyKey", key));
	}

	/**
	 * Add the run whose key a request resets.
	 */
	void keyed() {
		ObjectNode run = (ObjectNode) RecordedRuns.json("run_keyed", "COMPLETED");
		run.put("idempotencyKey", this.setup.segment(4));
		run.put("taskIdentifier",
				this.setup.recording().request().path("body").path("taskIdentifier").asString("hello"));
		RecordedRuns.add(this.environment, run);
	}

	/**
	 * Add the parent that a run would have, and the run that was there before.
	 */
	void triggered() {
		JsonNode body = this.setup.recording().request().path("body");
		String taskId = body.path("task").asString(this.setup.segment(4));
		JsonNode options = body.path("options");
		String error = this.response.path("error").asString("");
		if (!error.contains("not found on locked version")) {
			task(taskId, false);
		}
		String version = Json.text(options, "lockToVersion");
		if (version != null && this.setup.recording().status() != 500 && !error.contains("no worker found")
				&& !version.equals(this.environment.currentVersion())) {
			this.environments.deployed(this.environment, version);
		}
		Matcher parent = PARENT.matcher(error);
		if (parent.find()) {
			String status = switch (parent.group(1)) {
				case "COMPLETED_SUCCESSFULLY" -> "COMPLETED";
				case "COMPLETED_WITH_ERRORS" -> "FAILED";
				default -> parent.group(1);
			};
			RecordedRuns.add(this.environment, RecordedRuns.json(options.path("parentRunId").asString(), status));
		}
		if (this.response.path("error").asString("").startsWith("Parent run not found")
				&& options.deepCopy() instanceof ObjectNode known) {
			known.remove("parentRunId");
			this.setup.server().trigger(this.environment, taskId, known);
		}
	}

	/**
	 * Declare a task.
	 */
	void task(String id, boolean scheduled) {
		this.setup.server()
			.emulator()
			.state()
			.register(new TaskDefinition(id, null, scheduled, 3, Duration.ZERO, null));
	}

}
