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

import java.net.http.HttpClient;
import java.time.Duration;

import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * The builder for clients that are not given one.
 */
final class DefaultConnector {

	/**
	 * Whether Reactor Netty is there.
	 */
	static final boolean REACTOR_NETTY = ClassUtils.isPresent("reactor.netty.http.client.HttpClient",
			DefaultConnector.class.getClassLoader());

	private DefaultConnector() {
	}

	static WebClient.Builder webClientBuilder() {
		ClientHttpConnector connector = REACTOR_NETTY ? ReactorNetty.connector() : jdk();
		return WebClient.builder().clientConnector(new AddressHidingConnector(connector));
	}

	/**
	 * Return a builder for requests that are held for long, whose connections are not
	 * those of calls.
	 */
	static WebClient.Builder liveWebClientBuilder() {
		ClientHttpConnector connector = REACTOR_NETTY ? ReactorNetty.liveConnector() : jdk();
		return WebClient.builder().clientConnector(new AddressHidingConnector(connector));
	}

	/**
	 * Servers don't offer HTTP/2 without TLS, and some destroy connections on which it is
	 * asked for. With TLS all calls would share one connection, and those that a server
	 * has no stream for would fail.
	 */
	private static ClientHttpConnector jdk() {
		return new JdkClientHttpConnector(HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
	}

	/**
	 * A class of its own, so that Reactor Netty is not needed where it is absent.
	 */
	private static final class ReactorNetty {

		private static final int MAX_CONNECTIONS = 500;

		private static final int MAX_HEADER_SIZE = 64 * 1024;

		private static final int MAX_LIVE_CONNECTIONS = 10_000;

		private static final Duration MAX_LIVE_IDLE_TIME = Duration.ofSeconds(30);

		/**
		 * All clients that are given no connector share it, as they would share that of
		 * Reactor Netty, which turns calls away when many are waiting: here they wait
		 * until their own timeout.
		 */
		private static final ConnectionProvider POOL = ConnectionProvider.builder("trigger")
			.maxConnections(MAX_CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.pendingAcquireTimeout(Duration.ZERO)
			.build();

		/**
		 * Reactor Netty repeats a request by itself when a connection is reset, which
		 * would make a second run: whether to try again is for the retry policy alone.
		 */
		private static ClientHttpConnector connector() {
			return connector(POOL);
		}

		private static ClientHttpConnector connector(ConnectionProvider pool) {
			return new ReactorClientHttpConnector(TlsFailures.shorten(reactor.netty.http.client.HttpClient.create(pool)
				.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_HEADER_SIZE))
				.disableRetry(true)));
		}

		/**
		 * Each feed has a connection, and none may wait for another one.
		 */
		private static ClientHttpConnector liveConnector() {
			return connector(ConnectionProvider.builder("trigger-live")
				.maxConnections(MAX_LIVE_CONNECTIONS)
				.maxIdleTime(MAX_LIVE_IDLE_TIME)
				.pendingAcquireMaxCount(-1)
				.build());
		}

	}

}
