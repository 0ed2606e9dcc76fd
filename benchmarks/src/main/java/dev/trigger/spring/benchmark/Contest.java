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
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.benchmark.WorkerProcess.Measurement;
import org.jspecify.annotations.Nullable;

/**
 * Lets the contestants do the same, one after the other, round by round.
 */
final class Contest {

	private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m");

	/**
	 * The CPU time of one measurement. The clock of processes has a resolution of 10 ms.
	 */
	private static final double ROUND_MICROS = 700_000;

	private static final int MAX_WARM_UPS = 10;

	private final Map<Case, Map<Competitor, Result>> results = new LinkedHashMap<>();

	private final Setup setup;

	private final Map<Competitor, WorkerProcess> workers = new EnumMap<>(Competitor.class);

	Contest(Setup setup) {
		this.setup = setup;
	}

	void hold(String apiUrl) throws IOException {
		try {
			for (Competitor competitor : Competitor.values()) {
				if (competitor.isAvailable(this.setup)) {
					this.workers.put(competitor,
							WorkerProcess.start(competitor.title(), competitor.command(this.setup, apiUrl, OPTIONS)));
				}
			}
			for (Case each : Case.ALL) {
				hold(each);
			}
		}
		finally {
			this.workers.values().forEach(WorkerProcess::close);
		}
	}

	private void hold(Case each) throws IOException {
		List<Competitor> competitors = this.workers.keySet()
			.stream()
			.filter((competitor) -> competitor.takesPartIn(each.scenario()))
			.toList();
		Map<Competitor, List<Measurement>> measurements = new EnumMap<>(Competitor.class);
		Map<Competitor, Integer> calls = new EnumMap<>(Competitor.class);
		for (Competitor competitor : competitors) {
			calls.put(competitor, warmUp(each, competitor));
			measurements.put(competitor, new ArrayList<>());
		}
		for (int round = 0; round < this.setup.rounds(); round++) {
			for (int i = 0; i < competitors.size(); i++) {
				// nobody always comes after the same one
				Competitor competitor = competitors.get((i + round) % competitors.size());
				measurements.getOrDefault(competitor, new ArrayList<>())
					.add(run(each, competitor, calls.getOrDefault(competitor, 1)));
			}
		}
		Map<Competitor, Result> medians = new EnumMap<>(Competitor.class);
		measurements.forEach((competitor, list) -> medians.put(competitor,
				new Result(Measurement.median(list.stream().map(Measurement::cpuMicros).toList()),
						Measurement.median(list.stream().map(Measurement::bytes).toList()))));
		this.results.put(each, medians);
		System.out.println(each.title() + ": " + medians);
	}

	/**
	 * Let a contestant run until its code is compiled.
	 * @return how many calls one measurement needs
	 */
	private int warmUp(Case each, Competitor competitor) throws IOException {
		int calls = this.setup.scale(each.scenario().calls());
		for (int i = 0; i < this.setup.scale(MAX_WARM_UPS); i++) {
			Measurement measurement = run(each, competitor, calls);
			if (!this.setup.smoke()) {
				calls = (int) Math.max(each.concurrency(), Math.ceil(ROUND_MICROS / measurement.cpuMicros()));
			}
			if (i >= 2 && measurement.isCompiled()) {
				break;
			}
		}
		return calls;
	}

	private Measurement run(Case each, Competitor competitor, int calls) throws IOException {
		return worker(competitor).run(each.scenario(), each.concurrency(), calls);
	}

	private WorkerProcess worker(Competitor competitor) {
		WorkerProcess worker = this.workers.get(competitor);
		if (worker == null) {
			throw new IllegalStateException(competitor + " does not take part");
		}
		return worker;
	}

	@Nullable Double cpuRatio(Case each, Competitor competitor, Competitor base) {
		Result result = result(each, competitor);
		Result other = result(each, base);
		return (result != null && other != null) ? result.cpuMicros() / other.cpuMicros() : null;
	}

	@Nullable Double bytesRatio(Case each, Competitor competitor) {
		Result result = result(each, competitor);
		Result other = result(each, Competitor.WEBCLIENT);
		return (result != null && other != null) ? result.bytes() / other.bytes() : null;
	}

	@Nullable Result result(Case each, Competitor competitor) {
		return this.results.getOrDefault(each, Map.of()).get(competitor);
	}

	/**
	 * Medians over the rounds.
	 *
	 * @param cpuMicros CPU microseconds a call
	 * @param bytes allocated bytes a call
	 */
	record Result(double cpuMicros, double bytes) {

		@Override
		public String toString() {
			return "%.0f us %.0f KB".formatted(this.cpuMicros, this.bytes / 1024);
		}

	}

}
