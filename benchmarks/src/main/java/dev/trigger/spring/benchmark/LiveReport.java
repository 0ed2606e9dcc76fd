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

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Writes what feeds and streams take, in the units of their targets.
 */
final class LiveReport {

	private final StringBuilder text = new StringBuilder();

	private final ClientComparison comparison;

	LiveReport(ClientComparison comparison) {
		this.comparison = comparison;
	}

	String write(Map<ClientKind, LiveFigures.Figures> figures) {
		line("## Feeds and streams");
		line("");
		row("", ClientKind.STARTER.title(), ClientKind.WEBCLIENT.title(), ClientKind.SDK.title(), "target");
		line("|---|---|---|---|---|");
		for (BenchmarkCase each : BenchmarkCase.ALL) {
			switch (each.scenario()) {
				case CHANGES -> changes(each);
				case PARTS, RECORDS -> parts(each);
				default -> {
				}
			}
		}
		LiveFigures.Figures starter = figures.get(ClientKind.STARTER);
		if (starter != null) {
			figure("1,000 open feeds: used heap in MB, without and with them", figures,
					(each) -> "%.1f / %.1f".formatted(each.heapWithout(), each.heapWith()),
					verdict(starter.heapWith() <= 64, "≤ 64"));
			figure("1,000 open feeds: percent of a core, first and second minute", figures,
					(each) -> "%.1f / %.1f".formatted(each.firstPercent(), each.secondPercent()), "-");
			figure("1,000 open feeds: percent of a core, second minute after a warm-up", figures,
					(each) -> "%.1f".formatted(each.warmPercent()), verdict(starter.warmPercent() <= 2, "≤ 2"));
			delays("ms from a write to the subscriber, change of a run: median / p99 / longest", figures,
					LiveFigures.Figures::changes);
			delays("ms from a write to the subscriber, part of a stream: median / p99 / longest", figures,
					LiveFigures.Figures::parts);
		}
		line("");
		return this.text.toString();
	}

	private void changes(BenchmarkCase each) {
		Double ratio = this.comparison.cpuRatio(each, ClientKind.STARTER, ClientKind.SDK);
		row("CPU microseconds a change, " + each.title(), micros(each, ClientKind.STARTER),
				micros(each, ClientKind.WEBCLIENT), micros(each, ClientKind.SDK),
				(ratio == null) ? "-"
						: verdict(ratio <= each.sdkTarget(), "≤ %.1f of the SDK".formatted(each.sdkTarget()))
								+ " (%.2f)".formatted(ratio));
	}

	private String micros(BenchmarkCase each, ClientKind kind) {
		Double micros = this.comparison.cpuMicros(each, kind);
		return (micros == null) ? "-" : number(micros / each.scenario().leastCount());
	}

	private void parts(BenchmarkCase each) {
		Double own = perSecond(each, ClientKind.STARTER);
		Double bare = perSecond(each, ClientKind.WEBCLIENT);
		row(each.title() + ": parts a second", text(own), text(bare), text(perSecond(each, ClientKind.SDK)),
				(own == null || bare == null) ? "-"
						: verdict(own >= Math.min(100_000, bare), "≥ 100,000, or `WebClient`'s"));
	}

	private @Nullable Double perSecond(BenchmarkCase each, ClientKind kind) {
		Double micros = this.comparison.micros(each, kind);
		return (micros != null) ? each.scenario().leastCount() * 1_000_000 / micros : null;
	}

	private void delays(String title, Map<ClientKind, LiveFigures.Figures> figures,
			Function<LiveFigures.Figures, LiveFigures.@Nullable Delays> kind) {
		LiveFigures.Figures starter = figures.get(ClientKind.STARTER);
		LiveFigures.Delays own = (starter != null) ? kind.apply(starter) : null;
		figure(title, figures, (each) -> delays(kind.apply(each)), verdict(own != null && own.p99() <= 50, "p99 ≤ 50"));
	}

	private static String delays(LiveFigures.@Nullable Delays delays) {
		return (delays != null) ? "%.1f / %.1f / %.1f".formatted(delays.median(), delays.p99(), delays.longest()) : "-";
	}

	private void figure(String title, Map<ClientKind, LiveFigures.Figures> figures,
			Function<LiveFigures.Figures, String> cell, String target) {
		row(title, cell(figures.get(ClientKind.STARTER), cell), cell(figures.get(ClientKind.WEBCLIENT), cell),
				cell(figures.get(ClientKind.SDK), cell), target);
	}

	private static String cell(LiveFigures.@Nullable Figures figures, Function<LiveFigures.Figures, String> cell) {
		return (figures != null) ? cell.apply(figures) : "-";
	}

	private static String verdict(boolean met, String target) {
		return target + (met ? " ✓" : " **missed**");
	}

	private static String text(@Nullable Double number) {
		return (number != null) ? number(number) : "-";
	}

	private static String number(double number) {
		return String.format(Locale.ROOT, "%,.0f", number);
	}

	private void row(String... cells) {
		line("| " + String.join(" | ", cells) + " |");
	}

	private void line(String line) {
		this.text.append(line).append('\n');
	}

}
