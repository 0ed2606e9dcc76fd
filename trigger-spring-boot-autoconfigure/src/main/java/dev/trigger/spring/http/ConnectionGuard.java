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

import org.springframework.http.HttpHeaders;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpRequestDecorator;

/**
 * The checks of the last moment before a request is written, whoever created the
 * connector.
 */
final class ConnectionGuard {

	private static final String JDK_REQUEST = "org.springframework.http.client.reactive.JdkClientHttpRequest";

	private static final int LAST_ASCII = 126;

	private static final int LAST_LATIN1 = 255;

	private ConnectionGuard() {
	}

	/**
	 * Keep the response with its request. The clients of Jetty and the JDK do so by
	 * themselves; Reactor Netty takes an interim response for the final one, and reuses
	 * connections that have delivered bytes nobody asked for.
	 * @param target the request as the connector sees it
	 * @return the connection of the request
	 */
	static ExchangeConnection protect(ClientHttpRequest target) {
		return DefaultConnector.REACTOR_NETTY ? ReactorNettyGuard.install(target) : ExchangeConnection.UNKNOWN;
	}

	/**
	 * Refuse headers that would arrive as something else: no connector complains, each
	 * writes a question mark for a character that it can't send.
	 * @param target the request as the connector sees it
	 * @param headers the headers of the request
	 * @throws IllegalArgumentException if there is such a header
	 */
	static void checkHeaders(ClientHttpRequest target, HttpHeaders headers) {
		ClientHttpRequest request = target;
		while (request instanceof ClientHttpRequestDecorator decorator) {
			request = decorator.getDelegate();
		}
		int last = request.getClass().getName().equals(JDK_REQUEST) ? LAST_ASCII : LAST_LATIN1;
		headers.forEach((name, values) -> check(name, values, last));
	}

	private static void check(String name, List<String> values, int last) {
		for (String value : values) {
			for (int i = 0; i < value.length(); i++) {
				if (value.charAt(i) > last) {
					throw new IllegalArgumentException(
							"The header '" + name + "' contains a character outside of "
									+ ((last == LAST_ASCII)
											? "ASCII, which the HTTP client of the JDK can't send: use the "
													+ "connector of Reactor Netty or Jetty"
											: "Latin-1, which can't be sent"));
				}
			}
		}
	}

}
