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

import java.util.List;
import java.util.function.Consumer;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
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

	private final CallListeners listeners;

	private int attempts;

	private boolean credentialRefreshed;

	private volatile @Nullable TriggerCredential credential;

	private volatile byte @Nullable [] answer;

	private volatile HttpHeaders answerHeaders = HttpHeaders.EMPTY;

	private volatile @Nullable Throwable lastFailure;

	CallContext(TriggerRequest<?> request, AuthMode mode, CallSettings settings, CallListeners listeners) {
		this.request = request;
		this.mode = mode;
		this.settings = settings;
		this.retry = request.retry().apply(settings.retry());
		this.listeners = listeners;
	}

	static CallContext of(ClientRequest request) {
		Object call = request.attributes().get(ATTRIBUTE);
		Assert.state(call instanceof CallContext, "The request was not made by TriggerHttp");
		return (CallContext) call;
	}

	@Override
	public String client() {
		return this.listeners.client();
	}

	@Override
	public TriggerEndpoint endpoint() {
		return this.request.endpoint();
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
	 * Return whether the answer has to be JSON, if it has any body.
	 */
	boolean expectsJson() {
		return this.request.responseType() != String.class;
	}

	@Override
	public int attempts() {
		return this.attempts;
	}

	void startAttempt() {
		this.attempts++;
		this.answer = null;
		Throwable failure = this.lastFailure;
		if (failure != null) {
			tell((listener) -> listener.onRetry(this, failure));
		}
	}

	void tell(Consumer<TriggerCallListener> event) {
		this.listeners.listeners().forEach(event);
	}

	/**
	 * Let who listens know if the call fails in the end.
	 */
	<T> Mono<T> tellFailure(Mono<T> result) {
		return this.listeners.listeners().isEmpty() ? result
				: result.doOnError((failure) -> tell((listener) -> listener.onFailure(this, failure)));
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

	void answered(byte[] body, HttpHeaders headers) {
		this.answer = body;
		this.answerHeaders = headers;
	}

	byte[] answer() {
		byte[] body = this.answer;
		return (body != null) ? body : new byte[0];
	}

	/**
	 * Mask credentials in text that came from elsewhere, and the one used even if it
	 * doesn't look like one.
	 */
	String redact(String text) {
		TriggerCredential used = this.credential;
		String redacted = CredentialRedactor.redact(text);
		return (used != null) ? redacted.replace(used.token(), used.toString()) : redacted;
	}

	void failed(Throwable failure) {
		this.lastFailure = failure;
	}

	@Nullable Throwable lastFailure() {
		return this.lastFailure;
	}

	TriggerResponse<?> respond(@Nullable Object body) {
		return new TriggerResponse<>(body, this.answerHeaders, this.credential);
	}

	/**
	 * Who is told of the calls of a client.
	 *
	 * @param client the name of the client
	 * @param listeners the listeners, in their order
	 */
	record CallListeners(String client, List<TriggerCallListener> listeners) {

	}

}
