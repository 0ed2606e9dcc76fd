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

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * Connections of a client, of which it is known how many are in use.
 */
final class TrackedConnections implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Collection<ConnectionPoolMetrics> pools = new ConcurrentLinkedQueue<>();

	private final ConnectionProvider provider;

	TrackedConnections(int max) {
		this.provider = ConnectionProvider.builder("tracked")
			.maxConnections(max)
			.metrics(true, () -> new Registrar(this.pools))
			.build();
	}

	ReactorClientHttpConnector connector(Duration readTimeout) {
		return new ReactorClientHttpConnector(HttpClient.create(this.provider)
			.disableRetry(true)
			.responseTimeout(readTimeout)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 1000));
	}

	/**
	 * Wait until all connections are back in their pool.
	 * @return how many are not
	 */
	int await() {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (inUse() > 0 && System.nanoTime() < end) {
			FaultProxy.sleep(Duration.ofMillis(10));
		}
		return inUse();
	}

	private int inUse() {
		return this.pools.stream().mapToInt((pool) -> pool.acquiredSize() + pool.pendingAcquireSize()).sum();
	}

	@Override
	public void close() {
		this.provider.disposeLater().block(PATIENCE);
	}

	private record Registrar(Collection<ConnectionPoolMetrics> pools) implements ConnectionProvider.MeterRegistrar {

		@Override
		public void registerMetrics(String poolName, String id, SocketAddress address, ConnectionPoolMetrics metrics) {
			this.pools.add(metrics);
		}

		@Override
		public void deRegisterMetrics(String poolName, String id, SocketAddress address) {
			// what was left in use would be of interest even then
		}

	}

}
