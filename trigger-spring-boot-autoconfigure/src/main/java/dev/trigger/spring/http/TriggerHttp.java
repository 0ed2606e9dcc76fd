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
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.exception.TriggerTimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * The transport that all operations share. Immutable and thread-safe; {@link #with}
 * returns a view with other {@link CallSettings} on the same connections.
 * <p>
 * A call checks what it needs before any I/O, then passes the filters: retry, response,
 * credential and guards, rate limit, branch header, authentication.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class TriggerHttp {

	/**
	 * Goes into the context of calls that nobody waits for: as polls do, they use at most
	 * half of the rate limit and let others go ahead.
	 */
	public static final ContextView IN_BACKGROUND = Context.of(TriggerHttp.class.getName() + ".background", true);

	private final Transport transport;

	private final CallSettings settings;

	TriggerHttp(Transport transport, CallSettings settings) {
		this.transport = transport;
		this.settings = settings;
	}

	/**
	 * Create a builder of a transport.
	 * @param apiUrl the address of the API, such as {@code https://api.trigger.dev}
	 * @param settings the settings of its calls
	 * @return a builder
	 */
	public static TriggerHttpBuilder builder(String apiUrl, CallSettings settings) {
		return new TriggerHttpBuilder(apiUrl, settings);
	}

	/**
	 * Return a view with other settings, which shares connections and rate limits.
	 * @param change returns the new settings for the present ones
	 * @return the view
	 */
	public TriggerHttp with(UnaryOperator<CallSettings> change) {
		return new TriggerHttp(this.transport, change.apply(this.settings));
	}

	/**
	 * Return the settings of the calls.
	 * @return the settings
	 */
	public CallSettings settings() {
		return this.settings;
	}

	/**
	 * Return the address of the API.
	 * @return the address, without a slash at its end
	 */
	public URI apiUrl() {
		return this.transport.apiUrl().toUri();
	}

	/**
	 * Return the scheduler for waits, which is also the clock.
	 * @return the scheduler
	 */
	public Scheduler scheduler() {
		return this.transport.scheduler();
	}

	/**
	 * Return the transfers to and from presigned URLs.
	 * @return the object store
	 */
	public ObjectStore objectStore() {
		return this.transport.objectStore().with(this.settings.retry());
	}

	/**
	 * Return the transport for what the server pushes.
	 * @return the transport of feeds and streams
	 */
	public LiveHttp live() {
		return new LiveHttp(this.transport, this.settings);
	}

	/**
	 * End all feeds and streams that are open, of this and all other views.
	 */
	public void close() {
		this.transport.live().shutDown();
	}

	/**
	 * Forget what responses said about rate limits, and which retries were spent.
	 */
	public void forgetLimits() {
		this.transport.limiters().clear();
		this.transport.backoff().budget().refill();
	}

	/**
	 * Return the last reading of the rate limit of a credential.
	 * @param credential the credential
	 * @return the reading, {@code null} if there is none yet
	 */
	public @Nullable RateLimit rateLimit(TriggerCredential credential) {
		return this.transport.limiters().lastReading(credential);
	}

	/**
	 * Make a call.
	 * @param <T> the type of the response
	 * @param request the request
	 * @return the response, empty if the request expects none, or if an earlier attempt,
	 * whose response was lost, turns out to have succeeded
	 */
	public <T> Mono<T> send(TriggerRequest<T> request) {
		return exchange(request).mapNotNull(TriggerResponse::body);
	}

	/**
	 * Make a call and return its response together with the headers.
	 * @param <T> the type of the response
	 * @param request the request
	 * @return the response
	 */
	public <T> Mono<TriggerResponse<T>> exchange(TriggerRequest<T> request) {
		return Mono.deferContextual((context) -> {
			CallContext call = new CallContext(request, this.settings, this.transport, isBackground(context));
			if (request.isAutoKeyed()) {
				call.notifyListeners((listener) -> listener.onAutoIdempotency(call));
			}
			Mono<TriggerResponse<T>> exchange = RequestPreparation
				.prepare(this.transport.webClient(), this.transport.baseUrl(), call)
				.exchangeToMono((response) -> Mono.just(ResponseDecoder.decode(call, response)));
			return call.reportFailure(limit(exchange, call, TimeLimit.of(context)));
		});
	}

	static boolean isBackground(ContextView context) {
		return context.hasKey(TriggerHttp.class.getName() + ".background");
	}

	/**
	 * Notify the listeners that a run was triggered.
	 * @param taskIdentifier the identifier of the task
	 * @param runId the id of the run
	 */
	public void triggered(String taskIdentifier, String runId) {
		CallListeners listeners = this.transport.listeners();
		listeners.notify((listener) -> listener.onTriggered(listeners.client(), taskIdentifier, runId));
	}

	/**
	 * Limit the time of an operation of several steps to the timeout of a call. The calls
	 * and transfers within share this limit. An operation within another one that is
	 * limited shares the limit of the outer one.
	 * @param <T> the type of the result
	 * @param operation the name of the operation, for the message of a timeout
	 * @param steps the steps
	 * @return the same steps, which fail with a {@link TriggerTimeoutException} when the
	 * time since their subscription is over
	 */
	public <T> Mono<T> limit(String operation, Mono<T> steps) {
		return Mono.deferContextual((context) -> {
			if (TimeLimit.of(context) != null) {
				return steps;
			}
			TimeLimit shared = new TimeLimit(deadline());
			return limit(steps.contextWrite((inner) -> inner.put(TimeLimit.class, shared)),
					(timeout) -> shared.timedOut(operation, timeout));
		});
	}

	private <T> Mono<T> limit(Mono<T> exchange, CallContext call, @Nullable TimeLimit shared) {
		if (shared != null) {
			return shared.track(call, exchange);
		}
		Duration timeout = this.settings.timeout();
		if (timeout != null && call.request().isPoll()) {
			return exchange.timeout(call.timing().overAfter(timeout),
					Mono.error(() -> TimeLimit.timedOut(call.endpoint().toString(), call, timeout)));
		}
		call.timing().deadline(deadline());
		return limit(exchange, (time) -> TimeLimit.timedOut(call.endpoint().toString(), call, time));
	}

	/**
	 * Return when a call that starts now has to be over.
	 */
	private long deadline() {
		Duration timeout = this.settings.timeout();
		return (timeout != null) ? ElapsedTime.millis(scheduler()) + Durations.millis(timeout) : Long.MAX_VALUE;
	}

	private <T> Mono<T> limit(Mono<T> steps, Function<Duration, TriggerTimeoutException> timedOut) {
		Duration timeout = this.settings.timeout();
		return (timeout != null) ? steps.timeout(deadline(timeout), Mono.error(() -> timedOut.apply(timeout))) : steps;
	}

	/**
	 * Try a failed step of a larger operation again, with the waits, rules and retry
	 * budget of a call that changes nothing.
	 * @param <T> the type of the result
	 * @param step the step
	 * @param policy the policy
	 * @param further failures to try again in addition
	 * @return the step with its retries
	 */
	public <T> Mono<T> retry(Mono<T> step, RetryPolicy policy, Predicate<Throwable> further) {
		return this.transport.backoff().retry(step, policy, further);
	}

	/**
	 * Return whether a wait goes on after a failed poll.
	 * @param failure the failure
	 * @return {@code true} if a call that changes nothing would be retried
	 */
	public boolean isRetryable(Throwable failure) {
		return RetryBackoff.isRetryable(failure, true);
	}

	/**
	 * Return how long a wait pauses after a failed poll.
	 * @param failure the failure
	 * @param failures the number of failures in a row
	 * @return the pause that the server requests, else the delay of the retry policy
	 */
	public Duration delayAfter(Throwable failure, int failures) {
		return this.transport.backoff().delayAfter(failures, failure, this.settings.retry());
	}

	/**
	 * Return whether a warning may be logged: the same one seldom, however many calls
	 * have it in common.
	 * @param warning the warning
	 * @return {@code true} if it was not logged lately
	 */
	public boolean mayWarn(String warning) {
		return this.transport.warnings().mayWarn(warning);
	}

	/**
	 * Return a random number for the jitter of waits.
	 * @return a number from 0 to 1
	 */
	public double random() {
		return this.transport.backoff().random();
	}

	/**
	 * Return what completes when the time of an operation of several calls is over,
	 * counted from its subscription. It shares a timer with the timeouts of the calls, so
	 * that only one of two that end at the same moment is reported.
	 * @param time the time
	 * @return the deadline
	 */
	public Publisher<Void> deadline(Duration time) {
		return this.transport.deadlines().after(time);
	}

	/**
	 * What all views of one client share.
	 *
	 * @param apiUrl the address of the API
	 * @param baseUrl the same as a string
	 * @param webClient the client with all filters
	 * @param objectStore the transfers without credentials
	 * @param limiters the rate limits
	 * @param deadlines the timeouts
	 * @param backoff the waits between attempts
	 * @param listeners the listeners to the calls
	 * @param scheduler the scheduler for waits
	 * @param credentials the credentials that the client was built with
	 * @param live the feeds and streams
	 * @param warnings the warnings logged lately
	 */
	record Transport(ApiUrl apiUrl, String baseUrl, WebClient webClient, ObjectStore objectStore, RateLimiters limiters,
			Deadlines deadlines, RetryBackoff backoff, CallListeners listeners, Scheduler scheduler,
			TriggerCredentials credentials, LiveTransport live, WarningThrottle warnings) {

	}

}
