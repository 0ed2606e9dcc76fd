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

package dev.trigger.spring.test.reliability;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ServerSocketFactory;

import dev.trigger.emulator.TriggerEmulator;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.TriggerCredential;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * An emulator, a client, and a {@link FaultProxy} between them.
 */
final class FaultRig implements AutoCloseable {

	static final Duration READ_TIMEOUT = Duration.ofMillis(800);

	static final Duration TIMEOUT = Duration.ofSeconds(4);

	private static final Duration WARM_UP = Duration.ofSeconds(30);

	static final int MAX_IN_MEMORY = 1024 * 1024;

	static final Elsewhere ELSEWHERE = new Elsewhere();

	private final TriggerEmulator emulator;

	private final FaultProxy proxy;

	private final TrackedConnections connections = new TrackedConnections(8);

	private final TriggerOperations client;

	private final TriggerOperations direct;

	FaultRig() {
		this(ServerSocketFactory.getDefault(), "http://127.0.0.1:%d");
	}

	FaultRig(ServerSocketFactory sockets, String address) {
		this.emulator = TriggerEmulator.builder().rateLimit(100_000, 100_000, Duration.ofSeconds(10)).start();
		this.proxy = new FaultProxy(this.emulator.port(), sockets);
		this.client = template(address.formatted(this.proxy.port())).build();
		this.direct = TriggerTemplate.builder(TriggerCredential.of(this.emulator.secretKey("prod")))
			.apiUrl(this.emulator.apiUrl())
			.projectRef(this.emulator.projectRef())
			.build();
	}

	static FaultRig of(MatrixFault fault) {
		return switch (fault) {
			case TLS -> new FaultRig(UntrustedTls.sockets(), "https://localhost:%d");
			case DNS -> new FaultRig(ServerSocketFactory.getDefault(), "https://no-such-host.invalid:%d");
			default -> new FaultRig();
		};
	}

	private TriggerTemplateBuilder template(String apiUrl) {
		return TriggerTemplate.builder(TriggerCredential.of(this.emulator.secretKey("prod")))
			.apiUrl(apiUrl)
			.projectRef(this.emulator.projectRef())
			.timeout(TIMEOUT)
			.maxInMemorySize(MAX_IN_MEMORY)
			.retry((policy) -> policy.withBackoff(Duration.ofMillis(50), 1.6, Duration.ofMillis(200)))
			.webClientBuilder(WebClient.builder().clientConnector(this.connections.connector(READ_TIMEOUT)));
	}

	TriggerEmulator emulator() {
		return this.emulator;
	}

	FaultProxy proxy() {
		return this.proxy;
	}

	TriggerOperations client() {
		return this.client;
	}

	/**
	 * A client that goes past the proxy.
	 */
	TriggerOperations direct() {
		return this.direct;
	}

	/**
	 * Make a connection of which nobody knows that it will be half-closed.
	 */
	void warmUp() {
		this.client.withTimeout(WARM_UP).schedules().timezones(true).block(WARM_UP);
	}

	/**
	 * Wait until all connections are back in their pool.
	 * @return how many are not
	 */
	int awaitConnections() {
		return this.connections.await();
	}

	@Override
	public void close() {
		this.proxy.close();
		this.connections.close();
		this.emulator.close();
	}

	/**
	 * A host that must never be called.
	 */
	static final class Elsewhere {

		private final ServerSocket socket;

		private final AtomicInteger connections = new AtomicInteger();

		private Elsewhere() {
			try {
				this.socket = new ServerSocket(0);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			Thread thread = new Thread(this::count, "elsewhere");
			thread.setDaemon(true);
			thread.start();
		}

		private void count() {
			while (true) {
				try {
					this.socket.accept().close();
					this.connections.incrementAndGet();
				}
				catch (IOException ex) {
					return;
				}
			}
		}

		int port() {
			return this.socket.getLocalPort();
		}

		int connections() {
			return this.connections.get();
		}

	}

}
