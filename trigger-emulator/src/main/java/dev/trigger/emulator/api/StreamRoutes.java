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
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Streams that runs write, and those that they read: how they are written.
 */
final class StreamRoutes {

	private static final String STREAMS = "/realtime/v1/streams/{runId}";

	private static final String TARGET = STREAMS + "/{target}/{streamId}";

	private static final long MAX_PART = 512 * 1024;

	private static final long MAX_INPUT = 1024 * 1024;

	private static final List<String> TARGETS = List.of("self", "parent", "root");

	private static final Pattern RESUME = Pattern.compile("\\s*(?:\\+?(\\d{1,9})|-0).*");

	/**
	 * How large a record may be, by how the storage of the second version measures it.
	 */
	private static final int MAX_METERED = 1024 * 1024;

	private static final int METERED_BASE = 8;

	private final StreamReads reads;

	/**
	 * Create the routes.
	 * @param hold for how long a poll is held, in which a quiet stream is looked at four
	 * times
	 */
	StreamRoutes(Duration hold) {
		this.reads = new StreamReads(hold);
	}

	void addTo(Router router) {
		router.get("streams.read", STREAMS + "/{streamId}", this.reads::read).publicToken().cors().unlimited();
		router.put("streams.create", TARGET, StreamRoutes::create).unlimited();
		router.post("streams.ingest", TARGET, StreamRoutes::ingest).unlimited().anyAction();
		router.get("streams.lastChunk", TARGET, StreamRoutes::lastChunk).unlimited();
		router.post("streams.append", TARGET + "/append", StreamRoutes::append)
			.unlimited()
			.anyAction()
			.maxBody(MAX_PART);
		router.get("streams.input.read", STREAMS + "/input/{streamId}", this.reads::readInput)
			.publicToken()
			.cors()
			.unlimited();
		router.post("streams.input.send", STREAMS + "/input/{streamId}", StreamRoutes::send)
			.publicToken()
			.cors()
			.unlimited()
			.anyAction()
			.maxBody(MAX_INPUT);
	}

	private static EmulatorResponse create(ApiCall call) {
		TaskRun run = target(call, "Cannot initialize a realtime stream on a completed run");
		String key = call.variable("streamId");
		run.addStream(key, call.now());
		call.state().changed();
		EmulatorResponse response = EmulatorResponse.json(202, JsonBody.of("version", run.streamsVersion()));
		return run.streamsVersion().equals("v2") ? withStore(call, response, "runs/" + run.id() + "/" + key) : response;
	}

	/**
	 * Tell where the store of streams is, to which tasks write themselves. The emulator
	 * has none; its own tasks write with their context.
	 */
	static EmulatorResponse withStore(ApiCall call, EmulatorResponse response, String stream) {
		Environment environment = call.environment();
		return response.header("x-s2-access-token", "ignored")
			.header("x-s2-basin", "emulator")
			.header("x-s2-endpoint", call.state().apiUrl() + "/v1")
			.header("x-s2-flush-interval-ms", "100")
			.header("x-s2-max-retries", "10")
			.header("x-s2-stream-name", "org/" + environment.project().organization().id() + "/env/"
					+ environment.kind().slug() + "/" + environment.id() + "/" + stream);
	}

	/**
	 * Take what a task writes itself. It goes to the storage of the first version, unless
	 * the request names another one, which takes nothing here.
	 */
	private static EmulatorResponse ingest(ApiCall call) {
		TaskRun run = target(call, null);
		String resume = Objects.requireNonNullElse(call.request().header("x-resume-from-chunk"), "");
		Matcher number = RESUME.matcher(resume.isEmpty() ? "0" : resume);
		if (!number.matches()) {
			throw new ResponseException(plain(400, "Invalid X-Resume-From-Chunk header value: " + resume));
		}
		refuseOtherStorage(call);
		int index = (number.group(1) != null) ? Integer.parseInt(number.group(1)) : 0;
		StreamStore.ingested(call.state(), run, call.variable("streamId"))
			.ingest(call.request().bodyText(), clientId(call), index);
		return EmulatorResponse.empty(200);
	}

	private static String clientId(ApiCall call) {
		String id = call.request().header("x-client-id");
		return (id != null && !id.isEmpty()) ? id : "default";
	}

