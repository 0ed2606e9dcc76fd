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

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.benchmark.client.Scenario;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server pushes, as files: the changes of a run, a response each, and streams.
 */
final class LiveFixtures {

	private static final int RECORDS_OF_EVENT = 100;

	private static final long TIME = 1_795_703_730_040L;

	private static final List<String> TEXTS = List.of("id", "taskIdentifier", "friendlyId", "status", "ttl", "payload",
			"payloadType", "metadata", "metadataType", "output", "outputType");

	private static final List<String> TIMES = List.of("createdAt", "updatedAt", "startedAt", "delayUntil", "queuedAt",
			"expiredAt", "completedAt");

	private final Path directory;

	private final JsonMapper mapper;

	LiveFixtures(Path directory, JsonMapper mapper) {
		this.directory = directory;
		this.mapper = mapper;
	}

	/**
	 * Return the part of the server's configuration that chooses the response to a poll
	 * by the offset in it.
	 */
	static String configuration() {
		StringBuilder changes = new StringBuilder("map_hash_max_size 4096;\nmap $arg_offset $change {\n\tdefault ")
			.append(Scenario.CHANGE_COUNT - 1)
			.append(";\n\t-1 0;\n");
		for (int change = 1; change < Scenario.CHANGE_COUNT; change++) {
			changes.append("\t1_").append(change - 1).append(' ').append(change).append(";\n");
		}
		return changes.append("}\nmap $change $change_cursor {\n\tdefault $change;\n\t0 '';\n}\n")
			.append("map $change $change_schema {\n\tdefault '';\n\t0 '")
			.append(schema())
			.append("';\n}\n")
			.toString();
	}

	private static String schema() {
		Map<String, Object> schema = new LinkedHashMap<>();
		TEXTS.forEach((column) -> schema.put(column, Map.of("type", "text")));
		TIMES.forEach((column) -> schema.put(column, Map.of("type", "timestamp")));
		List.of("number", "usageDurationMs").forEach((column) -> schema.put(column, Map.of("type", "int4")));
		List.of("costInCents", "baseCostInCents").forEach((column) -> schema.put(column, Map.of("type", "float8")));
		schema.put("isTest", Map.of("type", "bool"));
		schema.put("error", Map.of("type", "jsonb"));
		List.of("runTags", "realtimeStreams")
			.forEach((column) -> schema.put(column, Map.of("type", "text", "dims", 1)));
		return JsonMapper.shared().writeValueAsString(schema);
	}

	void write(int parts) throws IOException {
		for (int change = 0; change < Scenario.CHANGE_COUNT; change++) {
			Object message = Map.of("key", "\"public\".\"TaskRun\"/\"1234\"", "value", row(change), "headers",
					Map.of("operation", (change == 0) ? "insert" : "update"));
			Files.write(this.directory.resolve("change-" + change + ".json"), this.mapper
				.writeValueAsBytes(List.of(message, Map.of("headers", Map.of("control", "up-to-date")))));
		}
		writeParts(parts);
		writeRecords(parts);
	}

	private static Map<String, @Nullable String> row(int change) {
		boolean last = change == Scenario.CHANGE_COUNT - 1;
		String time = "2026-11-24T04:13:%02d.%03d".formatted(change / 10, change);
		Map<String, @Nullable String> row = new LinkedHashMap<>();
		row.put("id", "1234");
		row.put("taskIdentifier", "import");
		row.put("createdAt", "2026-11-24T04:12:58.100");
		row.put("updatedAt", time);
		row.put("startedAt", "2026-11-24T04:12:59.171");
		row.put("delayUntil", null);
		row.put("queuedAt", "2026-11-24T04:12:58.104");
		row.put("expiredAt", null);
		row.put("completedAt", last ? time : null);
		row.put("friendlyId", "run_1234");
		row.put("number", "0");
		row.put("isTest", "f");
		row.put("status", last ? "COMPLETED_SUCCESSFULLY" : "EXECUTING");
		row.put("usageDurationMs", String.valueOf(change * 100));
		row.put("costInCents", "0.0025");
		row.put("baseCostInCents", "0.0025");
		row.put("ttl", "10m");
		row.put("payload", "{\"file\":\"customers.csv\",\"user\":{\"id\":1234,\"email\":\"someone@example.com\"}}");
		row.put("payloadType", "application/json");
		row.put("metadata", "{\"progress\":%d,\"step\":\"importing\",\"rows\":{\"read\":%d,\"failed\":0}}"
			.formatted(change / 2, change * 50));
		row.put("metadataType", "application/json");
		row.put("output", last ? "{\"rows\":10000,\"failed\":0}" : null);
		row.put("outputType", "application/json");
		row.put("runTags", "{\"user:1234\",\"import\"}");
		row.put("error", null);
		row.put("realtimeStreams", "{}");
		return row;
	}

	private void writeParts(int parts) throws IOException {
		try (BufferedWriter writer = Files.newBufferedWriter(this.directory.resolve("v1.sse"))) {
			for (int part = 0; part < parts; part++) {
				writer.write("id: %d-0\ndata: %s\n\n".formatted(TIME + part, part(part)));
			}
		}
	}

	private void writeRecords(int parts) throws IOException {
		try (BufferedWriter writer = Files.newBufferedWriter(this.directory.resolve("v2.sse"))) {
			for (int first = 0; first < parts; first += RECORDS_OF_EVENT) {
				int next = first + RECORDS_OF_EVENT;
				StringBuilder records = new StringBuilder();
				for (int part = first; part < next; part++) {
					String body = "{\"data\":%s,\"id\":\"part%07d\"}".formatted(part(part), part);
					records.append((part > first) ? "," : "")
						.append("{\"seq_num\":%d,\"timestamp\":%d,\"body\":%s}".formatted(part, TIME + part,
								this.mapper.writeValueAsString(body)));
				}
				writer.write(
						"event: batch\ndata: {\"records\":[%s],\"tail\":{\"seq_num\":%d,\"timestamp\":%d}}\nid: %d,%d,0\n\n"
							.formatted(records, next, TIME + next, next, RECORDS_OF_EVENT));
			}
		}
	}

	private static String part(int number) {
		return "{\"email\":\"someone@example.com\",\"name\":\"Someone\",\"number\":%d}".formatted(number);
	}

}
