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

package dev.trigger.spring.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.benchmark.client.Scenario;

/**
 * Runs everything.
 */
public final class Benchmarks {

	private Benchmarks() {
	}

	/**
	 * Run.
	 * @param args none
	 * @throws Exception if something fails
	 */
	public static void main(String[] args) throws Exception {
		Setup setup = Setup.fromSystemProperties();
		ClientComparison comparison = new ClientComparison(setup);
		try (NginxServer server = NginxServer.start(setup.work().resolve("nginx"), setup.scale(Scenario.PART_COUNT))) {
			comparison.run(server.url());
			Path results = setup.live() ? writeLive(setup, comparison) : writeAll(setup, comparison, server.url());
			System.out.println("The results are in " + results);
		}
		System.exit(0);
	}

	private static Path writeLive(Setup setup, ClientComparison comparison) throws Exception {
		Path results = setup.work().resolve("LIVE.md");
		return Files.writeString(results, new LiveReport(comparison).write(new LiveFigures(setup).measure()));
	}

	private static Path writeAll(Setup setup, ClientComparison comparison, String url) throws Exception {
		Memory memory = new Memory(setup);
		Map<ClientKind, Double> peaks = memory.peaks(url);
		double million = memory.million(url);
		StartUp.Result startUp = new StartUp(setup).measure(url);
		List<MicroBenchmarks.MicroBenchmark> microBenchmarks = new MicroBenchmarks(setup).measure();
		Map<ClientKind, LiveFigures.Figures> live = new LiveFigures(setup).measure();
		Path results = setup.results().resolve("RESULTS.md");
		new Report(comparison).write(results, peaks, million, startUp, microBenchmarks, live);
		Files.writeString(setup.results().resolve("results.svg"), new Chart(comparison).draw());
		return results;
	}

}
