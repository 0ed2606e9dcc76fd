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
 * One run of the comparison with new processes: the clients, a process each, take turns,
 * iteration by iteration.
 */
final class Trial implements AutoCloseable {

	private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m");

	private static final int MAX_WARM_UPS = 60;

	/**
	 * How often in a row the compilers have to have had nothing to do.
	 */
	private static final int CALM_WARM_UPS = 3;

	private final Setup setup;

	private final Map<ClientKind, WorkerProcess> workers = new EnumMap<>(ClientKind.class);

	private Trial(Setup setup) {
		this.setup = setup;
	}

	static Trial start(Setup setup, Collection<ClientKind> kinds, String apiUrl) throws IOException {
		Trial trial = new Trial(setup);
		for (ClientKind kind : kinds) {
			trial.workers.put(kind, WorkerProcess.start(kind.title(), kind.command(setup, apiUrl, OPTIONS)));
		}
		return trial;
	}

	Map<ClientKind, Iterations> run(BenchmarkCase each) throws IOException {
		List<Runner> runners = new ArrayList<>();
		for (Map.Entry<ClientKind, WorkerProcess> worker : this.workers.entrySet()) {
			if (worker.getKey().takesPartIn(each.scenario())) {
				runners.add(warmUp(each, worker.getKey(), worker.getValue()));
			}
		}
		for (int iteration = 0; iteration < this.setup.iterations(); iteration++) {
			for (int i = 0; i < runners.size(); i++) {
				// nobody always comes after the same one
				runners.get((i + iteration) % runners.size()).run(each);
			}
		}
		Map<ClientKind, Iterations> iterations = new EnumMap<>(ClientKind.class);
		runners.forEach((runner) -> iterations.put(runner.kind(), new Iterations(runner.measurements())));
		System.out.println(each.title() + ": " + iterations);
		return iterations;
	}

	/**
	 * Let a client run until its code is compiled.
	 * @return the client, with as many calls as one measurement needs
	 */
	private Runner warmUp(BenchmarkCase each, ClientKind kind, WorkerProcess worker) throws IOException {
		int calls = this.setup.scale(each.scenario().calls());
		int calm = 0;
		for (int i = 0; i < this.setup.scale(MAX_WARM_UPS) && calm < CALM_WARM_UPS; i++) {
			Measurement measurement = worker.run(each.scenario(), each.concurrency(), calls,
					this.setup.scale(each.scenario().leastCount()));
			if (!this.setup.smoke()) {
				calls = (int) Math.max(each.concurrency(),
						Math.ceil(each.iterationMicros(kind) / measurement.cpuMicros()));
			}
			calm = measurement.isCompiled() ? calm + 1 : 0;
		}
		return new Runner(kind, worker, calls, this.setup.scale(each.scenario().leastCount()), new ArrayList<>());
	}

	@Override
	public void close() {
		this.workers.values().forEach(WorkerProcess::close);
	}

	/**
	 * A client in one case.
	 *
	 * @param kind who it is
	 * @param worker its process
	 * @param calls how many calls one measurement needs
	 * @param least how much a call counts at least
	 * @param measurements what was measured so far
	 */
	private record Runner(ClientKind kind, WorkerProcess worker, int calls, int least, List<Measurement> measurements) {

		private void run(BenchmarkCase each) throws IOException {
			this.measurements.add(this.worker.run(each.scenario(), each.concurrency(), this.calls, this.least));
		}

	}

}
