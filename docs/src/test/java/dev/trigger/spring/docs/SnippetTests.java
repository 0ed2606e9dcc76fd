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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of a page or of the javadoc equals the source that it names, which is
 * compiled and run in this module. {@code -Dtrigger.docs.write=true} writes the examples.
 */
class SnippetTests {

	private static final boolean WRITE = Boolean.getBoolean("trigger.docs.write");

	private static final Pattern MARKER = Pattern.compile("<!-- snippet: (\\S+) -->");

	private static final String NO_SOURCE = "(every example needs <!-- snippet: file -->)";

	private static final String OTHER_FORM = "(an example stands between <pre class=\"code\"> and </pre>)";

	private static final Set<String> PROBLEMS = Set.of(NO_SOURCE, OTHER_FORM);

	/**
	 * Languages whose examples must name a source.
	 */
	private static final Set<String> EXECUTED = Set.of("java", "kotlin", "yaml", "xml", "groovy", "properties");

	static List<Path> pages() throws IOException {
		return Snippet.pages();
	}

	static List<Path> javadoc() throws IOException {
		List<Path> files = new ArrayList<>();
		for (String module : List.of("trigger-spring-boot-autoconfigure", "trigger-spring-boot-test",
				"trigger-emulator")) {
			try (Stream<Path> sources = Files.walk(Path.of("..", module, "src", "main", "java"))) {
				for (Path source : sources.filter((file) -> file.toString().endsWith(".java")).sorted().toList()) {
					if (Files.readString(source).contains("<pre")) {
						files.add(source);
					}
				}
			}
		}
		return files;
	}

	@ParameterizedTest
	@MethodSource("pages")
	void examplesOfPagesEqualTheirSources(Path page) throws IOException {
		check(page, SnippetTests::page);
	}

	@ParameterizedTest
	@MethodSource("javadoc")
	void examplesOfJavadocEqualTheirSources(Path source) throws IOException {
		check(source, SnippetTests::javadoc);
	}

	@Test
	void anExampleWithoutSourceIsFound() {
		assertThat(page(List.of("```java", "int i;", "```"))).contains(NO_SOURCE);
	}

	@Test
	void anExampleThatDiffersIsFound() {
		List<String> page = List.of("<!-- snippet: com/example/onboarding/OnboardingApplication.java -->", "```java",
				"class Changed {", "}", "```", "after");
		assertThat(page(page)).doesNotContain("class Changed {")
			.contains("public class OnboardingApplication {", "after");
	}

	private static void check(Path file, Renderer renderer) throws IOException {
		List<String> actual = Files.readAllLines(file);
		List<String> expected = renderer.render(actual);
		if (WRITE && !actual.equals(expected) && expected.stream().noneMatch(PROBLEMS::contains)) {
			Files.writeString(file, String.join("\n", expected) + "\n");
			actual = Files.readAllLines(file);
		}
		assertThat(actual).as("%s: run this test with -Dtrigger.docs.write=true to update its examples", file)
			.isEqualTo(expected);
	}

	/**
	 * Return a page with its examples as they should be.
	 */
	private static List<String> page(List<String> lines) {
		List<String> result = new ArrayList<>();
		String reference = null;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			result.add(line);
			if (line.startsWith("```") && line.length() > 3) {
				int end = i + 1;
				while (!lines.get(end).equals("```")) {
					end++;
				}
				if (reference != null) {
					result.addAll(source(reference));
				}
				else {
					result.addAll(lines.subList(i + 1, end));
					if (EXECUTED.contains(line.substring(3))) {
						result.add(NO_SOURCE);
					}
				}
				result.add(lines.get(end));
				i = end;
				reference = null;
			}
			Matcher marker = MARKER.matcher(line);
			reference = marker.matches() ? marker.group(1) : null;
		}
		return result;
	}

	/**
	 * Return a Java source with the examples of its javadoc as they should be.
	 */
	private static List<String> javadoc(List<String> lines) {
		List<String> result = new ArrayList<>();
		String reference = null;
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			result.add(line);
			String text = line.strip();
			Matcher marker = MARKER.matcher(text);
			boolean marked = marker.find();
			if (marked) {
				reference = marker.group(1);
			}
			if (text.endsWith(" <pre class=\"code\">")) {
				String prefix = line.substring(0, line.indexOf('*') + 1);
				int end = i + 1;
				while (!lines.get(end).strip().equals("* </pre>")) {
					end++;
				}
				if (reference != null) {
					source(reference).forEach((code) -> result.add((prefix + " " + escape(code)).stripTrailing()));
				}
				else {
					result.addAll(lines.subList(i + 1, end));
					result.add(NO_SOURCE);
				}
				result.add(lines.get(end));
				i = end;
				reference = null;
			}
			else if (text.matches("/?\\*.*<pre.*")) {
				result.add(OTHER_FORM);
			}
			else if (!marked) {
				reference = null;
			}
		}
		return result;
	}

	/**
	 * Return code as HTML. The formatter of the sources would escape an at sign in any
	 * case, even in an inline tag that shows the escape as it is.
	 */
	private static String escape(String code) {
		return code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "&#64;");
	}

	private static List<String> source(String reference) {
		try {
			return Snippet.parse(reference).lines();
		}
		catch (IOException ex) {
			throw new IllegalStateException("No snippet " + reference, ex);
		}
	}

	@FunctionalInterface
	private interface Renderer {

		List<String> render(List<String> lines);

	}

}
