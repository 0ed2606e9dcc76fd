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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A part of a source file of this module, of a sample or of the tests of the test module,
 * that a page shows: {@code path/of/File.java} is the file without its license header,
 * {@code path/of/File.java#tag} what stands between {@code tag::tag[]} and
 * {@code end::tag[]}. Several parts with the same tag follow one another.
 *
 * @param file the path of the file below one of the source folders
 * @param tag the tag, empty for the whole file
 */
record Snippet(String file, String tag) {

	private static final List<Path> ROOTS = List.of(Path.of("src", "test", "java"), Path.of("src", "test", "kotlin"),
			Path.of("src", "test", "resources"), Path.of("..", "samples"),
			Path.of("..", "trigger-spring-boot-test", "src", "test", "java"),
			Path.of("..", "integration-tests", "src", "test", "java"));

	static Snippet parse(String reference) {
		int hash = reference.indexOf('#');
		return (hash >= 0) ? new Snippet(reference.substring(0, hash), reference.substring(hash + 1))
				: new Snippet(reference, "");
	}

	/**
	 * Return the text as a page shows it: tabs as four spaces, without tags, without
	 * common indentation.
	 * @return the lines
	 */
	List<String> lines() throws IOException {
		List<String> lines = Files.readAllLines(path());
		List<String> selected = this.tag.isEmpty() ? lines.subList(afterLicense(lines), lines.size()) : tagged(lines);
		List<String> shown = selected.stream()
			.filter((line) -> !line.contains("tag::") && !line.contains("end::"))
			.map((line) -> line.replace("\t", "    ").stripTrailing())
			.toList();
		int indentation = shown.stream()
			.filter((line) -> !line.isEmpty())
			.mapToInt((line) -> line.length() - line.stripLeading().length())
			.min()
			.orElse(0);
		return strip(shown.stream().map((line) -> line.isEmpty() ? line : line.substring(indentation)).toList());
	}

	private Path path() {
		return ROOTS.stream()
			.map((root) -> root.resolve(this.file))
			.filter(Files::exists)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no file " + this.file + " below " + ROOTS));
	}

	private List<String> tagged(List<String> lines) {
		List<String> selected = new ArrayList<>();
		boolean inside = false;
		boolean found = false;
		for (String line : lines) {
			if (line.contains("tag::" + this.tag + "[]")) {
				inside = true;
				found = true;
			}
			else if (line.contains("end::" + this.tag + "[]")) {
				inside = false;
			}
			else if (inside) {
				selected.add(line);
			}
		}
		if (!found || inside) {
			throw new IllegalArgumentException("There is no complete tag '" + this.tag + "' in " + this.file);
		}
		return selected;
	}

	private static int afterLicense(List<String> lines) {
		if (lines.isEmpty() || !lines.get(0).startsWith("/*")) {
			return 0;
		}
		return lines.indexOf(" */") + 1;
	}

	private static List<String> strip(List<String> lines) {
		int start = 0;
		int end = lines.size();
		while (start < end && lines.get(start).isEmpty()) {
			start++;
		}
		while (end > start && lines.get(end - 1).isEmpty()) {
			end--;
		}
		return lines.subList(start, end);
	}

	/**
	 * Return the pages of the repository: every Markdown file for users.
	 * @return the files
	 */
	static List<Path> pages() throws IOException {
		Path root = Path.of("..");
		List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("SECURITY.md")));
		for (String folder : List.of("docs", "samples")) {
			try (Stream<Path> files = Files.walk(root.resolve(folder))) {
				files.filter((file) -> file.toString().endsWith(".md"))
					.filter((file) -> !file.toString().contains("target"))
					.sorted()
					.forEach(pages::add);
			}
		}
		return pages;
	}

}
