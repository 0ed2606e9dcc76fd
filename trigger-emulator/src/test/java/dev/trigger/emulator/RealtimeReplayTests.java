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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replays the recordings of feeds, streams and channels. Those of a stream or a session
 * are a story, which one emulator goes through; a request for a feed has the rows that
 * its response shows.
 */
class RealtimeReplayTests {

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final AtomicInteger SAME = new AtomicInteger();

	@ParameterizedTest(name = "{0}")
	@MethodSource("groups")
	void respondsAsTheRealServer(String group, List<RealtimeRecording> recordings) {
		List<String> differences = new ArrayList<>();
		boolean story = recordings.stream().noneMatch(RealtimeRecording::isFeed);
		RealtimeReplay replay = new RealtimeReplay(recordings);
		try {
			for (RealtimeRecording recording : recordings) {
				if (!story) {
					replay.close();
					replay = new RealtimeReplay(List.of(recording));
				}
				Reply reply = replay.send(recording);
				List<String> found = recording.differences(reply);
				COUNT.incrementAndGet();
				SAME.addAndGet(found.isEmpty() ? 1 : 0);
				found.forEach((difference) -> differences.add(recording + ": " + difference));
			}
		}
		finally {
			replay.close();
		}
		assertThat(differences).isEmpty();
	}

	static Stream<Object[]> groups() {
		return Recording.in("realtime")
			.filter((file) -> file.has("cases"))
			.map((file) -> new Object[] { Json.text(file, "group"), recordings(file) })
			.filter((group) -> !((List<?>) group[1]).isEmpty());
	}

	private static List<RealtimeRecording> recordings(JsonNode file) {
		return file.path("cases")
			.valueStream()
			.map(RealtimeRecording::new)
			.filter((recording) -> recording.exception() == null)
			.toList();
	}

	@AfterAll
	static void report() {
		System.out.printf("emulator, realtime: %d recordings, %d the same%n", COUNT.get(), SAME.get());
	}

}
