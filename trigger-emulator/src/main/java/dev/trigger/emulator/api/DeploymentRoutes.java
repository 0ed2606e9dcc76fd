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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Periods;
import dev.trigger.emulator.state.TimeSpans;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Deployments.
 */
final class DeploymentRoutes {

	private static final String PATH = "/api/v1/deployments";

	private static final int DEFAULT_SIZE = 20;

	/**
	 * The server gives no smaller pages.
	 */
	private static final int MIN_SIZE = 5;

	private static final int MAX_SIZE = 100;

	private static final List<String> STATUSES = List.of("PENDING", "BUILDING", "DEPLOYING", "DEPLOYED", "FAILED",
			"CANCELED", "TIMED_OUT");

	private static final BodySchema CANCEL = BodySchema.of("deployments.cancel");

	private static final BodySchema FAIL = BodySchema.of("deployments.fail");

	private static final BodySchema PROGRESS = BodySchema.of("deployments.progress");

	void addTo(Router router) {
		router.get("deployments.list", PATH, this::list).publicToken();
		router.get("deployments.retrieve", PATH + "/{deploymentId}",
				(call) -> EmulatorResponse.ok(details(call, find(call))));
		router.get("deployments.retrieveLatest", PATH + "/latest", this::latest);
		router.get("deployments.retrieveCurrent", PATH + "/current", this::current).publicToken().unlimited();
		router.post("deployments.promote", PATH + "/{version}/promote", this::promote)
			.others(OtherMethods.REFUSED_IN_BODY);
		router.post("deployments.cancel", PATH + "/{deploymentId}/cancel", this::cancel)
			.others(OtherMethods.REFUSED_IN_CAPITALS);
		router.post("deployments.progress", PATH + "/{deploymentId}/progress", this::progress)
			.others(OtherMethods.REFUSED_IN_CAPITALS);
		router.post("deployments.fail", PATH + "/{deploymentId}/fail", this::fail).others(OtherMethods.REFUSED_IN_BODY);
	}

	private EmulatorResponse list(ApiCall call) {
		Issues issues = new Issues();
		String status = call.query("status");
		if (status != null && !STATUSES.contains(status)) {
			issues.wrongEnum(status, STATUSES, "status");
		}
		int size = size(call, issues);
		issues.refuseQuery();
		call.authorize("read", "deployments:list");
		String period = given(call, "period");
		Duration span = Periods.parse(period);
		if (period != null && (span == null || span.isZero())) {
			throw new ResponseException(500, "Internal Server Error");
		}
		// without a beginning servers ignore the end
		Instant from = (span != null) ? call.now().minus(span) : instant(call, "from");
		Instant to = (span == null && from != null) ? instant(call, "to") : null;
		List<Deployment> deployments = older(call);
		deployments.removeIf((deployment) -> (status != null && !status.equals(deployment.status()))
				|| (from != null && deployment.createdAt().isBefore(from))
				|| (to != null && deployment.createdAt().isAfter(to)));
		List<Deployment> page = deployments.subList(0, Math.min(deployments.size(), size));
		JsonBody pagination = new JsonBody();
		if (page.size() < deployments.size()) {
			pagination.with("next", page.get(page.size() - 1).id());
		}
		return EmulatorResponse.ok(JsonBody.of("data", page.stream().map(DeploymentRoutes::summary).toList())
			.with("pagination", pagination));
	}

	/**
	 * Return the deployments after the cursor, newest first: all of them if there is no
	 * deployment that it names.
	 */
	private static List<Deployment> older(ApiCall call) {
		List<Deployment> deployments = new ArrayList<>(call.environment().all(Deployment.class).values());
		Collections.reverse(deployments);
		String cursor = call.query("page[after]");
		Deployment last = (cursor != null) ? call.environment().find(Deployment.class, cursor) : null;
		return (last != null) ? new ArrayList<>(deployments.subList(deployments.indexOf(last) + 1, deployments.size()))
				: deployments;
	}

	private static int size(ApiCall call, Issues issues) {
		String text = call.query("page[size]");
		double size = (text != null) ? NodeJson.coerce(text) : DEFAULT_SIZE;
		if (Double.isNaN(size)) {
			issues.notANumber("page[size]");
		}
		if (size < 1) {
			issues.tooSmall(1, "Limit must be at least 1", "page[size]");
		}
		if (size > MAX_SIZE) {
			issues.tooBig(MAX_SIZE, "Limit must be less than 100", "page[size]");
		}
		return Math.max((int) size, MIN_SIZE);
	}

	private static @Nullable String given(ApiCall call, String name) {
		String text = call.query(name);
		return (text != null && !text.isEmpty()) ? text : null;
	}

	private static @Nullable Instant instant(ApiCall call, String name) {
		String text = given(call, name);
		Instant instant = TimeSpans.instant(text);
		if (text != null && instant == null) {
			throw new ResponseException(500, "Internal Server Error");
		}
		return instant;
	}

	private EmulatorResponse latest(ApiCall call) {
		List<Deployment> deployments = new ArrayList<>(call.environment().all(Deployment.class).values());
		Collections.reverse(deployments);
		Deployment latest = deployments.stream()
			.filter(Deployment::isUnmanaged)
			.findFirst()
			.orElseThrow(() -> new ResponseException(404, "Deployment not found"));
		return EmulatorResponse.ok(JsonBody.of("id", latest.id())
			.with("status", latest.status())
			.with("contentHash", latest.contentHash())
			.with("shortCode", latest.shortCode())
			.with("version", latest.version())
			.with("imageReference", image(call.environment(), latest))
			.with("errorData", latest.error()));
	}

