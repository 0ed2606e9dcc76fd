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
 * Thrown when the credential is valid but may not do this (403), such as a public access
 * token without the scope.
 *
 * @since 1.0.0
 */
public class PermissionDeniedException extends TriggerApiException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param endpoint the endpoint
	 * @param response the response of the server
	 */
	public PermissionDeniedException(@Nullable TriggerEndpoint endpoint, ErrorResponse response) {
		super(endpoint, response);
	}

}
