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

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import dev.trigger.spring.devservice.app.DevelopedApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the jar of the dev service.
 */
class DevServiceJarTests {

	@Test
	void jarIsADevelopmentTool() throws IOException {
		try (JarFile jar = new JarFile(jar().toFile())) {
			assertThat(jar.getManifest().getMainAttributes().getValue("Spring-Boot-Jar-Type"))
				.isEqualTo("development-tool");
		}
	}

	/**
	 * Even if somebody packages it by other means than Spring Boot's, it does nothing.
	 */
	@Test
	void packagedApplicationStartsNoEmulator(@TempDir Path directory) throws Exception {
		Path application = application(directory.resolve("application.jar"));
		List<String> classPath = new ArrayList<>(List.of(application.toString(), jar().toAbsolutePath().toString()));
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (!entry.contains("trigger-spring-boot-devservice")) {
				classPath.add(entry);
			}
		}
		Path output = directory.resolve("output.txt");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", String.join(File.pathSeparator, classPath),
				DevelopedApplication.class.getName(), "--logging.level.dev.trigger.spring.devservice=debug")
			.directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("TRIGGER_"));
		Process process = builder.start();
		try {
			assertThat(process.waitFor(120, TimeUnit.SECONDS)).as(Files.readString(output)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(Files.readString(output, StandardCharsets.UTF_8))
			.contains("No Trigger.dev emulator is started for the application: its classes are in an archive")
			.doesNotContain("Its page");
	}

	private static Path application(Path jar) throws IOException {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			for (String name : List.of("DevelopedApplication", "MailTasks")) {
				String path = "dev/trigger/spring/devservice/app/" + name + ".class";
				out.putNextEntry(new JarEntry(path));
				try (InputStream code = DevServiceJarTests.class.getClassLoader().getResourceAsStream(path)) {
					assertThat(code).isNotNull();
					code.transferTo(out);
				}
			}
		}
		return jar;
	}

	private static Path jar() throws IOException {
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			List<Path> jars = files
				.filter((file) -> file.getFileName()
					.toString()
					.matches("trigger-spring-boot-devservice-[^a-z]*(-SNAPSHOT)?\\.jar"))
				.toList();
			assertThat(jars).as("jar; './mvnw verify' builds it and runs this test").hasSize(1);
			return jars.get(0);
		}
	}

}
