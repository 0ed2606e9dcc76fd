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

import java.util.List;

import dev.trigger.spring.benchmark.client.Scenario;

/**
 * A scenario at a concurrency, with its targets as ratios to {@code WebClient} and to the
 * official SDK, zero where there is none.
 *
 * @param scenario what is done
 * @param concurrency how many calls at once
 * @param cpuTarget the CPU time a call
 * @param bytesTarget the allocated bytes a call
 * @param sdkTarget the CPU time a call, as a ratio to the official SDK
 */
record BenchmarkCase(Scenario scenario, int concurrency, double cpuTarget, double bytesTarget, double sdkTarget) {

	static final List<BenchmarkCase> ALL = List.of(new BenchmarkCase(Scenario.RETRIEVE, 1, 1.05, 1.10, 0.5),
			new BenchmarkCase(Scenario.RETRIEVE, 64, 1.05, 1.10, 0.5),
			new BenchmarkCase(Scenario.TRIGGER, 1, 1.05, 1.10, 0.4),
			new BenchmarkCase(Scenario.TRIGGER, 64, 1.05, 1.10, 0.4),
			new BenchmarkCase(Scenario.LIST, 1, 0.90, 0.95, 0.75),
			new BenchmarkCase(Scenario.LIST, 64, 0.90, 0.95, 0.75), new BenchmarkCase(Scenario.WALK, 1, 0, 0, 0),
			new BenchmarkCase(Scenario.BATCH, 1, 0.45, 1, 0.12), new BenchmarkCase(Scenario.BATCH, 64, 0.45, 1, 0.12),
			new BenchmarkCase(Scenario.STREAM, 1, 0.20, 1, 0), new BenchmarkCase(Scenario.CHANGES, 1, 0, 0, 0.3),
			new BenchmarkCase(Scenario.CHANGES, 64, 0, 0, 0.3), new BenchmarkCase(Scenario.PARTS, 1, 0, 0, 0),
			new BenchmarkCase(Scenario.RECORDS, 1, 0, 0, 0));

	/**
	 * Return whether the target is closer to {@code WebClient} than two processes with
	 * the same code may be to one another.
	 */
	boolean isClose() {
		return this.cpuTarget > 1;
	}

	/**
	 * Return whether a feed or a stream is followed.
	 */
	boolean isLive() {
		return switch (this.scenario) {
			case CHANGES, PARTS, RECORDS -> true;
			default -> false;
		};
	}

	/**
	 * Return the CPU time of one measurement, which is shorter where the target is far,
	 * and for those of whom there is none. The clock of processes has a resolution of 10
	 * ms.
	 */
	double iterationMicros(ClientKind kind) {
		boolean compared = kind == ClientKind.STARTER || kind == ClientKind.WEBCLIENT;
		return (compared && this.cpuTarget >= 0.9) ? 700_000 : 350_000;
	}

	String title() {
		return switch (this.scenario) {
			case WALK, STREAM, PARTS, RECORDS -> this.scenario.title();
			default -> this.scenario.title() + ", " + this.concurrency + " at once";
		};
	}

}
