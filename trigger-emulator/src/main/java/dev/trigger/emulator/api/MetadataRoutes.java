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

import java.time.Duration;
import java.time.Instant;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.RunMetadata;
import dev.trigger.emulator.state.TaskRun;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The metadata of runs.
 */
final class MetadataRoutes {

	private static final String PATH = "/api/v1/runs/{runId}/metadata";

	private static final long MAX_BODY = 2 * 1024 * 1024;

	private static final Duration UPDATABLE = Duration.ofHours(1);

	private static final BodySchema BODY = BodySchema.of("runs.updateMetadata");

	void addTo(Router router) {
		router.get("runs.retrieveMetadata", PATH, this::retrieve).terse("Invalid or Missing API Key");
		router.put("runs.updateMetadata", PATH, this::update).maxBody(MAX_BODY).others(OtherMethods.REFUSED);
	}

	private EmulatorResponse retrieve(ApiCall call) {
		TaskRun run = call.run("Run not found");
		// metadata is a text here, and an object in the response to a change
		return EmulatorResponse.ok(JsonBody.of("metadata", run.metadata().isNull() ? null : Json.string(run.metadata()))
			.with("metadataType", "application/json"));
	}

	private EmulatorResponse update(ApiCall call) {
		JsonNode input = BODY.read(call);
		TaskRun run = call.run("Task Run not found");
		Instant finishedAt = run.finishedAt();
		if (finishedAt != null && !finishedAt.isAfter(call.now().minus(UPDATABLE))) {
			throw new ResponseException(422, "Cannot update metadata for a completed run");
		}
		JsonNode metadata = change(call, run, input);
		// servers apply these later, so that the response does not have them. Those of a
		// run without a parent mean the run itself
		changeLater(call, (run.parent() != null) ? run.parent() : run, input.path("parentOperations"));
		changeLater(call, run.root(), input.path("rootOperations"));
		call.state().changed();
		return EmulatorResponse.ok(JsonBody.of("metadata", metadata));
	}

	/**
	 * Change the metadata of the run itself. With operations it keeps the rest of them.
	 */
	private static JsonNode change(ApiCall call, TaskRun run, JsonNode input) {
		if (input.has("operations")) {
			ObjectNode changed = RunMetadata.changed(run, input.get("operations"));
			if (changed == null) {
				return RunMetadata.copy(run);
			}
			TriggerOptionRules.refuseLargeMetadata(changed);
			run.change(run.content().withMetadata(changed), call.now());
			return changed;
		}
		JsonNode metadata = input.path("metadata");
		if (!metadata.isObject()) {
			return Json.object();
		}
		TriggerOptionRules.refuseLargeMetadata(metadata);
		if (!metadata.isEmpty() || !RunMetadata.copy(run).isEmpty()) {
			run.change(run.content().withMetadata(metadata), call.now());
		}
		return metadata;
	}

	private static void changeLater(ApiCall call, TaskRun run, JsonNode operations) {
		ObjectNode changed = RunMetadata.changed(run, operations);
		if (changed != null && !TriggerOptionRules.isLargeMetadata(changed)) {
			run.change(run.content().withMetadata(changed), call.now());
		}
	}

}
