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

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.Batch;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.TaskRun;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the runs that recorded requests about feeds and streams need.
 */
final class ReplayFeeds {

	private final ReplaySetup setup;

	private final Environment environment;

	private final ReplayEntities entities;

	private final JsonNode response;

	ReplayFeeds(ReplaySetup setup, Environment environment, ReplayEntities entities) {
		this.setup = setup;
		this.environment = environment;
		this.entities = entities;
		this.response = setup.recording().responseOrEmpty();
	}

	/**
	 * Add the runs of a feed, and the batch that they are of.
	 */
	void feed() {
		String batchId = this.setup.id("batch_");
		this.entities.batch(batchId, Json.object());
		this.response.forEach((message) -> {
			if (message.has("value")) {
				RecordedRow.add(this.environment, message.path("value"));
				TaskRun run = this.environment.run(message.path("value").path("friendlyId").asString(""));
				if (batchId != null && run != null) {
					this.environment.all(Batch.class).get(batchId).runs().add(run);
				}
			}
		});
	}

	/**
	 * Add the run of a stream, which is over if the response says so.
	 */
	void streams() {
		String text = this.setup.recording().responseText() + this.response.path("error").asString("");
		String id = this.setup.id("run_");
		if (id == null || text.contains("Run not found")) {
			return;
		}
		ObjectNode run = (ObjectNode) RecordedRuns.json(id, "EXECUTING");
		JsonNode meant = RecordedRuns.json("run_meantbyastream",
				text.contains("completed run") ? "COMPLETED" : "EXECUTING");
		boolean other = this.setup.recording().path().matches(".*/(?:parent|root)/.*");
		if (other && !text.contains("Target not found")) {
			run.set("relatedRuns", Json.tree(JsonBody.of("parent", meant)));
		}
		else if (!other) {
			run = ((ObjectNode) meant).put("id", id);
		}
		RecordedRuns.add(this.environment, run);
	}

}
