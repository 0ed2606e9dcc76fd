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

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Names the branch, only where the environment that is called has branches: with a
 * personal access token the server would otherwise leave the environment in the path.
 */
final class BranchHeaderFilter implements ExchangeFilterFunction {

	static final String HEADER = "x-trigger-branch";

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		String branch = CallContext.of(request).branch();
		boolean present = request.headers().containsHeader(HEADER);
		if (branch == null && !present) {
			return next.exchange(request);
		}
		return next.exchange(ClientRequest.from(request).headers((headers) -> set(headers, branch)).build());
	}

	/**
	 * A branch that the application has set by itself would pass the check of the
	 * environment.
	 */
	private static void set(HttpHeaders headers, @Nullable String branch) {
		if (branch != null) {
			headers.set(HEADER, branch);
		}
		else {
			headers.remove(HEADER);
		}
	}

}
