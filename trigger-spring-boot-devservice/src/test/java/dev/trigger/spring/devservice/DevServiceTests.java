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

package dev.trigger.spring.devservice;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.TriggerConnectionDetails;
import dev.trigger.spring.devservice.app.DevelopedApplication;
import dev.trigger.spring.devservice.app.MailTasks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the emulator that starts while an application is developed.
 */
@ExtendWith(OutputCaptureExtension.class)
class DevServiceTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final String ANY_PORT = "--trigger.dev-service.port=0";

	@AfterEach
	void stop() {
		ConfigurableApplicationContext context = DevelopedApplication.CONTEXT.getAndSet(null);
		if (context != null) {
			context.close();
		}
		DevService.stop();
	}

	@Test
	void emulatorStartsAndKnowsTheTasksOfTheApplication(CapturedOutput output) throws Exception {
		ConfigurableApplicationContext context = develop(ANY_PORT);
		TriggerEmulator emulator = emulator();
		assertThat(output).contains("No Trigger.dev credential is set",
				"Its page: http://localhost:" + emulator.port() + "/");
		assertThat(context.getBean(TriggerOperations.class).apiUrl()).hasToString(emulator.apiUrl());
		assertThat(context.getBean(MailTasks.class).send("ada@example.com").block(PATIENCE))
			.isEqualTo("ada@example.com");
	}

	@Test
	void runsAndTasksSurviveARestart(CapturedOutput output) throws Exception {
		ConfigurableApplicationContext context = develop(ANY_PORT);
		context.getBean(MailTasks.class).send("before").block(PATIENCE);
		TriggerEmulator emulator = emulator();
		emulator.tasks("{\"tasks\": {\"send-mail\": {\"output\": \"as told\"}}}");
		context.close();
		ConfigurableApplicationContext restarted = develop(ANY_PORT);
		assertThat(emulator()).isSameAs(emulator);
		assertThat(output).contains("The Trigger.dev emulator is still running");
		assertThat(restarted.getBean(MailTasks.class).send("after").block(PATIENCE)).isEqualTo("as told");
		assertThat(emulator.runs("send-mail")).extracting(EmulatedRun::status)
			.containsExactly("COMPLETED", "COMPLETED");
	}

	@Test
	void fileOfTasksIsReadAtEachStart(@TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("tasks.json"),
				"{\"tasks\": {\"send-mail\": {\"output\": \"to {{payload}}\"}}}");
		ConfigurableApplicationContext context = develop(ANY_PORT, "--trigger.dev-service.tasks-file=" + file);
		assertThat(context.getBean(MailTasks.class).send("ada").block(PATIENCE)).isEqualTo("to ada");
	}

	@Test
	void portInUseIsReplacedByAFreeOne() throws Exception {
		try (ServerSocket other = new ServerSocket(0)) {
			develop("--trigger.dev-service.port=" + other.getLocalPort());
			assertThat(emulator().port()).isNotEqualTo(other.getLocalPort());
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			dev-service.port=many        | 'trigger.dev-service.port' is set to 'many', which is not a whole number
			dev-service.port=70000       | 'trigger.dev-service.port' is set to '70000', but must be between 0 and
			dev-service.enabled=perhaps  | 'trigger.dev-service.enabled' is set to 'perhaps', which is not true or false
			dev-service.tasks-file=nope  | 'trigger.dev-service.tasks-file' must name a file with tasks
			secret-key=${KEY_OF_NOBODY}  | contains the placeholder '${KEY_OF_NOBODY}'
			api-url=${ADDRESS_OF_NOBODY} | contains the placeholder '${ADDRESS_OF_NOBODY}'
			""")
	void wrongPropertyIsReportedWithItsValue(String property, String report, CapturedOutput output) throws Exception {
		inThread(() -> {
			DevelopedApplication.main(new String[] { "--trigger." + property });
			return null;
		});
		assertThat(output).contains("APPLICATION FAILED TO START", report);
	}

	@Test
	void contextOfAFrameworkForTestsGetsNone() throws Exception {
		assertThat(inThread(() -> Development.refusal(DevelopedApplication.class))).isNull();
		assertThat(inThread(() -> {
			AtomicReference<@Nullable String> refusal = new AtomicReference<>();
			new ApplicationContextRunner()
				.run((context) -> refusal.set(Development.refusal(DevelopedApplication.class)));
			return refusal.get();
		})).isEqualTo("it runs in a test");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--trigger.secret-key=tr_dev_0123456789abcdefghij", "--trigger.dev-service.enabled=false",
			"--trigger.clients.billing.secret-key=tr_dev_0123456789abcdefghij" })
	void configuredApplicationGetsNone(String property) throws Exception {
		develop(property);
		assertThat(DevService.running()).isNull();
	}

	/**
	 * As Docker Compose and Testcontainers have them.
	 */
	@Test
	void applicationWithConnectionDetailsGetsNone(CapturedOutput output) throws Exception {
		inThread(() -> {
			SpringApplication application = new SpringApplication(DevelopedApplication.class, Container.class);
			application.setMainApplicationClass(DevelopedApplication.class);
			DevelopedApplication.CONTEXT.set(application.run());
			return null;
		});
		assertThat(Objects.requireNonNull(DevelopedApplication.CONTEXT.get()).getBean(TriggerOperations.class).apiUrl())
			.hasToString("http://localhost:1");
		assertThat(DevService.running()).isNull();
		assertThat(output).doesNotContain("Its page");
	}

	/**
	 * What Kubernetes sets for a service called "trigger-clients".
	 */
	@Test
	void variablesOfAnotherServiceConfigureNothing() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
					Map.of("TRIGGER_CLIENTS_PORT", "tcp://10.0.0.2:80", "TRIGGER_SECRET_KEY", " ")));
		assertThat(DevServiceEnvironmentPostProcessor.isConfigured(environment)).isFalse();
	}

	@Test
	void testGetsNone() {
		SpringApplication.run(DevelopedApplication.class).close();
		assertThat(DevService.running()).isNull();
		assertThat(Development.refusal(DevelopedApplication.class)).isEqualTo("it runs in a test");
	}

	@Test
	void applicationOfAProjectIsInDevelopment(@TempDir Path directory) throws Exception {
		Files.createFile(directory.resolve("build.gradle.kts"));
		assertThat(refusal(classesIn(directory.resolve("build/classes/java/main")))).isNull();
	}

	@Test
	void packagedApplicationIsNot(@TempDir Path directory) throws Exception {
		assertThat(refusal(jarIn(directory))).isEqualTo("its classes are in an archive");
		assertThat(refusal(classesIn(directory.resolve("app/classes"))))
			.isEqualTo("its classes are not in the directory of a project");
		Files.createFile(directory.resolve("pom.xml"));
		assertThat(refusal(classesIn(directory.resolve("BOOT-INF/classes"))))
			.isEqualTo("its classes are an unpacked archive");
		assertThat(refusal(classesIn(directory.resolve("WEB-INF/classes"))))
			.isEqualTo("its classes are an unpacked archive");
		assertThat(inThread(() -> Development.refusal(null))).isEqualTo("it has no main class");
		System.setProperty("spring.aot.enabled", "true");
		try {
			assertThat(refusal(classesIn(directory.resolve("target/classes"))))
				.isEqualTo("it is processed ahead of time");
		}
		finally {
			System.clearProperty("spring.aot.enabled");
		}
	}

	private static TriggerEmulator emulator() {
		return Objects.requireNonNull(DevService.running()).emulator();
	}

	/**
	 * Start the application as an IDE does: in a thread that no test is on.
	 */
	private static ConfigurableApplicationContext develop(String... args) throws InterruptedException {
		inThread(() -> {
			DevelopedApplication.main(args);
			return null;
		});
		return Objects.requireNonNull(DevelopedApplication.CONTEXT.get(), "the application did not start");
	}

	private static @Nullable String refusal(Path location) throws Exception {
		try (URLClassLoader loader = new URLClassLoader(new URL[] { location.toUri().toURL() }, null)) {
			Class<?> main = loader.loadClass(Main.class.getName());
			return inThread(() -> Development.refusal(main));
		}
	}

	private static @Nullable String inThread(Response response) throws InterruptedException {
		List<@Nullable String> result = new ArrayList<>();
		Thread thread = new Thread(() -> result.add(response.get()), "main-of-the-application");
		thread.start();
		thread.join(PATIENCE.toMillis());
		return result.isEmpty() ? "no response" : result.get(0);
	}

	private static Path classesIn(Path directory) throws IOException {
		Path file = directory.resolve(name());
		Files.createDirectories(file.getParent());
		Files.write(file, code());
		return directory;
	}

	private static Path jarIn(Path directory) throws IOException {
		Path jar = directory.resolve("app.jar");
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry(name()));
			out.write(code());
		}
		return jar;
	}

	private static String name() {
		return Main.class.getName().replace('.', '/') + ".class";
	}

	private static byte[] code() throws IOException {
		try (var stream = Objects.requireNonNull(Main.class.getClassLoader().getResourceAsStream(name()))) {
			return stream.readAllBytes();
		}
	}

	private interface Response {

		@Nullable String get();

	}

	/**
	 * Connection details of a container.
	 */
	static final class Container implements TriggerConnectionDetails {

		@Override
		public String getApiUrl() {
			return "http://localhost:1";
		}

		@Override
		public String getSecretKey() {
			return "tr_dev_0123456789abcdefghij";
		}

	}

	/**
	 * A main class that is copied to where applications are.
	 */
	static final class Main {

		private Main() {
		}

	}

}
