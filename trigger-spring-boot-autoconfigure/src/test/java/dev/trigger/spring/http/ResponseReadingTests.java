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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.run.Run;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.client.reactive.MockClientHttpResponse;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for bodies that break off, are garbled, or are not what was expected.
 */
class ResponseReadingTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final TriggerCredential KEY = TriggerCredential.of("tr_dev_0123456789abcdefDEV1");

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private TriggerHttp http(UnaryOperator<ClientResponse> change) {
		return TriggerHttp
			.builder(this.server.url(),
					new CallSettings(TriggerCredentials.of(KEY), PreviewBranch.none(), null,
							RetryPolicy.defaults().withMaxAttempts(1), LONGEST))
			.webClientBuilder(WebClient.builder().filter((request, next) -> next.exchange(request).map(change::apply)))
			.build();
	}

	private static <T> TriggerRequest<T> retrieve(Class<T> type) {
		return TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1").returning(type);
	}

	@Test
	void bodyThatTheParserOfHttpCanNotReadIsAFailureOfTheConnection() {
		this.server.respond(200, "{}");
		assertThatExceptionOfType(TriggerConnectionException.class)
			.isThrownBy(() -> http((response) -> response.mutate()
				.body((body) -> Flux.error(new NumberFormatException("chunk size")))
				.build()).send(retrieve(String.class)).block(LONGEST))
			.withMessageContaining("sent no complete response")
			.havingCause()
			.withMessage("The response is malformed");
	}

	@Test
	void bodyThatIsNotEncodedAfterAllIsRead() {
		this.server.respond(200, "text", "content-encoding", "identity");
		assertThat(http(UnaryOperator.identity()).send(retrieve(String.class)).block(LONGEST)).isEqualTo("text");
	}

	@Test
	void emptyBodyIsMissingAndNotGarbled() {
		this.server.respond(200, "");
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> http(UnaryOperator.identity()).send(retrieve(Integer.class)).block(LONGEST))
			.withMessageEndingWith("returned a response without a body");
	}

	@Test
	void blankBodyIsMissing() {
		this.server.respond(200, " \r\n");
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> http(UnaryOperator.identity()).send(retrieve(Integer.class)).block(LONGEST))
			.withMessageEndingWith("returned a response without a body");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', textBlock = """
			text/html | <!DOCTYPE html><title>Sign in</title> | " with the title 'Sign in'"
			TEXT/HTML; charset=utf-8 | <head><title>Sign in</title> | " with the title 'Sign in'"
			text/html | "\ufeff\r\n<!-- a --><p>Please sign in" | ""
			application/json | <!doctype HTML><p> | ""
			text/plain | "\n <html><title>tr_dev_0123456789abcdefDEV1</title>" | " with the title 'tr_dev_••••DEV1'"
			""", delimiter = '|')
	void pageInPlaceOfAResponseIsNoSuccess(String type, String page, String title) {
		for (int i = 0; i < 3; i++) {
			this.server.respond(200, page, "content-type", type);
		}
		TriggerHttp http = http(UnaryOperator.identity());
		for (TriggerRequest<?> request : List.of(retrieve(Run.class), retrieve(String.class),
				TriggerRequest.to(TriggerEndpoint.RUNS_CANCEL, "run_1").returningNothing())) {
			assertThatExceptionOfType(TriggerDecodingException.class)
				.isThrownBy(() -> http.send(request).block(LONGEST))
				.withMessageContaining("returned a page of HTML" + title + " in place of a response of the API")
				.withMessageContaining("check 'trigger.api-url'");
		}
		assertThat(this.server.received()).hasSize(3);
	}

	@Test
	void responseThatIsOnlyAnnouncedAsAPageIsRead() {
		this.server.respond(200, "{\"id\":\"run_1\",\"status\":\"COMPLETED\"}", "content-type", "text/html")
			.respond(200, "", "content-type", "text/html");
		TriggerHttp http = http(UnaryOperator.identity());
		assertThat(http.send(retrieve(Run.class)).block(LONGEST)).isNotNull();
		http.send(TriggerRequest.to(TriggerEndpoint.RUNS_CANCEL, "run_1").returningNothing()).block(LONGEST);
	}

	@Test
	void valueThatIsACredentialIsQuotedNowhere() {
		this.server.respond(200, "\"" + KEY.token() + "\"").respond(200, "\"other\"");
		TriggerHttp http = http(UnaryOperator.identity());
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> http.send(retrieve(Integer.class)).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getCause()).isNull())
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("0123456789abcdef")
				.contains("returned a body that is not what was expected: ")
				.doesNotEndWith(": "));
		assertThatExceptionOfType(TriggerDecodingException.class)
			.isThrownBy(() -> http.send(retrieve(Integer.class)).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.getCause()).isNotNull());
	}

	private static Flux<DataBuffer> bytes(String text) {
		return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void lineWithoutEndIsNotCollectedForEver() {
		MockClientHttpResponse response = new MockClientHttpResponse(HttpStatus.OK);
		response.setBody(bytes("data: " + "x".repeat(2000)).concatWith(Flux.never()));
		StepVerifier.create(new EventReader(1000).read(response, UnaryOperator.identity()))
			.expectError(DataBufferLimitException.class)
			.verify(LONGEST);
	}

	@ParameterizedTest
	@CsvSource({ "'data: a\nx', 0", "'data: a\r\r', 1", "'data: a\n\n', 1", "'data: a\r\n\r\n', 1", "\ufeff, 0",
			"x, 0" })
	void eventEndsWithAnEmptyLineOnly(String body, int events) {
		MockClientHttpResponse response = new MockClientHttpResponse(HttpStatus.OK);
		response.setBody(bytes(body));
		assertThat(new EventReader(1000).read(response, UnaryOperator.identity()).collectList().block(LONGEST))
			.hasSize(events)
			.allSatisfy((event) -> assertThat(event.data()).isEqualTo("a"));
	}

}
