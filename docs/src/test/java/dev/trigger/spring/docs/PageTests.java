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
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What pages name exists: the targets of links, the modules of commands, the artifacts
 * and their version.
 */
class PageTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern MODULE = Pattern.compile("-pl ([\\w/-]+)");

	private static final Pattern COORDINATES = Pattern.compile("dev\\.trigger\\.spring:([\\w-]+):([\\w.-]+)");

	private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(trigger-[\\w-]+)</artifactId>");

	private static final Pattern VERSION = Pattern.compile(
			"<groupId>dev\\.trigger\\.spring</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>([^<]+)</version>");

	static List<Path> pages() throws IOException {
		List<Path> pages = new ArrayList<>(Snippet.pages());
		pages.add(ROOT.resolve("CONTRIBUTING.md"));
		return pages;
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadSomewhere(Path page) throws IOException {
		for (String link : all(LINK, page)) {
			if (link.contains("://")) {
				continue;
			}
			String[] parts = link.split("#", 2);
			Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
			assertThat(target).as("target of %s in %s", link, page).exists();
			if (parts.length > 1) {
				assertThat(anchors(target)).as("anchor of %s in %s", link, page).contains(parts[1]);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void modulesAndArtifactsExist(Path page) throws IOException {
		for (String module : all(MODULE, page)) {
			if (!module.equals("MODULE")) {
				assertThat(ROOT.resolve(module).resolve("pom.xml")).as("module in %s", page).exists();
			}
		}
		String text = Files.readString(page);
		String version = version();
		for (String artifact : all(ARTIFACT, page)) {
			assertThat(ROOT.resolve(artifact).resolve("pom.xml")).as("artifact in %s", page).exists();
		}
		assertThat(all(VERSION, page)).as("versions in %s", page).allMatch(version::equals);
		for (MatchResult match : COORDINATES.matcher(text).results().toList()) {
			assertThat(ROOT.resolve(match.group(1)).resolve("pom.xml")).as("artifact in %s", page).exists();
			assertThat(match.group(2)).as("version in %s", page).isEqualTo(version);
		}
	}

	private static List<String> all(Pattern pattern, Path page) throws IOException {
		return pattern.matcher(Files.readString(page)).results().map((match) -> match.group(1)).toList();
	}

	private static List<String> anchors(Path page) throws IOException {
		return Files.readAllLines(page)
			.stream()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceFirst("^#+ ", "")
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^a-z0-9 _-]", "")
				.replace(' ', '-'))
			.toList();
	}

	private static String version() throws IOException {
		String pom = Files.readString(ROOT.resolve("pom.xml"));
		return pom.substring(pom.indexOf("<version>") + "<version>".length(), pom.indexOf("</version>"));
	}

}
