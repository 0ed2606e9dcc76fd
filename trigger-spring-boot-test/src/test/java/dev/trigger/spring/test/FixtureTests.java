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

package dev.trigger.spring.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.run.Run;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.run.RunSummary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Runs}, {@link RunFixture} and {@link Handles}.
 */
class FixtureTests {

	private static final Path RECORDINGS = Path.of("..", "contract", "server");

	@Test
	void runHasWhatTheTestSets() {
		Instant created = Instant.parse("2026-01-02T03:04:05Z");
		Run run = Runs.completed("greet")
			.id("run_1")
			.payload(Map.of("name", "Ada"))
			.output("hello")
			.tags("a", "b")
			.metadata(Map.of("step", 2))
			.idempotencyKey("key")
			.createdAt(created)
			.duration(Duration.ofSeconds(2))
			.with("region", "us-east-1")
			.build();
		assertThat(run.id()).isEqualTo("run_1");
		assertThat(run.taskIdentifier()).isEqualTo("greet");
		assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
		assertThat(run.isFinished()).isTrue();
		assertThat(run.payload()).hasToString("{\"name\":\"Ada\"}");
		assertThat(run.output()).hasToString("\"hello\"");
		assertThat(run.tags()).containsExactly("a", "b");
		assertThat(run.metadata()).hasToString("{\"step\":2}");
		assertThat(run.idempotencyKey()).isEqualTo("key");
		assertThat(run.createdAt()).isEqualTo(created);
		assertThat(run.duration()).isEqualTo(Duration.ofSeconds(2));
		assertThat(run.region()).isEqualTo("us-east-1");
	}

	@Test
	void failureIsThatOfAwaitOutput() {
		assertThat(Runs.failed("greet", "no luck").failure()).hasMessageContaining("greet")
			.hasMessageContaining("no luck");
		assertThat(Runs.canceled("greet").failure().getStatus()).isEqualTo(RunStatus.CANCELED);
	}

	@Test
	void idsDiffer() {
		RunHandle<String> handle = Handles.run(String.class);
		assertThat(handle.id()).matches("run_[a-z0-9]{25}").isNotEqualTo(Handles.run(String.class).id());
		assertThat(Handles.cachedRun("run_1", String.class).isCached()).isTrue();
		assertThat(Handles.batch(3, String.class).runCount()).isEqualTo(3);
		assertThat(Runs.queued("greet").summary().isQueued()).isTrue();
	}

	/**
	 * The flags of a fixture are those of recorded runs with its status.
	 */
	@ParameterizedTest
	@MethodSource("recordedRuns")
	void flagsAreThoseOfTheServer(RunSummary recorded) {
		RunSummary fixture = Runs.of("greet", recorded.status()).summary();
		assertThat(flags(fixture)).as("flags of %s", recorded.status()).isEqualTo(flags(recorded));
	}

	static List<RunSummary> recordedRuns() throws IOException {
		try (Stream<Path> files = Files.walk(RECORDINGS)) {
			return files.filter((file) -> file.toString().endsWith(".json"))
				.flatMap((file) -> runs(read(file)))
				.map((run) -> (RunSummary) TriggerJson.shared().convert(run, RunSummary.class))
				.filter((run) -> run.status() != null)
				.collect(Collectors.toMap((run) -> flags(run) + " " + run.status(), (run) -> run, (one, other) -> one))
				.values()
				.stream()
				.toList();
		}
	}

	private static Stream<JsonNode> runs(JsonNode recording) {
		JsonNode body = recording.path("response").path("body");
		Stream<JsonNode> all = body.path("data").isArray() ? body.path("data").valueStream() : Stream.of(body);
		return all.filter((run) -> run.has("isQueued") && run.has("status"));
	}

	private static JsonNode read(Path file) {
		try {
			return TriggerJson.shared().readTree(Files.readString(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static List<Boolean> flags(RunSummary run) {
		return List.of(run.isQueued(), run.isExecuting(), run.isWaiting(), run.isCompleted(), run.isSuccess(),
				run.isFailed(), run.isCancelled());
	}

}
