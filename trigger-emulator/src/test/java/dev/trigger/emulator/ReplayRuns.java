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

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.RecordedRuns;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds the runs that recorded requests about runs need.
 */
final class ReplayRuns {

	private static final Pattern TAGS = Pattern.compile("trying to set (\\d+)");

	private final ReplaySetup setup;

	private final Environment environment;

	private final ReplayEntities entities;

	private final JsonNode response;

	ReplayRuns(ReplaySetup setup, Environment environment, ReplayEntities entities) {
		this.setup = setup;
		this.environment = environment;
		this.entities = entities;
		this.response = setup.recording().responseOrEmpty();
	}

	/**
	 * Add what the recorded response shows.
	 */
	void add() {
		if (this.setup.operation().startsWith("runs.bulk")) {
			ReplayBulkActions.add(this.environment, this.setup.id("bulk_"), this.setup.recording());
			return;
		}
		if (this.setup.operation().equals("runs.list")) {
			this.entities.runs(this.response, this.setup.recording(), this.setup.replacements());
			return;
		}
		String id = this.setup.id("run_");
		if (id == null) {
			return;
		}
		JsonNode shown = this.response.has("relatedRuns") ? this.response : Json.object();
		String error = this.response.path("error").asString("");
		ObjectNode traces = ReplayTraces.of(this.response).run(id);
		String status = switch (this.setup.operation()) {
			case "runs.reschedule" -> error.contains("not delayed") ? "QUEUED" : "DELAYED";
			case "runs.updateMetadata" -> error.contains("completed run") ? "COMPLETED" : "EXECUTING";
			case "runs.cancel", "runs.addTags" -> "EXECUTING";
			case "runs.trace", "runs.events", "runs.span" -> traces.path("status").asString();
			case "runs.result" -> Json.text(this.response.path("error"), "code") != null ? "CANCELED" : "COMPLETED";
			default -> "COMPLETED";
		};
		ObjectNode run = (ObjectNode) (shown.path("id").asString("").equals(id) ? shown.deepCopy()
				: RecordedRuns.json(id, status));
		if (this.setup.operation().equals("runs.reschedule")) {
			run.put("status", status);
		}
		if (List.of("runs.trace", "runs.events", "runs.span").contains(this.setup.operation())) {
			run.setAll(traces);
			if (traces.path("attemptCount").asInt(0) == 0) {
				run.remove("startedAt");
			}
		}
		if (error.contains("completed run")) {
			// the metadata of a run can be changed for an hour after its end
			run.put("finishedAt", Json.instant(this.setup.server().emulator().now().minusSeconds(7_200)));
		}
		Matcher tags = TAGS.matcher(error);
		if (tags.find()) {
			int before = Integer.parseInt(tags.group(1))
					- this.setup.recording().request().path("body").path("tags").size();
			run.set("tags", Json.tree(IntStream.range(0, before).mapToObj((i) -> "before" + i).toList()));
		}
		JsonNode shownMetadata = this.response.path("metadata");
		String metadata = shownMetadata.isString() ? shownMetadata.asString() : null;
		if (this.setup.operation().equals("runs.retrieveMetadata") && metadata != null) {
			run.set("metadata", Json.mapper().readTree(metadata));
		}
		if (this.setup.operation().equals("runs.updateMetadata") && shownMetadata.isObject()) {
			run.set("metadata", ReplayMetadata.before(shownMetadata,
					this.setup.recording().request().path("body").path("operations")));
		}
		RecordedRuns.add(this.environment, run);
		new ReplaySchedules(this.setup.server().emulator().state(), this.environment).of(run);
		if (this.setup.operation().equals("runs.span") && this.setup.recording().status() == 200) {
			this.setup.replacements().put(this.setup.segment(6), span(id));
		}
	}

	/**
	 * Return the identifier that the recorded span of a run has here.
	 */
	private String span(String runId) {
		JsonNode events = new TestClient(this.setup.server().emulator().apiUrl()).token(this.environment.apiKey())
			.get("/api/v1/runs/" + runId + "/events")
			.json()
			.path("events");
		return events.valueStream()
			.filter((event) -> event.path("message").equals(this.response.path("message")))
			.findFirst()
			.orElse(events.path(0))
			.path("spanId")
			.asString();
	}

}
