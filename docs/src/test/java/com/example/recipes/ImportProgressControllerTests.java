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

package com.example.recipes;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.run.RunHandle;
import dev.trigger.spring.task.TaskType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link ImportProgressController} in an application that is closed while a browser
 * follows a run.
 */
class ImportProgressControllerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void endsWhenTheApplicationIsClosed(WebApplicationType type) throws Exception {
		try (TriggerEmulator emulator = TriggerEmulator.start()) {
			ConfigurableApplicationContext context = new SpringApplicationBuilder(RecipesApplication.class).web(type)
				.run("--server.port=0", "--trigger.api-url=" + emulator.apiUrl(),
						"--trigger.secret-key=" + emulator.secretKey("dev"));
			emulator.task("import", String.class, (name) -> name);
			RunHandle<String> run = context.getBean(TriggerOperations.class)
				.tasks()
				.trigger(TaskType.of("import", String.class, String.class), "catalog",
						(options) -> options.delay(Duration.ofHours(1)))
				.block(PATIENCE);
			URI uri = URI.create("http://localhost:" + context.getEnvironment().getProperty("local.server.port")
					+ "/imports/" + run.id());
			BufferedReader events = new BufferedReader(new InputStreamReader(HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream())
				.body(), StandardCharsets.UTF_8));
			assertThat(events.readLine()).isEqualTo("event:DELAYED");
			long start = System.nanoTime();
			context.close();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
			assertThat(events.lines()).noneMatch((line) -> line.startsWith("event:"));
		}
	}

}
