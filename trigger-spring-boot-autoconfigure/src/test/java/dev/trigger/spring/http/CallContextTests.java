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
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerConnectionException;
import io.micrometer.common.KeyValue;
import io.micrometer.common.docs.KeyName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CallContext}: what a call knows of itself.
 */
class CallContextTests {

	private static final String SECRET_KEY = "tr_dev_0123456789abcdefDEV1";

	private static final String TOKEN = "tr_pat_0123456789abcdef0123456789abPAT1";

	private final AtomicReference<CallContext> seen = new AtomicReference<>();

	private TriggerHttp http(String credential, UnaryOperator<CallSettings> settings) {
		return TriggerHttp
			.builder("http://localhost:1",
					new CallSettings(TriggerCredentials.of(TriggerCredential.of(credential)),
							PreviewBranch.of("feature/one"), "proj_1", RetryPolicy.defaults(), null))
			.webClientBuilder(WebClient.builder().filter((request, next) -> {
				this.seen.set(CallContext.of(request));
				return Mono.just(ClientResponse.create(HttpStatus.NO_CONTENT).build());
			}))
			.build()
			.with(settings);
	}

	private CallContext call(TriggerHttp http, TriggerRequest.Builder request) {
		return call(http, request, Context.empty());
	}

	private CallContext call(TriggerHttp http, TriggerRequest.Builder request, Context context) {
		http.send(request.returningNothing()).contextWrite(context).block(Duration.ofSeconds(20));
		return this.seen.get();
	}

	private static TriggerRequest.Builder retrieve() {
		return TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1");
	}

	@Test
	void requestOfAnotherClientHasNoCall() {
		ClientRequest request = ClientRequest.create(HttpMethod.GET, URI.create("http://localhost")).build();
		assertThatIllegalStateException().isThrownBy(() -> CallContext.of(request))
			.withMessage("The request was not made by TriggerHttp");
	}

	@Test
	void pollsAndWorkInTheBackgroundLetOthersGoAhead() {
		TriggerHttp http = http(SECRET_KEY, UnaryOperator.identity());
		assertThat(call(http, retrieve()).isBackground()).isFalse();
		assertThat(call(http, retrieve().poll()).isBackground()).isTrue();
		assertThat(call(http, retrieve(), Context.of(TriggerHttp.IN_BACKGROUND)).isBackground()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "RUNS_RETRIEVE, false, true", "RUNS_REPLAY, false, false", "RUNS_REPLAY, true, true" })
	void callMayBeRepeatedByItsEndpointOrWhereTheUserAcceptsIt(TriggerEndpoint endpoint, boolean accepted,
			boolean safe) {
		TriggerHttp http = http(SECRET_KEY,
				(settings) -> settings.withRetry(settings.retry().withRepeatUnsafe(accepted)));
		assertThat(call(http, TriggerRequest.to(endpoint, "run_1")).isReplaySafe()).isEqualTo(safe);
	}

