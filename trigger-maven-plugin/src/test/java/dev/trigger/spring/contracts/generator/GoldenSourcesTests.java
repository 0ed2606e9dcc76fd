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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.trigger.spring.contracts.Contract;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the sources of all recordings and schemas are those that were reviewed.
 * {@code -Dtrigger.golden.write=true} writes them anew.
 */
class GoldenSourcesTests {

	private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");

	@TestFactory
	Stream<DynamicTest> sourcesAreTheReviewedOnes() {
		return Recordings.contracts()
			.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey(), entry.getValue())));
	}

	private void check(String name, Contract contract) throws IOException {
		GeneratedSources sources = ContractGenerator.generate(contract,
				GeneratorSettings.of("com.example.tasks").withValidation(true));
		Map<String, String> files = new TreeMap<>();
		sources.files()
			.forEach((path, source) -> files.put(path.substring(path.lastIndexOf('/') + 1) + ".txt", source));
		files.put("warnings.txt", String.join("\n", sources.warnings()) + "\n");
		Path folder = GOLDEN.resolve(name);
		if (Boolean.getBoolean("trigger.golden.write")) {
			write(folder, files);
		}
		Map<String, String> golden = new TreeMap<>();
		try (Stream<Path> stream = Files.list(folder)) {
			for (Path file : stream.toList()) {
				golden.put(file.getFileName().toString(), Files.readString(file));
			}
		}
		assertThat(files.keySet()).isEqualTo(golden.keySet());
		golden.forEach((file, source) -> assertThat(files.get(file)).as(file).isEqualTo(source));
	}

	private static void write(Path folder, Map<String, String> files) throws IOException {
		Files.createDirectories(folder);
		try (Stream<Path> old = Files.list(folder)) {
			for (Path file : old.toList()) {
				Files.delete(file);
			}
		}
		for (Map.Entry<String, String> file : files.entrySet()) {
			Files.writeString(folder.resolve(file.getKey()), file.getValue());
		}
	}

}
