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
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;

import dev.trigger.emulator.http.Fault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A quarter of a million items, with {@code -Dtrigger.items=1000000} a million, are
 * streamed by a JVM with 96 MiB, while faults meet one request in six: every item makes
 * one run, and the memory stays flat.
 */
class MillionItemsTests {

	private static final int ITEMS = Integer.getInteger("trigger.items", 250_000);

	private static final int BATCH_SIZE = 1000;

	private static final Duration PATIENCE = Duration.ofMinutes(10);

	@Test
	void eachItemMakesOneRunInLittleMemory() throws IOException, InterruptedException {
		try (CountingServer server = new CountingServer()) {
			server.fault(5, Fault.of(Fault.Kind.LOSE_RESPONSE));
			server.fault(5, Fault.of(Fault.Kind.RESET));
			server.fault(2, Fault.of(Fault.Kind.TRUNCATE));
			server.status(3, 503);
			server.status(2, 429);
			long start = System.nanoTime();
			List<String> lines = ChildJvm.run(ItemSender.class, "96m", PATIENCE, server.url(), ITEMS);
			Duration time = Duration.ofNanos(System.nanoTime() - start);
			LongSummaryStatistics heap = lines.stream()
				.filter(LoadClient.Sample::isLine)
				.map(LoadClient.Sample::parse)
				.mapToLong(LoadClient.Sample::heap)
				.summaryStatistics();
			System.out.printf(
					"items: %d made, %d twice, %d deduplicated, %d requests, %d faults, "
							+ "%.1f s, heap %.1f to %.1f MiB%n",
					server.made(), server.madeTwice(), server.deduplicated(), server.requests(), server.faults(),
					time.toMillis() / 1000.0, heap.getMin() / 1024.0, heap.getMax() / 1024.0);
			assertThat(lines).contains("batches " + ITEMS / BATCH_SIZE);
			assertThat(server.made()).isEqualTo(ITEMS);
			assertThat(server.madeTwice()).isZero();
			assertThat(server.faults()).isGreaterThan(server.requests() / 10);
			assertThat(server.deduplicated()).isPositive();
			assertThat(heap.getMax() - heap.getMin()).as("growth of the heap in KiB").isLessThan(8 * 1024);
		}
	}

}
