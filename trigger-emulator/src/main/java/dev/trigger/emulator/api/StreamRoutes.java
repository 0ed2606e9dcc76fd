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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Streams that runs write, and those that they read.
 */
final class StreamRoutes {

	private static final String STREAMS = "/realtime/v1/streams/{runId}";

	private static final String TARGET = STREAMS + "/{target}/{streamId}";

	private static final long MAX_PART = 512 * 1024;

	private static final long MAX_INPUT = 1024 * 1024;

	private static final List<String> TARGETS = List.of("self", "parent", "root");

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final int LONGEST_TIMEOUT = 600;

	private static final Pattern LEADING_NUMBER = Pattern.compile("\\s*([+-]?\\d{1,9}).*");

	private static final Pattern CHUNK = Pattern.compile("\\d{1,18}-\\d{1,9}");

	private final Duration check;

	/**
	 * Create the routes.
	 * @param hold for how long a poll is held, in which a quiet stream is looked at four
	 * times
	 */
	StreamRoutes(Duration hold) {
		this.check = check(hold);
	}

	static Duration check(Duration hold) {
		return hold.dividedBy(4);
	}

	void addTo(Router router) {
		router.get("streams.read", STREAMS + "/{streamId}", this::read).publicToken().cors().unlimited();
		router.put("streams.create", TARGET, StreamRoutes::create).unlimited();
		router.post("streams.ingest", TARGET, StreamRoutes::ingest).unlimited().anyAction();
		router.get("streams.lastChunk", TARGET, StreamRoutes::lastChunk).unlimited();
		router.post("streams.append", TARGET + "/append", StreamRoutes::append)
			.unlimited()
			.anyAction()
			.maxBody(MAX_PART);
		router.get("streams.input.read", STREAMS + "/input/{streamId}", this::readInput)
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

	private EmulatorResponse read(ApiCall call) {
		TaskRun run = readable(call);
		return read(call, run, StreamStore.stream(call.state(), run, call.variable("streamId")), false);
	}

	private EmulatorResponse readInput(ApiCall call) {
		TaskRun run = readable(call);
		return read(call, run, StreamStore.input(call.state(), run, call.variable("streamId")), true);
	}

	private static TaskRun readable(ApiCall call) {
		TaskRun run = call.environment().run(call.variable("runId"));
		if (run == null) {
			throw ApiCall.notFound(false);
		}
		RunRoutes.authorizeRead(call, run);
		return run;
	}

	private EmulatorResponse read(ApiCall call, TaskRun run, StreamLog log, boolean strict) {
		Duration timeout = timeout(call.request(), strict);
		String after = call.request().header("last-event-id");
		if (run.streamsVersion().equals("v2")) {
			return events(call.state(), log,
					new StreamReader.ReadSettings(true, after(after), timeout, this.check, false));
		}
		return events(call.state(), log,
				new StreamReader.ReadSettings(false, afterChunk(log, after), timeout, this.check, false));
	}

	static EmulatorResponse events(EmulatorState state, StreamLog log, StreamReader.ReadSettings settings) {
		EmulatorResponse response = EmulatorResponse
			.stream("text/event-stream; charset=utf-8", StreamReader.read(state, log, settings))
			.header("cache-control", "no-cache");
		// pages have to see by which version to read
		return settings.batches()
				? response.header("x-stream-version", "v2").header("access-control-expose-headers", "*") : response;
	}

	/**
	 * Read how long a client waits for a record, as JavaScript reads numbers.
	 * @param request the request
	 * @param strict whether what is no number, and 0, is refused and not ignored
	 * @return the time
	 */
	private static Duration timeout(ServerRequest request, boolean strict) {
		String header = request.header("timeout-seconds");
		if (header == null) {
			return TIMEOUT;
		}
		Matcher number = LEADING_NUMBER.matcher(header);
		if (!number.matches()) {
			if (strict) {
				throw new ResponseException(plain(400, "Invalid timeout seconds"));
			}
			return TIMEOUT;
		}
		int seconds = Integer.parseInt(number.group(1));
		if (seconds < 0 || (strict && seconds == 0)) {
			throw new ResponseException(plain(400, "Timeout seconds must be greater than 0"));
		}
		if (seconds > LONGEST_TIMEOUT) {
			throw new ResponseException(plain(400, "Timeout seconds must be less than " + LONGEST_TIMEOUT));
		}
		return (seconds > 0) ? Duration.ofSeconds(seconds) : TIMEOUT;
	}

	/**
	 * Return the number of the record after the one that was read last.
	 * @param lastEventId its number
	 * @return the number, 0 to read all
	 */
	static long after(@Nullable String lastEventId) {
		return (lastEventId != null && lastEventId.matches("\\d{1,18}")) ? Long.parseLong(lastEventId) + 1 : 0;
	}

	/**
	 * What was written at once shares its place, so that what follows within it is lost.
	 */
	private static long afterChunk(StreamLog log, @Nullable String lastEventId) {
		if (lastEventId == null) {
			return 0;
		}
		if (!CHUNK.matcher(lastEventId).matches()) {
			// the server waits for nothing
			return Long.MAX_VALUE;
		}
		long next = 0;
		for (StreamLog.StreamRecord entry : log.from(0, Integer.MAX_VALUE)) {
			if (compare(entry.chunk(), lastEventId) <= 0) {
				next = entry.seq() + 1;
			}
		}
		return next;
	}

	private static int compare(String chunk, String other) {
		String[] one = chunk.split("-");
		String[] two = other.split("-");
		int time = Long.compare(Long.parseLong(one[0]), Long.parseLong(two[0]));
		return (time != 0) ? time : Long.compare(Long.parseLong(one[1]), Long.parseLong(two[1]));
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

	private static EmulatorResponse ingest(ApiCall call) {
		TaskRun run = target(call, null);
		String resume = call.request().header("x-resume-from-chunk");
		if (resume != null && !resume.matches("\\s*\\+?\\d.*")) {
			throw new ResponseException(plain(400, "Invalid X-Resume-From-Chunk header value: " + resume));
		}
		String key = call.variable("streamId");
		run.addStream(key, call.now());
		List<JsonNode> values = call.request().bodyText().lines().filter((line) -> !line.isBlank()).map((line) -> {
			JsonNode value = Json.parse(line);
			return (value != null) ? value : Json.tree(line);
		}).toList();
		StreamStore.stream(call.state(), run, key).appendChunk(values);
		return EmulatorResponse.empty(200);
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
		StreamLog log = StreamStore.stream(call.state(), run, call.variable("streamId"));
		return EmulatorResponse.empty(200).header("x-last-chunk-index", (log.size() == 0) ? "-1" : "0");
	}

	private static EmulatorResponse append(ApiCall call) {
		TaskRun run = target(call, "Cannot append to a realtime stream on a completed run");
		StreamStore.append(call.state(), run, call.variable("streamId"), Json.tree(call.request().bodyText()),
				call.request().header("x-part-id"));
		return EmulatorResponse.ok(JsonBody.of("ok", true));
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
			meant = run.root();
		}
		if (meant == null) {
			throw new ResponseException(plain(404, "Target not found"));
		}
		if (refusal != null && meant.status().isFinished()) {
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
		if (run.status().isFinished()) {
			throw new ResponseException(refusal(400, "Cannot send to input stream on a completed run"));
		}
		JsonNode body = call.jsonOr(500, "Internal Server Error");
		if (!body.isObject()) {
			throw new ResponseException(refusal(400, "Invalid request body"));
		}
		StreamStore.send(call.state(), run, call.variable("streamId"), Json.tree(body.get("data")));
		return EmulatorResponse.ok(JsonBody.of("ok", true));
	}

	static EmulatorResponse refusal(int status, String error) {
		return EmulatorResponse.json(status, JsonBody.of("ok", false).with("error", error));
	}

	static EmulatorResponse plain(int status, String text) {
		return EmulatorResponse.of(status, "text/plain;charset=UTF-8", Json.utf8(text));
	}

}
