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
import java.util.function.ToLongFunction;

import dev.trigger.emulator.http.Fault;
import org.junit.jupiter.api.Test;

import org.springframework.boot.convert.DurationStyle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two hundred callers, every tenth request meets a fault: no call fails, what was sent
 * was made once, and neither heap nor connections grow. It takes some seconds, in the
 * profile {@code soak} ten minutes.
 */
class SoakTests {

	private static final int SECONDS = (int) DurationStyle.detectAndParse(System.getProperty("trigger.soak.time", "5s"))
		.toSeconds();

	@Test
	void whatIsSentIsMadeOnceAndNothingGrows() throws IOException, InterruptedException {
		try (CountingServer server = new CountingServer()) {
			server.fault(2, Fault.of(Fault.Kind.LOSE_RESPONSE));
			server.fault(2, Fault.of(Fault.Kind.RESET));
			server.fault(1.2, Fault.of(Fault.Kind.TRUNCATE));
			server.fault(0.2, Fault.of(Fault.Kind.HANG));
			server.fault(0.8, new Fault(Fault.Kind.DELAY, Duration.ofMillis(200), null));
			server.status(2, 500);
			server.status(2, 503);
			server.status(1, 429);
			List<String> lines = ChildJvm.run(SoakCallers.class, "128m", Duration.ofSeconds(SECONDS + 120L),
					server.url(), SECONDS);
			List<LoadClient.Sample> samples = lines.stream()
				.filter(LoadClient.Sample::isLine)
				.map(LoadClient.Sample::parse)
				.toList();
			// the pool fills and code is compiled at first
			List<LoadClient.Sample> before = samples.subList(samples.size() / 3, samples.size() * 2 / 3);
			List<LoadClient.Sample> after = samples.subList(samples.size() * 2 / 3, samples.size());
			int sent = number(lines, "sent ");
			print(server, lines, samples);
			assertThat(number(lines, "failed ")).as("failed calls").isZero();
			assertThat(server.made()).as("made").isEqualTo(sent);
			assertThat(server.madeTwice()).as("made twice").isZero();
			assertThat(server.faults()).as("faults").isGreaterThan(server.requests() / 11);
			assertThat(number(lines, "left in use ")).as("connections in use at the end").isZero();
			assertThat(samples).allMatch((sample) -> sample.connections() <= LoadClient.CONNECTIONS);
			assertThat(growth(before, after, LoadClient.Sample::heap)).as("growth of the heap in KiB")
				.isLessThan(3 * 1024);
			// the pool's own bound is checked above: it may still fill on a slow machine
			assertThat(growth(before, after, (sample) -> sample.files() - sample.connections()))
				.as("growth of open files that are no connection of the pool")
				.isLessThan(15);
		}
	}

	private static double growth(List<LoadClient.Sample> before, List<LoadClient.Sample> after,
			ToLongFunction<LoadClient.Sample> figure) {
		return statistics(after, figure).getAverage() - statistics(before, figure).getAverage();
	}

	private static LongSummaryStatistics statistics(List<LoadClient.Sample> samples,
			ToLongFunction<LoadClient.Sample> figure) {
		return samples.stream().mapToLong(figure).summaryStatistics();
	}

	private static int number(List<String> lines, String name) {
		return lines.stream()
			.filter((line) -> line.startsWith(name))
			.mapToInt((line) -> Integer.parseInt(line.substring(name.length())))
			.findFirst()
			.orElseThrow();
	}

	private static void print(CountingServer server, List<String> lines, List<LoadClient.Sample> samples) {
		LongSummaryStatistics heap = statistics(samples, LoadClient.Sample::heap);
		LongSummaryStatistics connections = statistics(samples, LoadClient.Sample::connections);
		LongSummaryStatistics files = statistics(samples, LoadClient.Sample::files);
		System.out.printf(
				"soak: %d s, %d callers, %d calls (%d failed), %d requests, %d faults (%.1f %%), "
						+ "%d sent, %d made, %d twice, %d deduplicated%n",
				SECONDS, SoakCallers.CALLERS, number(lines, "calls "), number(lines, "failed "), server.requests(),
				server.faults(), 100.0 * server.faults() / server.requests(), number(lines, "sent "), server.made(),
				server.madeTwice(), server.deduplicated());
		System.out.printf("soak: heap %.1f to %.1f MiB, connections %d to %d, open files %d to %d%n",
				heap.getMin() / 1024.0, heap.getMax() / 1024.0, connections.getMin(), connections.getMax(),
				files.getMin(), files.getMax());
	}

}
