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

package dev.trigger.spring.test.testcontainers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.trigger.emulator.TriggerEmulator;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/**
 * The image of the emulator, built once for all tests with the Dockerfile of
 * {@code trigger-emulator}.
 */
public final class EmulatorImage {

	private static final Path MODULE = Path.of("..", "trigger-emulator");

	/**
	 * The image that it is based on, under the name that it has for Testcontainers.
	 */
	public static final DockerImageName BASE = ImageNameSubstitutor.instance()
		.apply(DockerImageName.parse("eclipse-temurin:17-jre"));

	private EmulatorImage() {
	}

	/**
	 * Whether the emulator is packaged, as in {@code ./mvnw verify}. Else a jar that is
	 * there may be of an earlier build.
	 */
	static boolean isPackaged() {
		return TriggerEmulator.class.getProtectionDomain().getCodeSource().getLocation().getPath().endsWith(".jar");
	}

	/**
	 * The image.
	 * @return its name, once it is built
	 */
	public static Future<String> get() {
		return Image.BUILT;
	}

	private static Path jar() {
		try (Stream<Path> files = Files.list(MODULE.resolve("target"))) {
			List<Path> jars = files.filter((file) -> file.getFileName().toString().endsWith("-exec.jar")).toList();
			if (jars.size() != 1) {
				throw new IllegalStateException("Not one executable jar of the emulator but " + jars);
			}
			return jars.get(0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class Image {

		static final ImageFromDockerfile BUILT = new ImageFromDockerfile()
			.withFileFromPath("Dockerfile", MODULE.resolve("Dockerfile"))
			.withBuildArg("BASE", BASE.asCanonicalNameString())
			.withFileFromPath("target/" + jar().getFileName(), jar());

	}

}
