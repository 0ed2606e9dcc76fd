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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.TestClient.Reply;
import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A query has the right rows, or an error that says what is not understood.
 */
class QueryTests {

	private TriggerEmulator emulator;

	private TestClient prod;

	@BeforeEach
	void start() {
		this.emulator = TriggerEmulator.start().task("a", Object.class, (payload) -> "done");
		this.prod = TestClient.of(this.emulator, "prod");
		for (String task : List.of("a", "b", "c")) {
			this.prod.post("/api/v1/tasks/" + task + "/trigger",
					Map.of("options", Map.of("tags", List.of("of " + task))));
		}
		this.emulator.awaitIdle();
	}

	@AfterEach
	void stop() {
		this.emulator.close();
	}

	@ParameterizedTest
	@CsvSource({ "60, 60", "1, 5", "0,", "," })
	void runHasItsLongestDurationWhichIsFiveSecondsAtLeast(@Nullable Integer given, @Nullable Integer expected) {
		this.prod.post("/api/v1/tasks/d/trigger",
				Map.of("options", (given != null) ? Map.of("maxDuration", given) : Map.of()));
		JsonNode row = query("SELECT max_duration FROM runs WHERE task_identifier = 'd'").json().at("/results/0");
		assertThat(row.path("max_duration")).isEqualTo(Json.tree(expected));
	}

	@Test
	void durationsAreThoseBetweenTheTimes() {
		JsonNode rows = query("SELECT execution_duration, queued_duration, total_duration,"
				+ " dateDiff('millisecond', executed_at, completed_at) AS executed,"
				+ " dateDiff('millisecond', queued_at, dequeued_at) AS waited,"
				+ " dateDiff('millisecond', triggered_at, completed_at) AS passed FROM runs ORDER BY task_identifier")
			.json()
			.path("results");
		JsonNode finished = rows.get(0);
		assertThat(finished.path("passed").isNumber()).as(finished.toString()).isTrue();
		assertThat(finished.get("execution_duration")).isEqualTo(finished.get("executed"));
		assertThat(finished.get("queued_duration")).isEqualTo(finished.get("waited"));
		assertThat(finished.get("total_duration")).isEqualTo(finished.get("passed"));
		assertThat(rows.get(1).properties()).as("not started")
			.allSatisfy((column) -> assertThat(column.getValue().isNull()).isTrue());
	}

	@Test
	void runHasTheBulkActionsThatChangedIt() {
		String bulk = this.prod
			.post("/api/v1/bulk-actions", Map.of("action", "cancel", "filter", Map.of("tag", "of b")))
			.json()
			.path("id")
			.asString();
		this.emulator.advance(Duration.ofSeconds(1));
		JsonNode rows = query("SELECT bulk_action_group_ids AS ids FROM runs ORDER BY task_identifier").json()
			.path("results");
		assertThat(rows).isEqualTo(Json.tree(List.of(Map.of("ids", List.of()),
				Map.of("ids", List.of(bulk.substring("bulk_".length()))), Map.of("ids", List.of()))));
	}

	@Test
	void everyWidgetOfTheBuiltInDashboardsCanBeQueried() {
		JsonNode dashboards = this.prod.get("/api/v1/query/dashboards").json().path("dashboards");
		assertThat(dashboards).hasSize(2).allSatisfy((dashboard) -> {
			assertThat(dashboard.path("widgets")).hasSizeGreaterThanOrEqualTo(4).allSatisfy((widget) -> {
				Reply reply = query(widget.path("query").asString());
				assertThat(reply.status()).as(widget + " " + reply).isEqualTo(200);
			});
		});
	}

	@ParameterizedTest
	@CsvSource({ "4m, 12:34:55", "20m, 12:34:30", "1h, 12:34:00", "5h, 12:30:00", "23h, 12:30:00", "1d, 12:00:00",
			"7d, 12:00:00", "14d, 00:00:00", "30d, 00:00:00", "0s, 12:00:00", "soon, 12:00:00" })
	void bucketsOfTimeAreTheLongerTheLongerTheTimeIs(String period, String start) {
		try (TriggerEmulator at = TriggerEmulator.builder()
			.clock(Clock.fixed(Instant.parse("2026-03-04T12:34:56.789Z"), ZoneOffset.UTC))
			.start()) {
			TestClient client = TestClient.of(at, "prod");
			client.post("/api/v1/tasks/a/trigger", "{}");
			client.post("/api/v1/tasks/b/trigger", "{}");
			Reply reply = client.post("/api/v1/query", Map.of("period", period, "query",
					"SELECT timeBucket (), count() AS n FROM runs GROUP BY timeBucket ORDER BY timeBucket DESC"));
			assertThat(reply.json().path("results"))
				.isEqualTo(Json.tree(List.of(Map.of("timebucket", "2026-03-04 " + start, "n", 2))));
		}
	}

