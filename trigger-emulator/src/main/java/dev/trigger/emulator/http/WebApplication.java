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

package dev.trigger.emulator.http;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What the web server serves.
 *
 * @since 1.0.0
 */
public interface WebApplication {

	/**
	 * Return the name of the operation of a request.
	 * @param request the request
	 * @return the operation, or {@code null} when there is none
	 */
	@Nullable String operation(ServerRequest request);

	/**
	 * Return the name of the kind of credential that a request carries.
	 * @param request the request
	 * @return the kind, never the credential
	 */
	String credentialKind(ServerRequest request);

	/**
	 * Return how long the body of a request may be. A longer one is not read, and the
	 * request is handled without it.
	 * @param method the HTTP method
	 * @param uri the request target
	 * @return the number of bytes
	 */
	default long longestBody(String method, String uri) {
		return Long.MAX_VALUE;
	}

	/**
	 * Handle a request. Does not block for long.
	 * @param request the request
	 * @return the response
	 */
	EmulatorResponse handle(ServerRequest request);

	/**
	 * Return the time of the emulated server.
	 * @return the time
	 */
	Instant now();

}
