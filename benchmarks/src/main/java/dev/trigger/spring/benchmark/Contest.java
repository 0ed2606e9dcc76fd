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
 * Compares the contestants. Processes with the same code differ for as long as they live,
 * so that where the target is close those that it is about meet in several heats, each
 * time with new processes.
 */
final class Contest {

	private final Setup setup;

	private final Map<Case, Map<Competitor, List<Rounds>>> results = new LinkedHashMap<>();

	Contest(Setup setup) {
		this.setup = setup;
	}

	void hold(String apiUrl) throws IOException {
		hold(Arrays.stream(Competitor.values()).filter((competitor) -> competitor.isAvailable(this.setup)).toList(),
				Case.ALL, apiUrl);
		List<Case> close = Case.ALL.stream().filter(Case::isClose).toList();
		for (int heat = 1; heat < this.setup.heats(); heat++) {
			hold(List.of(Competitor.STARTER, Competitor.WEBCLIENT), close, apiUrl);
		}
	}

	/**
	 * Those with one call at once come first: many calls leave connections of all event
	 * loops in the pool, and how often the next call finds one of another loop than its
	 * own, which costs a third of it, is chance.
	 */
	private void hold(List<Competitor> competitors, List<Case> cases, String apiUrl) throws IOException {
		try (Heat heat = Heat.start(this.setup, competitors, apiUrl)) {
			for (Case each : cases.stream().sorted(Comparator.comparingInt(Case::concurrency)).toList()) {
				Map<Competitor, List<Rounds>> all = this.results.computeIfAbsent(each,
						(key) -> new EnumMap<>(Competitor.class));
				heat.hold(each)
					.forEach((competitor, rounds) -> all.computeIfAbsent(competitor, (key) -> new ArrayList<>())
						.add(rounds));
			}
		}
	}

	@Nullable Double cpuRatio(Case each, Competitor competitor, Competitor base) {
		return ratio(each, competitor, base, Measurement::cpuMicros);
	}

	@Nullable Double bytesRatio(Case each, Competitor competitor) {
		return ratio(each, competitor, Competitor.WEBCLIENT, Measurement::bytes);
	}

	private @Nullable Double ratio(Case each, Competitor competitor, Competitor base,
			ToDoubleFunction<Measurement> figure) {
		List<Rounds> own = rounds(each, competitor);
		List<Rounds> others = rounds(each, base);
		return median(IntStream.range(0, Math.min(own.size(), others.size()))
			.mapToObj((heat) -> own.get(heat).ratioTo(others.get(heat), figure))
			.toList());
	}

	@Nullable Double cpuMicros(Case each, Competitor competitor) {
		return median(rounds(each, competitor).stream().map(Rounds::cpuMicros).toList());
	}

	@Nullable Double bytes(Case each, Competitor competitor) {
		return median(rounds(each, competitor).stream().map(Rounds::bytes).toList());
	}

	/**
	 * Return the rounds of each heat, from the first one on, in which all take part.
	 */
	private List<Rounds> rounds(Case each, Competitor competitor) {
		return this.results.getOrDefault(each, Map.of()).getOrDefault(competitor, List.of());
	}

	private static @Nullable Double median(List<Double> values) {
		return values.isEmpty() ? null : Measurement.median(values);
	}

}
