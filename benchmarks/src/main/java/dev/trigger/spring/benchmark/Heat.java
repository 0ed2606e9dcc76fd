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
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.benchmark.WorkerProcess.Measurement;

/**
 * Contestants with a process each, that do the same one after the other, round by round.
 */
final class Heat implements AutoCloseable {

	private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m");

	private static final int MAX_WARM_UPS = 60;

	/**
	 * How often in a row the compilers have to have had nothing to do.
	 */
	private static final int CALM_WARM_UPS = 3;

	private final Setup setup;

	private final Map<Competitor, WorkerProcess> workers = new EnumMap<>(Competitor.class);

	private Heat(Setup setup) {
		this.setup = setup;
	}

	static Heat start(Setup setup, Collection<Competitor> competitors, String apiUrl) throws IOException {
		Heat heat = new Heat(setup);
		for (Competitor competitor : competitors) {
			heat.workers.put(competitor,
					WorkerProcess.start(competitor.title(), competitor.command(setup, apiUrl, OPTIONS)));
		}
		return heat;
	}

	Map<Competitor, Rounds> hold(Case each) throws IOException {
		List<Runner> runners = new ArrayList<>();
		for (Map.Entry<Competitor, WorkerProcess> worker : this.workers.entrySet()) {
			if (worker.getKey().takesPartIn(each.scenario())) {
				runners.add(warmUp(each, worker.getKey(), worker.getValue()));
			}
		}
		for (int round = 0; round < this.setup.rounds(); round++) {
			for (int i = 0; i < runners.size(); i++) {
				// nobody always comes after the same one
				runners.get((i + round) % runners.size()).run(each);
			}
		}
		Map<Competitor, Rounds> rounds = new EnumMap<>(Competitor.class);
		runners.forEach((runner) -> rounds.put(runner.competitor(), new Rounds(runner.measurements())));
		System.out.println(each.title() + ": " + rounds);
		return rounds;
	}

	/**
	 * Let a contestant run until its code is compiled.
	 * @return the contestant, with as many calls as one measurement needs
	 */
	private Runner warmUp(Case each, Competitor competitor, WorkerProcess worker) throws IOException {
		int calls = this.setup.scale(each.scenario().calls());
		int calm = 0;
		for (int i = 0; i < this.setup.scale(MAX_WARM_UPS) && calm < CALM_WARM_UPS; i++) {
			Measurement measurement = worker.run(each.scenario(), each.concurrency(), calls);
			if (!this.setup.smoke()) {
				calls = (int) Math.max(each.concurrency(),
						Math.ceil(each.roundMicros(competitor) / measurement.cpuMicros()));
			}
			calm = measurement.isCompiled() ? calm + 1 : 0;
		}
		return new Runner(competitor, worker, calls, new ArrayList<>());
	}

	@Override
	public void close() {
		this.workers.values().forEach(WorkerProcess::close);
	}

	/**
	 * A contestant in one case.
	 *
	 * @param competitor who it is
	 * @param worker its process
	 * @param calls how many calls one measurement needs
	 * @param measurements what was measured so far
	 */
	private record Runner(Competitor competitor, WorkerProcess worker, int calls, List<Measurement> measurements) {

		private void run(Case each) throws IOException {
			this.measurements.add(this.worker.run(each.scenario(), each.concurrency(), this.calls));
		}

	}

}
