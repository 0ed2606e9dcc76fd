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

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Session;
import dev.trigger.emulator.state.StreamLog;
import dev.trigger.emulator.state.StreamStore;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.Waitpoint;
import tools.jackson.databind.JsonNode;

/**
 * Waitpoints that are complete as soon as there is something in an input stream of a run,
 * or in a channel of a session.
 */
final class StreamWaitRoutes {

	private static final String RUN_NOT_FOUND = "Run not found";

	private static final long MAX_BODY = 10 * 1024;

	private static final BodySchema INPUT = BodySchema.of("runs.waitForInputStream");

	private static final BodySchema CHANNEL = BodySchema.of("runs.waitForSessionStream");

	void addTo(Router router) {
		String run = "/api/v1/runs/{runId}";
		router.post("runs.waitForInputStream", run + "/input-streams/wait", StreamWaitRoutes::input)
			.maxBody(MAX_BODY)
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
		router.post("runs.waitForSessionStream", run + "/session-streams/wait", StreamWaitRoutes::channel)
			.maxBody(MAX_BODY)
			.others(OtherMethods.REFUSED)
			.wrongMethod(405);
	}

	private static EmulatorResponse input(ApiCall call) {
		JsonNode body = INPUT.read(call);
		TaskRun run = call.run(RUN_NOT_FOUND);
		return wait(call, body, StreamStore.input(call.state(), run, body.path("streamId").asString()));
	}

	private static EmulatorResponse channel(ApiCall call) {
		JsonNode body = CHANNEL.read(call);
		call.run(RUN_NOT_FOUND);
		String name = body.path("session").asString();
		Session session = SessionRoutes.lookUp(call.environment(), name);
		if (session == null && name.startsWith("session_")) {
			throw new ResponseException(404, "Session not found");
		}
		return wait(call, body, StreamStore.channel(call.state(), call.environment(),
				(session != null) ? SessionChannels.key(session) : name, body.path("io").asString()));
	}

	private static EmulatorResponse wait(ApiCall call, JsonNode body, StreamLog log) {
		NewToken token = NewToken.create(call, body);
		if (!token.cached()) {
			// what came before the one that was seen last is no news
			JsonNode seen = body.path("lastSeqNum");
			new Wait(call, token.waitpoint(), log, seen.isNumber() ? (long) Json.number(seen) + 1 : 0).begin();
		}
		return EmulatorResponse.ok(JsonBody.of("waitpointId", token.waitpoint().id()).with("isCached", token.cached()));
	}

	/**
	 * Waits for the next record of a stream.
	 *
	 * @param call the request
	 * @param waitpoint what the record completes
	 * @param log the stream
	 * @param next the number of the record
	 */
	private record Wait(ApiCall call, Waitpoint waitpoint, StreamLog log, long next) implements Runnable {

		void begin() {
			this.log.listen(this);
			run();
		}

		@Override
		public void run() {
			boolean over = !this.waitpoint.status().equals("WAITING");
			if (!over && !this.log.from(this.next, 1).isEmpty()) {
				JsonNode data = this.log.from(this.next, 1).get(0).data();
				this.waitpoint.complete((data != null && data.isString()) ? data.asString() : null, "application/json",
						this.call.now());
				over = true;
			}
			if (over) {
				this.log.unlisten(this);
			}
		}

	}

}
