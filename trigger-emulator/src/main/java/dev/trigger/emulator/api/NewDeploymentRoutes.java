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

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Accounts;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The start of deployments. One with a name of its own is not deployed twice.
 */
final class NewDeploymentRoutes {

	private static final BodySchema BODY = BodySchema.of("deployments.initialize");

	void addTo(Router router) {
		router.post("deployments.initialize", "/api/v1/deployments", this::initialize)
			.others(OtherMethods.REFUSED_IN_BODY);
	}

	private EmulatorResponse initialize(ApiCall call) {
		JsonNode body = call.jsonOrBreak();
		BODY.issues(body).refuseWithIssues("Invalid body");
		String commit = body.path("gitMeta").path("commitSha").asString("");
		boolean force = body.path("force").asBoolean(false);
		String externalId = externalId(body);
		if (commit.startsWith("deployment_")) {
			return attach(call, commit, externalId != null || force);
		}
		if (body.path("type").asString("").equals("UNMANAGED")) {
			throw new ResponseException(400, "UNMANAGED deployments are not supported");
		}
		List<Deployment> same = same(call.environment(), externalId);
		List<Deployment> ongoing = same.stream().filter((deployment) -> !deployment.isFinal()).toList();
		Deployment deployed = same.stream().filter(Deployment::isDeployed).findFirst().orElse(null);
		if (!force && !ongoing.isEmpty()) {
			throw new ResponseException(409, "A deployment for external id \"" + externalId
					+ "\" is already in progress (version " + ongoing.get(0).version()
					+ "). Wait for it to finish, or deploy again with --force to cancel it and start a new one.");
		}
		if (!force && deployed != null) {
			boolean promoted = deployed.version().equals(call.environment().currentVersion());
			return EmulatorResponse.ok(json(call, deployed).with("outcome", "existing").with("isPromoted", promoted));
		}
		ongoing
			.forEach((deployment) -> deployment.canceled("Canceled by a newer deployment with the same external id"));
		Deployment created = create(call, body);
		created.setExternalId(externalId);
		return EmulatorResponse.ok(created(call, created).with("canceledDeployments", ongoing.stream()
			.map((deployment) -> JsonBody.of("version", deployment.version()).with("shortCode", deployment.shortCode()))
			.toList()));
	}

	private static Deployment create(ApiCall call, JsonNode body) {
		EmulatorState state = call.state();
		Environment environment = call.environment();
		String runtime = Json.text(body, "runtime");
		Deployment deployment = new Deployment("deployment_" + state.ids().random(21),
				Accounts.nextVersion(environment, call.now()), state.ids().random(8),
				body.path("contentHash").asString(), body.path("type").asString("MANAGED"),
				(runtime != null) ? runtime : "node", body.get("gitMeta"), call.now());
		boolean nativeBuild = body.path("isNativeBuild").asBoolean(false);
		deployment.moveTo(body.path("initialStatus").asString(nativeBuild ? "PENDING" : "BUILDING"));
		environment.all(Deployment.class).put(deployment.id(), deployment);
		return deployment;
	}

	/**
	 * Go on with a deployment that exists, which older clients name as if it were a
	 * commit.
	 */
	private static EmulatorResponse attach(ApiCall call, String id, boolean named) {
		if (named) {
			throw new ResponseException(400,
					"externalId and force are not supported when attaching to an existing deployment");
		}
		Deployment existing = call.environment().find(Deployment.class, id);
		if (existing == null) {
			throw new ResponseException(400, "Existing deployment not found during deployment initialization");
		}
		return EmulatorResponse.ok(created(call, existing));
	}

	private static @Nullable String externalId(JsonNode body) {
		String text = body.path("externalId").asString("").strip();
		return text.isEmpty() ? null : text;
	}

	private static List<Deployment> same(Environment environment, @Nullable String externalId) {
		List<Deployment> newestFirst = new ArrayList<>(environment.all(Deployment.class).values());
		Collections.reverse(newestFirst);
		newestFirst.removeIf((deployment) -> externalId == null || !externalId.equals(deployment.externalId()));
		return newestFirst;
	}

	private static JsonBody created(ApiCall call, Deployment deployment) {
		return json(call, deployment).with("outcome", "created")
			.with("externalBuildData", DeploymentRoutes.buildData());
	}

	private static JsonBody json(ApiCall call, Deployment deployment) {
		return JsonBody.of("id", deployment.id())
			.with("contentHash", deployment.contentHash())
			.with("shortCode", deployment.shortCode())
			.with("version", deployment.version())
			.with("imageTag", DeploymentRoutes.image(call.environment(), deployment))
			.with("imagePlatform", "linux/amd64")
			.maybe("externalId", deployment.externalId());
	}

}
