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

package dev.trigger.spring.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

import dev.trigger.spring.auth.AuthMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table of {@code docs/CREDENTIALS.md} is that of the catalogue.
 * {@code -Dtrigger.docs.write=true} writes it.
 */
class ApiTableTests {

	private static final Path PAGE = Path.of("..", "docs", "CREDENTIALS.md");

	private static final String START = "<!-- api table: written by ApiTableTests -->\n";

	private static final String END = "<!-- end of api table -->";

	@Test
	void tableEqualsCatalogue() throws IOException {
		String page = Files.readString(PAGE);
		int start = page.indexOf(START) + START.length();
		int end = page.indexOf(END);
		assertThat(end).isGreaterThanOrEqualTo(start);
		if (Boolean.getBoolean("trigger.docs.write")) {
			page = page.substring(0, start) + table() + page.substring(end);
			Files.writeString(PAGE, page);
			end = page.indexOf(END);
		}
		assertThat(page.substring(start, end)).isEqualTo(table());
	}

	private static String table() {
		record Row(String area, Set<AuthMode> modes) {

		}
		Map<Row, StringJoiner> rows = new LinkedHashMap<>();
		for (TriggerEndpoint endpoint : TriggerEndpoint.values()) {
			String operation = endpoint.operation();
			int dot = operation.indexOf('.');
			String area = (dot >= 0) ? operation.substring(0, dot) : operation;
			rows.computeIfAbsent(new Row(area, endpoint.authModes()), (row) -> new StringJoiner(", "))
				.add("`" + operation.substring(dot + 1) + "`");
		}
		StringBuilder table = new StringBuilder("| area | operations | ");
		Arrays.stream(AuthMode.values()).forEach((mode) -> table.append(mode.description()).append(" | "));
		table.append("\n|---|---|").append(":-:|".repeat(AuthMode.values().length)).append('\n');
		rows.forEach((row, operations) -> {
			table.append("| ").append(row.area()).append(" | ").append(operations).append(" | ");
			for (AuthMode mode : AuthMode.values()) {
				table.append(row.modes().isEmpty() ? "not needed" : row.modes().contains(mode) ? "yes" : "")
					.append(" | ");
			}
			table.append('\n');
		});
		return table.toString().replace(" \n", "\n");
	}

}
