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

package dev.trigger.spring.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The responses of the server, as files. They have no {@code ttl}, which the generated
 * client cannot read.
 */
final class Fixtures {

	static final int PAGES = 100;

	static final int PAGE_SIZE = 100;

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Path directory;

	Fixtures(Path directory) {
		this.directory = directory;
	}

	void write(int parts) throws IOException {
		Files.createDirectories(this.directory);
		write("run.json", run());
		write("list-25.json", page(0, 25, null));
		for (int page = 0; page < PAGES; page++) {
			write("page-" + page + ".json", page(page, PAGE_SIZE, (page + 1 < PAGES) ? "p" + (page + 1) : null));
		}
		new LiveFixtures(this.directory, this.mapper).write(parts);
	}

	private void write(String name, Object content) throws IOException {
		Files.write(this.directory.resolve(name), this.mapper.writeValueAsBytes(content));
	}

	private static Map<String, Object> page(int number, int size, @Nullable String next) {
		List<Object> runs = new ArrayList<>();
		for (int index = 0; index < size; index++) {
			runs.add(summary(number * size + index));
		}
		return Map.of("data", runs, "pagination", (next != null) ? Map.of("next", next) : Map.of());
	}

	private static Map<String, Object> summary(int index) {
		Map<String, Object> run = new LinkedHashMap<>();
		run.put("id", "run_cmwu6j8bo%012d".formatted(index));
		run.put("status", "COMPLETED");
		run.put("taskIdentifier", "send-welcome");
		run.put("version", "20261124.1");
		for (String flag : List.of("isQueued", "isExecuting", "isFailed", "isCancelled", "isWaiting", "isTest")) {
			run.put(flag, false);
		}
		run.put("isCompleted", true);
		run.put("isSuccess", true);
		run.put("createdAt", "2026-11-24T04:13:25.100Z");
		run.put("startedAt", "2026-11-24T04:13:25.171Z");
		run.put("updatedAt", "2026-11-24T04:13:27.136Z");
		run.put("finishedAt", "2026-11-24T04:13:27.122Z");
		run.put("costInCents", 0.0025);
		run.put("baseCostInCents", 0.0025);
		run.put("durationMs", 108);
		run.put("depth", 0);
		run.put("tags", List.of("user:1234", "plan:free", "region:eu"));
		run.put("metadata", Map.of("progress", 100, "step", "sent"));
		run.put("taskKind", "STANDARD");
		run.put("region", "eu-central-1");
		run.put("env", Map.of("id", "cmwu65jyz0009f37d3qqgwqdu", "name", "prod", "user", "someone"));
		return run;
	}

	private static Map<String, Object> run() {
		Map<String, Object> run = summary(1);
		run.remove("env");
		run.put("triggerFunction", "trigger");
		run.put("attemptCount", 1);
		run.put("attempts", List.of());
		run.put("relatedRuns", Map.of("children", List.of()));
		run.put("payload", Map.of("email", "someone@example.com", "name", "Someone", "number", 1, "items", items()));
		run.put("output", Map.of("receipt", "rcpt_1234", "sentAt", "2026-11-24T04:13:27.000Z", "items", items()));
		return run;
	}

	private static List<Object> items() {
		List<Object> items = new ArrayList<>();
		for (int index = 0; index < 6; index++) {
			items.add(Map.of("sku", "article-" + index, "amount", index, "price", 12.5, "text", "Something to send"));
		}
		return items;
	}

}
