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

package dev.trigger.spring.http;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for what a request may be made of: query, headers, settings and address.
 */
class RequestRulesTests {

	private static final TriggerCredential DEV = TriggerCredential.of("tr_dev_0123456789abcdefDEV1");

	private static TriggerRequest.Builder list() {
		return TriggerRequest.to(TriggerEndpoint.RUNS_LIST);
	}

	@Test
	void queryTakesValuesAsTheApiReadsThem() {
		TriggerRequest<Void> request = list().query("a", "text")
			.query("b", 3)
			.query("c", List.of("x", 2))
			.query("d", Instant.ofEpochMilli(1234))
			.query("e", List.of())
			.query("f", null)
			.returningNothing();
		assertThat(request.query()).containsExactly(entry("a", "text"), entry("b", "3"), entry("c", "x,2"),
				entry("d", "1234"));
		assertThatIllegalArgumentException().isThrownBy(() -> list().query("tags", List.of(",a")));
		assertThatIllegalArgumentException().isThrownBy(() -> list().query("tags", List.of("a", "b,c")))
			.withMessage("A value of 'tags' must not contain a comma, which separates values: 'b,c'");
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("a", 1);
		all.put("b", null);
		assertThat(list().query(all).query("c", true).returningNothing().query()).containsExactly(entry("a", "1"),
				entry("c", "true"));
	}

	@Test
	void headersAreCheckedAndLeftOutWithoutValue() {
		assertThat(list().header("x-a", "1").header("x-b", null).returningNothing().headers())
			.containsExactly(entry("x-a", "1"));
		assertThatIllegalArgumentException().isThrownBy(() -> list().header("x-a", "1\r\nx-b: 2"))
			.withMessageContaining("'x-a'");
	}

	@Test
	void bodyIsACopyOrJsonOrAStream() {
		byte[] bytes = { 1, 2 };
		TriggerRequest<Void> copied = list().body(bytes).returningNothing();
		bytes[0] = 9;
		assertThat(copied.body()).containsExactly(1, 2);
		assertThat(new String(list().json(Map.of("a", 1)).returningNothing().body())).isEqualTo("{\"a\":1}");
		Flux<byte[]> lines = Flux.empty();
		assertThat(list().ndjson(lines).returningNothing().stream()).isSameAs(lines);
	}

	@ParameterizedTest
	@CsvSource({ "RUNS_RETRIEVE, true, true", "TASKS_TRIGGER, false, true", "RUNS_REPLAY, false, true" })
	void repeatIsSafeByEndpointOrBecauseOfAKey(TriggerEndpoint endpoint, boolean byItself, boolean keyed) {
		assertThat(TriggerRequest.to(endpoint, "x").returningNothing().isReplaySafe()).isEqualTo(byItself);
		assertThat(TriggerRequest.to(endpoint, "x").replaySafe(true).returningNothing().isReplaySafe())
			.isEqualTo(keyed);
	}

