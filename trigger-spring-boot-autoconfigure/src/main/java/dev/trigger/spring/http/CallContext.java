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
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * The state of one call while it passes the filters, over all of its attempts. Attempts
 * follow one another, so that nothing here needs a lock.
 */
final class CallContext implements TriggerCall {

	static final String ATTRIBUTE = CallContext.class.getName();

	private final TriggerRequest<?> request;

	private final AuthMode mode;

	private final CallSettings settings;

	private final RetryPolicy retry;

	private final TriggerHttp.Transport transport;

	private final CallTiming timing;

	private @Nullable URI secretAddress;

	private int attempts;

	private boolean credentialRefreshed;

	private int retryTokens;

	private final boolean background;

	private volatile @Nullable TriggerCredential credential;

	private volatile @Nullable ExchangeConnection connection;

	private volatile boolean disconnected;

	private volatile @Nullable Throwable lastFailure;

	private volatile @Nullable Throwable exchangeFailure;

	private final LostResponse lostResponse = new LostResponse();

	/**
	 * Create the state of a call.
	 * @param background whether the client itself makes the call, and others go ahead of
	 * it
	 */
	CallContext(TriggerRequest<?> request, CallSettings settings, TriggerHttp.Transport transport, boolean background) {
		this.request = request;
		this.mode = settings.modeOf(request);
		this.settings = settings;
		this.retry = request.retry().apply(settings.retry());
		this.transport = transport;
		this.timing = new CallTiming(transport.scheduler(), transport.deadlines());
		this.background = background;
	}

	static CallContext of(ClientRequest request) {
		Object call = request.attributes().get(ATTRIBUTE);
		Assert.state(call instanceof CallContext, "The request was not made by TriggerHttp");
		return (CallContext) call;
	}

	@Override
	public String client() {
		return this.transport.listeners().client();
	}

	@Override
	public TriggerEndpoint endpoint() {
		return this.request.endpoint();
	}

	CallTiming timing() {
		return this.timing;
	}

	TriggerRequest<?> request() {
		return this.request;
	}

	@Override
	public AuthMode mode() {
		return this.mode;
	}

	CallSettings settings() {
		return this.settings;
	}

	RetryPolicy retry() {
		return this.retry;
	}

	boolean isReplaySafe() {
		return this.request.isReplaySafe() || this.retry.repeatUnsafe();
	}

	/**
	 * Return whether the response has to be JSON, if it has any body.
	 */
	boolean expectsJson() {
		return this.request.responseType() != String.class;
	}

	/**
	 * Note the connection of an attempt.
	 * @param connection the connection
	 */
	void connected(ExchangeConnection connection) {
		this.connection = connection;
		if (this.disconnected) {
			connection.close();
		}
	}

	/**
	 * Return what executes tasks on the thread of the last attempt's connection.
	 */
	@Nullable Executor connectionThread() {
		ExchangeConnection present = this.connection;
		return (present != null) ? present.thread() : null;
	}

	/**
	 * Close the connection if the exchange is still under way. Spring reads a response to
	 * its end that arrives while it is canceled, and those of streams have none.
	 */
	void disconnect() {
		this.disconnected = true;
		ExchangeConnection present = this.connection;
		if (present != null) {
			present.close();
		}
	}

	@Override
	public int attempts() {
		return this.attempts;
	}

	void startAttempt() {
		this.attempts++;
		CallLog.attempt(this);
		Throwable failure = this.lastFailure;
		if (failure != null) {
			notifyListeners((listener) -> listener.onRetry(this, failure));
		}
	}

	void notifyListeners(Consumer<TriggerCallListener> event) {
		this.transport.listeners().notify(event);
	}

	/**
	 * Notify the listeners if the call fails in the end.
	 */
	<T> Mono<T> reportFailure(Mono<T> result) {
		return result.doOnError((failure) -> {
			CallLog.failed(this, failure);
			notifyListeners((listener) -> listener.onFailure(this, failure));
		});
	}

	/**
	 * Return whether the provider may still be asked for another credential, and note
	 * that it was.
	 */
	boolean mayRefreshCredential() {
		boolean may = !this.credentialRefreshed;
		this.credentialRefreshed = true;
		return may;
	}

	void use(TriggerCredential credential) {
		this.credential = credential;
	}

