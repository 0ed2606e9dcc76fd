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
import java.util.concurrent.CancellationException;

import org.eclipse.jetty.client.Request;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.util.ClassUtils;

/**
 * What is particular to the client of Jetty. Can be asked where Jetty is absent.
 */
final class JettyClient {

	private static final boolean PRESENT = ClassUtils.isPresent("org.eclipse.jetty.client.Request",
			JettyClient.class.getClassLoader());

	private JettyClient() {
	}

	/**
	 * Return whether a connector uses Jetty.
	 */
	static boolean isUsedBy(ClientHttpConnector connector) {
		return PRESENT && Jetty.isUsedBy(connector);
	}

	/**
	 * Let a connector read no cookies, if it uses Jetty.
	 */
	static void ignoreCookies(ClientHttpConnector connector) {
		if (PRESENT) {
			Jetty.ignoreCookies(connector);
		}
	}

	/**
	 * Call back while a request is sent.
	 * @param request the request, which may be another client's
	 * @param connected called when it has got a connection, for which it may wait; there
	 * may be no TLS on it yet
	 * @param begun called when its headers were sent
	 * @param sent called when all of it was sent
	 * @return whether it is one of Jetty
	 */
	static boolean watch(ClientHttpRequest request, Runnable connected, Runnable begun, Runnable sent) {
		return PRESENT && Jetty.watch(request, connected, begun, sent);
	}

	/**
	 * Cancel an exchange that uses Jetty, unless it is complete.
	 */
	static void cancel(ClientHttpRequest request) {
		if (PRESENT) {
			Jetty.cancel(request);
		}
	}

	/**
	 * A class of its own, so that Jetty is not needed where it is absent.
	 */
	private static final class Jetty {

		private static boolean isUsedBy(ClientHttpConnector connector) {
			return connector instanceof JettyClientHttpConnector;
		}

		private static void ignoreCookies(ClientHttpConnector connector) {
			if (connector instanceof JettyClientHttpConnector jetty) {
				jetty.setCookieParser((header) -> List.of());
			}
		}

		private static boolean watch(ClientHttpRequest request, Runnable connected, Runnable begun, Runnable sent) {
			if (request.getNativeRequest() instanceof Request jetty) {
				jetty.onRequestBegin((started) -> connected.run());
				jetty.onRequestCommit((started) -> begun.run());
				jetty.onRequestSuccess((ended) -> sent.run());
				return true;
			}
			return false;
		}

		private static void cancel(ClientHttpRequest request) {
			if (request.getNativeRequest() instanceof Request jetty) {
				jetty.abort(new CancellationException("The response is not read any more"));
			}
		}

	}

}
