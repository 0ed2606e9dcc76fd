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

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.BadRequestException;
import dev.trigger.spring.exception.ClientClosedException;
import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.ServerException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.UnsupportedAuthModeException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.context.Context;
import tools.jackson.databind.JsonNode;

import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link LiveHttp}: single polls and event streams, and what feeds share.
 */
class LiveHttpTests {

	private static final Duration LONGEST = Duration.ofSeconds(20);

	private static final TriggerCredential KEY = TriggerCredential.of("tr_dev_0123456789abcdefDEV1");

	private static final TriggerRequest<JsonNode> POLL = TriggerRequest.to(TriggerEndpoint.REALTIME_RUN, "run_1")
		.returning(JsonNode.class);

	private static final TriggerRequest<Void> STREAM = TriggerRequest.to(TriggerEndpoint.STREAMS_READ, "run_1", "out")
		.returningNothing();

	private final LoopbackServer server = new LoopbackServer();

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<String> observed = new ArrayList<>();

	@AfterEach
	void stop() {
		this.server.close();
		this.time.dispose();
	}

	private TriggerHttpBuilder builder(TriggerCredentials credentials) {
		CallSettings settings = new CallSettings(credentials, PreviewBranch.none(), null,
				RetryPolicy.defaults().withJitter(false), LONGEST);
		return TriggerHttp.builder(this.server.url(), settings)
			.scheduler(this.time)
			.random(() -> 1)
			.client("eu")
			.observationRegistry(this.registry);
	}

	private LiveHttp live(UnaryOperator<LiveSettings> change) {
		return builder(TriggerCredentials.of(KEY)).live(change).build().live();
	}

	private LiveHttp live() {
		return live(UnaryOperator.identity());
	}

	private static Mono<LiveResponse> poll(LiveHttp live) {
		return Mono.defer(() -> {
			CompletableFuture<LiveResponse> received = new CompletableFuture<>();
			live.poll(POLL, (response) -> Mono.fromRunnable(() -> received.complete(response)))
				.subscribe(null, received::completeExceptionally);
			return Mono.fromFuture(received);
		});
	}

	private static Flux<String> data(LiveHttp live) {
		return live.events(STREAM, (headers, events) -> events.mapNotNull(ServerSentEvent::data));
	}

