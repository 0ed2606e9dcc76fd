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

package dev.trigger.spring.contracts.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractTask;
import dev.trigger.spring.json.TriggerJson;
import dev.trigger.spring.project.DeployedWorker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The responses of a real server, and the hostile schemas, as contracts by name.
 */
final class Recordings {

	private static final JsonMapper JSON = JsonMapper.shared();

	private Recordings() {
	}

	/**
	 * Return all recorded workers, and all files of schemas.
	 */
	static SortedMap<String, Contract> contracts() {
		SortedMap<String, Contract> contracts = new TreeMap<>();
		for (Path file : files(Path.of("..", "contract", "server", "workers"))) {
			JsonNode worker = read(file).path("response").path("body").path("worker");
			if (worker.isObject()) {
				contracts.put(name(file), Contract.of("proj_recorded", TriggerEnvironment.DEV,
						(DeployedWorker) TriggerJson.shared().convert(worker, DeployedWorker.class)));
			}
		}
		for (Path file : files(Path.of("src", "test", "resources", "schemas"))) {
			contracts.put(name(file), ofSchemas(read(file)));
		}
		return contracts;
	}

	static Contract ofSchemas(JsonNode schemas) {
		SortedMap<String, ContractTask> tasks = new TreeMap<>();
		schemas.properties()
			.forEach((entry) -> tasks.put(entry.getKey(),
					new ContractTask("trigger/tasks.ts", "STANDARD", entry.getValue())));
		return new Contract("proj_schemas", "prod", tasks);
	}

	private static String name(Path file) {
		return file.getFileName().toString().replace(".json", "");
	}

	private static JsonNode read(Path file) {
		return JSON.readTree(file);
	}

	static Iterable<Path> files(Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".json")).sorted(Comparator.naturalOrder()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
