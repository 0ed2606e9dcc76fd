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

import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a recorded trace, list of events or span shows of the run that it is of.
 *
 * @param spans the spans, those around others first
 */
record ReplayTraces(List<Shown> spans) {

	static ReplayTraces of(JsonNode response) {
		List<Shown> spans = new ArrayList<>();
		JsonNode root = response.path("trace").path("rootSpan");
		if (root.isObject()) {
			collect(root, null, spans);
		}
		for (JsonNode event : response.path("events")) {
			if (event.has("spanId")) {
				spans.add(new Shown(event.path("runId").asString(""), null, event));
			}
		}
		if (response.has("spanId")) {
			spans.add(new Shown(response.path("runId").asString(""), null, response));
		}
		return new ReplayTraces(spans);
	}

	private static void collect(JsonNode span, @Nullable Shown around, List<Shown> spans) {
		Shown shown = new Shown(span.path("runId").asString(""), around, span.path("data"));
		spans.add(shown);
		span.path("children").forEach((child) -> collect(child, shown, spans));
	}

	/**
	 * Return the run as a response would have it.
	 * @param id the identifier of the run
	 * @return the members that the spans show
	 */
	ObjectNode run(String id) {
		List<Shown> own = this.spans.stream().filter((span) -> span.runId().equals(id)).toList();
		ObjectNode run = Json.object();
		if (own.isEmpty()) {
			return run.put("status", "COMPLETED");
		}
		Shown first = own.get(0);
		long attempts = own.stream().filter(Shown::isAttempt).count();
		boolean detail = first.isAttempt() || first.attempt() > 0;
		run.put("status", first.status(attempts > 0 || detail));
		run.put("attemptCount", Math.max(attempts, first.attempt()));
		if (!detail) {
			run.put("taskIdentifier", first.message());
		}
		if (List.of("FAILED", "EXPIRED").contains(run.path("status").asString())) {
			run.set("error", error(own));
		}
		List<JsonBody> failed = new ArrayList<>();
		for (Shown span : own) {
			if (span.isDelay() || (span.isAttempt() && failed.size() < attempts - 1 && !hasDelay(own))) {
				failed.add(JsonBody.of("delayed", span.isDelay()));
			}
		}
		run.set("failedAttempts", Json.tree(failed));
		run.set("notes",
				Json.tree(own.stream().filter((span) -> span != first && span.isNote()).map(Shown::note).toList()));
		run.set("relatedRuns", Json.tree(JsonBody.of("children", children(id))));
		return run;
	}

	private static JsonNode error(List<Shown> spans) {
		JsonNode exception = spans.stream()
			.map(Shown::exception)
			.filter(JsonNode::isObject)
			.findFirst()
			.orElse(Json.object());
		JsonNode shown = spans.get(0).data().path("properties").path("error");
		if (shown.isObject()) {
			return shown;
		}
		return Json.tree(JsonBody.of("name", exception.path("type").asString("Error"))
			.with("message", exception.path("message").asString("failed"))
			.maybe("stackTrace", Json.text(exception, "stacktrace")));
	}

	private static boolean hasDelay(List<Shown> spans) {
		return spans.stream().anyMatch(Shown::isDelay);
	}

	private List<JsonNode> children(String id) {
		List<JsonNode> children = new ArrayList<>();
		for (Shown span : this.spans) {
			Shown around = span.around();
			if (around != null && around.runId().equals(id) && !span.runId().equals(id)) {
				ObjectNode child = run(span.runId());
				child.put("id", span.runId());
				child.put("triggerFunction", around.message().replaceAll("^tasks\\.|\\(\\)$", ""));
				children.add(child);
			}
		}
		return children;
	}

	/**
	 * A span.
	 *
	 * @param runId the run that it is of
	 * @param around the span around it
	 * @param data what is known of it
	 */
	record Shown(String runId, @Nullable Shown around, JsonNode data) {

		String message() {
			return this.data.path("message").asString("");
		}

		boolean isAttempt() {
			return message().startsWith("Attempt ");
		}

		boolean isDelay() {
			return message().startsWith("Retry #");
		}

		int attempt() {
			return isAttempt() ? Integer.parseInt(message().substring("Attempt ".length()))
					: message().equals("run()") ? 1 : 0;
		}

		/**
		 * Return whether it is a wait or a line of a log.
		 */
		boolean isNote() {
			boolean within = this.around == null || this.around.message().equals("run()");
			return within && !isAttempt() && !isDelay()
					&& !message().matches("run\\(\\)|(?:tasks\\.|batch\\.)?(?:batchT|t)rigger.*");
		}

		JsonBody note() {
			return JsonBody.of("message", message())
				.with("level", this.data.path("level").asString("TRACE"))
				.with("attempt", this.data.path("attemptNumber").asInt(1))
				.with("isPartial", this.data.path("isPartial").asBoolean(false))
				.with("isError", this.data.path("isError").asBoolean(false));
		}

		JsonNode exception() {
			return this.data.path("events")
				.valueStream()
				.map((event) -> event.path("properties").path("exception"))
				.filter(JsonNode::isObject)
				.findFirst()
				.orElse(Json.mapper().missingNode());
		}

		String status(boolean started) {
			if (this.data.path("isCancelled").asBoolean(false)) {
				return "CANCELED";
			}
			if (this.data.path("isError").asBoolean(false)) {
				return started ? "FAILED" : "EXPIRED";
			}
			if (this.data.path("isPartial").asBoolean(false)) {
				return started ? "EXECUTING" : "QUEUED";
			}
			return "COMPLETED";
		}

	}

}