	@Nullable TriggerCredential credential() {
		return this.credential;
	}

	/**
	 * Return the environment that the call is about: a secret key's own, else the one
	 * that the request names.
	 */
	@Nullable TriggerEnvironment targetEnvironment() {
		TriggerCredential used = this.credential;
		return (this.mode == AuthMode.PERSONAL_ACCESS_TOKEN || used == null) ? this.request.environment()
				: used.environment();
	}

	/**
	 * Return the branch to name in the request.
	 */
	@Nullable String branch() {
		if (!endpoint().isBranchAware()) {
			return null;
		}
		TriggerEnvironment environment = targetEnvironment();
		if (environment == null && this.mode == AuthMode.PERSONAL_ACCESS_TOKEN) {
			return null;
		}
		return this.settings.branch().in(environment);
	}

	/**
	 * Return the address of the request if it is a secret: it stands in no log, trace or
	 * exception.
	 */
	@Nullable URI secretAddress() {
		return this.secretAddress;
	}

	void secretAddress(URI address) {
		this.secretAddress = address;
	}

	/**
	 * Return the name of the property that configures this client.
	 * @param name the name after the prefix, such as {@code api-url}
	 */
	String property(String name) {
		return property(client(), name);
	}

	static String property(String client, String name) {
		return TriggerHttpBuilder.DEFAULT_CLIENT.equals(client) ? "trigger." + name
				: "trigger.clients." + client + "." + name;
	}

	/**
	 * Return whether the credentials are those that the client was built with.
	 */
	boolean usesOwnCredentials() {
		return this.settings.credentials() == this.transport.credentials();
	}

	/**
	 * Return the address of the API.
	 */
	URI apiUrl() {
		return this.transport.apiUrl().toUri();
	}

	/**
	 * Describe what the call connects to, for the message of a failure.
	 */
	String describeServer() {
		return this.transport.baseUrl() + " ('" + property("api-url") + "')";
	}

	/**
	 * Describe how often and how long the call has tried, for the message of a failure.
	 */
	String describeEffort() {
		return " in %d attempt(s) within %d ms".formatted(this.attempts, this.timing.millisUnderWay());
	}

	/**
	 * Mask credentials in text that came from elsewhere, and the one used even if it
	 * doesn't look like one.
	 */
	String redact(String text) {
		TriggerCredential used = this.credential;
		String redacted = UrlSecrets.redact(CredentialRedactor.redact(text));
		redacted = (used != null) ? redacted.replace(used.token(), used.toString()) : redacted;
		String secret = EndpointUri.secret(endpoint(), this.request.pathVariables());
		return (secret != null) ? redacted.replace(secret, EndpointUri.MASK) : redacted;
	}

	/**
	 * Note the failure of an attempt.
	 */
	void failed(Throwable failure) {
		this.lostResponse.failed(failure);
		if (RetryBackoff.isNotFound(failure)) {
			this.timing.notFound();
		}
		this.lastFailure = failure;
	}

	/**
	 * Note what the exchange with the server failed with, below the application's
	 * filters.
	 */
	void exchangeFailed(Throwable failure) {
		this.exchangeFailure = failure;
	}

	/**
	 * Return whether a failure is that of the exchange, which a filter may have wrapped
	 * or unwrapped.
	 */
	boolean isOfExchange(Throwable failure) {
		Throwable noted = this.exchangeFailure;
		return noted != null && Causes.root(failure) == Causes.root(noted);
	}

	/**
	 * Note that a further attempt follows.
	 * @param delayMillis the wait before it
	 * @param tokens the tokens of the retry budget that it takes
	 */
	void retryAfter(long delayMillis, int tokens) {
		this.retryTokens = tokens;
		CallLog.retry(this, delayMillis);
	}

	int retryTokens() {
		return this.retryTokens;
	}

	LostResponse lostResponse() {
		return this.lostResponse;
	}

	/**
	 * Return whether others go ahead of the call where the rate limit is short.
	 */
	boolean isBackground() {
		return this.background || this.request.isPoll();
	}

	/**
	 * Return whether the client itself repeats the call, for as long as it runs, and no
	 * caller waits for it.
	 */
	boolean isUnattended() {
		return this.background;
	}

	@Nullable Throwable lastFailure() {
		return this.lastFailure;
	}

}
