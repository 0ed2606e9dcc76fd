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

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.Environment;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates in the emulator the deployments that a recorded response is about.
 */
final class ReplayDeployments {

	private static final Pattern VERSION = Pattern.compile("\\(version ([\\d.]+)\\)");

	private final Environment environment;

	private final Instant now;

	ReplayDeployments(Environment environment, Instant now) {
		this.environment = environment;
		this.now = now;
	}

	void add(@Nullable String id, String version, Recording recording) {
		JsonNode response = recording.responseOrEmpty();
		String error = response.path("error").asString("");
		this.environment.all(Deployment.class).clear();
		List<JsonNode> listed = new ArrayList<>(
				ReplayPages.oldestFirst(recording, 20, (near, distance) -> "deployment_more" + (distance + 1000)));
		String after = ReplayEntities.query(recording).get("page[after]");
		if (after != null && !listed.isEmpty()) {
			listed.add(((ObjectNode) listed.get(listed.size() - 1)).deepCopy().put("id", after));
		}
		listed.forEach(this::add);
		if (recording.path().endsWith("/promote")) {
			boolean back = error.contains("older")
					|| "true".equals(ReplayEntities.query(recording).get("allowRollbacks"));
			String other = back ? "99999999.1" : "00000000.1";
			add(deployed("deployment_wanted", version).put("status", error.contains("with a worker") ? "CANCELED"
					: error.contains("must be in the DEPLOYED state") ? "DEPLOYING" : "DEPLOYED"));
			add(deployed("deployment_other", other));
			this.environment.setCurrentVersion(error.contains("already") ? version : other);
		}
		else if (response.has("shortCode") && !recording.method().equals("POST")) {
			add(response);
			if (recording.path().endsWith("/current")) {
				this.environment.setCurrentVersion(response.path("version").asString());
			}
		}
		else if (id != null) {
			add(deployed(id, "20261124.3").put("status", status(recording, error)));
			if (text(recording).contains("older than the current")) {
				add(deployed("deployment_other", "99999999.1"));
				this.environment.setCurrentVersion("99999999.1");
			}
		}
		else if (recording.path().equals("/api/v1/deployments") && recording.method().equals("POST")) {
			sameBefore(recording);
		}
	}

	/**
	 * Add the deployments that an initialized one attaches to, waits for or replaces.
	 */
	private void sameBefore(Recording recording) {
		JsonNode response = recording.responseOrEmpty();
		JsonNode body = recording.request().path("body");
		String existing = body.path("gitMeta").path("commitSha").asString("");
		if (existing.startsWith("deployment_") && recording.status() == 200) {
			add(response.deepCopy());
			this.environment.all(Deployment.class).get(existing).setExternalId(Json.text(response, "externalId"));
			return;
		}
		String error = response.path("error").asString("");
		boolean waits = error.contains("already in progress");
		boolean replaces = !response.path("canceledDeployments").isEmpty();
		boolean done = response.path("outcome").asString("created").equals("existing");
		if (waits || replaces || done) {
			Matcher version = VERSION.matcher(error);
			add(deployed("deployment_before", version.find() ? version.group(1) : "20261124.1").put("status",
					done ? "DEPLOYED" : "BUILDING"));
			this.environment.all(Deployment.class)
				.get("deployment_before")
				.setExternalId(body.path("externalId").asString("").strip());
		}
	}

	private static String text(Recording recording) {
		return String.valueOf(recording.responseText());
	}

	private static String status(Recording recording, String error) {
		if (recording.path().endsWith("/progress")) {
			return (recording.status() == 204) ? "PENDING" : "BUILDING";
		}
		if (recording.path().endsWith("/finalize")) {
			if (text(recording).contains("does not have a worker")) {
				return "BUILDING";
			}
			return (recording.status() == 200) ? "DEPLOYING"
					: error.contains("not in DEPLOYING") ? "BUILT" : "BUILDING";
		}
		return error.contains("final state") || error.contains("already_final") ? "DEPLOYED" : "BUILDING";
	}

	private static ObjectNode deployed(String id, String version) {
		return Json.object()
			.put("id", id)
			.put("version", version)
			.put("status", "DEPLOYED")
			.put("shortCode", "abcdefgh")
			.put("createdAt", version.startsWith("9") ? "2026-12-24T00:00:00.000Z" : "2026-11-24T00:00:00.000Z");
	}

	private void add(JsonNode json) {
		JsonNode git = json.get("git");
		if (git == null && json.hasNonNull("commitSHA")) {
			git = Json.object().set("commitSha", json.get("commitSHA"));
		}
		Deployment deployment = new Deployment(json.path("id").asString(), json.path("version").asString(),
				json.path("shortCode").asString(), json.path("contentHash").asString("hash"), "MANAGED",
				json.path("runtime").asString("node"), (git != null && git.isNull()) ? null : git,
				at(json, "createdAt"));
		if (json.hasNonNull("runtimeVersion") || json.has("worker")) {
			deployment.moveTo("DEPLOYING");
		}
		if (json.path("runtimeVersion").isNull() && json.path("status").asString("").equals("DEPLOYED")) {
			deployment.built(Json.object());
		}
		switch (json.path("status").asString("")) {
			case "DEPLOYED" -> deployment.deployed(at(json, "deployedAt"));
			case "CANCELED" -> deployment.canceled(Json.text(json, "canceledReason"));
			case "FAILED" ->
				deployment.failed(json.hasNonNull("errorData") ? json.get("errorData") : json.get("error"));
			case "BUILT" -> deployment.moveTo("DEPLOYING").moveTo("BUILDING");
			default -> deployment.moveTo(json.path("status").asString());
		}
		this.environment.all(Deployment.class).put(deployment.id(), deployment);
	}

	private Instant at(JsonNode json, String name) {
		return ReplaySetup.instant(json, name, this.now);
	}

}
