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

import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerCredentials;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.exception.CredentialUnavailableException;
import dev.trigger.spring.exception.EnvironmentMismatchException;
import dev.trigger.spring.exception.PreviewBranchRequiredException;
import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Resolves the credential of an attempt and checks it against the requested environment.
 */
final class CredentialFilter implements ExchangeFilterFunction {

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		CallContext call = CallContext.of(request);
		if (call.mode() == AuthMode.NONE) {
			return next.exchange(request);
		}
		TriggerCredentials credentials = call.settings().credentials();
		TriggerCredential fixed = credentials.fixed(call.mode());
		return (fixed != null) ? use(fixed, call, request, next)
				: orEmpty(credentials.provider(call.mode()).getCredential())
					.switchIfEmpty(Mono.error(() -> new CredentialUnavailableException(call.endpoint(), call.mode())))
					.flatMap((credential) -> use(credential, call, request, next));
	}

	/**
	 * A provider of the application may return nothing at all.
	 */
	static Mono<TriggerCredential> orEmpty(@Nullable Mono<TriggerCredential> provided) {
		return (provided != null) ? provided : Mono.empty();
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
