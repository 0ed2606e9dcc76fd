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
import dev.trigger.spring.endpoint.TriggerEndpoint;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.ClientRequest;

/**
 * A call in progress, as observers see it.
 *
 * @since 1.0.0
 */
public interface TriggerCall {

	/**
	 * Return the name of the client that makes the call.
	 * @return the name
	 */
	String client();

	/**
	 * Return the endpoint that is called.
	 * @return the endpoint
	 */
	TriggerEndpoint endpoint();

	/**
	 * Return the kind of credential that the call is made with.
	 * @return the kind of credential
	 */
	AuthMode mode();

	/**
	 * Return how many attempts there were, the present one included.
	 * @return the number of attempts, from 1
	 */
	int attempts();

	/**
	 * Return the call that a request belongs to, such as in a filter.
	 * @param request the request
	 * @return the call, {@code null} if the request is not one of this client
	 */
	static @Nullable TriggerCall of(ClientRequest request) {
		return (request.attributes().get(CallContext.ATTRIBUTE) instanceof TriggerCall call) ? call : null;
	}

}
