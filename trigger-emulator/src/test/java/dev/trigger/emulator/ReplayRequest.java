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

import java.net.http.HttpRequest;
import java.util.Map;
import java.util.stream.IntStream;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends a recorded request to the emulator.
 */
final class ReplayRequest {

	/**
	 * The emulator permits loopback origins only, so it gets one for those recorded.
	 */
	static final String ORIGIN = "http://localhost:3000";

	private ReplayRequest() {
	}

	static Reply send(ReplaySetup setup) {
		Recording recording = setup.recording();
		TestClient client = recording.credentialKind().equals("public-jwt")
				? new TestClient(setup.server().emulator().apiUrl()).token(setup.publicToken())
				: setup.server().client(recording.credentialKind());
		// the recordings leave out some headers that every request had
		if (!recording.credentialKind().equals("none") && !recording.headers().containsKey("x-trigger-api-version")
				&& !showsOlderStatuses(recording)) {
			client = client.header("x-trigger-api-version", "2025-07-16");
		}
		for (Map.Entry<String, String> header : recording.headers().entrySet()) {
			boolean origin = header.getKey().equals("origin");
			client = client.header(header.getKey(), origin ? ORIGIN : header.getValue());
		}
		String path = setup.replace(recording.path() + TestClient.query(recording.query()));
		String body = body(recording);
		if (body == null && !recording.method().equals("GET")) {
			// without a Content-Length header, as it was recorded
			return client.sendBody(recording.method(), path,
					HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.noBody()));
		}
		return client.send(recording.method(), path, body);
	}

	private static boolean showsOlderStatuses(Recording recording) {
		String body = String.valueOf(recording.responseBody());
		return body.contains("\"FROZEN\"") || body.contains("\"REATTEMPTING\"");
	}

	/**
	 * Return the body. One that was too long to be recorded is made up, so long that the
	 * response is explained.
	 */
	private static @Nullable String body(Recording recording) {
		int length = recording.leftOutBytes();
		if (length == 0) {
			return recording.body();
		}
		String error = String.valueOf(recording.responseBody());
		if (error.contains("Batch size of ")) {
			int items = Integer.parseInt(error.replaceAll(".*Batch size of (\\d+).*", "$1"));
			return Json.string(JsonBody.of("items",
					IntStream.range(0, items).mapToObj((i) -> JsonBody.of("task", "hello")).toList()));
		}
		if (error.contains("Metadata")) {
			return Json.string(JsonBody.of("options", JsonBody.of("metadata", JsonBody.of("m", "m".repeat(length)))));
		}
		return Json.string(JsonBody.of("payload", "p".repeat(length)));
	}

}
