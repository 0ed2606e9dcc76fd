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

package dev.trigger.spring.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.run.RunStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TriggerQuery}, with a server on loopback.
 */
class TriggerQueryTests {

	private final LoopbackServer server = new LoopbackServer();

	private final TriggerOperations trigger = TriggerTemplate
		.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
		.apiUrl(this.server.url())
		.build();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private String sent(TriggerQuery query) {
		this.server.respond(200, "{\"format\":\"json\",\"results\":[]}");
		this.trigger.query().execute(query).block();
		String body = this.server.received().get(this.server.received().size() - 1).body();
		return JsonMapper.shared().readTree(body).path("query").stringValue();
	}

	private String bound(Object value) {
		return sent(TriggerQuery.of("SELECT a WHERE b = :v").bind("v", value))
			.substring("SELECT a WHERE b = ".length());
	}

	@Test
	void valuesAreLiteralsThatDoNotEndEarly() {
		assertThat(bound("send-welcome")).isEqualTo("'send-welcome'");
		assertThat(bound("x' OR 1 = 1 --")).isEqualTo("'x'' OR 1 = 1 --'");
		assertThat(bound("''")).isEqualTo("''''''");
		assertThat(bound("\u00e9\n{%} /* :v */")).isEqualTo("'\u00e9\n{%} /* :v */'");
		assertThat(bound(5)).isEqualTo("5");
		assertThat(bound(new BigDecimal("1E+3"))).isEqualTo("1000");
		assertThat(bound(true)).isEqualTo("true");
		assertThat(bound(Instant.parse("2026-11-26T14:30:47.804Z"))).isEqualTo("'2026-11-26T14:30:47.804Z'");
		assertThat(bound(RunStatus.TIMED_OUT)).isEqualTo("'Timed out'");
		assertThat(bound(RunStatus.COMPLETED)).isEqualTo("'Completed'");
		assertThat(bound(List.of(RunStatus.FAILED, "o'clock", 1))).isEqualTo("('Failed', 'o''clock', 1)");
	}

	@Test
	void negativeNumberDoesNotBeginAComment() {
		TriggerQuery query = TriggerQuery.of("SELECT a FROM runs WHERE a > 10 -:b AND c = d").bind("b", -5);
		assertThat(sent(query)).isEqualTo("SELECT a FROM runs WHERE a > 10 - -5 AND c = d");
		assertThat(bound(-5)).isEqualTo("-5");
		assertThat(bound(List.of(1, -0.5))).isEqualTo("(1, -0.5)");
	}

	@Test
	void numberOfManyDigitsIsRefused() {
		assertThat(bound(new BigDecimal("1E+999"))).hasSize(1000);
		assertThat(bound(new BigDecimal("1E-1000"))).hasSize(1002);
		for (String number : List.of("1E+1000", "1E-1001", "1E+1000000000", "1E-1000000000")) {
			assertThatIllegalArgumentException().isThrownBy(() -> bound(new BigDecimal(number)))
				.withMessageContaining("':v'")
				.withMessageContaining("1000 digits");
		}
	}

	@Test
	void valuesThatCannotBeWrittenAreRefused() {
		TriggerQuery query = TriggerQuery.of("SELECT a WHERE b = :value");
		for (Object value : new Object[] { "a\\nb", "a\0b", Double.NaN, List.of(), new Object(), List.of("\\") }) {
			assertThatIllegalArgumentException().as("%s", value)
				.isThrownBy(() -> query.bind("value", value))
				.withMessageContaining("':value'");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> query.bind("value", null))
			.withMessageContaining("IS NULL");
	}

