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

package dev.trigger.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.http.LoopbackServer;
import dev.trigger.spring.http.LoopbackServer.Received;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.options.TriggerOptions;
import dev.trigger.spring.run.MetadataUpdateOptions;
import dev.trigger.spring.run.RunQuery;
import dev.trigger.spring.run.RunStatus;
import dev.trigger.spring.run.RunSummary;
import dev.trigger.spring.schedule.ScheduleOptions;
import dev.trigger.spring.session.SessionTriggerOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for what callers pass to operations: it is sent as it is meant, or refused before
 * any request, naming the argument and the remedy.
 */
class InputTests extends AbstractInputTests {

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void optionIsRefusedBeforeAnyRequest(String name, Consumer<TriggerOptions.Builder> options, String... words) {
		assertRefused(options, words);
	}

	static Stream<Arguments> optionIsRefusedBeforeAnyRequest() {
		String none = null;
		return Stream.of(refused("null part of a key", (o) -> o.idempotencyKey("welcome", none), "Part 2", "null"),
				refused("null key", (o) -> o.idempotencyKey(none, "a"), "Part 1", "null"),
				refused("empty part of a key", (o) -> o.idempotencyKey("welcome", ""), "Part 2", "empty"),
				refused("NUL in a key", (o) -> o.idempotencyKey("a\0b"), "Part 1", "NUL"),
				refused("long key", (o) -> o.idempotencyKey("k".repeat(2049)), "'idempotencyKey'", "2048", "2049"),
				refused("long key of parts", (o) -> o.idempotencyKey("k".repeat(1024), "k".repeat(1024)), "2049"),
				refused("two units", (o) -> o.idempotencyKeyTtl("1h30m"), "'idempotencyKeyTtl'", "90m", "30 days"),
				refused("weeks", (o) -> o.idempotencyKeyTtl("2w"), "'idempotencyKeyTtl'", "2w"),
				refused("a date", (o) -> o.idempotencyKeyTtl("2024-01-01"), "'idempotencyKeyTtl'"),
				refused("negative text", (o) -> o.idempotencyKeyTtl("-5s"), "'idempotencyKeyTtl'"),
				refused("negative time", (o) -> o.idempotencyKeyTtl(Duration.ofSeconds(-5)), "'idempotencyKeyTtl'"),
				refused("endless time", (o) -> o.idempotencyKeyTtl(Duration.ofSeconds(Long.MAX_VALUE)), "36500 days"),
				refused("tag of 129 characters", (o) -> o.tags("t".repeat(129)), "128", "129"),
				refused("single tag of 129 characters", (o) -> o.tag("t".repeat(129)), "128"),
				refused("empty tag", (o) -> o.tag(""), "A tag must have 1"),
				refused("null tag", (o) -> o.tags("a", null), "'tags'", "element 2"),
				refused("null in a list of tags", (o) -> o.tags(Arrays.asList(null, "a")), "'tags'", "element 1"),
				refused("null for tags", (o) -> o.tags((List<String>) null), "'tags' must not be null"),
				refused("11 tags", (o) -> o.tags("abcdefghijk".split("")), "10", "11"),
				refused("three limits", (o) -> o.concurrencyLimits("a", "b", "c"), "'concurrencyLimits'", "2"),
				refused("null limit", (o) -> o.concurrencyLimits("a", null), "'concurrencyLimits'"),
				refused("negative delay", (o) -> o.delay(Duration.ofSeconds(-1)), "'delay'"),
				refused("null delay", (o) -> o.delay((Duration) null), "'delay'"),
				refused("null region", (o) -> o.region(null), "'region'"),
				refused("debounce without delay", (o) -> o.debounce((debounce) -> debounce.key("k")), "'delay'"),
				refused("debounce that merges nothing",
						(o) -> o.debounce((debounce) -> debounce.key("k")
							.maxDelay(Duration.ofMillis(9_800))
							.delay(Duration.ofMillis(9_200))),
						"'maxDelay'", "longer than 'delay'"));
	}

