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

package dev.trigger.spring.exception;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a filter that the application has added to the
 * {@link org.springframework.web.reactive.function.client.WebClient WebClient} does not
 * do what an
 * {@link org.springframework.web.reactive.function.client.ExchangeFilterFunction
 * ExchangeFilterFunction} has to: it returned no response, or threw an {@link Error}.
 * Exceptions of such a filter are those of the call.
 *
 * @since 1.0.0
 */
public class ExchangeFilterException extends TriggerException {

	private static final long serialVersionUID = 1L;

	private final TriggerEndpoint endpoint;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint that was to be called
	 * @param problem what the filter did, continuing "a filter of the application "
	 * @param cause what the filter threw, {@code null} if it threw nothing
	 */
	public ExchangeFilterException(TriggerEndpoint endpoint, String problem, @Nullable Throwable cause) {
		super("%s: a filter of the application %s. An ExchangeFilterFunction has to return the Mono of next.exchange(request), that of another response, or an error"
			.formatted(endpoint, problem), cause);
		this.endpoint = endpoint;
	}

	/**
	 * Return the endpoint that was to be called.
	 * @return the endpoint
	 */
	public TriggerEndpoint getEndpoint() {
		return this.endpoint;
	}

}
