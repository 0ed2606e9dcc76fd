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

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerTimeoutException;
import dev.trigger.spring.http.TriggerObservationDocumentation.LowCardinalityKeyNames;
import dev.trigger.spring.json.TriggerJson;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * The transport for what the server pushes: long polls and server-sent events. They have
 * connections of their own, are not paced by the rate limit, and are not retried here:
 * their reader knows where to continue.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class LiveHttp {

	/**
	 * The name of the observation of a feed or stream.
	 */
	static final String OBSERVATION = "trigger.live";

	private static final Duration PAUSE = Duration.ofMillis(1);

	private static final Duration MIN_BACK_OFF = Duration.ofMillis(200);

	private static final double BACK_OFF_MULTIPLIER = 1.6;

	private static final Duration MAX_BACK_OFF = Duration.ofSeconds(15);

	private final TriggerHttp.Transport transport;

	private final CallSettings settings;

	private final LiveTransport live;

	LiveHttp(TriggerHttp.Transport transport, CallSettings settings) {
		this.transport = transport;
		this.settings = settings;
		this.live = transport.live();
	}

	/**
	 * Make one long poll.
	 * @param request the request
	 * @param handler takes the response as soon as it was read
	 * @return completes after what the handler returned, when the connection is free for
	 * the next poll; fails with a {@link dev.trigger.spring.exception.TriggerException}
	 * if there is no response, or one with an error
	 */
	public Mono<Void> poll(TriggerRequest<JsonNode> request, Function<LiveResponse, Mono<Void>> handler) {
		return Mono.defer(() -> {
			CallContext call = call(request);
			return RequestPreparation.prepare(this.live.webClient(), this.transport.baseUrl(), call)
				.exchangeToMono((response) -> ResponseFilter.isSuccess(response) ? read(response, call)
						: this.<LiveResponse>fail(response, call))
				.onErrorMap((ex) -> translate(ex, call))
				.flatMap(handler)
				.onErrorResume((ex) -> whenFree(call).then(Mono.error(ex)))
				.then(whenFree(call))
				.doFinally((signal) -> disconnect(signal, call));
		});
	}

	/**
	 * When a response was read its connection is not free yet: without a pause the next
	 * poll would open another one. To wait on the connection's own thread wakes up none.
	 */
	private Mono<Void> whenFree(CallContext call) {
		return Mono.defer(() -> {
			Executor thread = call.connectionThread();
			return (thread != null) ? Mono.<Void>create((sink) -> thread.execute(sink::success))
				.onErrorResume(RejectedExecutionException.class, (ex) -> pause()) : pause();
		});
	}

	private Mono<Void> pause() {
		return Mono.delay(PAUSE, this.transport.scheduler()).then();
	}

	private Mono<LiveResponse> read(ClientResponse response, CallContext call) {
		return this.live.bodies()
			.read(response, this::guard)
			.map((content) -> new LiveResponse(response.statusCode().value(), response.headers().asHttpHeaders(),
					tree(call, response.headers().asHttpHeaders(), content)));
	}

	private static JsonNode tree(CallContext call, HttpHeaders headers, byte[] content) {
		Object value = (content.length > 0) ? ResponseDecoder.decode(call, headers, content) : null;
		return (value instanceof JsonNode tree) ? tree : TriggerJson.shared().missing();
	}

	private <T> Flux<T> guard(Flux<T> body) {
		return SilenceGuard.watch(body, this.live.settings().silenceTimeout(), this.transport.scheduler());
	}

	/**
	 * Read server-sent events of one response.
	 * @param <T> the type of what they become
	 * @param request the request
	 * @param handler makes something of the events; it gets the headers of the response
	 * with them
	 * @return what the handler returned; completes when the body ends, and fails with a
	 * {@link dev.trigger.spring.exception.TriggerException} if it breaks off
	 */
	public <T> Flux<T> events(TriggerRequest<?> request,
			BiFunction<HttpHeaders, Flux<ServerSentEvent<String>>, Flux<T>> handler) {
		return Flux.defer(() -> {
			CallContext call = call(request);
			return RequestPreparation.prepare(this.live.webClient(), this.transport.baseUrl(), call)
				.exchangeToFlux((response) -> {
					if (!ResponseFilter.isSuccess(response)) {
						return this.<T>fail(response, call).flux();
					}
					if (HtmlPage.isAnnounced(response.headers().asHttpHeaders())) {
						// it has no events, and would be requested again and again
						return response.releaseBody()
							.thenMany(Flux.error(() -> new TriggerDecodingException(call.endpoint(),
									call.endpoint() + " returned a page of HTML instead of a stream of events", null)));
					}
					Flux<ServerSentEvent<String>> events = response
						.body((message, context) -> this.live.events().read(message, this::guard))
						.onErrorMap((ex) -> translate(ex, call));
					return handler.apply(response.headers().asHttpHeaders(), events);
				})
				.onErrorMap((ex) -> translate(ex, call))
				.doFinally((signal) -> disconnect(signal, call));
		});
	}

	private static Throwable translate(Throwable failure, CallContext call) {
		return ForeignException.unwrap(ExceptionTranslator.translate(failure, call));
	}

	private static void disconnect(SignalType signal, CallContext call) {
		if (signal == SignalType.CANCEL) {
			call.disconnect();
		}
	}

	private CallContext call(TriggerRequest<?> request) {
		CallContext call = new CallContext(request, this.settings, this.transport, false);
		call.startAttempt();
		return call;
	}

	private <T> Mono<T> fail(ClientResponse response, CallContext call) {
		return ResponseFilter.fail(response, this.live.bodies().read(response, this::guard), call);
	}

	/**
	 * Return whether a failure may be over when the request is repeated.
	 * @param failure the failure
	 * @return {@code false} if the server refuses the request
	 */
	public static boolean isTemporary(Throwable failure) {
		if (failure instanceof TriggerApiException api) {
			Boolean decision = RetryBackoff.serverDecision(api);
			int status = api.getStatus();
			return (decision != null) ? decision : status == 408 || status == 429 || (status >= 500 && status != 501);
		}
		return failure instanceof TriggerConnectionException || failure instanceof TriggerDecodingException
				|| RetryBackoff.isProviderAway(failure);
	}

	/**
	 * Wait before a feed or stream reconnects: as long as the server asked for, or else
	 * longer each time, up to 15 s.
	 * @param failures how many failures there were in a row, the last one included
	 * @param failure the last one, {@code null} if there is none that specifies how long
	 * @return completes when the time is over
	 */
	public Mono<Void> backOff(int failures, @Nullable Throwable failure) {
		int step = Math.max(1, failures);
		// clients that lost their server together do not come back together
		long millis = this.settings.retry().jitter()
				? Backoff.millis(MIN_BACK_OFF, BACK_OFF_MULTIPLIER, MAX_BACK_OFF, step,
						this.transport.backoff().random())
				: Backoff.millis(MIN_BACK_OFF, BACK_OFF_MULTIPLIER, MAX_BACK_OFF, step);
		Duration asked = (failure instanceof TriggerApiException api) ? this.transport.backoff().requestedDelay(api)
				: null;
		Duration wait = Duration.ofMillis(millis);
		return Mono.delay((asked != null) ? asked.plus(wait) : wait, this.transport.scheduler()).then();
	}

	/**
	 * Return the time, for durations.
	 * @return the number of milliseconds, which has no meaning of its own
	 */
	public long now() {
		return ElapsedTime.millis(this.transport.scheduler());
	}

	/**
	 * Return what completes when some time is over.
	 * @param time the time, counted from the subscription
	 * @return the end of the period
	 */
	public Mono<Void> elapsed(Duration time) {
		return Mono.fromDirect(this.transport.deadlines().after(time));
	}

	/**
	 * Return what fails when the client is closed.
	 * @return never completes; fails with a
	 * {@link dev.trigger.spring.exception.ClientClosedException}
	 */
	public Mono<Void> whenClosed() {
		return this.live.whenClosed();
	}

	/**
	 * Note that a feed or stream is open.
	 * @param endpoint its endpoint
	 * @param context the context of its subscriber, which may have an observation
	 * @return what has to be closed when it ends
	 */
	public LiveConnection open(TriggerEndpoint endpoint, ContextView context) {
		return new LiveConnection(this.live, GuardedObservation.start(() -> {
			Observation observation = Observation.createNotStarted(OBSERVATION, this.live.observations())
				.contextualName(endpoint.operation())
				.lowCardinalityKeyValue(LowCardinalityKeyNames.CLIENT.withValue(this.transport.listeners().client()))
				.lowCardinalityKeyValue(LowCardinalityKeyNames.ENDPOINT.withValue(endpoint.operation()));
			Observation parent = GuardedObservation.find(context);
			return (parent != null) ? observation.parentObservation(parent) : observation;
		}));
	}

	/**
	 * Share what several subscribers need at the same time. A later subscriber begins
	 * with the last element; the source is canceled with the last subscriber.
	 * @param <T> the type of the elements
	 * @param name the name of what is shared, which decides the type of the elements.
	 * Views of a client with other settings share nothing
	 * @param source the source, used if there is no other one by this name
	 * @return the elements
	 */
	public <T> Flux<T> share(String name, Flux<T> source) {
		return this.live.shared().share(Map.entry(name, this.settings), source);
	}

	/**
	 * Take one of the permits of {@link LiveSettings#maxFeeds()}.
	 * @param endpoint what the feed is of
	 * @return the permit, {@code null} if there is none, or if the server has no such
	 * feeds for now
	 */
	public @Nullable FeedPermit tryAcquire(TriggerEndpoint endpoint) {
		return this.live.feedPermits().tryAcquire(endpoint);
	}

	/**
	 * Return whether a feed of a wait failed because the server does not know the route.
	 */
	static boolean hasNoFeeds(Throwable failure) {
		if (failure instanceof TriggerApiException api) {
			String type = String.valueOf(api.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE));
			boolean unknown = (api.getStatus() == 404 || api.getStatus() == 405) && !type.contains("json");
			return unknown || api.getStatus() == 501;
		}
		return false;
	}

	/**
	 * Return whether a feed of a wait failed because the server has none for now.
	 * @param failure the failure
	 * @return {@code false} if the server refuses this feed, or has none at all
	 */
	public static boolean isAway(Throwable failure) {
		return failure instanceof TriggerTimeoutException || isTemporary(failure);
	}

	/**
	 * Return how many feeds and streams are open.
	 * @return the current figures
	 */
	public LiveStatistics statistics() {
		return this.live.statistics();
	}

}
