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

import java.net.InetAddress;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link WebServer} serves beside its application: without faults, and without a
 * record of the requests.
 *
 * @since 1.0.0
 */
public interface AdminApplication {

	/**
	 * Return whether a request is for this application.
	 * @param method the HTTP method
	 * @param uri the request target
	 * @param accept the header {@code Accept}, {@code null} without one
	 * @return {@code false} to leave it to the emulated server
	 */
	boolean serves(String method, String uri, @Nullable String accept);

	/**
	 * Handle a request. May block.
	 * @param request the request
	 * @param remote the address of the caller, {@code null} if it is unknown
	 * @return the response
	 */
	EmulatorResponse handle(ServerRequest request, @Nullable InetAddress remote);

}