	@Test
	void bucketsOfLongTimesAreDates() {
		try (TriggerEmulator at = TriggerEmulator.builder()
			.clock(Clock.fixed(Instant.parse("2026-03-04T12:34:56.789Z"), ZoneOffset.UTC))
			.start()) {
			TestClient client = TestClient.of(at, "prod");
			client.post("/api/v1/tasks/a/trigger", "{}");
			String query = "SELECT timeBucket() AS t, count() FROM runs GROUP BY t";
			assertThat(client.post("/api/v1/query", Map.of("query", query, "period", "90d")).json().at("/results/0/t"))
				.as("Monday")
				.isEqualTo(Json.tree("2026-03-02"));
			assertThat(client.post("/api/v1/query", Map.of("query", query, "from", "2024-01-01"))
				.json()
				.at("/results/0/t")).isEqualTo(Json.tree("2026-03-01"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "1d, 2020-01-01, 2020-01-02", "soon, 2099-01-01,", "soon,, 2020-01-01", "'', 2020-01-01, 2099-01-01" })
	void periodComesBeforeOtherTimes(String period, @Nullable String from, @Nullable String to) {
		Map<String, Object> body = new HashMap<>(Map.of("query", "SELECT count() AS n FROM runs", "period", period));
		body.put("from", from);
		body.put("to", to);
		assertThat(this.prod.post("/api/v1/query", body).json().at("/results/0/n").asInt()).isEqualTo(3);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "if(task_identifier = 'a', true, task_identifier = 'c') | a c",
					"is_test = false AND if(task_identifier = 'b', false, is_finished) | a",
					"if(task_identifier IN ('a', 'b'), task_identifier = 'b', is_finished) | b" })
	void conditionsChoose(String condition, String tasks) {
		Reply reply = query("SELECT task_identifier FROM runs WHERE " + condition + " ORDER BY task_identifier");
		assertThat(reply.json().path("results").valueStream().map((row) -> row.path("task_identifier").asString()))
			.as("%s", reply)
			.containsExactly(tasks.split(" "));
	}

	@Test
	void expressionsChooseAndFormatTimes() {
		Reply reply = query("SELECT if(is_finished, 'over', lower('OPEN')) AS state, count() AS n FROM runs"
				+ " GROUP BY state ORDER BY n");
		assertThat(reply.json().path("results")).as("%s", reply)
			.isEqualTo(Json.tree(List.of(Map.of("state", "over", "n", 1), Map.of("state", "open", "n", 2))));
		String today = this.emulator.now().toString();
		assertThat(query("SELECT formatDateTime(triggered_at, '%Y/%m 100%%') AS t FROM runs LIMIT 1").json()
			.at("/results/0/t")
			.asString()).isEqualTo(today.substring(0, 4) + "/" + today.substring(5, 7) + " 100%");
		assertThat(query("SELECT formatDateTime(triggered_at, '%M') AS t FROM runs").error())
			.isEqualTo("The emulator does not understand the format: %M");
		assertThat(query("SELECT formatDateTime(triggered_at) AS t FROM runs").error())
			.isEqualTo("Function 'formatDateTime' expects at least 2 arguments, found 1");
		assertThat(query("SELECT if(is_finished, 1, 'a') AS t FROM runs").error()).contains("understand");
		assertThat(query("SELECT length(output) AS n FROM runs").error()).contains("understand");
	}

	@Test
	void membersOfOutputsAndErrorsAreSelected() {
		this.emulator.task("structured", Object.class,
				(payload) -> Map.of("s", "text", "n", 2, "o", Map.of("f", true)));
		this.emulator.task("fails", Object.class, (payload, context) -> {
			throw new IllegalStateException("Nope");
		}, (settings) -> settings.maxAttempts(1));
		for (String task : List.of("structured", "fails")) {
			this.prod.post("/api/v1/tasks/" + task + "/trigger", "{}");
		}
		this.emulator.awaitIdle();
		String members = "output.s, output.n AS n, output.o.f, output.o, output.missing, error.message AS m";
		assertThat(query("SELECT " + members + " FROM runs WHERE task_identifier = 'structured'").text())
			.contains("[{\"output_s\":\"text\",\"n\":2,\"output_o_f\":true,\"output_o\":null,"
					+ "\"output_missing\":null,\"m\":null}]");
		assertThat(query("SELECT " + members + " FROM runs WHERE task_identifier = 'fails'").text())
			.contains("\"output_s\":null", "\"m\":\"Nope\"");
		assertThat(query("SELECT output.s, count() AS n FROM runs GROUP BY output.s").error()).contains("understand");
		assertThat(query("SELECT output.s FROM runs ORDER BY output.s").error()).contains("understand");
		assertThat(query("SELECT run_id FROM runs WHERE output.s = 'text'").error()).contains("understand");
		assertThat(query("SELECT tags.s FROM runs").error()).contains("understand");
	}

	@Test
	void bucketsOfTimeTakeNothing() {
		assertThat(query("SELECT timeBucket('1h') FROM runs").error())
			.isEqualTo("timeBucket() does not accept arguments. It automatically uses the table's time constraint"
					+ " column.");
		assertThat(query("SELECT timeBucket()").error())
			.isEqualTo("timeBucket() requires a table with a timeConstraint defined in its schema.");
		assertThat(query("SELECT timeBucket() AS t, count() FROM queue_metrics GROUP BY t").json().path("results"))
			.isEmpty();
	}

	@Test
	void columnsOfMetricsAreKnownThoughThereAreNoRows() {
		assertThat(query("SELECT bucket_start, metric_value FROM metrics WHERE metric_name = 'process.cpu'").json()
			.path("results")).isEmpty();
		assertThat(
				query("SELECT response_model, sum(total_cost) AS cost FROM llm_metrics GROUP BY response_model").json()
					.path("results"))
			.isEmpty();
		assertThat(query("SELECT price FROM llm_metrics").error()).contains("Unknown column").contains("total_cost");
	}

	@Test
	void conditionsSelectTheRightRows() {
		assertThat(tasks("task_identifier = 'a' OR task_identifier = 'b'")).containsExactlyInAnyOrder("a", "b");
		assertThat(tasks("status = 'Queued' AND or(task_identifier = 'a', task_identifier = 'b')"))
			.containsExactly("b");
		assertThat(tasks("task_identifier NOT IN ('a', 'b')")).containsExactly("c");
		assertThat(tasks("is_finished = true")).containsExactly("a");
		assertThat(tasks("is_finished = 0 AND completed_at IS NULL")).containsExactlyInAnyOrder("b", "c");
		assertThat(tasks("(completed_at, run_id) > ('2020-01-01 00:00:00.000', 'run_zzz')")).containsExactly("a");
		assertThat(tasks("completed_at >= '2999-01-01T00:00:00.000Z'")).isEmpty();
		assertThat(tasks("has(tags, 'of c')")).containsExactly("c");
		assertThat(tasks("status IN ('COMPLETED', 'Timed out')")).containsExactly("a");
		assertThat(tasks("status = 'COMPLETED_SUCCESSFULLY'")).containsExactly("a");
		assertThat(tasks("status IN ('PENDING', 'COMPLETED_WITH_ERRORS')")).containsExactlyInAnyOrder("b", "c");
		assertThat(tasks("task_identifier = 'a AND b'")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "is_finished = true AND (task_identifier = 'a' OR task_identifier = 'b')",
			"task_identifier = 'a' OR task_identifier = 'b' AND is_finished = true",
			"(is_finished = true AND task_identifier = 'a') OR (is_finished = true AND task_identifier = 'b')" })
	void conditionsThatServersGetWrongAreRefusedWithTheReason(String condition) {
		Reply reply = query("SELECT task_identifier FROM runs WHERE " + condition);
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.error()).contains("wrong rows").contains("or(a, b)");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT lower(status) FROM runs", "SELECT", "SELECT run_id FROM",
			"WITH x AS (SELECT run_id FROM runs) SELECT * FROM x",
			"SELECT status, count() FROM runs GROUP BY lower(status)",
			"SELECT run_id FROM runs WHERE triggered_at > now() - INTERVAL 1 DAYS",
			"SELECT run_id FROM runs WHERE substring(task_identifier, 1) = 'a'", "SELECT r.run_id FROM runs AS r",
			"SELECT run_id FROM runs WHERE status = 'a\\qb'", "SELECT run_id FROM runs ORDER BY reverse(run_id)",
			"SELECT run_id FROM runs ORDER BY 1" })
	void whatIsNotUnderstoodIsAnError(String query) {
		assertThat(query(query).status()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT status, count() FROM runs",
			"SELECT task_identifier, count() FROM runs GROUP BY status", "SELECT * FROM runs GROUP BY status",
			"SELECT status, count() FROM runs GROUP BY status ORDER BY triggered_at", "SELECT sum(status) FROM runs",
			"SELECT avg(triggered_at) FROM runs", "SELECT min(tags) FROM runs", "SELECT sum(*) FROM runs",
			"SELECT 'a' || 'b' AS x FROM runs", "SELECT 'a\\qb' AS x FROM runs",
			"SELECT run_id FROM runs WHERE attempt_count > 'abc'",
			"SELECT run_id FROM runs WHERE attempt_count != 'abc'",
			"SELECT run_id FROM runs WHERE is_finished = 'banana'", "SELECT run_id FROM runs WHERE is_finished < 2",
			"SELECT run_id FROM runs WHERE triggered_at > 'yesterday'",
			"SELECT run_id FROM runs WHERE triggered_at < 1795703794",
			"SELECT run_id FROM runs WHERE triggered_at > '2026-11-27T10:00:00+02:00'",
			"SELECT run_id FROM runs WHERE task_identifier > 5", "SELECT run_id FROM runs WHERE status != true",
			"SELECT run_id FROM runs WHERE tags != 'x'", "SELECT run_id FROM runs WHERE tags NOT IN ('x')",
			"SELECT run_id FROM runs WHERE has(status, 'x') OR is_finished",
			"SELECT run_id FROM runs WHERE attempt_count", "SELECT run_id FROM runs WHERE status",
			"SELECT run_id FROM runs WHERE NOT (is_finished)",
			"SELECT run_id FROM runs WHERE task_identifier BETWEEN 'a' AND 'b' AND is_finished",
			"SELECT run_id FROM runs WHERE task_identifier = 'a' -- AND is_finished",
			"SELECT run_id FROM runs -- WHERE is_finished", "SELECT run_id /* , status */ FROM runs",
			"SELECT task_identifier AS status FROM runs WHERE status = 'a'",
			"SELECT max(task_identifier) AS status FROM runs GROUP BY status",
			"SELECT status, count() AS n FROM runs GROUP BY status HAVING count() > 1",
			"SELECT status, count() AS n FROM runs GROUP BY status WITH TOTALS",
			"SELECT run_id FROM runs UNION ALL SELECT run_id FROM runs",
			"SELECT a.run_id FROM runs a JOIN runs b ON a.run_id = b.parent_run_id",
			"SELECT run_id FROM runs WHERE run_id IN (SELECT parent_run_id FROM runs)",
			"SELECT run_id FROM (SELECT run_id FROM runs LIMIT 1)", "SELECT run_id FROM runs LIMIT 1, 2",
			"SELECT run_id FROM runs LIMIT 1 BY status", "SELECT run_id FROM runs ORDER BY completed_at NULLS FIRST",
			"SELECT uniq(tags) FROM runs", "SELECT run_id FROM runs WHERE status LIKE 'C%'",
			"SELECT \"status\" FROM runs", "SELECT run_id FROM runs WHERE (task_identifier, run_id) > ('a')",
			"SELECT run_id FROM runs WHERE completed_at = NULL", "SELECT run_id r FROM runs" })
	void queryThatCouldHaveWrongRowsIsAnError(String query) {
		Reply reply = query(query);
		assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					SELECT countIf(status = 'Completed') AS a, count() AS b FROM runs | [{"a":1,"b":3}]
					SELECT uniq(status) AS a, count(DISTINCT task_identifier) AS b FROM runs | [{"a":2,"b":3}]
					SELECT sumIf(attempt_count, task_identifier = 'a') AS a FROM runs | [{"a":1.0}]
					SELECT round(countIf(is_finished = 1) * 100.0 / count(), 1) AS a FROM runs | [{"a":33.3}]
					SELECT 1 + 2 * 3 - 4 / 2 AS a, (1 + 2) * 3 FROM runs LIMIT 1 | [{"a":5.0,"multiply":9.0}]
					SELECT 'it\\'s' AS a, hex('a\\\\') AS b, hex('\\\\n') AS c FROM runs LIMIT 1 | [{"a":"it's","b":"615C","c":"5C0A"}]
					SELECT 1 / 0 AS a FROM runs LIMIT 1 | [{"a":null}]
					SELECT upper(task_identifier), hex('a''ü') AS h, length('ü') AS l FROM runs WHERE task_identifier = 'b' | [{"upper":"B","h":"6127C3BC","l":2}]
					SELECT task_identifier FROM runs WHERE task_identifier LIKE '%b%' | [{"task_identifier":"b"}]
					SELECT task_identifier FROM runs WHERE task_identifier NOT LIKE '_' |  []
					SELECT task_identifier FROM runs WHERE task_identifier ILIKE 'B' | [{"task_identifier":"b"}]
					SELECT lower(task_identifier) AS t, count() AS n FROM runs GROUP BY t HAVING t != 'a' ORDER BY t | [{"t":"b","n":1},{"t":"c","n":1}]
					SELECT count() AS n FROM runs GROUP BY toStartOfDay(triggered_at) HAVING n > 3 | []
					""")
	void functionsAreThoseOfTheDatabase(String query, String rows) {
		assertThat(query(query).json().path("results")).as(query(query).toString())
			.isEqualTo(Json.mapper().readTree(rows));
	}

	@Test
	void longCalculationIsRefusedAtOnce() {
		assertThat(query("SELECT " + "1 + ".repeat(20_000) + "1 AS a FROM runs").status()).isEqualTo(400);
	}

	@Test
	void periodIsReplacedByAConditionOnTheTimeOnly() {
		this.emulator.advance(Duration.ofDays(8));
		assertThat(tasks("task_identifier != 'triggered_at'")).isEmpty();
		assertThat(query("SELECT task_identifier, triggered_at FROM runs").json().path("results")).isEmpty();
		assertThat(tasks("triggered_at > '2000-01-01'")).hasSize(3);
		this.emulator.advance(Duration.ofDays(23));
		// what is older than 30 days is never found
		assertThat(tasks("triggered_at > '2000-01-01'")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					SELECT created_at FROM runs                        | Unknown column "created_at". Did you mean "triggered_at"?
					SELECT run_id FROM runs ORDER BY friendly_id       | Unknown column "friendly_id". Did you mean "run_id"?
					SELECT organization_id FROM runs                   | Column "organization_id" is not available for querying. Available columns: *
					SELECT sum(nope) FROM runs                         | Unknown column "nope". Available columns: *
					SELECT run_id FROM runs ORDER BY nope DESC         | Unknown column "nope". Available columns: *
					SELECT count() AS n FROM runs GROUP BY nope        | Unknown column "nope". Available columns: *
					SELECT run_id FROM runs WHERE nope = 1             | Unknown column "nope". Available columns: *
					`  DELETE FROM runs`                               | Syntax error at line 1:2: mismatched input 'DELETE' expecting {SELECT, WITH, '{', '(', '<'}
					`\n SHOW TABLES`                                   | Syntax error at line 2:1: mismatched input 'SHOW' expecting {SELECT, WITH, '{', '(', '<'}
					`  `                                               | Syntax error at line 1:2: mismatched input '<EOF>' expecting {SELECT, WITH, '{', '(', '<'}
					""")
	void whatServersRefuseIsRefusedInTheirWords(String query, String error) {
		Reply reply = query(query.replace("\\n", "\n"));
		assertThat(reply.status()).isEqualTo(400);
		if (error.endsWith("*")) {
			assertThat(reply.error()).startsWith(error.replace("*", "attempt_count, batch_id, "));
		}
		else {
			assertThat(reply.error()).isEqualTo(error);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					SELECT count() FROM runs                                                  | [{"count":3}]
					SELECT COUNT(*), count(completed_at) AS done FROM runs                    | [{"count":3,"done":1}]
					SELECT DISTINCT status FROM runs ORDER BY status                          | [{"status":"Completed"},{"status":"Queued"}]
					SELECT status, count() FROM runs GROUP BY status ORDER BY count() DESC    | [{"status":"Queued","count":2},{"status":"Completed","count":1}]
					SELECT status AS s, count() AS n FROM runs GROUP BY s ORDER BY n          | [{"s":"Completed","n":1},{"s":"Queued","n":2}]
					SELECT task_identifier FROM runs ORDER BY task_identifier LIMIT 1 OFFSET 1 | [{"task_identifier":"b"}]
					SELECT task_identifier FROM runs ORDER BY status DESC, task_identifier DESC LIMIT 2 | [{"task_identifier":"c"},{"task_identifier":"b"}]
					SELECT task_identifier FROM runs ORDER BY completed_at, task_identifier   | [{"task_identifier":"a"},{"task_identifier":"b"},{"task_identifier":"c"}]
					SELECT min(task_identifier), max(task_identifier) AS last FROM runs       | [{"min":"a","last":"c"}]
					SELECT avg(usage_duration) AS m FROM runs WHERE task_identifier = 'zzz'   | [{"m":null}]
					SELECT 1 AS one, 'it''s' AS two FROM runs LIMIT 1                         | [{"one":1,"two":"it's"}]
					SELECT count() AS n FROM runs WHERE completed_at != '2000-01-01'          | [{"n":1}]
					SELECT count() AS n FROM runs WHERE attempt_count = '1'                   | [{"n":1}]
					SELECT task_identifier FROM runs LIMIT 0                                  | []
					SELECT task_identifier AS queue FROM runs WHERE is_finished = 1           | [{"queue":"a"}]
					""")
	void resultsAreThoseOfServers(String query, String results) {
		Reply reply = query(query);
		assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
		assertThat(reply.json().path("results")).isEqualTo(Json.parse(results));
	}

	@Test
	void starMeansTheMostImportantColumns() {
		assertThat(query("SELECT * FROM runs LIMIT 1").json().path("results").path(0).propertyNames())
			.containsExactly("run_id", "status", "task_identifier", "triggered_at");
	}

	@Test
	void longQueryIsReadLikeAShortOne() {
		String runs = String.join(", ", Collections.nCopies(600, "'run_cmkbv9jgs0000ofabcdefghij'"));
		String text = "x".repeat(20_000);
		assertThat(tasks("run_id IN (" + runs + ")")).isEmpty();
		assertThat(tasks("run_id NOT IN (" + runs + ") AND task_identifier = 'a'")).containsExactly("a");
		assertThat(tasks("task_identifier != '" + text + "' AND task_identifier = 'a'")).containsExactly("a");
		assertThat(tasks("task_identifier != '" + "it''s ".repeat(4_000) + "'")).hasSize(3);
		assertThat(tasks("(task_identifier, run_id) > ('" + text + "', '" + text + "')")).isEmpty();
		assertThat(tasks(String.join(" AND ", Collections.nCopies(1_000, "task_identifier = 'a'"))))
			.containsExactly("a");
		assertThat(tasks(String.join(" OR ", Collections.nCopies(1_000, "task_identifier = 'a'"))))
			.containsExactly("a");
		assertThat(tasks("or(" + String.join(", ", Collections.nCopies(1_000, "task_identifier = 'a'")) + ")"))
			.containsExactly("a");
		Reply second = query("SELECT run_id FROM runs WHERE task_identifier = '" + text + "'; SELECT 1");
		assertThat(second.status()).isEqualTo(400);
		assertThat(second.error()).contains("mismatched input 'SELECT' expecting <EOF>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "or(", "and(task_identifier = 'a', " })
	void conditionsWithinEachOtherAreReadToASaneDepth(String open) {
		assertThat(tasks(open.repeat(20) + "task_identifier = 'a'" + ")".repeat(20))).containsExactly("a");
		int depth = 20_000 / (open.length() + 1);
		Reply reply = query("SELECT task_identifier FROM runs WHERE " + open.repeat(depth) + "task_identifier = 'a'"
				+ ")".repeat(depth));
		assertThat(reply.status()).isEqualTo(400);
		assertThat(reply.error()).startsWith("The emulator does not understand the condition: ");
	}

	private List<String> tasks(String condition) {
		Reply reply = query("SELECT task_identifier FROM runs WHERE " + condition);
		assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
		return reply.json().path("results").valueStream().map((row) -> text(row.path("task_identifier"))).toList();
	}

	private static String text(JsonNode node) {
		return node.asString();
	}

	private Reply query(String query) {
		return this.prod.post("/api/v1/query", Map.of("query", query));
	}

}