	@Test
	void keysOfTwoUsersOfWhomOneHasNoIdAreNotTheSame() {
		String body = sent((options) -> options.idempotencyKey("welcome", "null"));
		assertThat(body).contains(IdempotencyKey.of("welcome", "null").value());
		String none = null;
		assertThatIllegalArgumentException().isThrownBy(() -> IdempotencyKey.of("welcome", none));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> IdempotencyKey.create(IdempotencyKey.Scope.GLOBAL, "welcome", none))
			.withMessageContaining("Part 2");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> IdempotencyKey.createWithin(IdempotencyKey.Scope.RUN, "run_1", 1, none))
			.withMessageContaining("Part 1");
	}

	@Test
	void partsOfAKeyAreJoinedAsTheSdkDoes() {
		assertThat(IdempotencyKey.of("a-b", "c")).isEqualTo(IdempotencyKey.of("a", "b-c"));
	}

	@Test
	void timeToLiveOfEveryKeyHasOneUnit() {
		assertThat(sent((options) -> options.idempotencyKeyTtl(Duration.ofMinutes(90))))
			.contains("\"idempotencyKeyTTL\":\"90m\"");
		assertThat(sent((options) -> options.idempotencyKeyTtl(Duration.ofSeconds(3661))))
			.contains("\"idempotencyKeyTTL\":\"3661s\"");
		assertThat(sent((options) -> options.idempotencyKeyTtl(Duration.ofHours(48))))
			.contains("\"idempotencyKeyTTL\":\"2d\"");
		this.server.respond(200, "{\"id\":\"waitpoint_1\",\"isCached\":false,\"url\":\"u\"}");
		this.trigger.waitpoints()
			.create((token) -> token.idempotencyKeyTtl(Duration.ofMinutes(90)).timeout(Duration.ofMinutes(90)))
			.block();
		assertThat(last()).startsWith("{\"idempotencyKeyTTL\":\"90m\",\"timeout\":\"1h30m\",\"idempotencyKey\":\"");
		this.server.respond(200, "{\"id\":\"run_2\"}");
		this.trigger.runs()
			.replay("run_1", (replay) -> replay.options((options) -> options.idempotencyKeyTtl(Duration.ofMinutes(90))))
			.block();
		assertThat(last()).isEqualTo("{\"idempotencyKeyTTL\":\"90m\"}");
		this.server.respond(200, "{\"id\":\"waitpoint_1\",\"isCached\":false}");
		this.trigger.webhooks()
			.waiters()
			.create("wh_1", (waiter) -> waiter.idempotencyKeyTtl(Duration.ofMinutes(90)))
			.block();
		assertThat(last()).contains("\"idempotencyKeyTTL\":\"90m\"");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.waitpoints().create((token) -> token.idempotencyKeyTtl("1h30m")).block())
			.withMessageContaining("'idempotencyKeyTtl'");
	}

	/**
	 * The server would apply the changes to what was to be replaced.
	 */
	@Test
	void replacementOfMetadataIsNotCombinedWithChangesOfTheRun() {
		Map<String, Integer> metadata = Map.of("a", 1);
		for (Consumer<MetadataUpdateOptions.Builder> changes : List.<Consumer<MetadataUpdateOptions.Builder>>of(
				(run) -> run.replace(metadata).set("b", 2), (run) -> {
					run.increment("b", 2);
					run.replace(metadata);
				})) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.trigger.runs().details("run_1").updateMetadata(changes).block())
				.withMessageContaining("'replace'")
				.withMessageContaining("of their own");
		}
		assertThat(this.server.received()).isEmpty();
		this.server.respond(200, "{\"metadata\":{}}");
		this.trigger.runs()
			.details("run_1")
			.updateMetadata((run) -> run.replace(metadata).parent((parent) -> parent.set("c", 3)))
			.block();
		assertThat(last()).contains("\"metadata\":{\"a\":1}").contains("\"parentOperations\":[");
	}

	@Test
	void concurrencyLimitsOfSessionsAreCheckedLikeThoseOfRuns() {
		for (String[] names : new String[][] { { "a", "b", "c" }, { "a b" }, { "" } }) {
			assertThatIllegalArgumentException().isThrownBy(
					() -> SessionTriggerOptions.of((trigger) -> trigger.basePayload(Map.of()).concurrencyLimits(names)))
				.withMessageContaining("oncurrency");
		}
	}

	private String last() {
		return this.server.received().get(this.server.received().size() - 1).body();
	}

	@Test
	void keysThatAreSentAsTheyAreAreCheckedToo() {
		for (String key : List.of("", "a\0b", "k".repeat(2049))) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.trigger.waitpoints().create((token) -> token.idempotencyKey(key)).block());
		}
		IdempotencyKey long3000 = IdempotencyKey.create(IdempotencyKey.Scope.GLOBAL, "k".repeat(3000));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.runs()
				.replay("run_1", (replay) -> replay.options((options) -> options.idempotencyKey(long3000)))
				.block())
			.withMessageContaining("2048");
		assertThat(this.server.received()).isEmpty();
		assertThat(sent((options) -> options.idempotencyKey("k".repeat(2048)))).contains("idempotencyKey");
	}

	@Test
	void tagOf128CharactersAndTwoLimitsAreSent() {
		assertThat(sent((options) -> options.tags("t".repeat(128)).concurrencyLimits("a", "b")))
			.contains("t".repeat(128))
			.contains("\"concurrency\":[\"a\",\"b\"]");
		this.server.respond(200, "{}");
		this.trigger.runs().addTags("run_1", List.of("t".repeat(128))).block();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.runs().addTags("run_1", List.of("t".repeat(129))).block());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.runs().addTags("run_1", Arrays.asList("a", null)).block())
			.withMessageContaining("element 2");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void commaInAFilterIsRefused(String parameter, Flux<?> list) {
		StepVerifier.create(list)
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining(parameter)
				.hasMessageContaining("comma"));
		assertThat(this.server.received()).isEmpty();
	}

	static Stream<Arguments> commaInAFilterIsRefused() {
		TriggerOperations trigger = TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1"))
			.apiUrl("http://127.0.0.1:9")
			.build();
		return Stream.of(arguments("filter[tag]", trigger.runs().list((query) -> query.tags("a", "b,c"))),
				arguments("filter[version]", trigger.runs().list((query) -> query.versions("1,2"))),
				arguments("filter[status]", trigger.runs().list((query) -> query.statuses(new RunStatus("A,B")))),
				arguments("filter[machine]", trigger.runs().list((query) -> query.machines(new MachinePreset("a,b")))),
				arguments("filter[tags]", trigger.sessions().list((query) -> query.tags("a,b"))),
				arguments("filter[tags]", trigger.waitpoints().list((query) -> query.tags("a,b"))),
				arguments("filter[taskIdentifier]", trigger.errors().list((query) -> query.taskIdentifiers("a,b"))),
				arguments("filter[endpoint]", trigger.webhooks().deliveries().list((query) -> query.endpoints("a,b"))));
	}

	/**
	 * Every server that the client knows takes these, and no name or slug.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "proj_1234", "proj_acmeacmeacmeacmeacme", "proj_A-b_1" })
	void refOfProjectIsSent(String ref) {
		this.server.respond(200, "{\"id\":\"1\",\"externalRef\":\"" + ref + "\"}");
		client("tr_pat_0123456789abcdef0123456789abPAT1").project(ref).retrieve().onErrorComplete().block();
		assertThat(this.server.received()).extracting(Received::uri).containsExactly("/api/v1/projects/" + ref);
	}

	@ParameterizedTest
	@ValueSource(strings = { "my-project", "proj_", "proj_a b", "PROJ_1234", " proj_1234", "proj_1/envvars",
			"tr_dev_0123456789abcdefDEV1" })
	void whatIsNoRefOfProjectIsRefused(String ref) {
		for (ThrowingCallable call : List.<ThrowingCallable>of(() -> this.trigger.project(ref),
				() -> RunQuery.of((query) -> query.projectRef(ref)),
				() -> TriggerTemplate.builder(TriggerCredential.of("tr_dev_0123456789abcdefDEV1")).projectRef(ref))) {
			assertThatIllegalArgumentException().isThrownBy(call)
				.withMessageContaining("'projectRef'")
				.withMessageContaining("proj_1234")
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("0123456789abcdef"));
		}
	}

	@Test
	void runsOfSeveralEnvironmentsAreMergedByTime() {
		TriggerOperations personal = client("tr_pat_0123456789abcdef0123456789abPAT1");
		this.server.respond(200, page("next", run("d3", 30), run("d2", 20)))
			.respond(200, page(null, run("p3", 25), run("p1", 5)))
			.respond(200, page(null, run("d1", 10)));
		RunQuery query = RunQuery
			.of((runs) -> runs.environments(TriggerEnvironment.DEV, TriggerEnvironment.PROD).tags("a").size(2));
		StepVerifier.create(personal.runs().list(query).map(RunSummary::id))
			.expectNext("d3", "p3", "d2", "d1", "p1")
			.verifyComplete();
		assertThat(this.server.received()).extracting(Received::uri)
			.allMatch((uri) -> uri.startsWith("/api/v1/projects/proj_1/runs?filter%5Benv%5D="))
			.anyMatch((uri) -> uri.contains("%5D=dev&"))
			.anyMatch((uri) -> uri.contains("%5D=prod&"))
			.noneMatch((uri) -> uri.contains("dev%2Cprod"));
	}

	@Test
	void pageOrCursorOfSeveralEnvironmentsIsRefused() {
		TriggerOperations personal = client("tr_pat_0123456789abcdef0123456789abPAT1");
		RunQuery query = RunQuery.of((runs) -> runs.environments(TriggerEnvironment.DEV, TriggerEnvironment.PROD));
		assertThatIllegalArgumentException().isThrownBy(() -> personal.runs().page(query).block())
			.withMessageContaining("use list");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> personal.runs().list(query.with((runs) -> runs.after("c"))).blockLast())
			.withMessageContaining("cursor");
		assertThat(this.server.received()).isEmpty();
	}

	private static String page(String next, String... runs) {
		return "{\"data\":[" + String.join(",", runs) + "],\"pagination\":{"
				+ ((next != null) ? "\"next\":\"" + next + "\"" : "") + "}}";
	}

	private static String run(String id, int second) {
		return "{\"id\":\"" + id + "\",\"status\":\"COMPLETED\",\"taskIdentifier\":\"t\",\"createdAt\":\""
				+ Instant.ofEpochSecond(1_700_000_000 + second) + "\",\"updatedAt\":\"2023-11-14T22:13:20Z\"}";
	}

	@Test
	void waitpointIsCompletedWithNullOrWithoutData() {
		this.server.respond(200, "{\"success\":true}").respond(200, "{\"success\":true}");
		this.trigger.waitpoints().complete("waitpoint_1", null).block();
		assertThat(last()).isEqualTo("{\"data\":null}");
		this.trigger.waitpoints().complete("waitpoint_1").block();
		assertThat(last()).isEqualTo("{}");
	}

	@Test
	void sessionUpdateRemovesWhatIsNull() {
		this.server.respond(200, "{\"id\":\"session_1\"}");
		this.trigger.sessions().update("session_1", (session) -> session.metadata(null).tags(List.of())).block();
		assertThat(last()).isEqualTo("{\"metadata\":null,\"tags\":[]}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Z", "UTC", "GMT", "Etc/UTC", "+00:00", "UTC+0", "Zulu", "Etc/Greenwich" })
	void everyNameOfUtcIsUtc(String zone) {
		assertThat(timezone(ZoneId.of(zone))).contains("\"timezone\":\"UTC\"");
	}

	@Test
	void zoneWithoutAnIanaNameIsRefused() {
		assertThat(timezone(ZoneOffset.UTC)).contains("\"timezone\":\"UTC\"");
		assertThat(timezone(ZoneId.of("Europe/Berlin"))).contains("\"timezone\":\"Europe/Berlin\"");
		for (String zone : List.of("+05:30", "UTC+02:00", "GMT+2", "-03:00")) {
			assertThatIllegalArgumentException()
				.isThrownBy(() -> ScheduleOptions.of((schedule) -> schedule.timezone(ZoneId.of(zone))))
				.withMessageContaining("'timezone'")
				.withMessageContaining("IANA");
		}
	}

	private String timezone(ZoneId zone) {
		this.server.respond(200, "{\"id\":\"sched_1\"}");
		this.trigger.schedules()
			.create((schedule) -> schedule.task("t").cron("0 3 * * *").deduplicationKey("d").timezone(zone))
			.onErrorComplete()
			.block();
		return last();
	}

	@Test
	void valuesOfImportedVariablesAreNotNull() {
		Map<String, String> variables = new java.util.HashMap<>();
		variables.put("DATABASE_URL", null);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.envVars(TriggerEnvironment.DEV)
				.upload((values) -> values.variables(variables))
				.block())
			.withMessageContaining("DATABASE_URL");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void replayRefusesWhatItCannotChange() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.runs()
				.replay("run_1", (replay) -> replay.options((options) -> options.test(true).concurrencyLimits("a")))
				.block())
			.withMessageContaining("concurrency, test");
	}

	@Test
	void moreThanOneThousandPayloadsBecomeSeveralBatches() {
		for (String id : List.of("batch_1", "batch_2")) {
			this.server.respond(202, "{\"id\":\"" + id + "\",\"runCount\":1000,\"isCached\":false}")
				.respond(202, "{\"id\":\"" + id + "\",\"itemsAccepted\":1000,\"sealed\":true}");
		}
		List<Object> payloads = Flux.range(0, 1001).cast(Object.class).collectList().block();
		StepVerifier.create(this.trigger.tasks().batchTrigger(TASK, payloads).map((batch) -> batch.id()))
			.expectNext("batch_1", "batch_2")
			.verifyComplete();
		assertThat(this.server.received().get(2).body()).contains("\"runCount\":1,");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.trigger.tasks().batchTrigger(TASK, List.of()).blockLast());
	}

}