	private EmulatorResponse current(ApiCall call) {
		Deployment current = current(call.environment());
		if (current == null) {
			throw ApiCall.notFound(false);
		}
		call.authorize("read", "deployments:current");
		JsonBody body = summary(current);
		// unlike in a list, what there is none of is left out
		List.of("deployedAt", "git").forEach((name) -> body.remove(name, null));
		return EmulatorResponse.ok(body);
	}

	private static @Nullable Deployment current(Environment environment) {
		return environment.all(Deployment.class)
			.values()
			.stream()
			.filter((deployment) -> deployment.version().equals(environment.currentVersion()))
			.findFirst()
			.orElse(null);
	}

	private EmulatorResponse promote(ApiCall call) {
		Environment environment = call.environment();
		Deployment wanted = environment.all(Deployment.class)
			.values()
			.stream()
			.filter((deployment) -> deployment.version().equals(call.variable("version")))
			.findFirst()
			.orElseThrow(() -> new ResponseException(404, "Deployment not found"));
		promote(environment, wanted, "true".equals(call.query("allowRollbacks")));
		return EmulatorResponse
			.ok(JsonBody.of("id", wanted.id()).with("version", wanted.version()).with("shortCode", wanted.shortCode()));
	}

	static void promote(Environment environment, Deployment wanted, boolean rollback) {
		Deployment current = current(environment);
		if (!wanted.hasWorker()) {
			throw new ResponseException(400, "Deployment is not associated with a worker and cannot be promoted.");
		}
		if (!wanted.isDeployed()) {
			throw new ResponseException(400, "Deployment must be in the DEPLOYED state to be promoted.");
		}
		if (current == wanted) {
			throw new ResponseException(400, "Deployment is already the current deployment.");
		}
		if (current != null && !rollback && Versions.ORDER.compare(current.version(), wanted.version()) >= 0) {
			throw new ResponseException(400, "Cannot promote a deployment that is older than the current deployment.");
		}
		environment.setCurrentVersion(wanted.version());
	}

	private EmulatorResponse cancel(ApiCall call) {
		JsonNode body = lenient(call, CANCEL);
		Deployment deployment = find(call);
		if (deployment.isFinal()) {
			throw new ResponseException(409, "Deployment is already in a final state and cannot be canceled");
		}
		deployment.canceled(Json.text(body, "reason"));
		return EmulatorResponse.empty(204);
	}

	private EmulatorResponse progress(ApiCall call) {
		lenient(call, PROGRESS);
		Deployment deployment = find(call);
		String next = switch (deployment.status()) {
			case "PENDING" -> "INSTALLING";
			case "INSTALLING" -> "BUILDING";
			default ->
				throw new ResponseException(409, "Deployment is not in a progressable state (PENDING or INSTALLING)");
		};
		deployment.moveTo(next);
		return EmulatorResponse.empty(204);
	}

	/**
	 * Read a body, and take what is no JSON for none.
	 */
	static JsonNode lenient(ApiCall call, BodySchema schema) {
		JsonNode given = call.lenientJson();
		JsonNode body = given.isNull() ? Json.object() : given;
		schema.issues(body).refuseWithIssues("Invalid request body");
		return body;
	}

	private EmulatorResponse fail(ApiCall call) {
		JsonNode body = call.jsonOr(400, "Invalid JSON body");
		FAIL.issues(body).refuseWithIssues("Invalid body");
		String id = call.variable("deploymentId");
		// what nobody knows, or is over, is no error
		Deployment deployment = call.environment().find(Deployment.class, id);
		if (deployment != null && !deployment.isFinal()) {
			deployment.failed(body.get("error"));
		}
		return EmulatorResponse.ok(JsonBody.of("id", id));
	}

	static Deployment find(ApiCall call) {
		Deployment deployment = call.environment().find(Deployment.class, call.variable("deploymentId"));
		if (deployment == null) {
			throw new ResponseException(404, "Deployment not found");
		}
		return deployment;
	}

	private static JsonBody summary(Deployment deployment) {
		return JsonBody.of("id", deployment.id())
			.with("createdAt", deployment.createdAt())
			.with("shortCode", deployment.shortCode())
			.with("version", deployment.version())
			.with("runtime", deployment.runtime())
			.with("runtimeVersion", runtimeVersion(deployment))
			.with("status", deployment.status())
			.with("deployedAt", deployment.deployedAt())
			.with("git", deployment.git())
			.maybe("error", deployment.error());
	}

	private static @Nullable String runtimeVersion(Deployment deployment) {
		JsonNode built = deployment.builtWorker();
		if (built != null) {
			return Json.text(built, "runtimeVersion");
		}
		return deployment.hasWorker() ? "24.18.0" : null;
	}

	private static JsonBody details(ApiCall call, Deployment deployment) {
		JsonBody body = JsonBody.of("id", deployment.id())
			.with("status", deployment.status())
			.with("contentHash", deployment.contentHash())
			.with("shortCode", deployment.shortCode())
			.with("version", deployment.version())
			.with("imageReference", image(call.environment(), deployment))
			.with("imagePlatform", "linux/amd64")
			.with("commitSHA", deployment.commitSha())
			.with("externalBuildData", buildData())
			.with("errorData", deployment.error())
			.with("canceledReason", deployment.canceledReason());
		return deployment.hasWorker() ? body.with("worker", WorkerJson.json(call.state(), deployment)) : body;
	}

	static String image(Environment environment, Deployment deployment) {
		return "registry.example.invalid/trigger/" + environment.project().ref() + ":" + deployment.version() + "."
				+ environment.kind().name().toLowerCase(Locale.ROOT) + "." + deployment.shortCode();
	}

	static JsonBody buildData() {
		return JsonBody.of("buildId", "-").with("projectId", "-").with("buildToken", "-");
	}

}
