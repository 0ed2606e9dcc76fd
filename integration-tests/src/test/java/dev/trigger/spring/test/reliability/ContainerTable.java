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
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rounds as a table.
 */
final class ContainerTable {

	private ContainerTable() {
	}

	static String of(List<ContainerRound> rounds) {
		StringBuilder table = new StringBuilder("| the server is |");
		for (ContainerOperation operation : ContainerOperation.values()) {
			table.append(' ').append(operation.title()).append(" |");
		}
		table.append(" calls | attempts | made / acted | errors | longest |\n|---|");
		table.append("---|".repeat(ContainerOperation.values().length)).append("--:|--:|--:|--:|--:|\n");
		rounds.forEach((round) -> append(table, round));
		return table.toString();
	}

	private static void append(StringBuilder table, ContainerRound round) {
		table.append("| ").append(round.fault().title()).append(round.stays() ? ", for good |" : " |");
		for (ContainerOperation operation : ContainerOperation.values()) {
			table.append(' ').append(outcomes(round, operation)).append(" |");
		}
		List<ContainerCall> calls = round.calls();
		List<ContainerCall> succeeded = calls.stream().filter(ContainerCall::succeeded).toList();
		table.append(" %d | %d | %d / %d | %d | %d ms |%n".formatted(calls.size(),
				round.attempts().values().stream().mapToInt(Integer::intValue).sum(), round.made(),
				succeeded.stream().mapToInt((call) -> call.operation().expected()).sum(),
				calls.size() - succeeded.size(),
				calls.stream().mapToLong((call) -> call.duration().toMillis()).max().orElse(0)));
	}

	private static String outcomes(ContainerRound round, ContainerOperation operation) {
		Map<String, Long> outcomes = round.calls()
			.stream()
			.filter((call) -> call.operation() == operation)
			.collect(Collectors.groupingBy(ContainerCall::outcome, TreeMap::new, Collectors.counting()));
		Long ok = outcomes.remove("ok");
		String failures = outcomes.entrySet()
			.stream()
			.map((entry) -> entry.getValue() + " " + entry.getKey())
			.collect(Collectors.joining(", "));
		String successes = (ok != null) ? ok + " ok" : "";
		return successes + ((ok != null && !failures.isEmpty()) ? ", " : "") + failures;
	}

}
