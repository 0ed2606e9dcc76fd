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

import java.util.function.Supplier;

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentialProvider;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.EnvironmentMismatchException;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Resolves the credential of an attempt and checks it against the requested environment.
 * A 401 asks the provider once for another credential, which takes the same way.
 */
final class CredentialFilter implements ExchangeFilterFunction {

	private final BodyReader reader;

	CredentialFilter(BodyReader reader) {
		this.reader = reader;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		if (call.mode() == AuthMode.NONE) {
			return next.exchange(request);
		}
		TriggerCredentials credentials = call.settings().credentials();
		TriggerCredential fixed = credentials.fixed(call.mode());
		if (fixed != null) {
			return use(fixed, call, request, next);
		}
		TriggerCredentialProvider provider = credentials.provider(call.mode());
		return ask(provider::getCredential, call)
			.switchIfEmpty(Mono.error(() -> new CredentialUnavailableException(call.endpoint(), call.mode())))
			.flatMap((credential) -> use(credential, call, request, next).flatMap((response) -> {
				HttpStatusCode status = ResponseFilter.status(response);
				boolean rejected = status != null && status.isSameCodeAs(HttpStatus.UNAUTHORIZED);
				return (rejected && call.mayRefreshCredential())
						? receive(response).flatMap((rejection) -> ask(() -> provider.refresh(credential), call)
							.filter((other) -> !other.equals(credential))
							.flatMap((other) -> use(other, call, request, next))
							.defaultIfEmpty(rejection))
						: Mono.just(response);
			}));
	}

	/**
	 * Ask a provider of the application, which may also return nothing at all.
	 */
	private static Mono<TriggerCredential> ask(Supplier<@Nullable Mono<TriggerCredential>> provider, CallContext call) {
		return Mono.defer(() -> {
			Mono<TriggerCredential> provided = provider.get();
			return (provided != null) ? provided : Mono.empty();
		}).onErrorMap((ex) -> new CredentialUnavailableException(call.endpoint(), call.mode(), ex));
	}

	/**
	 * Read a rejection before the provider is asked, which takes a time in which the call
	 * may end: its connection can't be used again before.
	 */
	private Mono<ClientResponse> receive(ClientResponse rejection) {
		return ResponseFilter.readable(this.reader.read(rejection))
			.map((bytes) -> new ReceivedResponse(rejection, bytes));
	}

	private static Mono<ClientResponse> use(TriggerCredential credential, CallContext call, ClientRequest request,
			ExchangeFunction next) {
		call.use(credential);
		TriggerException refusal = check(call, credential);
		return (refusal != null) ? Mono.error(refusal) : next.exchange(request);
	}

	private static @Nullable TriggerException check(CallContext call, TriggerCredential credential) {
		TriggerEnvironment actual = credential.environment();
		if (call.mode() != AuthMode.SECRET_KEY || actual == null) {
			return null;
		}
		TriggerEnvironment requested = call.request().environment();
		if (requested != null && !requested.equals(actual)) {
			return new EnvironmentMismatchException(call.endpoint(), requested, actual);
		}
		if (actual.equals(TriggerEnvironment.PREVIEW) && call.endpoint().isBranchAware() && call.branch() == null) {
			return new PreviewBranchRequiredException();
		}
		return null;
	}

}
