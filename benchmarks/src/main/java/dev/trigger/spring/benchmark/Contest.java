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
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

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

	private static final int MAX_WARM_UPS = 60;

	/**
	 * How often in a row the compilers have to have had nothing to do.
	 */
	private static final int CALM_WARM_UPS = 3;

	private final Map<Case, Map<Competitor, Rounds>> results = new LinkedHashMap<>();

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
		for (int round = 0; round < this.setup.closeRounds(); round++) {
			// what the targets compare is closer than a few rounds can tell
			List<Competitor> present = (round < this.setup.rounds()) ? competitors
					: List.of(Competitor.STARTER, Competitor.WEBCLIENT);
			for (int i = 0; i < present.size(); i++) {
				// nobody always comes after the same one
				Competitor competitor = present.get((i + round) % present.size());
				measurements.getOrDefault(competitor, new ArrayList<>())
					.add(run(each, competitor, calls.getOrDefault(competitor, 1)));
			}
		}
		Map<Competitor, Rounds> rounds = new EnumMap<>(Competitor.class);
		measurements.forEach((competitor, list) -> rounds.put(competitor, new Rounds(list)));
		this.results.put(each, rounds);
		System.out.println(each.title() + ": " + rounds);
	}

	/**
	 * Let a contestant run until its code is compiled.
	 * @return how many calls one measurement needs
	 */
	private int warmUp(Case each, Competitor competitor) throws IOException {
		int calls = this.setup.scale(each.scenario().calls());
		int calm = 0;
		for (int i = 0; i < this.setup.scale(MAX_WARM_UPS) && calm < CALM_WARM_UPS; i++) {
			Measurement measurement = run(each, competitor, calls);
			if (!this.setup.smoke()) {
				calls = (int) Math.max(each.concurrency(), Math.ceil(ROUND_MICROS / measurement.cpuMicros()));
			}
			calm = measurement.isCompiled() ? calm + 1 : 0;
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
		Rounds rounds = rounds(each, competitor);
		Rounds others = rounds(each, base);
		return (rounds != null && others != null) ? rounds.ratioTo(others, Measurement::cpuMicros) : null;
	}

	@Nullable Double bytesRatio(Case each, Competitor competitor) {
		Rounds rounds = rounds(each, competitor);
		Rounds others = rounds(each, Competitor.WEBCLIENT);
		return (rounds != null && others != null) ? rounds.ratioTo(others, Measurement::bytes) : null;
	}

	@Nullable Rounds rounds(Case each, Competitor competitor) {
		return this.results.getOrDefault(each, Map.of()).get(competitor);
	}

	/**
	 * What one contestant took, round by round.
	 *
	 * @param measurements the measurements, in the order of the rounds
	 */
	record Rounds(List<Measurement> measurements) {

		double cpuMicros() {
			return median(Measurement::cpuMicros);
		}

		double bytes() {
			return median(Measurement::bytes);
		}

		private double median(ToDoubleFunction<Measurement> figure) {
			return Measurement.median(this.measurements.stream().mapToDouble(figure).boxed().toList());
		}

		/**
		 * Return the median of the ratios of each round: what disturbs the machine for a
		 * while disturbs both.
		 */
		double ratioTo(Rounds others, ToDoubleFunction<Measurement> figure) {
			int shared = Math.min(this.measurements.size(), others.measurements.size());
			return Measurement.median(IntStream.range(0, shared)
				.mapToObj((round) -> figure.applyAsDouble(this.measurements.get(round))
						/ figure.applyAsDouble(others.measurements.get(round)))
				.toList());
		}

		@Override
		public String toString() {
			return "%.0f us %.0f KB".formatted(cpuMicros(), bytes() / 1024);
		}

	}

}
