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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.emulator.TestClient.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends what was once sent to a real server to the emulator, and compares the responses:
 * status, content type and other headers of the contract, members at every depth, types,
 * nulls, each element of lists, and the texts of errors. {@code -Dtrigger.contract.dir}
 * names another folder of recordings.
 */
class ServerReplayTests {

	/**
	 * What the emulator does not do as the recordings show, and why.
	 */
	private static final Map<String, Predicate<Recording>> EXCEPTIONS = new LinkedHashMap<>();

	static {
		EXCEPTIONS.put("the emulator refuses AND and OR within each other, which servers run as something else",
				(recording) -> asks(recording, "\\bAND\\s.*\\sOR\\b|\\sOR\\s.*\\sAND\\b"));
		EXCEPTIONS.put("the emulator has few of the database's functions, and says so", (recording) -> asks(recording,
				"\\b(?!(?:(?:count|sum|avg)(?:if)?|min|max|uniq(?:exact)?|has|or|and|in|where"
						+ "|if|formatdatetime|timebucket|hex|length|lower|upper|round|todate|tohour|tostartof\\w+|tounixtimestamp)\\b)\\w+\\s*\\("
						+ "|length\\(output\\)"));
		EXCEPTIONS.put("the emulator always has an object store",
				(recording) -> recording.text().contains("to upload large payload to object store"));
	}

	private static boolean asks(Recording recording, String pattern) {
		return "query.execute".equals(recording.operation()) || recording.path().equals("/api/v1/query")
				? Pattern.compile(pattern, Pattern.CASE_INSENSITIVE)
					.matcher(recording.request()
						.path("body")
						.path("query")
						.asString("")
						.replaceAll("'(?:[^'\\\\]|\\\\.|'')*'", "''"))
					.find()
				: false;
	}

	private static final AtomicInteger COUNT = new AtomicInteger();

	private static final AtomicInteger STATUS = new AtomicInteger();

	private static final AtomicInteger BODY = new AtomicInteger();

	private static final AtomicInteger MESSAGE = new AtomicInteger();

	@ParameterizedTest(name = "{0}")
	@MethodSource("recordings")
	void respondsAsTheRealServer(Recording recording) {
		COUNT.incrementAndGet();
		try (RecordedServer server = new RecordedServer()) {
			ReplaySetup setup = new ReplaySetup(server, recording);
			setup.prepare();
			Reply reply = ReplayRequest.send(setup);
			ResponseDifferences differences = ResponseDifferences.of(recording, reply);
			boolean sameStatus = differences.status().isEmpty();
			STATUS.addAndGet(sameStatus ? 1 : 0);
			BODY.addAndGet((sameStatus && differences.body().isEmpty()) ? 1 : 0);
			MESSAGE.addAndGet((sameStatus && differences.message().isEmpty()) ? 1 : 0);
			assertThat(differences.all()).as("%s: %s %s", recording, reply, failure(reply)).isEmpty();
		}
	}

	private static @Nullable String failure(Reply reply) {
		return reply.header("x-emulator-failure");
	}

	static Stream<Recording> recordings() {
		return Recording.all()
			.filter((recording) -> EXCEPTIONS.values().stream().noneMatch((exception) -> exception.test(recording)));
	}

	@AfterAll
	static void report() {
		System.out.printf("emulator: %d recordings, %d status, %d body, %d message%n", COUNT.get(), STATUS.get(),
				BODY.get(), MESSAGE.get());
	}

}
