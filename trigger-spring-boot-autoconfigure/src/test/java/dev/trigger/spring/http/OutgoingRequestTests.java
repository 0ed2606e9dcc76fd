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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerConnectionException;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link OutgoingRequest}, and for the body and address of a request before it.
 */
class OutgoingRequestTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final TriggerCredential KEY = TriggerCredential.of("tr_dev_0123456789abcdefDEV1");

	private final LoopbackServer server = new LoopbackServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private TriggerHttp http(WebClient.Builder builder) {
		return TriggerHttp
			.builder(this.server.url(),
					new CallSettings(TriggerCredentials.of(KEY), PreviewBranch.none(), null,
							RetryPolicy.defaults().withMaxAttempts(1), LONGEST))
			.webClientBuilder(builder)
			.build();
	}

	/**
	 * Return the state of a call, with its credential.
	 */
	private CallContext call() {
		AtomicReference<CallContext> call = new AtomicReference<>();
		http(WebClient.builder().filter((request, next) -> {
			call.set(CallContext.of(request));
			return Mono.just(ClientResponse.create(HttpStatus.NO_CONTENT).build());
		})).send(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1").returningNothing()).block(LONGEST);
		return call.get();
	}

	private static ClientRequest outgoing(ClientRequest request, CallContext call) {
		AtomicReference<ClientRequest> outgoing = new AtomicReference<>();
		OutgoingRequest.exchange(request, call, (sent) -> {
			outgoing.set(sent);
			return Mono.empty();
		}).block(LONGEST);
		return outgoing.get();
	}

	@Test
	void requestStaysAsItIsButForWhatTheConnectionSees() {
		Consumer<ClientHttpRequest> customizer = (request) -> {
		};
		ClientRequest request = ClientRequest.create(HttpMethod.PUT, URI.create("http://host/a"))
			.header("x-a", "1")
			.cookie("c", "2")
			.attribute("d", 3)
			.httpRequest(customizer)
			.body(BodyInserters.fromValue("text"))
			.build();
		ClientRequest outgoing = outgoing(request, call());
		assertThat(outgoing.method()).isEqualTo(HttpMethod.PUT);
		assertThat(outgoing.url()).isEqualTo(URI.create("http://host/a"));
		assertThat(outgoing.headers()).isSameAs(request.headers());
		assertThat(outgoing.cookies()).isSameAs(request.cookies()).containsKey("c");
		assertThat(outgoing.attributes()).containsEntry("d", 3);
		assertThat(outgoing.httpRequest()).isSameAs(customizer);
		assertThat(outgoing.body()).isSameAs(request.body());
		assertThat(outgoing.logPrefix()).isEqualTo(request.logPrefix()).isNotEmpty();
	}

	@Test
	void connectionSeesTheCredentialAndIsGuarded() {
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.pipeline().addLast(NettyPipeline.HttpCodec, new HttpClientCodec());
		MockClientHttpRequest target = new MockClientHttpRequest(HttpMethod.GET, "/") {

			@Override
			@SuppressWarnings("unchecked")
			public <T> T getNativeRequest() {
				return (T) Connection.from(channel);
			}

		};
		ClientRequest request = ClientRequest.create(HttpMethod.GET, URI.create("http://host/a")).build();
		outgoing(request, call()).writeTo(target, ExchangeStrategies.withDefaults()).block(LONGEST);
		assertThat(target.getHeaders().getFirst("authorization")).isEqualTo("Bearer " + KEY.token());
		assertThat(target.getHeaders().getFirst("accept")).isEqualTo("application/json");
		assertThat(request.headers().isEmpty()).isTrue();
		assertThat(channel.pipeline().names()).contains("trigger.guard");
		channel.finishAndReleaseAll();
	}

	@Test
	void idThatIsNotOneOfARunIsRefusedBeforeAnyRequest() {
		TriggerRequest<JsonNode> request = TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "batch_1")
			.returning(JsonNode.class);
		assertThatIllegalArgumentException().isThrownBy(() -> http(WebClient.builder()).send(request).block(LONGEST))
			.withMessageContaining("'batch_1'");
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void bodyIsSentWithItsTypeAndLength() {
		this.server.respond(200, "{}").respond(200, "{}").respond(200, "{}").respond(200, "{}");
		TriggerHttp http = http(WebClient.builder());
		http.send(TriggerRequest.to(TriggerEndpoint.TASKS_TRIGGER, "t").json("text").returningNothing()).block(LONGEST);
		http.send(TriggerRequest.to(TriggerEndpoint.BATCH_STREAM_ITEMS, "batch_1")
			.ndjson(Flux.just("1\n".getBytes(), "2\n".getBytes()))
			.returningNothing()).block(LONGEST);
		http.send(TriggerRequest.to(TriggerEndpoint.RUNS_REPLAY, "run_1").returningNothing()).block(LONGEST);
		http.send(TriggerRequest.to(TriggerEndpoint.RUNS_RETRIEVE, "run_1").returningNothing()).block(LONGEST);
		assertThat(this.server.received()).extracting((received) -> received.header("content-type"))
			.containsExactly("application/json", "application/x-ndjson", null, null);
		assertThat(this.server.received()).extracting((received) -> received.header("content-length"))
			.containsExactly("6", null, "0", null);
		assertThat(this.server.received()).extracting(LoopbackServer.Received::body)
			.containsExactly("\"text\"", "1\n2\n", "", "");
	}

	@Test
	void failureOfTheSourceIsNotOneOfTheConnection() {
		Flux<byte[]> source = Flux.concat(Mono.just("1\n".getBytes()), Flux.error(new IllegalStateException("source")));
		assertThatIllegalStateException()
			.isThrownBy(() -> http(WebClient.builder()).send(
					TriggerRequest.to(TriggerEndpoint.BATCH_STREAM_ITEMS, "batch_1").ndjson(source).returningNothing())
				.block(LONGEST))
			.withMessage("source");
	}

	@Test
	void hashOfACallbackIsSentButNotShown() {
		this.server.respond(200, "{}").drop();
		AtomicReference<URI> shown = new AtomicReference<>();
		TriggerHttp http = http(WebClient.builder().filter((request, next) -> {
			shown.set(request.url());
			return next.exchange(request);
		}));
		TriggerRequest<Void> request = TriggerRequest
			.to(TriggerEndpoint.WAIT_COMPLETE_TOKEN_BY_CALLBACK, "waitpoint_1", "0123456789abcdef")
			.returningNothing();
		http.send(request).block(LONGEST);
		assertThat(this.server.received().get(0).uri()).endsWith("/waitpoint_1/callback/0123456789abcdef");
		assertThat(shown.get().getPath()).contains("/waitpoint_1/callback/").doesNotContain("0123456789abcdef");
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> http.send(request).block(LONGEST))
			.satisfies((ex) -> assertThat(ex.toString() + ex.getCause()).doesNotContain("0123456789abcdef"));
	}

}
