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

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;

/**
 * Tests for {@link ReadTimeoutConnector} on a client that does not connect.
 */
class ReadTimeoutConnectorTests {

	private static final Duration SHORT = Duration.ofMillis(100);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final AtomicInteger exchanges = new AtomicInteger();

	/**
	 * As some clients do, this one has its request made when the exchange is assembled.
	 */
	private final ClientHttpConnector client = (method, uri, requestCallback) -> {
		Mono<Void> sent = requestCallback.apply(new MockClientHttpRequest(method, uri));
		return Mono.defer(() -> (this.exchanges.incrementAndGet() == 1) ? sent.then(Mono.error(new IOException("lost")))
				: Mono.never());
	};

	private Mono<ClientHttpResponse> connect(Duration connectTimeout, Duration timeout) {
		return new ReadTimeoutConnector(this.client, connectTimeout, timeout).connect(HttpMethod.GET,
				URI.create("http://127.0.0.1/"), ClientHttpRequest::setComplete);
	}

	@Test
	void exchangeThatIsRepeatedStartsAnew() {
		StepVerifier.create(connect(SHORT, SHORT).retry(1))
			.expectError(HttpConnectTimeoutException.class)
			.verify(PATIENCE);
	}

	@Test
	void timeoutsMayBeForEver() {
		Duration forever = ChronoUnit.FOREVER.getDuration();
		StepVerifier.create(connect(forever, forever)).expectErrorMessage("lost").verify(PATIENCE);
	}

}