	@Test
	void credentialIsRefreshedOnce() {
		CallContext call = call(http(SECRET_KEY, UnaryOperator.identity()), retrieve());
		assertThat(call.mayRefreshCredential()).isTrue();
		assertThat(call.mayRefreshCredential()).isFalse();
		assertThat(call.mayRefreshCredential()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { SECRET_KEY + ", -, dev, feature/one",
			TOKEN + ", preview, preview, feature/one", TOKEN + ", prod, prod, -" })
	void environmentAndBranchAreThoseOfTheKeyOrOfTheRequest(String credential, @Nullable String requested,
			String environment, @Nullable String branch) {
		TriggerRequest.Builder request = TriggerRequest.to(TriggerEndpoint.ENV_VARS_LIST, "proj_1", "dev");
		if (requested != null) {
			request.environment(TriggerEnvironment.of(requested));
		}
		CallContext call = call(http(credential, UnaryOperator.identity()), request);
		assertThat(call.targetEnvironment()).isEqualTo(TriggerEnvironment.of(environment));
		assertThat(call.branch()).isEqualTo(branch);
	}

	@Test
	void tokenWithoutEnvironmentAndEndpointWithoutBranchesNameNone() {
		CallContext call = call(http(TOKEN, UnaryOperator.identity()),
				TriggerRequest.to(TriggerEndpoint.PROJECTS_LIST));
		assertThat(call.targetEnvironment()).isNull();
		assertThat(call.branch()).isNull();
		CallContext open = call(http(SECRET_KEY, UnaryOperator.identity()),
				TriggerRequest.to(TriggerEndpoint.SCHEDULES_TIMEZONES));
		assertThat(open.targetEnvironment()).isNull();
		assertThat(open.credential()).isNull();
		assertThat(open.branch()).isNull();
	}

	@Test
	void credentialsOfTheClientAreItsOwn() {
		assertThat(call(http(SECRET_KEY, UnaryOperator.identity()), retrieve()).usesOwnCredentials()).isTrue();
		TriggerHttp other = http(SECRET_KEY, (settings) -> settings
			.withCredentials(TriggerCredentials.of(TriggerCredential.of("tr_dev_0123456789abcdefDEV2"))));
		assertThat(call(other, retrieve()).usesOwnCredentials()).isFalse();
	}

	@Test
	void secretsAreMaskedAlsoThoseThatDoNotLookLikeOne() {
		CallContext call = call(http("unknown-form-of-key", UnaryOperator.identity()), retrieve());
		assertThat(call.redact("key unknown-form-of-key, " + SECRET_KEY + " and ?sig=c0ffee")).doesNotContain("form-of")
			.doesNotContain("0123456789abcdef")
			.doesNotContain("c0ffee")
			.contains(call.credential().toString());
		CallContext callback = call(http(SECRET_KEY, UnaryOperator.identity()),
				TriggerRequest.to(TriggerEndpoint.WAIT_COMPLETE_TOKEN_BY_CALLBACK, "waitpoint_1", "hash-of-it"));
		assertThat(callback.redact("hash-of-it of waitpoint_1")).isEqualTo("**** of waitpoint_1");
	}

	@Test
	void failureThatFollowsALostResponseNamesIt() {
		CallContext call = call(http(SECRET_KEY, UnaryOperator.identity()), retrieve());
		assertThat(call.lastFailure()).isNull();
		Throwable unsent = new TriggerConnectionException(null, "unsent", true, null);
		Throwable lost = new TriggerConnectionException(null, "lost", false, null);
		Throwable refused = RetryRulesTests.status(400);
		for (Throwable failure : List.of(unsent, lost, refused)) {
			call.failed(failure);
			assertThat(call.lastFailure()).isSameAs(failure);
		}
		assertThat(unsent.getSuppressed()).isEmpty();
		assertThat(lost.getSuppressed()).isEmpty();
		assertThat(refused.getSuppressed()).containsExactly(lost);
	}

	@Test
	void retryWithoutKnownFailureIsLogged() {
		CallContext call = call(http(SECRET_KEY, UnaryOperator.identity()), retrieve());
		Logger logger = (Logger) LoggerFactory.getLogger(CallLog.CATEGORY);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.list = new CopyOnWriteArrayList<>();
		appender.start();
		Level level = logger.getLevel();
		logger.setLevel(Level.DEBUG);
		logger.addAppender(appender);
		try {
			call.retryAfter(7, 5);
		}
		finally {
			logger.detachAppender(appender);
			logger.setLevel(level);
		}
		assertThat(call.retryTokens()).isEqualTo(5);
		assertThat(appender.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly(
					"[default] runs.retrieve (GET /api/v3/runs/{runId}): attempt 2 of 5 in 7 ms, since attempt "
							+ "1 failed: unknown");
	}

	@Test
	void keysOfTheObservationAreThoseThatAreDocumented() {
		CallContext call = call(http(SECRET_KEY, UnaryOperator.identity()), retrieve());
		TriggerObservationConvention convention = new DefaultTriggerObservationConvention();
		assertThat(convention.getLowCardinalityKeyValues(call)).extracting(KeyValue::getKey)
			.containsExactlyInAnyOrderElementsOf(
					Arrays.stream(TriggerObservationDocumentation.CALL.getLowCardinalityKeyNames())
						.map(KeyName::asString)
						.toList());
		assertThat(convention.getHighCardinalityKeyValues(call)).isEmpty();
		assertThat(TriggerObservationDocumentation.CALL.getDefaultConvention())
			.isEqualTo(CallObservationConvention.class);
		assertThat(call.mode()).isEqualTo(AuthMode.SECRET_KEY);
	}

}
