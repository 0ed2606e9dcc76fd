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

package dev.trigger.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table in {@code docs/TROUBLESHOOTING.md}: what the application prints for each
 * misconfiguration that a test tries. {@code -Dtrigger.docs.write=true} writes it.
 */
final class ReportsPage {

	private static final Path PAGE = Path.of("..", "docs", "TROUBLESHOOTING.md");

	private static final String START = "<!-- reports: written by MisconfigurationTests -->\n";

	private static final String END = "<!-- end of reports -->";

	private static final Pattern REPORT = Pattern
		.compile("APPLICATION FAILED TO START\\s+\\*+\\s+Description:\\s+(.+?)\\R[\\s\\S]*?Action:\\s+(.+?)\\R");

	private final Map<String, String> rows = new LinkedHashMap<>();

	/**
	 * Compare what was printed for a property with the page.
	 * @param property the property with its value
	 * @param output the output of the application
	 */
	void check(String property, String output) {
		Matcher report = REPORT.matcher(output);
		assertThat(report.find()).as(output).isTrue();
		String row = "| `" + cell(property) + "` | " + cell(report.group(1)) + " | " + cell(report.group(2)) + " |";
		this.rows.put(property, row);
		if (!isWritten()) {
			assertThat(table()).as("the table of " + PAGE.getFileName() + "; -Dtrigger.docs.write=true updates it")
				.contains(row);
		}
	}

	/**
	 * Write the page if that is wanted, or else compare which properties it has.
	 * @param properties the properties that are tried, in the order of the page
	 */
	void complete(List<String> properties) {
		if (isWritten() && this.rows.keySet().containsAll(properties)) {
			String page = read();
			String table = String.join("\n", properties.stream().map(this.rows::get).toList()) + "\n";
			int start = page.indexOf("|---|---|---|\n", page.indexOf(START)) + "|---|---|---|\n".length();
			write(page.substring(0, start) + table + page.substring(page.indexOf(END)));
		}
		assertThat(table().stream().map((row) -> row.substring(3, row.indexOf("` |"))))
			.containsExactlyElementsOf(properties.stream().map(ReportsPage::cell).toList());
	}

	private static String cell(String text) {
		// keys are made up, and each was set on the command line
		return text.replaceAll("tr_prod_\\w+", "tr_prod_…")
			.replaceAll(" \\(\"[^\"]*\" from property source \"commandLineArgs\"\\)", "")
			.replace("|", "\\|")
			.replace("<", "&lt;");
	}

	private static List<String> table() {
		String page = read();
		return page.substring(page.indexOf(START), page.indexOf(END))
			.lines()
			.filter((line) -> line.startsWith("| `"))
			.toList();
	}

	private static boolean isWritten() {
		return Boolean.getBoolean("trigger.docs.write");
	}

	private static String read() {
		try {
			return Files.readString(PAGE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void write(String page) {
		try {
			Files.writeString(PAGE, page);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