	@Test
	void pollReturnsStatusHeadersAndBody() {
		this.server.respond(200, "{\"a\":1}", "electric-handle", "h").respond(204, "").respond(200, "");
		LiveHttp live = live();
		LiveResponse response = poll(live).block(LONGEST);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.headers().getFirst("electric-handle")).isEqualTo("h");
		assertThat(response.body().path("a").intValue()).isEqualTo(1);
		assertThat(response).hasToString("LiveResponse[status=200, body=OBJECT]");
		assertThat(poll(live).block(LONGEST).status()).isEqualTo(204);
		assertThat(poll(live).block(LONGEST).body().isMissingNode()).isTrue();
		assertThat(this.server.received()).allSatisfy((received) -> {
			assertThat(received.header("authorization")).isEqualTo("Bearer " + KEY.token());
			assertThat(received.uri()).isEqualTo("/realtime/v1/runs/run_1");
		});
	}

	@Test
	void failedPollIsTypedAndNotRepeated() {
		this.server.respond(400, "{\"error\":\"Bad shape\"}").drop().respond(200, "oops");
		LiveHttp live = live();
		assertThatExceptionOfType(BadRequestException.class).isThrownBy(() -> poll(live).block(LONGEST))
			.withMessageContaining("Bad shape");
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> poll(live).block(LONGEST))
			.withMessageContaining("in 1 attempt(s)");
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> poll(live).block(LONGEST));
		assertThat(this.server.received()).hasSize(3);
	}

	@Test
	void errorWhoseBodyCannotBeReadStaysThatError() {
		this.server.respond(503, "not br", "content-encoding", "br");
		assertThatExceptionOfType(ServerException.class).isThrownBy(() -> poll(live()).block(LONGEST));
	}

	@ParameterizedTest
	@CsvSource({ "0", "103" })
	void statusThatIsNotFinalIsAFailureOfTheConnection(int status) {
		this.server.respond(200, "{}").respond(200, "");
		LiveHttp live = builder(TriggerCredentials.of(KEY))
			.webClientBuilder(WebClient.builder()
				.filter((request, next) -> next.exchange(request).map((response) -> new OtherStatus(response, status))))
			.build()
			.live();
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> poll(live).block(LONGEST))
			.withMessageContaining((status == 0) ? "not one of 100 to 999" : "the interim 103");
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> data(live).blockLast(LONGEST))
			.withMessageContaining((status == 0) ? "not one of 100 to 999" : "the interim 103");
	}

	@Test
	void credentialOfUnacceptedKindIsRefused() {
		LiveHttp live = builder(TriggerCredentials.of(TriggerCredential.of("tr_pat_0123456789abcdef0123456789abPAT1")))
			.build()
			.live();
		assertThatExceptionOfType(UnsupportedAuthModeException.class).isThrownBy(() -> poll(live).block(LONGEST));
		assertThat(this.server.received()).isEmpty();
	}

	@Test
	void eventsAreReadAndFailuresAreTyped() {
		this.server.respond(200, "data: a\n\ndata: b\n\n", "x-answer", "42")
			.respond(404, "{\"error\":\"No stream\"}")
			.respond(200, "data: " + "x".repeat(2000) + "\n\n");
		LiveHttp live = builder(TriggerCredentials.of(KEY)).maxInMemorySize(1000).build().live();
		assertThat(live
			.events(STREAM, (headers, events) -> events.map((event) -> headers.getFirst("x-answer") + event.data()))
			.collectList()
			.block(LONGEST)).containsExactly("42a", "42b");
		assertThatExceptionOfType(dev.trigger.spring.exception.NotFoundException.class)
			.isThrownBy(() -> data(live).blockLast(LONGEST))
			.withMessageContaining("No stream");
		assertThatExceptionOfType(TriggerDecodingException.class).isThrownBy(() -> data(live).blockLast(LONGEST))
			.withMessageContaining("'trigger.http.max-in-memory-size'");
		this.server.close();
		assertThatExceptionOfType(TriggerConnectionException.class).isThrownBy(() -> data(live).blockLast(LONGEST));
	}

	@Test
	void handlerSeesTypedFailuresToo() {
		this.server.respond(200, "data: " + "x".repeat(2000) + "\n\n");
		LiveHttp live = builder(TriggerCredentials.of(KEY)).maxInMemorySize(1000).build().live();
		AtomicReference<Throwable> seen = new AtomicReference<>();
		live.events(STREAM, (headers, events) -> events.doOnError(seen::set)).onErrorComplete().blockLast(LONGEST);
		assertThat(seen.get()).isInstanceOf(TriggerDecodingException.class);
	}

	@ParameterizedTest
	@ValueSource(longs = { 36_499, 200_000, Long.MAX_VALUE / 86_400 })
	void silenceMayBeAllowedForEver(long days) {
		this.server.respond(200, "[]");
		assertThat(poll(live((settings) -> settings.withSilenceTimeout(Duration.ofDays(days)))).block(LONGEST))
			.isNotNull();
	}

	@Test
	void silenceEndsAPollUnlessItIsAllowed() {
		this.server.silence().silence();
		CompletableFuture<LiveResponse> poll = poll(live()).toFuture();
		await().until(() -> this.server.received().size() == 1);
		this.time.advanceTimeBy(Duration.ofMillis(44_999));
		assertThat(poll).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(poll).failsWithin(LONGEST)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(TriggerConnectionException.class)
			.withMessageContaining("no byte within 45000 ms");
		CompletableFuture<LiveResponse> patient = poll(live((settings) -> settings.withSilenceTimeout(null)))
			.toFuture();
		await().until(() -> this.server.received().size() == 2);
		this.time.advanceTimeBy(Duration.ofHours(1));
		assertThat(patient).isNotDone();
		patient.cancel(true);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-",
			value = { "400, -, false", "404, -, false", "408, -, true", "409, -, false", "429, -, true",
					"499, -, false", "500, -, true", "501, -, false", "502, -, true", "400, true, true",
					"503, false, false" })
	void failureIsTemporaryByItsStatusUnlessTheServerSaysSo(int status, @Nullable String decision, boolean temporary) {
		assertThat(LiveHttp.isTemporary((decision != null) ? RetryRulesTests.status(status, "x-should-retry", decision)
				: RetryRulesTests.status(status)))
			.isEqualTo(temporary);
	}

	@Test
	void lostOrGarbledResponseIsTemporary() {
		assertThat(LiveHttp.isTemporary(new TriggerConnectionException(null, "lost", false, null))).isTrue();
		assertThat(LiveHttp.isTemporary(new TriggerDecodingException(null, "garbled", null))).isTrue();
		assertThat(LiveHttp.isTemporary(new IOException())).isFalse();
		assertThat(LiveHttp.isTemporary(unavailable(new ConnectException()))).isTrue();
		assertThat(LiveHttp.isTemporary(unavailable(new IllegalStateException()))).isFalse();
	}

	private static Throwable unavailable(Throwable cause) {
		return new CredentialUnavailableException(TriggerEndpoint.REALTIME_RUN, AuthMode.SECRET_KEY, cause);
	}

	@ParameterizedTest
	@CsvSource({ "-1, false, 200", "0, false, 200", "1, false, 200", "2, false, 320", "99, false, 15000",
			"1, true, 400", "2, true, 640", "99, true, 15000" })
	void backOffGrows(int failures, boolean jitter, long millis) {
		LiveHttp live = builder(TriggerCredentials.of(KEY))
			.settings((settings) -> settings.withRetry(settings.retry().withJitter(jitter)))
			.build()
			.live();
		assertWait(live.backOff(failures, new IOException()), millis);
		assertWait(live.backOff(failures, null), millis);
		assertWait(live.backOff(failures, RetryRulesTests.status(503)), millis);
		assertWait(live.backOff(failures, RetryRulesTests.status(503, "retry-after", "7")), millis + 7000);
	}

	private void assertWait(Mono<Void> wait, long millis) {
		CompletableFuture<Void> over = wait.toFuture();
		this.time.advanceTimeBy(Duration.ofMillis(millis - 1));
		assertThat(over).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(over).isDone();
	}

	@Test
	void timeIsThatOfTheScheduler() {
		LiveHttp live = live();
		this.time.advanceTimeBy(Duration.ofMillis(1234));
		assertThat(live.now()).isEqualTo(1234);
		assertWait(live.elapsed(Duration.ofMillis(500)), 500);
	}

	@Test
	void closedClientEndsItsFeeds() {
		TriggerHttp http = builder(TriggerCredentials.of(KEY)).build();
		CompletableFuture<Void> closed = http.live().whenClosed().toFuture();
		assertThat(closed).isNotDone();
		http.close();
		assertThat(closed).failsWithin(LONGEST)
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ClientClosedException.class);
	}

	@Test
	void connectionIsObservedFromItsBeginningToItsEnd() {
		this.registry.observationConfig().observationHandler(new Recorder());
		LiveHttp live = live();
		Observation parent = Observation.start("parent", this.registry);
		this.observed.clear();
		LiveConnection connection = live.open(TriggerEndpoint.REALTIME_RUN,
				Context.of("micrometer.observation", parent));
		assertThat(live.statistics()).isEqualTo(new LiveStatistics(1, 0));
		connection.reconnects(null);
		connection.failed(new IOException("lost"));
		assertThat(live.statistics()).isEqualTo(new LiveStatistics(1, 1));
		connection.close();
		connection.close();
		assertThat(live.statistics()).isEqualTo(new LiveStatistics(0, 1));
		assertThat(this.observed).containsExactly("start trigger.live realtime.run eu realtime.run of parent",
				"event reconnect", "error lost", "stop");
		this.observed.clear();
		live.open(TriggerEndpoint.REALTIME_RUNS, Context.empty()).close();
		assertThat(this.observed).containsExactly("start trigger.live realtime.runs eu realtime.runs of nothing",
				"stop");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionIsOpenWhateverObservesIt(boolean starts) {
		this.registry.observationConfig().observationHandler(new Recorder() {

			@Override
			public void onStart(Observation.Context context) {
				if (!starts) {
					throw new IllegalStateException("broken handler");
				}
			}

			@Override
			public void onEvent(Observation.Event event, Observation.Context context) {
				throw new IllegalStateException("broken handler");
			}

			@Override
			public void onError(Observation.Context context) {
				throw new IllegalStateException("broken handler");
			}

			@Override
			public void onStop(Observation.Context context) {
				throw new IllegalStateException("broken handler");
			}

		});
		LiveHttp live = live();
		LiveConnection connection = live.open(TriggerEndpoint.REALTIME_RUN, Context.empty());
		connection.reconnects(null);
		connection.failed(new IOException("lost"));
		assertThat(live.statistics()).isEqualTo(new LiveStatistics(1, 1));
		connection.close();
		assertThat(live.statistics()).isEqualTo(new LiveStatistics(0, 1));
	}

	@Test
	void requestsOfAFeedAreNotObservedOneByOne() {
		this.registry.observationConfig().observationHandler(new Recorder());
		this.server.respond(200, "{}");
		LiveHttp live = builder(TriggerCredentials.of(KEY))
			.webClientBuilder(WebClient.builder().observationRegistry(this.registry))
			.build()
			.live();
		poll(live).block(LONGEST);
		assertThat(this.observed).isEmpty();
	}

	@Test
	void feedsOfTheSameNameAndSettingsShareTheirSource() {
		TriggerHttp http = builder(TriggerCredentials.of(KEY)).build();
		Sinks.Many<String> rows = Sinks.many().multicast().directBestEffort();
		List<String> subscribed = new ArrayList<>();
		Flux<String> source = rows.asFlux().doOnSubscribe((subscription) -> subscribed.add("feed"));
		List<String> received = new ArrayList<>();
		http.live().share("runs", source).subscribe((row) -> received.add("1" + row));
		rows.tryEmitNext("a");
		// whoever comes later gets the last row at once
		http.live().share("runs", source).subscribe((row) -> received.add("2" + row));
		assertThat(subscribed).hasSize(1);
		assertThat(received).containsExactly("1a", "2a");
		http.live().share("batches", source).subscribe();
		http.with((settings) -> settings.withProjectRef("proj_1")).live().share("runs", source).subscribe();
		assertThat(subscribed).hasSize(3);
		rows.tryEmitComplete();
		http.live().share("runs", source).subscribe();
		assertThat(subscribed).hasSize(4);
	}

	@Test
	void sourceEndsWithItsLastSubscriberWheneverThatLeaves() throws InterruptedException {
		LiveHttp live = live();
		AtomicInteger open = new AtomicInteger();
		Flux<Integer> source = Flux.create((sink) -> {
			open.incrementAndGet();
			sink.onDispose(open::decrementAndGet);
			sink.next(1);
		});
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			threads.add(new Thread(() -> {
				for (int attempt = 0; attempt < 20_000; attempt++) {
					live.share("numbers", source).subscribe().dispose();
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(open).hasValue(0);
		StepVerifier.create(live.share("numbers", source)).expectNext(1).thenCancel().verify(LONGEST);
		assertThat(open).hasValue(0);
	}

	@Test
	void feedsHaveTheirOwnConnectorIfThereIsOne() {
		this.server.respond(200, "{}").respond(200, "{}");
		List<String> built = new ArrayList<>();
		LiveHttp live = builder(TriggerCredentials.of(KEY)).liveWebClientBuilder(() -> {
			built.add("builder");
			return WebClient.builder().clientConnector(new JdkClientHttpConnector());
		}).build().live();
		assertThat(built).isEmpty();
		poll(live).block(LONGEST);
		poll(live).block(LONGEST);
		assertThat(built).hasSize(1);
		assertThat(this.server.received()).hasSize(2);
	}

	private class Recorder implements ObservationHandler<Observation.Context> {

		@Override
		public void onStart(Observation.Context context) {
			LiveHttpTests.this.observed.add("start " + context.getName() + " " + context.getContextualName() + " "
					+ value(context, "trigger.client") + " " + value(context, "trigger.endpoint") + " of "
					+ ((context.getParentObservation() != null)
							? context.getParentObservation().getContextView().getName() : "nothing"));
		}

		private static String value(Observation.Context context, String key) {
			return (context.getLowCardinalityKeyValue(key) != null) ? context.getLowCardinalityKeyValue(key).getValue()
					: "none";
		}

		@Override
		public void onEvent(Observation.Event event, Observation.Context context) {
			LiveHttpTests.this.observed.add("event " + event.getName());
		}

		@Override
		public void onError(Observation.Context context) {
			LiveHttpTests.this.observed.add("error " + context.getError().getMessage());
		}

		@Override
		public void onStop(Observation.Context context) {
			LiveHttpTests.this.observed.add("stop");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
