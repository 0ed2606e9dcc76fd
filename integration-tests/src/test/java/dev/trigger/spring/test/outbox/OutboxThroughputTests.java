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

package dev.trigger.spring.test.outbox;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.sun.management.OperatingSystemMXBean;
import com.zaxxer.hikari.HikariDataSource;
import dev.trigger.spring.outbox.OutboxListener;
import dev.trigger.spring.outbox.OutboxSettings;
import dev.trigger.spring.test.jdbc.PostgresServer;
import dev.trigger.spring.test.outbox.OutboxRig.Instance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many triggers are committed and sent in a second, beside as many that are sent
 * without an outbox. A measurement, for {@code -Doutbox.throughput=10000}.
 */
@EnabledIfSystemProperty(named = "outbox.throughput", matches = "\\d+",
		disabledReason = "A measurement: -Doutbox.throughput=10000")
class OutboxThroughputTests {

	private static final int TRIGGERS = Integer.getInteger("outbox.throughput", 1000);

	private static final int CONCURRENCY = Integer.getInteger("outbox.throughput.concurrency", 32);

	private static final int ROUNDS = Integer.getInteger("outbox.throughput.rounds", 3);

	private static final int THREADS = 4;

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	@Test
	void onH2() throws Exception {
		try (OutboxRig rig = new OutboxRig(OutboxRig.h2())) {
			measure("H2", rig, () -> Duration.ZERO);
		}
	}

	@Test
	void onPostgres() throws Exception {
		try (PostgresServer postgres = PostgresServer.start()) {
			HikariDataSource dataSource = postgres.dataSource();
			try (OutboxRig rig = new OutboxRig(dataSource)) {
				measure("PostgreSQL", rig, postgres::processorTime);
			}
		}
	}

	private static void measure(String database, OutboxRig rig, Supplier<Duration> server) throws Exception {
		AtomicInteger sent = new AtomicInteger();
		Instance instance = rig.instance((settings) -> new OutboxSettings(false, CONCURRENCY, settings.pollInterval(),
				settings.maxFailures(), settings.maxBackoff(), settings.retention()), new OutboxListener() {

					@Override
					public void onSent(String id, String runId, boolean adopted, Duration age) {
						sent.incrementAndGet();
					}

				})
			.started();
		for (int round = 1; round <= ROUNDS; round++) {
			long cpu = cpu(server);
			double plain = plain(rig);
			double plainCpu = (cpu(server) - cpu) / 1000.0 / TRIGGERS;
			cpu = cpu(server);
			int all = sent.get() + TRIGGERS;
			long start = System.nanoTime();
			commit(instance);
			double committed = perSecond(start);
			while (sent.get() < all) {
				assertThat(System.nanoTime() - start).isLessThan(PATIENCE.toNanos());
				Thread.sleep(5);
			}
			double both = perSecond(start);
			double bothCpu = (cpu(server) - cpu) / 1000.0 / TRIGGERS;
			System.out.printf(
					"outbox throughput: %s, round %d: %.0f committed/s, %.0f committed and sent/s, %.0f plain/s, "
							+ "share %.2f; %.0f and %.0f µs of processors each, share %.2f%n",
					database, round, committed, both, plain, both / plain, bothCpu, plainCpu, plainCpu / bothCpu);
		}
	}

	/**
	 * Return the time of processors, which does not depend on what else is going on: that
	 * of client, emulator and database.
	 */
	private static long cpu(Supplier<Duration> server) {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime()
				+ server.get().toNanos();
	}

	private static double plain(OutboxRig rig) {
		var client = rig.client("prod");
		long start = System.nanoTime();
		Flux.range(0, TRIGGERS)
			.flatMap((number) -> client.tasks().trigger(OutboxRig.TASK, number), CONCURRENCY)
			.blockLast(PATIENCE);
		return perSecond(start);
	}

	private static void commit(Instance instance) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			List<Future<?>> committing = new ArrayList<>();
			for (int thread = 0; thread < THREADS; thread++) {
				int first = thread;
				committing.add(threads.submit(() -> {
					for (int number = first; number < TRIGGERS; number += THREADS) {
						instance.trigger(number);
					}
				}));
			}
			for (Future<?> thread : committing) {
				thread.get();
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static double perSecond(long start) {
		return TRIGGERS / ((System.nanoTime() - start) / 1e9);
	}

}