	@Test
	void requestKnowsWhatItIsFor() {
		TriggerRequest<List<String>> request = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1")
			.autoKeyed(true)
			.poll()
			.returning(new ParameterizedTypeReference<List<String>>() {
			});
		assertThat(request).hasToString("runs.retrieve (GET /api/v3/runs/{runId})");
		assertThat(request.responseType()).hasToString("java.util.List<java.lang.String>");
		assertThat(request.isAutoKeyed()).isTrue();
		assertThat(request.isPoll()).isTrue();
		assertThat(request.retry().apply(RetryPolicy.defaults()).maxAttempts()).isEqualTo(1);
		assertThat(request.isProjectScoped()).isFalse();
		TriggerRequest<String> plain = list().returning(String.class);
		assertThat(plain.isPoll() || plain.isAutoKeyed()).isFalse();
		assertThat(plain.retry().apply(RetryPolicy.defaults())).isSameAs(RetryPolicy.defaults());
		assertThat(plain.responseType()).isEqualTo(String.class);
		assertThat(list().environment(TriggerEnvironment.PROD).returningNothing().isProjectScoped()).isTrue();
		assertThat(
				TriggerRequest.to(TriggerEndpoint.ENV_VARS_LIST, "proj_1", "dev").returningNothing().isProjectScoped())
			.isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "abc", "batch_1", "RUN_1" })
	void idThatIsNotOneOfARunIsRefused(String id) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RunIds.check(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, id).returningNothing()))
			.withMessage("'" + id + "' is not the id of a run, which begins with 'run_'");
		RunIds.check(TriggerRequest.to(TriggerEndpoint.BATCH_RETRIEVE, id).returningNothing());
	}

	@Test
	void keyInPlaceOfAnotherValueIsNotShown() {
		String key = "tr_prod_0123456789abcdefPRD1";
		assertThatIllegalArgumentException()
			.isThrownBy(() -> RunIds.check(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, key).returningNothing()))
			.withMessageStartingWith("'tr_prod_••••PRD1' is not");
		assertThatIllegalArgumentException().isThrownBy(() -> list().query("tags", List.of(key + ",a")))
			.withMessageEndingWith("'tr_prod_••••PRD1,a'");
	}

	@Test
	void idThatIsRefusedForAnotherReasonIsNotQuoted() {
		for (String id : List.of("run_1", " ", "x".repeat(101), "a\nb")) {
			RunIds.check(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, id).returningNothing());
		}
		String longest = "x".repeat(100);
		assertThatIllegalArgumentException().isThrownBy(
				() -> RunIds.check(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, longest).returningNothing()));
	}

	@Test
	void settingsKeepWhatIsNotChanged() {
		CallSettings defaults = new CallSettings(TriggerCredentials.of(DEV));
		assertThat(defaults.timeout()).isEqualTo(Duration.ofMinutes(2));
		assertThat(defaults.retry()).isEqualTo(RetryPolicy.defaults());
		RetryPolicy retry = RetryPolicy.defaults().withMaxAttempts(2);
		PreviewBranch branch = PreviewBranch.of("feature/one");
		CallSettings all = defaults.withBranch(branch)
			.withProjectRef("proj_1")
			.withRetry(retry)
			.withTimeout(Duration.ofSeconds(3))
			.withHeader("x-a", "1")
			.withHeader("x-b", "2");
		TriggerCredentials personal = TriggerCredentials
			.of(TriggerCredential.of("tr_pat_0123456789abcdef0123456789abPAT1"));
		for (CallSettings settings : List.of(all, all.withBranch(branch).withProjectRef("proj_1").withRetry(retry),
				all.withTimeout(Duration.ofSeconds(3)), all.withCredentials(personal))) {
			assertThat(settings.branch()).isEqualTo(branch);
			assertThat(settings.projectRef()).isEqualTo("proj_1");
			assertThat(settings.retry()).isEqualTo(retry);
			assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(3));
			assertThat(settings.headers()).containsExactly(entry("x-a", "1"), entry("x-b", "2"));
		}
		assertThat(all.withCredentials(personal).capabilities().modes())
			.containsExactly(AuthMode.PERSONAL_ACCESS_TOKEN);
		assertThat(all.capabilities().modes()).containsExactly(AuthMode.SECRET_KEY);
		assertThat(all.withTimeout(Duration.ZERO).timeout()).isNull();
		assertThat(all.withProjectRef(null).projectRef()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a:b", "caf\u00e9", "a\u007f", "a\n" })
	void nameThatIsNoneOfAHeaderIsRefused(String name) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CallSettings(TriggerCredentials.of(DEV)).withHeader(name, "1"))
			.withMessage("'name' is not the name of a header");
	}

	@Test
	void headerOfTheClientIsReservedAndValuesAreChecked() {
		CallSettings settings = new CallSettings(TriggerCredentials.of(DEV));
		assertThat(settings.withHeader("!~", "1").headers()).containsExactly(entry("!~", "1"));
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withHeader("Host", "1"))
			.withMessageContaining("'trigger.api-url'");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withHeader("x-a", "1\n2"))
			.withMessageContaining("line break");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withHeader("X-Trigger-Branch", "b"))
			.withMessageContaining("withBranch(String)");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withHeader(null, "1"))
			.withMessage("'name' must not be null");
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withHeader("x-a", null))
			.withMessage("The value of the header 'x-a' must not be null");
		CallSettings unknown = new CallSettings(TriggerCredentials.of(TriggerCredential.of("of-another-server")))
			.withHeader("X-Trigger-Branch", "b");
		assertThat(unknown.headers()).isEmpty();
		assertThat(unknown.branch().in(null)).isEqualTo("b");
	}

	@ParameterizedTest
	@CsvSource({ "https://api.example, false, https://other.example/x, true",
			"https://api.example, false, http://other.example/x, false",
			"https://api.example, false, http://API.example/x, true",
			"https://api.example, false, http://localhost:9000/x, true",
			"https://api.example, true, http://other.example/x, true", "https://api.example, false, mailto:x, false" })
	void presignedUrlIsSecureOrOfAKnownHost(String api, boolean insecure, URI url, boolean allowed) {
		assertThat(ApiUrl.of(api, insecure).allows(url)).isEqualTo(allowed);
	}

	@ParameterizedTest
	@CsvSource({ "false, https://a.example, https://b.example, true",
			"false, https://a.example, http://api.example, false", "false, http://api.example, http://localhost, true",
			"false, http://api.example, http://b.example, false", "true, https://a.example, http://b.example, true",
			"true, https://a.example, https://b.example, true", "true, http://a.example, http://b.example, true" })
	void redirectNeverLeadsAwayFromTls(boolean insecure, URI from, URI to, boolean allowed) {
		assertThat(ApiUrl.of("https://api.example", insecure).allowsRedirect(from, to)).isEqualTo(allowed);
	}

	@Test
	void addressNamesWhatIsWrongWithIt() {
		assertThat(ApiUrl.of(" https://api.example:8443/base/ ", false).toUri())
			.isEqualTo(URI.create("https://api.example:8443/base"));
		assertThat(ApiUrl.of("https://api.example", false).isTls()).isTrue();
		assertThat(ApiUrl.of("http://localhost:3030", false).isTls()).isFalse();
		assertThat(ApiUrl.of("HTTPS://api.example", false).isTls()).isTrue();
		assertRefused("https://api.example/api/v1/", "ends with '/api/v1', which the client adds itself: set "
				+ "'trigger.api-url' to 'https://api.example'");
		assertRefused("https://api.example/api", "ends with '/api'");
		assertRefused("http://api.example", "http on the host 'api.example'");
		assertRefused("https://a b", "cannot be parsed, at index ");
		assertRefused("https://u@api.example", "user information");
		assertRefused("https://api.example?a", "user information, a query or a fragment");
		assertRefused("https://api.example#a", "user information, a query or a fragment");
		assertRefused("file:///etc", "not a web address");
		assertThat(ApiUrl.of("https://api.example/apis", false)).hasToString("https://api.example/apis");
	}

	private static void assertRefused(String url, String message) {
		assertThatExceptionOfType(InvalidApiUrlException.class).isThrownBy(() -> ApiUrl.of(url, false))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.getMessage()).endsWithIgnoringCase(ex.getAction()));
	}

	@Test
	void headerIsCheckedBeforeTheConnectionWouldGarbleIt() {
		MockClientHttpRequest target = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://localhost"));
		HttpHeaders headers = new HttpHeaders();
		headers.add("x-a", "plain");
		headers.add("x-a", "caf\u00ff");
		ConnectionGuard.checkHeaders(target, headers);
		headers.add("x-a", "\u0100");
		assertThatIllegalArgumentException().isThrownBy(() -> ConnectionGuard.checkHeaders(target, headers))
			.withMessage("The header 'x-a' contains a character outside of Latin-1, which can't be sent");
	}

	@Test
	void headersOfTheApiLeaveThoseThatAreGivenAlone() {
		MockClientHttpRequest target = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://localhost"));
		HttpHeaders given = new HttpHeaders();
		given.set("User-Agent", "mine");
		ApiHeaders.addTo(target, given, true);
		assertThat(target.getHeaders().getFirst("accept")).isEqualTo("application/json");
		assertThat(target.getHeaders().getFirst("x-trigger-source")).isEqualTo("sdk");
		assertThat(target.getHeaders().containsHeader("user-agent")).isFalse();
		MockClientHttpRequest text = new MockClientHttpRequest(HttpMethod.GET, URI.create("http://localhost"));
		ApiHeaders.addTo(text, new HttpHeaders(), false);
		assertThat(text.getHeaders().containsHeader("accept")).isFalse();
		assertThat(text.getHeaders().getFirst("user-agent")).startsWith("trigger-spring-boot/");
	}

	@Test
	void settingsOfFeedsKeepWhatIsNotChanged() {
		LiveSettings settings = LiveSettings.defaults().withMaxFeeds(3).withSilenceTimeout(Duration.ofSeconds(9));
		assertThat(settings).isEqualTo(new LiveSettings(3, Duration.ofSeconds(9)));
		assertThat(settings.withMaxFeeds(0)).isEqualTo(new LiveSettings(0, Duration.ofSeconds(9)));
		assertThat(settings.withSilenceTimeout(Duration.ZERO).silenceTimeout()).isNull();
		assertThatIllegalArgumentException().isThrownBy(() -> settings.withMaxFeeds(-1))
			.withMessage("'maxFeeds' must not be negative");
	}

	@Test
	void builderRefusesWhatMakesNoSense() {
		TriggerHttpBuilder builder = TriggerHttp.builder("https://api.example",
				new CallSettings(TriggerCredentials.of(DEV)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxInMemorySize(0))
			.withMessage("'maxInMemorySize' must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.retryBudget(-1))
			.withMessage("'retryBudget' must not be negative: zero means no limit");
		TriggerHttp http = builder.maxInMemorySize(1)
			.retryBudget(0)
			.apiUrl("http://trigger.internal")
			.allowInsecure(true)
			.settings((settings) -> settings.withProjectRef("proj_1"))
			.random(() -> 0.5)
			.build();
		assertThat(http.apiUrl()).isEqualTo(URI.create("http://trigger.internal"));
		assertThat(http.settings().projectRef()).isEqualTo("proj_1");
		assertThat(http.random()).isEqualTo(0.5);
		assertThat(http.with((settings) -> settings.withProjectRef("proj_2")).settings().projectRef())
			.isEqualTo("proj_2");
	}

}
