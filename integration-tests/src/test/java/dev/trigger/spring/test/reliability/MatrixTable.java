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

package dev.trigger.spring.test.reliability;

import java.util.List;
import java.util.Objects;

/**
 * The fault matrix as a table.
 */
final class MatrixTable {

	private MatrixTable() {
	}

	static String of(List<MatrixCell> cells) {
		StringBuilder table = new StringBuilder();
		append(table, "### The first attempt meets the fault",
				cells.stream().filter((cell) -> !cell.always()).toList());
		append(table, "### Every attempt meets the fault", cells.stream().filter(MatrixCell::always).toList());
		return table.toString();
	}

	private static void append(StringBuilder table, String title, List<MatrixCell> cells) {
		table.append(title).append("\n\n| fault |");
		for (MatrixOperation operation : MatrixOperation.values()) {
			table.append(' ').append(operation.title()).append(" |");
		}
		table.append(" calls | attempts | made / acted | errors | longest |\n|---|");
		table.append("---|".repeat(MatrixOperation.values().length)).append("--:|--:|--:|--:|--:|\n");
		for (MatrixFault fault : MatrixFault.values()) {
			List<MatrixCell> row = cells.stream().filter((cell) -> cell.fault() == fault).toList();
			if (!row.isEmpty()) {
				append(table, fault, row);
			}
		}
		table.append('\n');
	}

	private static void append(StringBuilder table, MatrixFault fault, List<MatrixCell> row) {
		table.append("| ").append(fault.title()).append(" |");
		for (MatrixOperation operation : MatrixOperation.values()) {
			table.append(' ')
				.append(row.stream()
					.filter((cell) -> cell.operation() == operation)
					.map((cell) -> cell.outcome() + " (" + cell.attempts() + ")")
					.findFirst()
					.orElse(""))
				.append(" |");
		}
		long succeeded = row.stream()
			.filter(MatrixCell::succeeded)
			.mapToInt((cell) -> cell.operation().expected())
			.sum();
		table.append(" %d | %d | %d / %d | %d | %d ms |%n".formatted(row.size(),
				row.stream().mapToInt(MatrixCell::attempts).sum(), row.stream().mapToInt(MatrixCell::made).sum(),
				succeeded, row.stream().map(MatrixCell::failure).filter(Objects::nonNull).count(),
				row.stream().mapToLong((cell) -> cell.duration().toMillis()).max().orElse(0)));
	}

}
