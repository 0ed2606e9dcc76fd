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

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import dev.trigger.spring.benchmark.WorkerProcess.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * Compares the clients. Two processes with the same code differ for as long as they run,
 * so where a target is close, the two clients that it is about are measured in several
 * trials, each with new processes.
 */
final class ClientComparison {

	private final Setup setup;

	private final Map<BenchmarkCase, Map<ClientKind, List<Iterations>>> results = new LinkedHashMap<>();

	ClientComparison(Setup setup) {
		this.setup = setup;
	}

	void run(String apiUrl) throws IOException {
		run(Arrays.stream(ClientKind.values()).filter((kind) -> kind.isAvailable(this.setup)).toList(),
				this.setup.cases(), apiUrl);
		List<BenchmarkCase> close = this.setup.cases().stream().filter(BenchmarkCase::isClose).toList();
		for (int trial = 1; trial < this.setup.trials(); trial++) {
			run(List.of(ClientKind.STARTER, ClientKind.WEBCLIENT), close, apiUrl);
		}
	}

	/**
	 * Those with one call at once come first: many calls leave connections of all event
	 * loops in the pool, and how often the next call finds one of another loop than its
	 * own, which costs a third of it, is chance.
	 */
	private void run(List<ClientKind> kinds, List<BenchmarkCase> cases, String apiUrl) throws IOException {
		try (Trial trial = Trial.start(this.setup, kinds, apiUrl)) {
			for (BenchmarkCase each : cases.stream()
				.sorted(Comparator.comparingInt(BenchmarkCase::concurrency))
				.toList()) {
				Map<ClientKind, List<Iterations>> all = this.results.computeIfAbsent(each,
						(key) -> new EnumMap<>(ClientKind.class));
				trial.run(each)
					.forEach((kind, iterations) -> all.computeIfAbsent(kind, (key) -> new ArrayList<>())
						.add(iterations));
			}
		}
	}

	@Nullable Double cpuRatio(BenchmarkCase each, ClientKind kind, ClientKind base) {
		return ratio(each, kind, base, Measurement::cpuMicros);
	}

	@Nullable Double bytesRatio(BenchmarkCase each, ClientKind kind) {
		return ratio(each, kind, ClientKind.WEBCLIENT, Measurement::bytes);
	}

	private @Nullable Double ratio(BenchmarkCase each, ClientKind kind, ClientKind base,
			ToDoubleFunction<Measurement> figure) {
		List<Iterations> own = iterations(each, kind);
		List<Iterations> others = iterations(each, base);
		return median(IntStream.range(0, Math.min(own.size(), others.size()))
			.mapToObj((trial) -> own.get(trial).ratioTo(others.get(trial), figure))
			.toList());
	}

	@Nullable Double cpuMicros(BenchmarkCase each, ClientKind kind) {
		return median(iterations(each, kind).stream().map(Iterations::cpuMicros).toList());
	}

	@Nullable Double micros(BenchmarkCase each, ClientKind kind) {
		return median(iterations(each, kind).stream().map(Iterations::micros).toList());
	}

	@Nullable Double bytes(BenchmarkCase each, ClientKind kind) {
		return median(iterations(each, kind).stream().map(Iterations::bytes).toList());
	}

	/**
	 * Return the iterations of each trial, from the first one on, in which all take part.
	 */
	private List<Iterations> iterations(BenchmarkCase each, ClientKind kind) {
		return this.results.getOrDefault(each, Map.of()).getOrDefault(kind, List.of());
	}

	private static @Nullable Double median(List<Double> values) {
		return values.isEmpty() ? null : Measurement.median(values);
	}

}
