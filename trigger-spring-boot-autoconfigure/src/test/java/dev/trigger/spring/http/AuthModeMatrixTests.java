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

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.UnsupportedAuthModeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Calls every endpoint with every kind of credential.
 */
class AuthModeMatrixTests {

	private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

	private static final Map<AuthMode, TriggerCredential> CREDENTIALS = credentials();

	private final LoopbackServer server = new LoopbackServer();

	private static Map<AuthMode, TriggerCredential> credentials() {
		Map<AuthMode, TriggerCredential> credentials = new EnumMap<>(AuthMode.class);
		// the claims of the last one are {"sub":"env_1","pub":true}
		for (String token : List.of("tr_prod_0123456789abcdefPRD1", "tr_pat_0123456789abcdef0123456789abPAT1",
				"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJlbnZfMSIsInB1YiI6dHJ1ZX0.c2ln")) {
			TriggerCredential credential = TriggerCredential.of(token);
			credentials.put(credential.mode(), credential);
		}
		return credentials;
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@MethodSource("unacceptedModes")
	void credentialThatIsNotAcceptedIsRefusedBeforeAnyRequest(TriggerEndpoint endpoint, AuthMode mode) {
		assertThatExceptionOfType(UnsupportedAuthModeException.class)
			.isThrownBy(() -> call(endpoint, TriggerCredentials.of(CREDENTIALS.get(mode))))
			.withMessageContaining(endpoint.operation())
			.satisfies((ex) -> assertThat(ex.getAcceptedModes()).isEqualTo(endpoint.authModes()))
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain(CREDENTIALS.get(mode).token()));
		assertThat(this.server.received()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("acceptedModes")
	void credentialThatIsAcceptedArrives(TriggerEndpoint endpoint, AuthMode mode) {
		this.server.respond(200, "{}");
		call(endpoint, TriggerCredentials.of(CREDENTIALS.get(mode)));
		assertThat(this.server.received()).hasSize(1);
		LoopbackServer.Received received = this.server.received().get(0);
		assertThat(received.method()).isEqualTo(endpoint.method().name());
		assertThat(received.uri()).matches(VARIABLE.matcher(endpoint.path()).replaceAll("[^/]+"));
		assertThat(received.header("authorization")).isEqualTo("Bearer " + CREDENTIALS.get(mode).token());
	}

	@ParameterizedTest
	@EnumSource
	void withoutCredentialOnlyOpenEndpointsAreCalled(TriggerEndpoint endpoint) {
		if (endpoint.authModes().contains(AuthMode.NONE)) {
			this.server.respond(200, "{}");
			call(endpoint, TriggerCredentials.none());
			assertThat(this.server.received()).hasSize(1);
			return;
		}
		assertThatExceptionOfType(UnsupportedAuthModeException.class)
			.isThrownBy(() -> call(endpoint, TriggerCredentials.none()));
		assertThat(this.server.received()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("openEndpoints")
	void openEndpointNeverSeesCredential(TriggerEndpoint endpoint) {
		this.server.respond(200, "{}");
		call(endpoint, TriggerCredentials.of(CREDENTIALS.values().toArray(TriggerCredential[]::new)));
		assertThat(this.server.received()).singleElement()
			.satisfies((received) -> assertThat(received.header("authorization")).isNull());
	}

	static Stream<Arguments> unacceptedModes() {
		return combinations(false);
	}

	static Stream<Arguments> acceptedModes() {
		return combinations(true);
	}

	static Stream<TriggerEndpoint> openEndpoints() {
		return Arrays.stream(TriggerEndpoint.values())
			.filter((endpoint) -> endpoint.authModes().contains(AuthMode.NONE));
	}

	private static Stream<Arguments> combinations(boolean accepted) {
		return Arrays.stream(TriggerEndpoint.values())
			.filter((endpoint) -> !endpoint.authModes().contains(AuthMode.NONE))
			.flatMap((endpoint) -> CREDENTIALS.keySet()
				.stream()
				.filter((mode) -> endpoint.authModes().contains(mode) == accepted)
				.map((mode) -> Arguments.of(endpoint, mode)));
	}

	private void call(TriggerEndpoint endpoint, TriggerCredentials credentials) {
		CallSettings settings = new CallSettings(credentials, PreviewBranch.none(), null, RetryPolicy.defaults(), null);
		TriggerRequest.Builder request = TriggerRequest.to(endpoint, variables(endpoint));
		if (endpoint.path().contains("{env}")) {
			request.environment(TriggerEnvironment.PROD);
		}
		TriggerHttp.builder(this.server.url(), settings).build().send(request.returningNothing()).block();
	}

	private static String[] variables(TriggerEndpoint endpoint) {
		Matcher matcher = VARIABLE.matcher(endpoint.path());
		return matcher.results().map((variable) -> switch (variable.group(1)) {
			case "env" -> "prod";
			case "runId" -> "run_x";
			default -> "x";
		}).toArray(String[]::new);
	}

}