	@Test
	void parametersAndValuesBelongTogether() {
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerQuery.of("SELECT 1").bind("task", "a"))
			.withMessageContaining("':task'");
		TriggerQuery query = TriggerQuery.of("SELECT a FROM runs WHERE b = :b AND c = :c").bind("b", 1);
		assertThatIllegalArgumentException().isThrownBy(() -> this.trigger.query().execute(query).block())
			.withMessageContaining("bind(\"c\"");
		assertThat(this.server.received()).isEmpty();
		assertThat(sent(query.bind("c", 2).bind("b", 3))).isEqualTo("SELECT a FROM runs WHERE b = 3 AND c = 2");
	}

	@Test
	void textInQuotesAndCommentsHasNoParameters() {
		String text = "SELECT ':a', \"b:c\", x::Int -- :d AND (e OR f)\n/* :g */ FROM runs WHERE h = ' it''s (:i) '";
		assertThat(sent(TriggerQuery.of(text))).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1 FROM runs WHERE a AND (b OR c)",
			"SELECT 1 FROM runs WHERE (a AND b) OR (a AND c)", "SELECT 1 FROM runs WHERE a AND b OR c",
			"SELECT 1 FROM runs WHERE t > 1 OR (t = 1 AND id > 2) LIMIT 5", "select 1 from runs where a and ((b or c))",
			"SELECT 1 FROM runs WHERE a = 1 HAVING x OR (y AND z)", "SELECT if(a AND (b OR c), 1, 2) FROM runs",
			"SELECT 1 FROM (SELECT 2 FROM runs WHERE a OR (b AND c))", "SELECT 1 FROM runs WHERE NOT (a AND (b OR c))",
			"SELECT 1 FROM runs WHERE a BETWEEN 1 AND 2 AND (b OR c)" })
	void nestedConditionsAreRefusedWithTheFormThatWorks(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> TriggerQuery.of(text))
			.withMessageContaining("or(b, c)")
			.withMessageContaining("IN")
			.withMessageContaining("tuples");
	}

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1 FROM runs WHERE a AND or(b, c)", "SELECT 1 FROM runs WHERE a OR b OR (c OR d)",
			"SELECT 1 FROM runs WHERE (a AND (b AND c))", "SELECT 1 FROM runs WHERE a AND NOT (b AND c)",
			"SELECT 1 FROM runs WHERE a OR NOT (b AND c)", "SELECT 1 FROM runs WHERE a BETWEEN 1 AND 2 OR b",
			"SELECT 1 FROM runs WHERE (a, b) > (1, 2) OR c", "SELECT 1 FROM runs WHERE status IN ('A', 'B') AND c",
			"SELECT a OR b, c AND d FROM runs WHERE e AND f", "SELECT 1 FROM runs WHERE status = 'a AND (b OR c)'",
			"SELECT CASE WHEN a AND b THEN 1 ELSE 0 END FROM runs WHERE c OR d",
			"SELECT countIf(a OR b) AS n FROM runs WHERE c AND d",
			"SELECT 1 FROM runs WHERE x IN (SELECT y FROM runs WHERE a OR b) AND c",
			"SELECT 1 FROM runs WHERE (a OR b) GROUP BY c" })
	void otherConditionsAreSentAsTheyAre(String text) {
		assertThat(sent(TriggerQuery.of(text))).isEqualTo(text);
	}

	@Test
	void titlesOfStatusesAreThoseOfRuns() {
		this.server.respond(200,
				"{\"format\":\"json\",\"results\":[{\"status\":\"Timed out\"},{\"status\":\"Completed\"},"
						+ "{\"status\":\"System failure\"},{\"status\":\"QUEUED\"},{\"status\":\"Something new\"}]}");
		List<Row> rows = this.trigger.query().execute(TriggerQuery.of("SELECT status FROM runs"), Row.class).block();
		assertThat(rows).extracting(Row::status)
			.containsExactly(RunStatus.TIMED_OUT, RunStatus.COMPLETED, RunStatus.SYSTEM_FAILURE, RunStatus.QUEUED,
					new RunStatus("SOMETHING_NEW"));
	}

	/**
	 * A row.
	 *
	 * @param status the status
	 */
	record Row(RunStatus status) {

	}

}
