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

package dev.trigger.emulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.emulator.http.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A request that the emulator received. It holds no credential, only its kind.
 *
 * @param receivedAt when it came
 * @param method the HTTP method
 * @param path the path, percent-encoded, without the query
 * @param query the decoded query parameters
 * @param headers the headers without the credential; names in lower case
 * @param body the body as text
 * @param operation the operation, such as {@code tasks.trigger}, {@code null} when there
 * is none
 * @param credentialKind the kind of credential, such as {@code secret-prod}, {@code pat},
 * {@code public-jwt} or {@code none}
 * @param status the status of the response, {@code null} when none was made
 * @param fault the fault that affected it, such as {@code LOSE_RESPONSE}, {@code null}
 * for none
 * @since 1.0.0
 */
public record RecordedRequest(Instant receivedAt, String method, String path, Map<String, List<String>> query,
		Map<String, String> headers, String body, @Nullable String operation, String credentialKind,
		@Nullable Integer status, @Nullable String fault) {

	static RecordedRequest of(Exchange exchange) {
		Map<String, String> headers = new LinkedHashMap<>(exchange.request().headers());
		headers.remove("authorization");
		return new RecordedRequest(exchange.receivedAt(), exchange.request().method(), exchange.request().path(),
				exchange.request().query(), headers, exchange.request().bodyText(), exchange.operation(),
				exchange.credentialKind(), exchange.status(),
				(exchange.fault() != null) ? exchange.fault().name() : null);
	}

	/**
	 * Return a header's value.
	 * @param name the header's name in lower case
	 * @return its value, or {@code null}
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

}
