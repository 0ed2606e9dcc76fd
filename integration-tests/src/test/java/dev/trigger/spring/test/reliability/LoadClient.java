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

import java.lang.management.ManagementFactory;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.auth.TriggerCredential;
import org.slf4j.LoggerFactory;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A client that is watched: its heap, its connections and the files that the process has
 * open.
 */
final class LoadClient {

	static final int CONNECTIONS = 50;

	private final Collection<ConnectionPoolMetrics> pools = new ConcurrentLinkedQueue<>();

	private final TriggerOperations trigger;

	LoadClient(String url, Duration readTimeout) {
		// every broken connection is told of
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
		ConnectionProvider provider = ConnectionProvider.builder("load")
			.maxConnections(CONNECTIONS)
			.pendingAcquireMaxCount(-1)
			.metrics(true, () -> new Registrar(this.pools))
			.build();
		HttpClient http = HttpClient.create(provider).disableRetry(true).responseTimeout(readTimeout);
		this.trigger = TriggerTemplate.builder(TriggerCredential.of("tr_prod_0123456789abcdefghij"))
			.apiUrl(url)
			// a tenth of all attempts fails: with five, some calls would fail for good
			.retry((policy) -> policy.withMaxAttempts(15)
				.withBackoff(Duration.ofMillis(20), 1.6, Duration.ofMillis(200)))
			// on a slow machine many attempts at once run into the read timeout
			.retryBudget(5_000)
			.webClientBuilder(WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)))
			.build();
	}

	TriggerOperations trigger() {
		return this.trigger;
	}

	Sample sample(long done) {
		// twice, since what is freed by the first may free more
		System.gc();
		System.gc();
		long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		int inUse = this.pools.stream().mapToInt(ConnectionPoolMetrics::acquiredSize).sum();
		int open = this.pools.stream().mapToInt(ConnectionPoolMetrics::allocatedSize).sum();
		return new Sample(done, heap / 1024, open, inUse, openFiles());
	}

	private static long openFiles() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)
				? unix.getOpenFileDescriptorCount() : 0;
	}

	/**
	 * What was seen at a moment.
	 *
	 * @param done how much was done
	 * @param heap what is on the heap after a collection, in KiB
	 * @param connections how many connections there are
	 * @param inUse how many of them are in use
	 * @param files how many files and sockets the process has open
	 */
	record Sample(long done, long heap, int connections, int inUse, long files) {

		private static final String PREFIX = "sample ";

		String line() {
			return PREFIX + this.done + " " + this.heap + " " + this.connections + " " + this.inUse + " " + this.files;
		}

		static boolean isLine(String line) {
			return line.startsWith(PREFIX);
		}

		static Sample parse(String line) {
			String[] parts = line.substring(PREFIX.length()).split(" ");
			return new Sample(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]),
					Integer.parseInt(parts[3]), Long.parseLong(parts[4]));
		}

	}

	private record Registrar(Collection<ConnectionPoolMetrics> pools) implements ConnectionProvider.MeterRegistrar {

		@Override
		public void registerMetrics(String poolName, String id, SocketAddress address, ConnectionPoolMetrics metrics) {
			this.pools.add(metrics);
		}

		@Override
		public void deRegisterMetrics(String poolName, String id, SocketAddress address) {
			// one server, one pool
		}

	}

}
