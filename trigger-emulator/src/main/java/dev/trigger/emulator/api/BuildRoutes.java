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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Deployment;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What those who build deployments call: they register the worker that was built, and end
 * the deployment. Where images are kept is nobody's business here.
 */
final class BuildRoutes {

	private static final String PATH = "/{deploymentId}";

	private static final String DEPLOYMENTS = "/api/v1/deployments" + PATH;

	private static final long LARGEST_ARTIFACT = 100 << 20;

	private static final double MEGABYTE = 1 << 20;

	private static final BodySchema WORKER = BodySchema.of("deployments.createBackgroundWorker");

	private static final BodySchema FINALIZE = BodySchema.of("deployments.finalize");

	private static final BodySchema PROGRESS = BodySchema.of("deployments.progress");

	private static final BodySchema ARTIFACT = BodySchema.of("artifacts.create");

	void addTo(Router router) {
		router.post("deployments.createBackgroundWorker", DEPLOYMENTS + "/background-workers", this::register)
			.others(OtherMethods.REFUSED_IN_BODY);
		router.post("deployments.finalize", DEPLOYMENTS + "/finalize", this::finalizeFirst)
			.others(OtherMethods.REFUSED_IN_BODY);
		router.post("deployments.finalizeV2", "/api/v2/deployments" + PATH + "/finalize", this::finalizeSecond)
			.others(OtherMethods.REFUSED_IN_BODY);
		router.post("deployments.finalizeV3", "/api/v3/deployments" + PATH + "/finalize", this::finalizeThird)
			.others(OtherMethods.REFUSED_IN_BODY);
		router
			.post("deployments.generateRegistryCredentials", DEPLOYMENTS + "/generate-registry-credentials",
					this::credentials)
			.others(OtherMethods.REFUSED_IN_CAPITALS);
		router.post("artifacts.create", "/api/v1/artifacts", this::artifact).others(OtherMethods.REFUSED_IN_CAPITALS);
	}

	private EmulatorResponse register(ApiCall call) {
		JsonNode body = call.jsonOr(500, "Internal Server Error");
		WORKER.issues(body).refuseWithIssues("Invalid body");
		Deployment deployment = known(call);
		boolean registered = deployment != null && deployment.hasWorker();
		if (deployment == null || (!registered && !deployment.status().equals("BUILDING"))) {
			throw new ResponseException(500, "Failed to create background worker");
		}
		if (!registered) {
			JsonNode metadata = body.path("metadata");
			String wrong = wrongSchedule(call, metadata);
			if (wrong != null) {
				deployment.failed(Json.tree(JsonBody.of("name", "ServiceValidationError").with("message", wrong)));
				throw new ResponseException(400, wrong);
			}
			deployment.built(metadata);
		}
		JsonNode built = deployment.builtWorker();
		return EmulatorResponse.ok(JsonBody.of("id", WorkerJson.id(deployment.version()))
			.with("version", deployment.version())
			.with("contentHash", (built != null) ? built.path("contentHash") : deployment.contentHash()));
	}

	/**
	 * Return what is wrong with the schedules that tasks declare.
	 */
	private static @Nullable String wrongSchedule(ApiCall call, JsonNode metadata) {
		for (JsonNode task : metadata.path("tasks")) {
			JsonNode schedule = task.path("schedule");
			List<String> environments = Json.texts(schedule.path("environments"));
			boolean meant = environments.isEmpty() || environments.contains(call.environment().kind().name());
			if (!schedule.isObject() || !meant) {
				continue;
			}
			try {
				ScheduleRoutes.check(call, schedule.path("cron").asString(), schedule.path("timezone").asString());
			}
			catch (ResponseException ex) {
				return ex.error();
			}
			if (!task.path("triggerSource").asString("").equals("schedule")) {
				return "Task with identifier " + task.path("id").asString() + " is not a scheduled task.";
			}
		}
		return null;
	}

	private EmulatorResponse finalizeFirst(ApiCall call) {
		JsonNode body = call.jsonOr(500, "Internal Server Error");
		FINALIZE.issues(body).refuseWithIssues("Invalid body");
		Deployment deployment = known(call);
		if (deployment != null && !deployment.hasWorker() && !deployment.isFinal()) {
			deployment.failed(Json
				.tree(JsonBody.of("name", "MissingWorker").with("message", "Deployment does not have a worker")));
		}
		complete(call, body);
		return EmulatorResponse.ok(JsonBody.of("id", call.variable("deploymentId")));
	}

	private EmulatorResponse finalizeSecond(ApiCall call) {
		JsonNode body = call.jsonOrBreak();
		FINALIZE.issues(body).refuseWithIssues("Invalid body");
		complete(call, body);
		return EmulatorResponse.ok(JsonBody.of("id", call.variable("deploymentId")));
	}

	/**
	 * End a deployment, and report the end as an event. Errors are events too.
	 */
	private EmulatorResponse finalizeThird(ApiCall call) {
		JsonNode body = call.jsonOrBreak();
		FINALIZE.issues(body).refuseWithIssues("Invalid body");
		String event;
		try {
			complete(call, body);
			event = event("complete", JsonBody.of("id", call.variable("deploymentId")));
		}
		catch (ResponseException ex) {
			event = event("error", JsonBody.of("error", ex.error()));
		}
		return EmulatorResponse.of(200, "text/event-stream", event.getBytes(StandardCharsets.UTF_8))
			.header("cache-control", "no-cache");
	}

	private static String event(String name, JsonBody data) {
		return "event: " + name + "\ndata: " + Json.string(data) + "\n\n";
	}

	/**
	 * Deploy what was built, and promote it unless that is not wanted. What nobody knows
	 * is no error, and what is deployed stays so.
	 */
	private static void complete(ApiCall call, JsonNode body) {
		Deployment deployment = known(call);
		if (deployment == null) {
			return;
		}
		if (!deployment.hasWorker()) {
			throw new ResponseException(400, "Worker deployment does not have a worker");
		}
		if (deployment.isDeployed()) {
			return;
		}
		if (!deployment.status().equals("DEPLOYING")) {
			throw new ResponseException(400, "Worker deployment is not in DEPLOYING status");
		}
		deployment.deployed(call.now());
		if (!body.path("skipPromotion").asBoolean(false)) {
			DeploymentRoutes.promote(call.environment(), deployment, false);
		}
		call.state().engine().dispatch();
	}

	private EmulatorResponse credentials(ApiCall call) {
		DeploymentRoutes.lenient(call, PROGRESS);
		if (DeploymentRoutes.find(call).isFinal()) {
			throw new ResponseException(409, "Failed to generate registry credentials: deployment_is_already_final");
		}
		// there are some for one kind of registry only
		throw new ResponseException(409, "Registry not supported");
	}

	private EmulatorResponse artifact(ApiCall call) {
		JsonNode body = DeploymentRoutes.lenient(call, ARTIFACT);
		double length = body.path("contentLength").asDouble(0);
		if (length > LARGEST_ARTIFACT) {
			throw new ResponseException(400, "Artifact size (" + megabytes(length)
					+ " MB) exceeds the allowed limit of " + megabytes(LARGEST_ARTIFACT)
					+ " MB. Make sure you are in the correct directory of your Trigger.dev project. Reach out to us"
					+ " if you are seeing this error consistently.");
		}
		// as on a server without a bucket for them
		throw new ResponseException(500, "Internal server error");
	}

	private static String megabytes(double bytes) {
		return new BigDecimal(bytes / MEGABYTE).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
	}

	private static @Nullable Deployment known(ApiCall call) {
		return call.environment().find(Deployment.class, call.variable("deploymentId"));
	}

}
