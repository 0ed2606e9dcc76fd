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

package dev.trigger.spring.sample.multienvironment;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the packaged application with the bean definitions that were made ahead of time.
 */
class AheadOfTimeIT {

	private final HttpClient web = HttpClient.newHttpClient();

	private final int port = TestSocketUtils.findAvailableTcpPort();

	@TempDir
	private Path directory;

	private Path log;

	private Process application;

	@BeforeEach
	void start() throws Exception {
		this.log = this.directory.resolve("application.log");
		this.application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-Dspring.aot.enabled=true", "-jar", System.getProperty("application.jar"),
				"--server.port=" + this.port, "--emulator.port=" + TestSocketUtils.findAvailableTcpPort())
			.redirectErrorStream(true)
			.redirectOutput(this.log.toFile())
			.start();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			assertThat(this.application.isAlive()).as(Files.readString(this.log)).isTrue();
			return Files.readString(this.log).contains("Started MultiEnvironmentApplication");
		});
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.application.destroy();
		assertThat(this.application.waitFor(60, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void tasksAndClientsWork() throws Exception {
		assertThat(Files.readString(this.log)).contains("AOT-processed MultiEnvironmentApplication");
		HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/catalogs"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"supplier\":\"acme\",\"products\":42}")));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
		assertThat(response.body()).contains("run_");
		assertThat(send(HttpRequest.newBuilder(uri("/actuator/trigger"))).body()).contains("staging", "production");
		assertThat(send(HttpRequest.newBuilder(uri("/actuator/health"))).body()).contains("\"status\":\"UP\"");
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.web.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

}
