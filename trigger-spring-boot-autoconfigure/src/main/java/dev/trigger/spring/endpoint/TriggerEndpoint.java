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

package dev.trigger.spring.endpoint;

import java.util.Set;

import dev.trigger.spring.auth.AuthMode;

import org.springframework.http.HttpMethod;

/**
 * The catalog of the endpoints of the Trigger.dev management API.
 * <p>
 * One constant for each endpoint: the capability check, retries, observations, health and
 * the tests all read it.
 *
 * @since 1.0.0
 */
public enum TriggerEndpoint {

	TASKS_TRIGGER("tasks.trigger", "POST /api/v1/tasks/{taskIdentifier}/trigger", Access.SECRET_OR_PUBLIC,
			ReplaySafety.KEYED),

	BATCH_CREATE("batch.create", "POST /api/v3/batches", Access.SECRET_OR_PUBLIC, ReplaySafety.KEYED),
	BATCH_STREAM_ITEMS("batch.streamItems", "POST /api/v3/batches/{batchId}/items", Access.SECRET_OR_PUBLIC,
			ReplaySafety.KEYED, AlreadyDone.BATCH_SEALED),
	BATCH_RETRIEVE("batch.retrieve", "GET /api/v2/batches/{batchId}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	BATCH_RESULTS("batch.results", "GET /api/v1/batches/{batchId}/results", Access.SECRET, ReplaySafety.SAFE),

	RUNS_LIST("runs.list", "GET /api/v1/runs", Access.SECRET_OR_PUBLIC, Paging.CURSOR, ReplaySafety.SAFE),

	PROJECTS_RUNS_LIST("projects.runs.list", "GET /api/v1/projects/{projectRef}/runs", Access.PERSONAL, Paging.CURSOR,
			ReplaySafety.SAFE, BranchHeader.IGNORED),

	RUNS_RETRIEVE("runs.retrieve", "GET /api/v3/runs/{runId}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	RUNS_CANCEL("runs.cancel", "POST /api/v2/runs/{runId}/cancel", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	RUNS_REPLAY("runs.replay", "POST /api/v1/runs/{runId}/replay", Access.SECRET, ReplaySafety.UNSAFE),
	RUNS_RESCHEDULE("runs.reschedule", "POST /api/v1/runs/{runId}/reschedule", Access.SECRET, ReplaySafety.SAFE),
	RUNS_ADD_TAGS("runs.addTags", "POST /api/v1/runs/{runId}/tags", Access.SECRET, ReplaySafety.SAFE),
	RUNS_RESULT("runs.result", "GET /api/v1/runs/{runId}/result", Access.SECRET, ReplaySafety.SAFE),
	RUNS_TRACE("runs.trace", "GET /api/v1/runs/{runId}/trace", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	RUNS_SPAN("runs.span", "GET /api/v1/runs/{runId}/spans/{spanId}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	RUNS_EVENTS("runs.events", "GET /api/v1/runs/{runId}/events", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	RUNS_RETRIEVE_METADATA("runs.retrieveMetadata", "GET /api/v1/runs/{runId}/metadata", Access.SECRET,
			ReplaySafety.SAFE),
	RUNS_UPDATE_METADATA("runs.updateMetadata", "PUT /api/v1/runs/{runId}/metadata", Access.SECRET,
			ReplaySafety.UNSAFE),
	RUNS_PACKET_URL("runs.packetUrl", "GET /api/v1/runs/{runId}/packets/{field}", Access.SECRET, ReplaySafety.SAFE),
	RUNS_BULK_LIST("runs.bulk.list", "GET /api/v1/bulk-actions", Access.SECRET, Paging.CURSOR, ReplaySafety.SAFE),
	RUNS_BULK_CREATE("runs.bulk.create", "POST /api/v1/bulk-actions", Access.SECRET, ReplaySafety.UNSAFE),
	RUNS_BULK_RETRIEVE("runs.bulk.retrieve", "GET /api/v1/bulk-actions/{bulkActionId}", Access.SECRET,
			ReplaySafety.SAFE),
	RUNS_BULK_ABORT("runs.bulk.abort", "POST /api/v1/bulk-actions/{bulkActionId}/abort", Access.SECRET,
			ReplaySafety.SAFE, AlreadyDone.BULK_ACTION_ABORTED),

	IDEMPOTENCY_KEYS_RESET("idempotencyKeys.reset", "POST /api/v1/idempotencyKeys/{key}/reset", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE, AlreadyDone.NOT_FOUND),

	PACKETS_UPLOAD_URL("packets.uploadUrl", "PUT /api/v2/packets/{filename}", Access.SECRET, ReplaySafety.SAFE),
	PACKETS_DOWNLOAD_URL("packets.downloadUrl", "GET /api/v1/packets/{filename}", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),

	ENV_VARS_LIST("envvars.list", "GET /api/v1/projects/{projectRef}/envvars/{env}", Access.SECRET_OR_PERSONAL,
			ReplaySafety.SAFE),
	ENV_VARS_CREATE("envvars.create", "POST /api/v1/projects/{projectRef}/envvars/{env}", Access.SECRET_OR_PERSONAL,
			ReplaySafety.SAFE),
	ENV_VARS_UPLOAD("envvars.upload", "POST /api/v1/projects/{projectRef}/envvars/{env}/import",
			Access.SECRET_OR_PERSONAL, ReplaySafety.SAFE),
	ENV_VARS_RETRIEVE("envvars.retrieve", "GET /api/v1/projects/{projectRef}/envvars/{env}/{name}",
			Access.SECRET_OR_PERSONAL, ReplaySafety.SAFE),
	ENV_VARS_UPDATE("envvars.update", "PUT /api/v1/projects/{projectRef}/envvars/{env}/{name}",
			Access.SECRET_OR_PERSONAL, ReplaySafety.SAFE),
	ENV_VARS_DELETE("envvars.del", "DELETE /api/v1/projects/{projectRef}/envvars/{env}/{name}",
			Access.SECRET_OR_PERSONAL, ReplaySafety.SAFE, AlreadyDone.VARIABLE_NOT_FOUND),

	SCHEDULES_CREATE("schedules.create", "POST /api/v1/schedules", Access.SECRET, ReplaySafety.KEYED),
	SCHEDULES_LIST("schedules.list", "GET /api/v1/schedules", Access.SECRET, Paging.NUMBERED, ReplaySafety.SAFE),
	SCHEDULES_RETRIEVE("schedules.retrieve", "GET /api/v1/schedules/{scheduleId}", Access.SECRET, ReplaySafety.SAFE),
	SCHEDULES_UPDATE("schedules.update", "PUT /api/v1/schedules/{scheduleId}", Access.SECRET, ReplaySafety.SAFE),
	SCHEDULES_DELETE("schedules.del", "DELETE /api/v1/schedules/{scheduleId}", Access.SECRET, ReplaySafety.SAFE,
			AlreadyDone.NOT_FOUND),
	SCHEDULES_ACTIVATE("schedules.activate", "POST /api/v1/schedules/{scheduleId}/activate", Access.SECRET,
			ReplaySafety.SAFE),
	SCHEDULES_DEACTIVATE("schedules.deactivate", "POST /api/v1/schedules/{scheduleId}/deactivate", Access.SECRET,
			ReplaySafety.SAFE),
	SCHEDULES_TIMEZONES("schedules.timezones", "GET /api/v1/timezones", Access.OPEN, ReplaySafety.SAFE,
			BranchHeader.IGNORED),

	QUEUES_LIST("queues.list", "GET /api/v1/queues", Access.SECRET, Paging.NUMBERED, ReplaySafety.SAFE),
	QUEUES_RETRIEVE("queues.retrieve", "GET /api/v1/queues/{queueParam}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	QUEUES_METRICS("queues.metrics", "GET /api/v1/queues/{queueParam}/metrics", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	QUEUES_PAUSE("queues.pause", "POST /api/v1/queues/{queueParam}/pause", Access.SECRET, ReplaySafety.SAFE),
	QUEUES_OVERRIDE_CONCURRENCY_LIMIT("queues.overrideConcurrencyLimit",
			"POST /api/v1/queues/{queueParam}/concurrency/override", Access.SECRET, ReplaySafety.SAFE),
	QUEUES_RESET_CONCURRENCY_LIMIT("queues.resetConcurrencyLimit", "POST /api/v1/queues/{queueParam}/concurrency/reset",
			Access.SECRET, ReplaySafety.SAFE, AlreadyDone.LIMIT_NOT_OVERRIDDEN),

	CONCURRENCY_LIMITS_LIST("concurrencyLimits.list", "GET /api/v1/concurrency-limits", Access.SECRET, Paging.NUMBERED,
			ReplaySafety.SAFE),
	CONCURRENCY_LIMITS_RETRIEVE("concurrencyLimits.retrieve", "GET /api/v1/concurrency-limits/{name}", Access.SECRET,
			ReplaySafety.SAFE),
	CONCURRENCY_LIMITS_OVERRIDE("concurrencyLimits.override", "POST /api/v1/concurrency-limits/{name}/override",
			Access.SECRET, ReplaySafety.SAFE),
	CONCURRENCY_LIMITS_PAUSE("concurrencyLimits.pause", "POST /api/v1/concurrency-limits/{name}/pause", Access.SECRET,
			ReplaySafety.SAFE),
	CONCURRENCY_LIMITS_RESET("concurrencyLimits.reset", "POST /api/v1/concurrency-limits/{name}/reset", Access.SECRET,
			ReplaySafety.SAFE, AlreadyDone.LIMIT_NOT_OVERRIDDEN),

	WAIT_CREATE_TOKEN("wait.createToken", "POST /api/v1/waitpoints/tokens", Access.SECRET, ReplaySafety.KEYED),
	WAIT_LIST_TOKENS("wait.listTokens", "GET /api/v1/waitpoints/tokens", Access.SECRET, Paging.CURSOR,
			ReplaySafety.SAFE),
	WAIT_RETRIEVE_TOKEN("wait.retrieveToken", "GET /api/v1/waitpoints/tokens/{waitpointId}", Access.SECRET,
			ReplaySafety.SAFE),
	WAIT_COMPLETE_TOKEN("wait.completeToken", "POST /api/v1/waitpoints/tokens/{waitpointId}/complete",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	WAIT_COMPLETE_TOKEN_BY_CALLBACK("wait.completeTokenByCallback",
			"POST /api/v1/waitpoints/tokens/{waitpointId}/callback/{callbackHash}", Access.OPEN, ReplaySafety.SAFE,
			BranchHeader.IGNORED),

	DEPLOYMENTS_LIST("deployments.list", "GET /api/v1/deployments", Access.SECRET_OR_PUBLIC, Paging.CURSOR,
			ReplaySafety.SAFE),
	DEPLOYMENTS_RETRIEVE("deployments.retrieve", "GET /api/v1/deployments/{deploymentId}", Access.SECRET,
			ReplaySafety.SAFE),
	DEPLOYMENTS_RETRIEVE_LATEST("deployments.retrieveLatest", "GET /api/v1/deployments/latest", Access.SECRET,
			ReplaySafety.SAFE),
	DEPLOYMENTS_RETRIEVE_CURRENT("deployments.retrieveCurrent", "GET /api/v1/deployments/current",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	DEPLOYMENTS_PROMOTE("deployments.promote", "POST /api/v1/deployments/{version}/promote", Access.SECRET,
			ReplaySafety.SAFE, AlreadyDone.DEPLOYMENT_CURRENT),

	QUERY_EXECUTE("query.execute", "POST /api/v1/query", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	QUERY_SCHEMA("query.schema", "GET /api/v1/query/schema", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	QUERY_REPORT("query.report", "GET /api/v1/reports/{key}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	QUERY_DASHBOARDS_LIST("query.dashboards.list", "GET /api/v1/query/dashboards", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	QUERY_DASHBOARDS_CREATE("query.dashboards.create", "POST /api/v1/query/dashboards", Access.SECRET,
			ReplaySafety.UNSAFE),
	QUERY_DASHBOARDS_RETRIEVE("query.dashboards.retrieve", "GET /api/v1/query/dashboards/{id}", Access.SECRET,
			ReplaySafety.SAFE),
	QUERY_DASHBOARDS_REPLACE("query.dashboards.replace", "PUT /api/v1/query/dashboards/{id}", Access.SECRET,
			ReplaySafety.SAFE),
	QUERY_DASHBOARDS_UPDATE("query.dashboards.update", "PATCH /api/v1/query/dashboards/{id}", Access.SECRET,
			ReplaySafety.SAFE),
	QUERY_DASHBOARDS_DELETE("query.dashboards.del", "DELETE /api/v1/query/dashboards/{id}", Access.SECRET,
			ReplaySafety.SAFE, AlreadyDone.NOT_FOUND),
	QUERY_DASHBOARDS_WIDGETS_ADD("query.dashboards.widgets.add", "POST /api/v1/query/dashboards/{id}/widgets",
			Access.SECRET, ReplaySafety.UNSAFE),
	QUERY_DASHBOARDS_WIDGETS_UPDATE("query.dashboards.widgets.update",
			"PATCH /api/v1/query/dashboards/{id}/widgets/{widgetId}", Access.SECRET, ReplaySafety.SAFE),
	QUERY_DASHBOARDS_WIDGETS_DELETE("query.dashboards.widgets.del",
			"DELETE /api/v1/query/dashboards/{id}/widgets/{widgetId}", Access.SECRET, ReplaySafety.SAFE,
			AlreadyDone.NOT_FOUND),

	ERRORS_LIST("errors.list", "GET /api/v1/errors", Access.SECRET_OR_PUBLIC, Paging.CURSOR, ReplaySafety.SAFE),
	ERRORS_RETRIEVE("errors.retrieve", "GET /api/v1/errors/{errorId}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	ERRORS_RESOLVE("errors.resolve", "POST /api/v1/errors/{errorId}/resolve", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	ERRORS_IGNORE("errors.ignore", "POST /api/v1/errors/{errorId}/ignore", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	ERRORS_UNRESOLVE("errors.unresolve", "POST /api/v1/errors/{errorId}/unresolve", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),

	SESSIONS_START("sessions.start", "POST /api/v1/sessions", Access.SECRET_OR_PUBLIC, ReplaySafety.KEYED),
	SESSIONS_LIST("sessions.list", "GET /api/v1/sessions", Access.SECRET_OR_PUBLIC, Paging.CURSOR, ReplaySafety.SAFE),
	SESSIONS_RETRIEVE("sessions.retrieve", "GET /api/v1/sessions/{session}", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	SESSIONS_UPDATE("sessions.update", "PATCH /api/v1/sessions/{session}", Access.SECRET, ReplaySafety.SAFE),
	SESSIONS_CLOSE("sessions.close", "POST /api/v1/sessions/{session}/close", Access.SECRET, ReplaySafety.SAFE),
	SESSIONS_IN_SEND("sessions.in.send", "POST /realtime/v1/sessions/{session}/in/append", Access.SECRET_OR_PUBLIC,
			ReplaySafety.UNSAFE),

	SESSIONS_OUT_APPEND("sessions.out.append", "POST /realtime/v1/sessions/{session}/out/append", Access.SECRET,
			ReplaySafety.UNSAFE),
	SESSIONS_CHANNEL_IN_SEND("sessions.channel.in.send",
			"POST /realtime/v1/sessions/{session}/channels/{channel}/in/append", Access.SECRET_OR_PUBLIC,
			ReplaySafety.UNSAFE),
	SESSIONS_CHANNEL_READ("sessions.channel.read", "GET /realtime/v1/sessions/{session}/channels/{channel}/{io}",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	SESSIONS_INITIALIZE_STREAM("sessions.initializeStream", "PUT /realtime/v1/sessions/{session}/{io}",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	SESSIONS_READ("sessions.read", "GET /realtime/v1/sessions/{session}/{io}", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	SESSIONS_RECORDS("sessions.records", "GET /realtime/v1/sessions/{session}/{io}/records", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	SESSIONS_TRANSCRIPT("sessions.transcript", "GET /api/v1/sessions/{session}/transcript", Access.SECRET_OR_PUBLIC,
			Paging.CURSOR, ReplaySafety.SAFE),

	REALTIME_RUN("realtime.run", "GET /realtime/v1/runs/{runId}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	REALTIME_RUNS("realtime.runs", "GET /realtime/v1/runs", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	REALTIME_BATCH("realtime.batch", "GET /realtime/v1/batches/{batchId}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	STREAMS_READ("streams.read", "GET /realtime/v1/streams/{runId}/{streamId}", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	STREAMS_CREATE("streams.create", "PUT /realtime/v1/streams/{runId}/{target}/{streamId}", Access.SECRET,
			ReplaySafety.SAFE),
	STREAMS_APPEND("streams.append", "POST /realtime/v1/streams/{runId}/{target}/{streamId}/append", Access.SECRET,
			ReplaySafety.UNSAFE),
	STREAMS_INPUT_SEND("streams.input.send", "POST /realtime/v1/streams/{runId}/input/{streamId}",
			Access.SECRET_OR_PUBLIC, ReplaySafety.UNSAFE),
	STREAMS_INPUT_READ("streams.input.read", "GET /realtime/v1/streams/{runId}/input/{streamId}",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),

	PROMPTS_LIST("prompts.list", "GET /api/v1/prompts", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	PROMPTS_RESOLVE("prompts.resolve", "POST /api/v1/prompts/{slug}", Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	PROMPTS_VERSIONS("prompts.versions", "GET /api/v1/prompts/{slug}/versions", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	PROMPTS_CREATE_OVERRIDE("prompts.createOverride", "POST /api/v1/prompts/{slug}/override", Access.SECRET_OR_PUBLIC,
			ReplaySafety.UNSAFE),
	PROMPTS_UPDATE_OVERRIDE("prompts.updateOverride", "PUT /api/v1/prompts/{slug}/override", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	PROMPTS_REMOVE_OVERRIDE("prompts.removeOverride", "DELETE /api/v1/prompts/{slug}/override", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE, AlreadyDone.NOT_FOUND),
	PROMPTS_REACTIVATE_OVERRIDE("prompts.reactivateOverride", "POST /api/v1/prompts/{slug}/override/reactivate",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	PROMPTS_PROMOTE("prompts.promote", "POST /api/v1/prompts/{slug}/promote", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),

	WEBHOOKS_ENDPOINTS_LIST("webhooks.endpoints.list", "GET /api/v1/webhooks/endpoints", Access.SECRET_OR_PUBLIC,
			ReplaySafety.SAFE),
	WEBHOOKS_ENDPOINTS_RETRIEVE("webhooks.endpoints.retrieve", "GET /api/v1/webhooks/endpoints/{endpointId}",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	WEBHOOKS_ENDPOINTS_ROTATE_SECRET("webhooks.endpoints.rotateSecret",
			"POST /api/v1/webhooks/endpoints/{endpointId}/rotate-secret", Access.SECRET_OR_PUBLIC, ReplaySafety.UNSAFE),
	WEBHOOKS_ENDPOINTS_SET_SECRET("webhooks.endpoints.setSecret", "PUT /api/v1/webhooks/endpoints/{endpointId}/secret",
			Access.SECRET, ReplaySafety.SAFE),
	WEBHOOKS_DELIVERIES_LIST("webhooks.deliveries.list", "GET /api/v1/webhooks/deliveries", Access.SECRET_OR_PUBLIC,
			Paging.CURSOR, ReplaySafety.SAFE),
	WEBHOOKS_DELIVERIES_RETRIEVE("webhooks.deliveries.retrieve", "GET /api/v1/webhooks/deliveries/{deliveryId}",
			Access.SECRET_OR_PUBLIC, ReplaySafety.SAFE),
	WEBHOOKS_DELIVERIES_REPLAY("webhooks.deliveries.replay", "POST /api/v1/webhooks/deliveries/{deliveryId}/replay",
			Access.SECRET_OR_PUBLIC, ReplaySafety.UNSAFE),
	WEBHOOKS_WAITER_CREATE("webhooks.waiter.create", "POST /api/v1/webhooks/endpoints/{endpointId}/waiters",
			Access.SECRET, ReplaySafety.KEYED),
	WEBHOOKS_WAITER_CANCEL("webhooks.waiter.cancel", "POST /api/v1/webhooks/waiters/{waiterId}/cancel", Access.SECRET,
			ReplaySafety.SAFE),

	AUTH_JWT_CLAIMS("auth.jwtClaims", "POST /api/v1/auth/jwt/claims", Access.SECRET, ReplaySafety.SAFE),
	AUTH_PUBLIC_TOKENS("auth.publicTokens", "POST /api/v1/auth/public-tokens", Access.SECRET, ReplaySafety.SAFE),

	WHOAMI_V1("whoami.v1", "GET /api/v1/whoami", Access.SECRET, ReplaySafety.SAFE),
	WHOAMI_V2("whoami.v2", "GET /api/v2/whoami", Access.PERSONAL, ReplaySafety.SAFE, BranchHeader.IGNORED),

	PROJECTS_LIST("projects.list", "GET /api/v1/projects", Access.PERSONAL, ReplaySafety.SAFE, BranchHeader.IGNORED),
	PROJECTS_RETRIEVE("projects.retrieve", "GET /api/v1/projects/{projectRef}", Access.PERSONAL, ReplaySafety.SAFE,
			BranchHeader.IGNORED),
	PROJECTS_ENVIRONMENTS_LIST("projects.environments.list", "GET /api/v1/projects/{projectRef}/environments",
			Access.PERSONAL, ReplaySafety.SAFE, BranchHeader.IGNORED),
	PROJECTS_ENVIRONMENTS_RETRIEVE("projects.environments.retrieve", "GET /api/v1/projects/{projectRef}/{env}",
			Access.SECRET_OR_PERSONAL, ReplaySafety.SAFE),
	PROJECTS_ENVIRONMENTS_JWT("projects.environments.jwt", "POST /api/v1/projects/{projectRef}/{env}/jwt",
			Access.PERSONAL, ReplaySafety.SAFE),
	PROJECTS_ENVIRONMENTS_PAUSE("projects.environments.pause", "POST /api/v1/projects/{projectRef}/{env}/pause",
			Access.PERSONAL, ReplaySafety.SAFE),
	PROJECTS_ENVIRONMENTS_RESUME("projects.environments.resume", "POST /api/v1/projects/{projectRef}/{env}/resume",
			Access.PERSONAL, ReplaySafety.SAFE),
	PROJECTS_WORKERS_RETRIEVE("projects.workers.retrieve", "GET /api/v1/projects/{projectRef}/{env}/workers/{tagName}",
			Access.PERSONAL, ReplaySafety.SAFE),
	PROJECTS_BRANCHES_LIST("projects.branches.list", "GET /api/v1/projects/{projectRef}/branches", Access.PERSONAL,
			ReplaySafety.SAFE, BranchHeader.IGNORED),
	PROJECTS_BRANCHES_CREATE("projects.branches.create", "POST /api/v1/projects/{projectRef}/branches",
			Access.SECRET_OR_PERSONAL, ReplaySafety.SAFE, BranchHeader.IGNORED),
	PROJECTS_BRANCHES_ARCHIVE("projects.branches.archive", "POST /api/v1/projects/{projectRef}/branches/archive",
			Access.SECRET_OR_PERSONAL, ReplaySafety.SAFE, BranchHeader.IGNORED, AlreadyDone.BRANCH_ARCHIVED);

	private static final String PROJECT_REF = "{projectRef}";

	private static final String ENVIRONMENT = "{env}";

	private final String operation;

	private final HttpMethod method;

	private final String path;

	private final Access access;

	private final Paging paging;

	private final ReplaySafety replaySafety;

	private final BranchHeader branchHeader;

	private final AlreadyDone alreadyDone;

	TriggerEndpoint(String operation, String route, Access access, ReplaySafety replaySafety, AlreadyDone alreadyDone) {
		this(operation, route, access, Paging.NONE, replaySafety, BranchHeader.USED, alreadyDone);
	}

	TriggerEndpoint(String operation, String route, Access access, ReplaySafety replaySafety, BranchHeader branchHeader,
			AlreadyDone alreadyDone) {
		this(operation, route, access, Paging.NONE, replaySafety, branchHeader, alreadyDone);
	}

	TriggerEndpoint(String operation, String route, Access access, ReplaySafety replaySafety) {
		this(operation, route, access, Paging.NONE, replaySafety, BranchHeader.USED);
	}

	TriggerEndpoint(String operation, String route, Access access, ReplaySafety replaySafety,
			BranchHeader branchHeader) {
		this(operation, route, access, Paging.NONE, replaySafety, branchHeader);
	}

	TriggerEndpoint(String operation, String route, Access access, Paging paging, ReplaySafety replaySafety) {
		this(operation, route, access, paging, replaySafety, BranchHeader.USED);
	}

	TriggerEndpoint(String operation, String route, Access access, Paging paging, ReplaySafety replaySafety,
			BranchHeader branchHeader) {
		this(operation, route, access, paging, replaySafety, branchHeader, AlreadyDone.NEVER);
	}

	TriggerEndpoint(String operation, String route, Access access, Paging paging, ReplaySafety replaySafety,
			BranchHeader branchHeader, AlreadyDone alreadyDone) {
		this.operation = operation;
		int blank = route.indexOf(' ');
		this.method = HttpMethod.valueOf(route.substring(0, blank));
		this.path = route.substring(blank + 1);
		this.access = access;
		this.paging = paging;
		this.replaySafety = replaySafety;
		this.branchHeader = branchHeader;
		this.alreadyDone = alreadyDone;
	}

	/**
	 * Return the dotted name of the operation, as in the official SDK.
	 * @return the operation, such as {@code runs.retrieve}
	 */
	public String operation() {
		return this.operation;
	}

	/**
	 * Return the HTTP method.
	 * @return the method
	 */
	public HttpMethod method() {
		return this.method;
	}

	/**
	 * Return the template of the path.
	 * @return the path, with variables in braces
	 */
	public String path() {
		return this.path;
	}

	Access access() {
		return this.access;
	}

	/**
	 * Return the kinds of credential that the endpoint accepts.
	 * @return the modes; only {@link AuthMode#NONE} if none may be sent
	 */
	public Set<AuthMode> authModes() {
		return this.access.modes();
	}

	/**
	 * Return how the response is divided into pages.
	 * @return the paging
	 */
	public Paging paging() {
		return this.paging;
	}

	/**
	 * Return what happens when a request arrives twice.
	 * @return the replay safety
	 */
	public ReplaySafety replaySafety() {
		return this.replaySafety;
	}

	/**
	 * Return whether an error means success when it is the response to a repeated
	 * request, the first of which got no response: what was to be done is done already.
	 * @param status the HTTP status
	 * @param message the message of the server
	 * @return {@code true} if the first request was done
	 */
	public boolean isAlreadyDone(int status, String message) {
		return this.alreadyDone.matches(status, message);
	}

	/**
	 * Return whether the header {@code x-trigger-branch} can matter to this endpoint.
	 * @return {@code true} if it can
	 */
	public boolean isBranchAware() {
		return this.branchHeader == BranchHeader.USED;
	}

	/**
	 * Return whether a personal access token needs the ref of a project here.
	 * @return {@code true} if a project must be named
	 */
	public boolean requiresProject() {
		return this.path.contains(PROJECT_REF) && authModes().contains(AuthMode.PERSONAL_ACCESS_TOKEN);
	}

	/**
	 * Return whether a personal access token needs an environment here.
	 * @return {@code true} if an environment must be named
	 */
	public boolean requiresEnvironment() {
		return this == PROJECTS_RUNS_LIST
				|| (this.path.contains(ENVIRONMENT) && authModes().contains(AuthMode.PERSONAL_ACCESS_TOKEN));
	}

	/**
	 * Return the operation, method and path, for messages.
	 */
	@Override
	public String toString() {
		return this.operation + " (" + this.method + " " + this.path + ")";
	}

}
