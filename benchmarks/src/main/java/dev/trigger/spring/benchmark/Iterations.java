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
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import dev.trigger.spring.benchmark.WorkerProcess.Measurement;

/**
 * What one process took, iteration by iteration.
 *
 * @param measurements the measurements, in the order of the iterations
 */
record Iterations(List<Measurement> measurements) {

	double cpuMicros() {
		return median(Measurement::cpuMicros);
	}

	double bytes() {
		return median(Measurement::bytes);
	}

	double micros() {
		return median(Measurement::micros);
	}

	private double median(ToDoubleFunction<Measurement> figure) {
		return Measurement.median(this.measurements.stream().mapToDouble(figure).boxed().toList());
	}

	/**
	 * Return the median of the ratios of each iteration: what disturbs the machine for a
	 * while disturbs both.
	 */
	double ratioTo(Iterations others, ToDoubleFunction<Measurement> figure) {
		return Measurement.median(IntStream.range(0, this.measurements.size())
			.mapToObj((iteration) -> figure.applyAsDouble(this.measurements.get(iteration))
					/ figure.applyAsDouble(others.measurements.get(iteration)))
			.toList());
	}

	@Override
	public String toString() {
		return "%.0f us %.0f KB".formatted(cpuMicros(), bytes() / 1024);
	}

}
