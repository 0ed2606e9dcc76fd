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

package dev.trigger.spring.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the configuration files that pages show.
 */
class SnippetResourceTests {

	private static final Path SNIPPETS = Path.of("src", "test", "resources", "snippets");

	static List<Path> yaml() throws IOException {
		try (Stream<Path> files = Files.list(SNIPPETS)) {
			return files.filter((file) -> file.toString().endsWith(".yml")).toList();
		}
	}

	@ParameterizedTest
	@MethodSource("yaml")
	void yamlIsReadable(Path file) throws IOException {
		assertThat(new YamlPropertySourceLoader().load("snippet", new FileSystemResource(file))).hasSize(1);
	}

	@Test
	void tasksOfTheEmulatorAreUnderstood() throws IOException {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			emulator.tasks(Files.readString(SNIPPETS.resolve("tasks.json")));
		}
	}

	@Test
	void namedClientsAreConfigured() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
			.withInitializer(new ConfigDataApplicationContextInitializer())
			.withPropertyValues("spring.config.location=classpath:snippets/named-clients.yml",
					"BILLING_TRIGGER_SECRET_KEY=tr_dev_0123456789abcdefghij", "TRIGGER_SECRET_KEY=",
					"trigger.secret-key=tr_prod_0123456789abcdefghij")
			.run((context) -> assertThat(context).getBeans(TriggerOperations.class).hasSize(2));
	}

}
