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
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.AotDetector;
import org.springframework.core.NativeDetector;

/**
 * Tells whether an application runs out of the directory of its project, as an IDE,
 * {@code spring-boot:run} and {@code bootRun} run it. Everything else may be production:
 * a jar, an extracted jar, a container image.
 */
final class Development {

	/**
	 * Files by which the directory of a project is recognized.
	 */
	private static final List<String> PROJECT = List.of("pom.xml", "build.gradle", "build.gradle.kts",
			"settings.gradle", "settings.gradle.kts", "build.xml", "build.sbt", "BUILD.bazel", ".idea", ".classpath");

	private static final List<String> TESTS = List.of("org.junit.", "org.testng.", "io.cucumber.",
			"org.spockframework.", "io.kotest.", "org.springframework.test.context.",
			"org.springframework.boot.test.context.");

	private Development() {
	}

	/**
	 * Return why an application is not one in development.
	 * @param main its main class, {@code null} if there is none
	 * @return the reason, or {@code null} if it is in development
	 */
	static @Nullable String refusal(@Nullable Class<?> main) {
		if (NativeDetector.inNativeImage() || AotDetector.useGeneratedArtifacts()
				|| Boolean.getBoolean("spring.aot.processing")) {
			return "it is processed ahead of time";
		}
		if (isTest()) {
			return "it runs in a test";
		}
		if (main == null) {
			return "it has no main class";
		}
		Path classes = directory(main);
		if (classes == null) {
			return "its classes are in an archive";
		}
		if (classes.endsWith(Path.of("BOOT-INF", "classes")) || classes.endsWith(Path.of("WEB-INF", "classes"))) {
			return "its classes are an unpacked archive";
		}
		return isInProject(classes) ? null : "its classes are not in the directory of a project";
	}

	private static @Nullable Path directory(Class<?> type) {
		CodeSource source = type.getProtectionDomain().getCodeSource();
		URL location = (source != null) ? source.getLocation() : null;
		if (location == null || !location.getProtocol().equals("file")) {
			return null;
		}
		try {
			Path path = new File(location.toURI()).toPath();
			return Files.isDirectory(path) ? path.toAbsolutePath().normalize() : null;
		}
		catch (URISyntaxException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isInProject(Path classes) {
		for (Path directory = classes.getParent(); directory != null; directory = directory.getParent()) {
			Path candidate = directory;
			if (PROJECT.stream().anyMatch((name) -> Files.exists(candidate.resolve(name)))) {
				return true;
			}
		}
		return false;
	}

	private static boolean isTest() {
		for (StackTraceElement element : Thread.currentThread().getStackTrace()) {
			if (TESTS.stream().anyMatch(element.getClassName()::startsWith)) {
				return true;
			}
		}
		return false;
	}

}
