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
import java.util.Locale;

/**
 * Draws the CPU time a call of each client, as a ratio to {@code WebClient}, as SVG.
 */
final class Chart {

	private static final int LABEL = 230;

	private static final int UNIT = 130;

	private static final int BAR = 12;

	private static final double MAX = 4.5;

	private static final List<String> COLORS = List.of("#2563eb", "#94a3b8", "#cbd5e1", "#f59e0b", "#a78bfa",
			"#f87171");

	private final ClientComparison comparison;

	Chart(ClientComparison comparison) {
		this.comparison = comparison;
	}

	String draw() {
		StringBuilder bars = new StringBuilder();
		int y = 60;
		for (BenchmarkCase each : BenchmarkCase.ALL) {
			int start = y;
			for (ClientKind kind : ClientKind.values()) {
				Double ratio = this.comparison.cpuRatio(each, kind, ClientKind.WEBCLIENT);
				if (ratio != null) {
					bar(bars, y, ratio, COLORS.get(kind.ordinal()));
					y += BAR;
				}
			}
			text(bars, LABEL - 10, (start + y) / 2 + 4, "end", each.title());
			y += BAR;
		}
		int width = LABEL + (int) (MAX * UNIT) + 60;
		StringBuilder svg = new StringBuilder(
				"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n"
					.formatted(width, y));
		svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
		text(svg, 10, 20, "start", "CPU time a call, as a ratio to hand-written WebClient (shorter is better)");
		legend(svg);
		svg.append("<line x1=\"%1$d\" x2=\"%1$d\" y1=\"52\" y2=\"%2$d\" stroke=\"#475569\" stroke-dasharray=\"4 3\"/>%n"
			.formatted(LABEL + UNIT, y - BAR));
		return svg.append(bars).append("</svg>\n").toString();
	}

	private static void legend(StringBuilder svg) {
		int x = 10;
		for (ClientKind kind : ClientKind.values()) {
			String title = kind.title().replace("`", "");
			svg.append("<rect x=\"%d\" y=\"31\" width=\"10\" height=\"10\" fill=\"%s\"/>%n".formatted(x,
					COLORS.get(kind.ordinal())));
			text(svg, x + 14, 40, "start", title);
			x += 28 + title.length() * 7;
		}
	}

	private static void bar(StringBuilder svg, int y, double ratio, String color) {
		int length = (int) Math.round(Math.min(ratio, MAX) * UNIT);
		svg.append("<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>%n".formatted(LABEL, y, length,
				BAR - 1, color));
		text(svg, LABEL + length + 5, y + BAR - 2, "start", String.format(Locale.ROOT, "%.2f", ratio));
	}

	private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
		svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n".formatted(x, y, anchor, text));
	}

}
