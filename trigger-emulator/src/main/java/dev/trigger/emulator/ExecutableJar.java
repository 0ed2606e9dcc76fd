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

package dev.trigger.emulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * The program as one jar with jars in it. Java archives only classes of jars that it
 * opens itself, and so it can be unpacked.
 */
final class ExecutableJar {

	private static final String JAR = "trigger-emulator.jar";

	private static final String CLASSES = "BOOT-INF/classes/";

	private static final String LIBRARIES = "BOOT-INF/lib/";

	private ExecutableJar() {
	}

	/**
	 * Unpack the jar of this program into {@code trigger-emulator.jar}, which starts it,
	 * and {@code lib}.
	 * @param directory the directory to unpack to
	 */
	static void unpack(Path directory) {
		Path path = Path.of(System.getProperty("java.class.path"));
		if (!Files.isRegularFile(path)) {
			throw new IllegalArgumentException("only the executable jar can be unpacked");
		}
		try (JarFile jar = new JarFile(path.toFile())) {
			Files.createDirectories(directory.resolve("lib"));
			List<JarEntry> files = jar.stream().filter((entry) -> !entry.isDirectory()).toList();
			StringBuilder libraries = new StringBuilder();
			for (JarEntry file : files) {
				if (file.getName().startsWith(LIBRARIES)) {
					String library = "lib/" + file.getName().substring(LIBRARIES.length());
					libraries.append(libraries.isEmpty() ? "" : " ").append(library);
					try (InputStream content = jar.getInputStream(file)) {
						Files.copy(content, directory.resolve(library));
					}
				}
			}
			write(jar, files, libraries.toString(), directory.resolve(JAR));
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("can't unpack to an empty directory: " + ex, ex);
		}
	}

	/**
	 * Create an archive of the classes that the unpacked program loads, as
	 * {@code classes.jsa}, with a process of its own.
	 * @param directory where the program was unpacked
	 * @return whether there is one: not every Java can do so
	 */
	static boolean archive(Path directory) {
		Path archive = directory.resolve("classes.jsa");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable", "-Xlog:all=error:stderr",
				"-XX:ArchiveClassesAtExit=" + archive, "-jar", directory.resolve(JAR).toString(), "--self-test");
		try {
			builder.inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return Files.exists(archive);
	}

	private static void write(JarFile jar, List<JarEntry> files, String libraries, Path target) throws IOException {
		Attributes given = jar.getManifest().getMainAttributes();
		Manifest manifest = new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.put(Attributes.Name.MAIN_CLASS, given.getValue("Start-Class"));
		attributes.put(Attributes.Name.CLASS_PATH, libraries);
		attributes.putValue("Enable-Native-Access", given.getValue("Enable-Native-Access"));
		try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(target), manifest)) {
			for (JarEntry file : files) {
				if (file.getName().startsWith(CLASSES)) {
					output.putNextEntry(new JarEntry(file.getName().substring(CLASSES.length())));
					try (InputStream content = jar.getInputStream(file)) {
						content.transferTo(output);
					}
					output.closeEntry();
				}
			}
		}
	}

}
