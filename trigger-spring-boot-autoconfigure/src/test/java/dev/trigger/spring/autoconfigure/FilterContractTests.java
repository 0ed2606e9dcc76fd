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

package dev.trigger.spring.autoconfigure;

import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.autoconfigure.RecordingServer.Response;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.ExchangeFilterException;
import dev.trigger.spring.exception.NotFoundException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.http.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for filters of the application that do not do what they have to.
 */
class FilterContractTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Map<String, ExchangeFilterFunction> FILTERS = Map.of("completed without a response",
			(request, next) -> next.exchange(request).flatMap(ClientResponse::releaseBody).then(Mono.empty()),
			"returned null", FilterContractTests::returnNothing,
			"threw java.lang.NoClassDefFoundError: com/example/Library", (request, next) -> {
				throw new NoClassDefFoundError("com/example/Library");
			}, "threw java.lang.StackOverflowError", (request, next) -> {
				throw new StackOverflowError();
			});

	private final RecordingServer server = new RecordingServer((path) -> new Response(200, "{\"id\":\"run_1\"}"));

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(TriggerAutoConfiguration.class))
		.withPropertyValues("trigger.secret-key=tr_dev_0123456789abcdefDEV1", "trigger.api-url=" + this.server.url());

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "completed without a response", "returned null",
			"threw java.lang.NoClassDefFoundError: com/example/Library", "threw java.lang.StackOverflowError" })
	void filterThatGivesNoResponseIsReported(String problem) {
		ExchangeFilterFunction filter = FILTERS.get(problem);
		this.contextRunner.withBean("any", WebClientCustomizer.class, () -> (builder) -> builder.filter(filter))
			.run((context) -> assertReported(context.getBean(TriggerOperations.class), problem));
		this.contextRunner.withBean(TriggerWebClientCustomizer.class, () -> (builder) -> builder.filter(filter))
			.run((context) -> assertReported(context.getBean(TriggerOperations.class), problem));
		assertThat(this.server.requests()).hasSizeLessThanOrEqualTo(2);
	}

	private static void assertReported(TriggerOperations client, String problem) {
		assertThatExceptionOfType(ExchangeFilterException.class)
			.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
			.withMessageContaining("a filter of the application " + problem)
			.withMessageContaining("next.exchange(request)")
			.satisfies((ex) -> assertThat(ex.getEndpoint().operation()).isEqualTo("runs.retrieve"));
	}

	@Test
	void exceptionOfAFilterIsThatOfTheCall() {
		this.contextRunner.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter((request, next) -> {
			throw new IllegalStateException("circuit breaker is open");
		}))
			.run((context) -> assertThatIllegalStateException()
				.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE))
				.withMessage("circuit breaker is open"));
	}

	/**
	 * As filters do that have the errors of all clients of an application in one form.
	 */
	@Test
	void exceptionMadeOfTheResponseIsReadAsThatResponse() {
		RecordingServer failing = new RecordingServer((path) -> path.startsWith("/api/v1/tasks")
				? new Response(503, "busy") : new Response(404, "{\"error\":\"Run not found\"}"));
		try (failing) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + failing.url(), "trigger.retry.max-attempts=2",
						"trigger.retry.delay=1ms")
				.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter(makingExceptions()))
				.run((context) -> {
					TriggerOperations client = context.getBean(TriggerOperations.class);
					assertThatExceptionOfType(NotFoundException.class)
						.isThrownBy(() -> client.runs().retrieve("run_1").block(PATIENCE))
						.withMessageContaining("Run not found");
					assertThatExceptionOfType(NotFoundException.class).isThrownBy(
							() -> client.runs().list((query) -> query.tags("a b")).collectList().block(PATIENCE));
					assertThat(failing.requests()).hasSize(2);
					assertThatExceptionOfType(ServerException.class)
						.isThrownBy(() -> client.tasks().trigger("t", "a").block(PATIENCE));
					assertThat(failing.requests()).hasSize(4);
				});
		}
	}

	@Test
	void exceptionOfAnotherServerStaysAsItIs() {
		RecordingServer other = new RecordingServer((path) -> new Response(401, "no token"));
		try (other) {
			WebClient tokens = WebClient.create(other.url());
			this.contextRunner
				.withBean(WebClientCustomizer.class,
						() -> (builder) -> builder.filter((request, next) -> tokens.get()
							.uri("/token")
							.retrieve()
							.bodyToMono(String.class)
							.flatMap((token) -> next.exchange(request))))
				.run((context) -> assertThatExceptionOfType(WebClientResponseException.Unauthorized.class).isThrownBy(
						() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE)));
			assertThat(other.requests()).hasSize(1);
		}
	}

	/**
	 * Else the server would act once for each attempt.
	 */
	@Test
	void connectionThatAFilterItselfDoesNotGetIsNoFailureOfTheRequest() {
		WebClient audit = WebClient.create("http://127.0.0.1:1");
		ExchangeFilterFunction filter = (request, next) -> next.exchange(request)
			.flatMap((response) -> audit.get().uri("/audit").retrieve().bodyToMono(String.class).thenReturn(response));
		this.contextRunner.withPropertyValues("trigger.retry.delay=1ms")
			.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter(filter))
			.run((context) -> assertThatExceptionOfType(WebClientRequestException.class)
				.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().replay("run_1").block(PATIENCE))
				.withMessageContaining("127.0.0.1:1"));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void exceptionOfAFilterIsNotRetriedEvenIfTheClientWouldRetryItsOwn() {
		AtomicInteger calls = new AtomicInteger();
		TriggerConnectionException nested = new TriggerConnectionException(TriggerEndpoint.RUNS_LIST, "nested", true,
				new ConnectException());
		ExchangeFilterFunction filter = (request, next) -> {
			calls.incrementAndGet();
			throw nested;
		};
		this.contextRunner.withPropertyValues("trigger.retry.delay=1ms")
			.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter(filter))
			.run((context) -> assertThatExceptionOfType(TriggerConnectionException.class)
				.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE))
				.isSameAs(nested));
		assertThat(calls).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void failureOfTheRequestIsOneWhateverAFilterMakesOfIt(boolean wrapping) {
		ExchangeFilterFunction filter = (request, next) -> next.exchange(request)
			.onErrorMap((ex) -> wrapping ? new IllegalStateException("wrapped", ex) : ex.getCause());
		this.contextRunner
			.withPropertyValues("trigger.api-url=http://127.0.0.1:1", "trigger.retry.delay=1ms",
					"trigger.retry.max-attempts=2")
			.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter(filter))
			.run((context) -> assertThatExceptionOfType(TriggerConnectionException.class)
				.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().replay("run_1").block(PATIENCE))
				.withMessageContaining("could not be reached in 2 attempt(s)"));
	}

	/**
	 * As filters do that log bodies.
	 */
	@Test
	void bodyThatBreaksOffWhileAFilterReadsItIsRetried() {
		RawServer breaking = new RawServer((request) -> {
			request.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{");
			request.socket().close();
		});
		ExchangeFilterFunction filter = (request, next) -> next.exchange(request)
			.flatMap((response) -> response.bodyToMono(String.class)
				.map((body) -> response.mutate().body(body).build()));
		try (breaking) {
			this.contextRunner
				.withPropertyValues("trigger.api-url=" + breaking.url(), "trigger.retry.delay=1ms",
						"trigger.retry.max-attempts=2")
				.withBean(WebClientCustomizer.class, () -> (builder) -> builder.filter(filter))
				.run((context) -> assertThatExceptionOfType(TriggerConnectionException.class)
					.isThrownBy(() -> context.getBean(TriggerOperations.class).runs().retrieve("run_1").block(PATIENCE))
					.withMessageContaining("sent no complete response in 2 attempt(s)"));
			assertThat(breaking.heads()).hasSize(2);
		}
	}

	private static ExchangeFilterFunction makingExceptions() {
		return ExchangeFilterFunction.ofResponseProcessor((response) -> response.statusCode().isError()
				? response.createException().flatMap(Mono::error) : Mono.just(response));
	}

	@SuppressWarnings("NullAway") // as a filter without nullability does
	private static Mono<ClientResponse> returnNothing(Object request, Object next) {
		return null;
	}

}
