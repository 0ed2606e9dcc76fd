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

import reactor.netty.http.client.HttpClient;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The builder for clients that are not given one.
 */
final class DefaultConnector {

	private static final boolean REACTOR_NETTY = ClassUtils.isPresent("reactor.netty.http.client.HttpClient",
			DefaultConnector.class.getClassLoader());

	private DefaultConnector() {
	}

	static WebClient.Builder webClientBuilder() {
		return REACTOR_NETTY ? ReactorNetty.webClientBuilder() : WebClient.builder();
	}

	/**
	 * Apart, so that nothing of Reactor Netty is needed when it is not there.
	 */
	private static final class ReactorNetty {

		/**
		 * Reactor Netty repeats a request by itself when a connection is reset, which
		 * would make a second run: whether to try again is for the retry policy alone.
		 */
		private static WebClient.Builder webClientBuilder() {
			return WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(HttpClient.create().disableRetry(true)));
		}

	}

}
