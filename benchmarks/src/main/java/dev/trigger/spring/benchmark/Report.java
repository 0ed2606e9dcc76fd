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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes what was measured as Markdown. What stands behind the marker was written by a
 * person, and stays.
 */
final class Report {

	private static final String MARKER = "<!-- From here on by hand: a run keeps it -->";

	private final StringBuilder text = new StringBuilder();

	private final ClientComparison comparison;

	Report(ClientComparison comparison) {
		this.comparison = comparison;
	}

	void write(Path file, Map<ClientKind, Double> peaks, double million, StartUp.Result startUp,
			List<MicroBenchmarks.MicroBenchmark> microBenchmarks, Map<ClientKind, LiveFigures.Figures> live)
			throws IOException {
		line("# Results");
		line("");
		line("Written by `benchmarks/run.sh` on %s: %s %s, %d cores, %s.".formatted(LocalDate.now(),
				System.getProperty("java.vm.vendor"), System.getProperty("java.vm.version"),
				Runtime.getRuntime().availableProcessors(), processor()));
		line("");
		line("![CPU time a call](results.svg)");
		line("");
		ratios();
		absolute();
		sdk();
		this.text.append(new LiveReport(this.comparison).write(live));
		memory(peaks, million);
		startUp(startUp);
		microBenchmarks(microBenchmarks);
		String kept = kept(file);
		Files.writeString(file, this.text.append(MARKER).append(kept));
	}

	private static String kept(Path file) throws IOException {
		String old = Files.exists(file) ? Files.readString(file) : "";
		int marker = old.indexOf(MARKER);
		return (marker >= 0) ? old.substring(marker + MARKER.length()) : "\n";
	}

	private static String processor() throws IOException {
		Path info = Path.of("/proc/cpuinfo");
		return Files.exists(info) ? Files.readAllLines(info)
			.stream()
			.filter((line) -> line.startsWith("model name"))
			.map((line) -> line.substring(line.indexOf(':') + 2))
			.findFirst()
			.orElse("unknown processor") : "unknown processor";
	}

	private void ratios() {
		line("## Beside hand-written `WebClient`");
		line("");
		line("CPU time of the process a call / allocated bytes a call, both as a ratio; medians of the ratios of iterations in "
				+ "which the clients take turns. For retrieve and trigger this client and `WebClient` are compared in several trials, "
				+ "each time with new processes: theirs are medians of those of each trial.");
		line("");
		header("scenario", null);
		for (BenchmarkCase each : BenchmarkCase.ALL) {
			List<String> cells = new ArrayList<>(List.of(each.title()));
			for (ClientKind kind : ClientKind.values()) {
				Double cpu = this.comparison.cpuRatio(each, kind, ClientKind.WEBCLIENT);
				Double bytes = kind.isJava() ? this.comparison.bytesRatio(each, kind) : null;
				cells.add((cpu == null) ? "-" : two(cpu) + ((bytes != null) ? " / " + two(bytes) : ""));
			}
			cells.add(target(each));
			row(cells);
		}
		line("");
	}

	private String target(BenchmarkCase each) {
		if (each.cpuTarget() == 0) {
			return "-";
		}
		return verdict(this.comparison.cpuRatio(each, ClientKind.STARTER, ClientKind.WEBCLIENT), each.cpuTarget())
				+ " / " + verdict(this.comparison.bytesRatio(each, ClientKind.STARTER), each.bytesTarget());
	}

	private static String verdict(@Nullable Double value, double target) {
		return "≤ " + two(target) + ((value != null && value <= target) ? " ✓" : " **missed**");
	}

	private void absolute() {
		line("## CPU microseconds and allocated kilobytes a call");
		line("");
		header("scenario", "");
		for (BenchmarkCase each : BenchmarkCase.ALL) {
			List<String> cells = new ArrayList<>(List.of(each.title()));
			for (ClientKind kind : ClientKind.values()) {
				Double micros = this.comparison.cpuMicros(each, kind);
				Double bytes = kind.isJava() ? this.comparison.bytes(each, kind) : null;
				cells.add((micros == null) ? "-" : String.format(Locale.ROOT, "%,.0f", micros)
						+ ((bytes != null) ? String.format(Locale.ROOT, " / %,.1f", bytes / 1024) : ""));
			}
			row(cells);
		}
		line("");
	}

	private void sdk() {
		line("## Beside the official SDK");
		line("");
		line("| scenario | CPU time a call, as a ratio | target |");
		line("|---|---|---|");
		for (BenchmarkCase each : BenchmarkCase.ALL) {
			Double ratio = this.comparison.cpuRatio(each, ClientKind.STARTER, ClientKind.SDK);
			if (ratio != null) {
				row(List.of(each.title(), two(ratio), (each.sdkTarget() > 0) ? verdict(ratio, each.sdkTarget()) : "-"));
			}
		}
		line("");
	}

	private void memory(Map<ClientKind, Double> peaks, double million) {
		line("## Memory");
		line("");
		line("Largest resident memory of a process that streams 100,000 items once (JVMs with `-Xmx256m`):");
		line("");
		peaks.forEach((kind, peak) -> line("- %s: %.0f MB".formatted(kind.title(), peak)));
		line("");
		line("1,000,000 items with `-Xmx64m`, this client: done, %.0f MB resident at most.".formatted(million));
		line("");
	}

	private void startUp(StartUp.Result result) {
		line("## Start");
		line("");
		line("Milliseconds since the start of the JVM, medians, of a minimal application that gets one run. What is added "
				+ "is the median of the differences of two that started one after the other.");
		line("");
		line("| | started | first response |");
		line("|---|---|---|");
		line("| `WebClient` by hand | %.0f | %.0f |".formatted(result.bare().started(), result.bare().responded()));
		line("| with the starter | %.0f | %.0f |".formatted(result.starter().started(), result.starter().responded()));
		double added = result.added().started();
		line("| added | %.0f (%s), in 19 of 20 cases from %.0f to %.0f | %.0f |".formatted(added,
				verdict(added, 60).replace(".00", " ms"), result.atLeast(), result.atMost(),
				result.added().responded()));
		line("");
		line("Classes loaded of features that are not used: "
				+ (result.loadedFeatures().isEmpty() ? "none." : String.join(", ", result.loadedFeatures())));
		line("");
		line("Files that the starter adds:");
		line("");
		result.jars().forEach((jar) -> line("- %s: %,d KB".formatted(jar.name(), (jar.bytes() + 512) / 1024)));
		line("");
	}

	private void microBenchmarks(List<MicroBenchmarks.MicroBenchmark> microBenchmarks) {
		line("## Micro-benchmarks (JMH)");
		line("");
		line("| part of a call | ns | bytes |");
		line("|---|---|---|");
		microBenchmarks
			.forEach((each) -> line("| `%s` | %,.0f | %,.0f |".formatted(each.name(), each.nanos(), each.bytes())));
		line("");
	}

	private void header(String first, @Nullable String last) {
		List<String> cells = new ArrayList<>(List.of(first));
		for (ClientKind kind : ClientKind.values()) {
			cells.add(kind.title());
		}
		if (last == null) {
			cells.add("target");
		}
		row(cells);
		line("|" + "---|".repeat(cells.size()));
	}

	private void row(List<String> cells) {
		line("| " + String.join(" | ", cells) + " |");
	}

	private void line(String line) {
		this.text.append(line).append('\n');
	}

	private static String two(double value) {
		return String.format(Locale.ROOT, "%.2f", value);
	}

}
