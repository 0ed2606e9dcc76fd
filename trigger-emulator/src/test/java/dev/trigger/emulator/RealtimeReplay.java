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

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.state.EmulatorState;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.EnvironmentKind;
import dev.trigger.emulator.state.RecordedRuns;
import dev.trigger.emulator.state.Tokens;

/**
 * An emulator with what recordings show, to which their requests are sent.
 */
final class RealtimeReplay implements AutoCloseable {

	private static final String BRANCH = "recorded";

	private static final Pattern RUN = Pattern.compile("run_\\w+");

	private static final Pattern SCOPE = Pattern.compile("(?:read|write):[\\w:-]+|admin");

	private static final Pattern PLACE = Pattern.compile("id: (\\d+-\\d+)");

	private final Map<String, String> places = new HashMap<>();

	private final TriggerEmulator emulator;

	private final Environment environment;

	RealtimeReplay(List<RealtimeRecording> recordings) {
		Instant now = recordings.stream().map(RealtimeRecording::latest).max(Comparator.naturalOrder()).orElseThrow();
		this.emulator = TriggerEmulator.builder()
			.clock(Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now.plusMillis(500))))
			.realtimeHold(Duration.ofMillis(200))
			.previewBranches(BRANCH)
			.start();
		this.environment = this.emulator.project().environment(EnvironmentKind.DEVELOPMENT);
		EmulatorState state = this.emulator.state();
		synchronized (state) {
			recordings
				.forEach((recording) -> recording.rows().forEach((row) -> RecordedRow.add(this.environment, row)));
			recordings.forEach((recording) -> addRunInPath(recording, recordings));
		}
	}

	/**
	 * A run exists unless it is not found; it executes unless it is said to be over, and
	 * its streams are as they were shown.
	 */
	private void addRunInPath(RealtimeRecording recording, List<RealtimeRecording> all) {
		Matcher matcher = RUN.matcher(recording.path());
		if (!matcher.find() || (recording.status() == 404 && !recording.response().toString().contains("Target"))) {
			return;
		}
		String id = matcher.group();
		if (this.environment.run(id) == null) {
			boolean over = all.stream()
				.anyMatch(
						(other) -> other.path().contains(id) && other.response().toString().contains("completed run"));
			RecordedRuns.add(this.environment, RecordedRuns.json(id, over ? "COMPLETED" : "EXECUTING"));
		}
		boolean second = all.stream()
			.anyMatch((other) -> other.path().contains(id) && (other.response().path("headers").has("x-s2-basin")
					|| "v2".equals(Json.text(other.response().path("headers"), "x-stream-version"))));
		this.environment.run(id).setStreamsVersion(second ? "v2" : "v1");
	}

	Reply send(RealtimeRecording recording) {
		TestClient client = new TestClient(this.emulator.apiUrl());
		boolean chunked = false;
		for (Map.Entry<String, String> header : recording.headers().entrySet()) {
			switch (header.getKey()) {
				case "transfer-encoding" -> chunked = true;
				case "authorization" -> client = client.token(credential(recording, header.getValue()));
				case "x-trigger-branch" -> client = client.header("x-trigger-branch", BRANCH);
				case "origin" -> client = client.header("origin", ReplayRequest.ORIGIN);
				default -> client = client.header(header.getKey(),
						this.places.getOrDefault(header.getValue(), header.getValue()));
			}
		}
		byte[] body = String.valueOf(recording.body()).getBytes(StandardCharsets.UTF_8);
		if (recording.isEvents()) {
			Reply reply = client.events(recording.path(), recording::isComplete);
			learn(recording.pieces(), reply.text());
			return reply;
		}
		return chunked
				? client.sendBody(recording.method(), recording.path(),
						HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
				: client.later(recording.method(), recording.path(), recording.body())
					.orTimeout(30, TimeUnit.SECONDS)
					.join();
	}

	/**
	 * Learn which places of the emulator's stream are those of the recorded one.
	 */
	private void learn(String recorded, String actual) {
		Matcher was = PLACE.matcher(recorded);
		Matcher is = PLACE.matcher(actual);
		while (was.find() && is.find()) {
			this.places.putIfAbsent(was.group(1), is.group(1));
		}
	}

	private String credential(RealtimeRecording recording, String header) {
		return switch (header.replace("Bearer ", "")) {
			case "<secret-key-prod>" -> this.emulator.secretKey("prod");
			case "<secret-key-preview>" -> this.emulator.secretKey("preview");
			case "<personal-access-token>" -> this.emulator.personalAccessToken();
			case "<public-access-token>" -> publicToken(recording);
			default -> (recording.status() == 401) ? "tr_dev_unknown0000000000000" : this.environment.apiKey();
		};
	}

	/**
	 * Return a token with the scopes that the recording tells of, or with those that its
	 * response explains.
	 */
	private String publicToken(RealtimeRecording recording) {
		Matcher matcher = SCOPE.matcher(recording.about());
		boolean refused = recording.status() == 403 && recording.response().toString().contains("\"Unauthorized\"");
		String scope = matcher.find() ? matcher.group() : refused ? "read:nothing" : "admin";
		Matcher run = RUN.matcher(recording.path());
		String id = run.find() ? run.group() : "run_other";
		JsonBody claims = JsonBody.of("sub", this.environment.id())
			.with("pub", true)
			.with("scopes", List.of(scope.replace(":ID", ":" + id).replace(":TAG", ":rawtag")));
		List<String> skipped = List.of("payload", "output", "metadata", "error");
		if (recording.about().contains("skipColumns")) {
			claims.with("realtime", JsonBody.of("skipColumns",
					skipped.stream().filter((column) -> isSkipped(recording, column)).toList()));
		}
		boolean forged = recording.status() == 401 && recording.response().toString().contains("is invalid");
		return Tokens.sign(claims, forged ? "tr_dev_another" : this.environment.apiKey(), this.emulator.now(),
				Duration.ofHours(1));
	}

	private static boolean isSkipped(RealtimeRecording recording, String column) {
		return recording.rows().stream().noneMatch((row) -> row.has(column));
	}

	@Override
	public void close() {
		this.emulator.close();
	}

}
