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

import java.util.ArrayList;
import java.util.List;

import dev.trigger.spring.benchmark.micro.CallMicroBenchmarks;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the pieces of a call with JMH.
 */
final class MicroBenchmarks {

	private final Setup setup;

	MicroBenchmarks(Setup setup) {
		this.setup = setup;
	}

	List<MicroBenchmark> measure() throws RunnerException {
		TimeValue time = TimeValue.milliseconds(this.setup.smoke() ? 20 : 1000);
		Options options = new OptionsBuilder().include(CallMicroBenchmarks.class.getName())
			.addProfiler(GCProfiler.class)
			.forks(this.setup.smoke() ? 0 : 1)
			.warmupIterations(this.setup.smoke() ? 1 : 3)
			.warmupTime(time)
			.measurementIterations(this.setup.smoke() ? 1 : 3)
			.measurementTime(time)
			.build();
		List<MicroBenchmark> microBenchmarks = new ArrayList<>();
		for (RunResult result : new Runner(options).run()) {
			Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
			microBenchmarks.add(new MicroBenchmark(result.getPrimaryResult().getLabel(),
					result.getPrimaryResult().getScore(), (bytes != null) ? bytes.getScore() : 0));
		}
		return microBenchmarks;
	}

	/**
	 * What one piece takes.
	 *
	 * @param name its name
	 * @param nanos nanoseconds
	 * @param bytes allocated bytes
	 */
	record MicroBenchmark(String name, double nanos, double bytes) {

	}

}
