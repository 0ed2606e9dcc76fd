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

package dev.trigger.spring.contracts.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.generator.ContractGenerator;
import dev.trigger.spring.contracts.generator.GeneratedSources;
import dev.trigger.spring.contracts.generator.GeneratorSettings;

/**
 * Reads and writes contracts, and the sources that are generated from them. A file with
 * the right content is left as it is, so that nothing is compiled again.
 *
 * @since 1.0.0
 */
public final class ContractFiles {

	private ContractFiles() {
	}

	/**
	 * Read a contract.
	 * @param file the file
	 * @return the contract
	 * @throws ContractException if there is none
	 */
	public static Contract read(Path file) {
		try {
			return Contract.read(Files.readAllBytes(file));
		}
		catch (NoSuchFileException ex) {
			throw new ContractException(
					"There is no contract at " + file + ": write it with the goal 'pull', and commit it", ex);
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new ContractException("The contract at " + file + " can't be read: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Write a contract.
	 * @param contract the contract
	 * @param file the file
	 * @return whether anything changed
	 */
	public static boolean write(Contract contract, Path file) {
		return write(file, contract.toJson());
	}

	/**
	 * Generate sources.
	 * @param contract the contract
	 * @param settings how the sources are generated
	 * @param sources the folder for the sources; what was generated of the same package
	 * before, and is not any more, is deleted
	 * @param resources the folder for the contract as a resource of the application
	 * @return the warnings, one a line: see {@link GeneratedSources}
	 */
	public static List<String> generate(Contract contract, GeneratorSettings settings, Path sources, Path resources) {
		GeneratedSources generated = ContractGenerator.generate(contract, settings);
		Set<Path> written = new HashSet<>();
		for (Map.Entry<String, String> file : generated.files().entrySet()) {
			Path path = sources.resolve(file.getKey());
			write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
			written.add(path.toAbsolutePath().normalize());
		}
		deleteOthers(sources.resolve(settings.packageName().replace('.', '/')), written);
		write(resources.resolve(Contract.RESOURCE), contract.toJson());
		return generated.warnings();
	}

	private static boolean write(Path file, byte[] content) {
		try {
			if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
				return false;
			}
			Path folder = file.toAbsolutePath().getParent();
			if (folder != null) {
				Files.createDirectories(folder);
			}
			Files.write(file, content);
			return true;
		}
		catch (IOException ex) {
			throw new ContractException("The file " + file + " can't be written: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Packages below this one may be those of other executions, and someone may have
	 * named a folder with sources of their own.
	 */
	private static void deleteOthers(Path folder, Set<Path> written) {
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				if (!written.contains(file.toAbsolutePath().normalize())
						&& GeneratedSources.isGenerated(Files.readString(file))) {
					Files.delete(file);
				}
			}
		}
		catch (IOException ex) {
			throw new ContractException("Old sources in " + folder + " can't be deleted: " + ex.getMessage(), ex);
		}
	}

}
