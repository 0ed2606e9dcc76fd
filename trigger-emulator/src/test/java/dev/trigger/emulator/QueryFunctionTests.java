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

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

import dev.trigger.emulator.TestClient.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Functions, conditions that calculate, and what the parser of servers refuses in
 * queries. The messages are those that its own code gave.
 */
class QueryFunctionTests {

	private final TriggerEmulator emulator = TriggerEmulator.builder()
		.clock(Clock.fixed(Instant.parse("2026-03-04T12:34:56.789Z"), ZoneOffset.UTC))
		.start();

	private final TestClient client = TestClient.of(this.emulator, "prod");

	@BeforeEach
	void trigger() {
		this.client.post("/api/v1/tasks/hello/trigger", "{\"options\":{\"tags\":[\"a\"]}}");
	}

	@AfterEach
	void close() {
		this.emulator.close();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			now()                                               | "2026-03-04 12:34:56"
			now() - INTERVAL 1 HOUR                             | "2026-03-04 11:34:56"
			triggered_at + INTERVAL 1 DAY                       | "2026-03-05 12:34:56.789"
			toDateTime('2026-03-04')                            | "2026-03-04 00:00:00"
			toDateTime(triggered_at)                            | "2026-03-04 12:34:56"
			dateDiff('hour', triggered_at, now())               | 0
			dateDiff(day, toDateTime('2026-03-01 23:59'), now()) | 3
			dateDiff('millisecond', now(), triggered_at)        | 789
			dateDiff('month', toDateTime('2025-12-31'), now())  | 3
			toDayOfWeek(triggered_at)                           | 3
			toYear(triggered_at)                                | 2026
			toMinute(triggered_at)                              | 34
			concat(task_identifier, '-', 'x')                   | "hello-x"
			CONCAT(task_identifier, '!')                        | "hello!"
			toString(triggered_at)                              | "2026-03-04 12:34:56.789"
			toString(1.5)                                       | "1.5"
			startsWith(task_identifier, 'hel')                  | 1
			endsWith(task_identifier, 'hel')                    | 0
			replaceAll(task_identifier, 'l', 'L')               | "heLLo"
			floor(1.5) + abs(-2)                                | 3
			greatest(1, 2)                                      | 2
			prettyFormat(upper(task_identifier), 'text')        | "HELLO"
			quantile(0.5)(depth)                                | 0
			any(task_identifier)                                | "hello"
			""")
	void areCalculated(String expression, String json) {
		assertThat(query("SELECT " + expression + " AS v FROM runs").json().at("/results/0/v")).hasToString(json);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			triggered_at > now() - INTERVAL 1 HOUR                        | 1
			triggered_at < now() - INTERVAL 1 HOUR                        | 0
			triggered_at >= toDateTime('2026-03-04 12:34:56')             | 1
			startsWith(task_identifier, 'h') AND toHour(triggered_at) = 12 | 1
			depth + 1 > 1                                                 | 0
			depth BETWEEN 0 AND 1                                         | 1
			depth NOT BETWEEN 0 AND 1                                     | 0
			depth = 0 AND (depth BETWEEN 1 AND 2)                         | 0
			NOT is_finished                                               | 1
			""")
	void areConditions(String condition, int count) {
		Reply reply = query("SELECT count() AS n FROM runs WHERE " + condition);
		assertThat(reply.json().at("/results/0/n").asInt(-1)).as(reply.toString()).isEqualTo(count);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					SELECT nope(run_id) FROM runs             | Unknown function: nope
					SELECT run_id FROM runs WHERE nope(1) = 1 | Unknown function: nope
					SELECT lower() FROM runs                  | Function 'lower' expects 1 argument, found 0
					SELECT round(1, 2, 3) FROM runs           | Function 'round' expects at most 2 arguments, found 3
					SELECT dateDiff('day') FROM runs          | Function 'dateDiff' expects at least 3 arguments, found 1
					SELECT sum() FROM runs                    | Aggregation 'sum' expects 1 argument, found 0
					SELECT                                    | Syntax error at line 1:6: no viable alternative at input 'SELECT'
					SELECT a FROM runs WHERE                  | Syntax error at line 1:24: no viable alternative at input 'SELECT a FROM runs WHERE'
					SELECT a FROM runs GROUP                  | Syntax error at line 1:24: no viable alternative at input 'SELECT a FROM runs GROUP'
					SELECT a FROM runs WHERE a >              | Syntax error at line 1:28: no viable alternative at input 'SELECT a FROM runs WHERE a >'
					SELECT a FROM runs WHERE a IN (1          | Syntax error at line 1:32: no viable alternative at input 'SELECT a FROM runs WHERE a IN (1'
					SELECT a FROM runs WHERE a = 1)           | Syntax error at line 1:30: no viable alternative at input 'SELECT a FROM runs WHERE a = 1)'
					SELECT a FROM runs WHERE a = 'x           | Syntax error at line 1:29: no viable alternative at input 'SELECT a FROM runs WHERE a = ''
					SELECT 1; SELECT 2                        | Syntax error at line 1:10: mismatched input 'SELECT' expecting <EOF>
					SELECT run_id FROM runs WHERE depth = 1 AND depth BETWEEN 1 AND 2 | The emulator refuses BETWEEN beside other conditions: servers take these for a part of it, unless it is in parentheses.
					SELECT toDateTime('soon') FROM runs       | The emulator does not understand the time: soon
					""")
	void areRefused(String query, String error) {
		Reply reply = query(query);
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.json().path("error").asString()).isEqualTo(error);
	}

	@Test
	void linesAreCounted() {
		assertThat(query("SELECT a FROM runs\n WHERE ").json().path("error").asString())
			.isEqualTo("Syntax error at line 2:7: no viable alternative at input 'SELECT a FROM runs\\n WHERE '");
	}

	private Reply query(String query) {
		return this.client.post("/api/v1/query", Map.of("query", query));
	}

}