	private static void refuseOtherStorage(ApiCall call) {
		String version = call.request().header("x-stream-version");
		if (version != null && !version.isEmpty() && !version.equals("v1")) {
			throw new ResponseException(500, "Internal Server Error");
		}
	}

	private static EmulatorResponse lastChunk(ApiCall call) {
		call.oneOf("target", TARGETS);
		if (call.environment().run(call.variable("runId")) == null) {
			throw ApiCall.notFound(false);
		}
		TaskRun run = target(call, null);
		if (!call.request().method().equals("HEAD")) {
			throw new ResponseException(plain(405, "Only HEAD requests are allowed for this endpoint"));
		}
		refuseOtherStorage(call);
		StreamLog log = StreamStore.ingested(call.state(), run, call.variable("streamId"));
		return EmulatorResponse.empty(200).header("x-last-chunk-index", String.valueOf(log.lastChunk(clientId(call))));
	}

	private static EmulatorResponse append(ApiCall call) {
		TaskRun run = target(call, "Cannot append to a realtime stream on a completed run");
		String key = call.variable("streamId");
		JsonNode part = Json.tree(call.request().bodyText());
		String partId = partId(call);
		run.addStream(key, call.now());
		refuseTooLarge(run.streamsVersion(), part, partId);
		StreamStore.append(call.state(), run, key, part, partId);
		return EmulatorResponse.ok(JsonBody.of("ok", true));
	}

	static String partId(ApiCall call) {
		String given = call.request().header("x-part-id");
		return (given != null) ? given : call.state().ids().random(7);
	}

	static void refuseTooLarge(String version, @Nullable JsonNode part, String partId) {
		int metered = METERED_BASE + Json.bytes(StreamReader.body(part, partId)).length;
		if (version.equals("v2") && metered > MAX_METERED) {
			throw new ResponseException(
					refusal(413, "Record metered size " + metered + " bytes exceeds the S2 per-record limit of "
							+ MAX_METERED + " bytes. Reduce tool-output size or split into smaller parts."));
		}
	}

	/**
	 * Return the run whose stream is meant.
	 * @param call the request
	 * @param refusal how to refuse a run that is over, {@code null} not to refuse it
	 * @return the run
	 */
	private static TaskRun target(ApiCall call, @Nullable String refusal) {
		String target = call.oneOf("target", TARGETS);
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw new ResponseException(plain(404, "Run not found"));
		}
		TaskRun meant = run;
		if (target.equals("parent")) {
			meant = run.parent();
		}
		else if (target.equals("root")) {
			meant = (run.parent() != null) ? run.root() : null;
		}
		if (meant == null) {
			throw new ResponseException(plain(404, "Target not found"));
		}
		// a run that was canceled before it began was never completed
		if (refusal != null && meant.finishedAt() != null) {
			throw new ResponseException(plain(400, refusal));
		}
		return meant;
	}

	private static EmulatorResponse send(ApiCall call) {
		call.authorize("write", "inputStreams:" + call.variable("runId"));
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw new ResponseException(refusal(404, "Run not found"));
		}
		if (run.finishedAt() != null) {
			throw new ResponseException(refusal(400, "Cannot send to input stream on a completed run"));
		}
		JsonNode body = call.jsonOr(500, "Internal Server Error");
		if (!body.isObject()) {
			throw new ResponseException(refusal(400, "Invalid request body"));
		}
		String partId = StreamStore.inputId(call.state());
		JsonNode data = body.path("data");
		JsonNode part = data.isMissingNode() ? data : Json.tree(NodeJson.stringify(data));
		refuseTooLarge(run.streamsVersion(), part, partId);
		StreamStore.send(call.state(), run, call.variable("streamId"), part, partId);
		return EmulatorResponse.ok(JsonBody.of("ok", true));
	}

	static EmulatorResponse refusal(int status, String error) {
		return EmulatorResponse.json(status, JsonBody.of("ok", false).with("error", error));
	}

	static EmulatorResponse plain(int status, String text) {
		return EmulatorResponse.of(status, "text/plain;charset=UTF-8", Json.utf8(text));
	}

}
