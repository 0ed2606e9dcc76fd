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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Measures what feeds take in which nothing happens, with this client, a
 * {@code WebClient} that polls by hand and the official SDK, and how long it takes until
 * a subscriber has what was written, with the first and the last of them.
 */
final class LiveFigures {

	/**
	 * A feed in which nothing happens is polled three times a minute.
	 */
	private static final int IDLE_SECONDS = 120;

	/**
	 * How many changes 50 feeds see at most to warm up.
	 */
	private static final int WARM_UP_WRITES = 3_000;

	private final Setup setup;

	LiveFigures(Setup setup) {
		this.setup = setup;
	}

	Map<ClientKind, Figures> measure() throws IOException {
		Map<ClientKind, Figures> figures = new EnumMap<>(ClientKind.class);
		try (EmulatorServer server = EmulatorServer.start(this.setup)) {
			for (ClientKind kind : List.of(ClientKind.STARTER, ClientKind.WEBCLIENT, ClientKind.SDK)) {
				if (kind.isAvailable(this.setup)) {
					figures.put(kind, measure(kind, server));
				}
			}
		}
		return figures;
	}

	private Figures measure(ClientKind kind, EmulatorServer server) throws IOException {
		List<String> program = (kind == ClientKind.SDK)
				? List.of("node", "--expose-gc", this.setup.liveScript(), server.url(), EmulatorServer.KEY)
				: this.setup.java(this.setup.classpath(), List.of("-Xmx64m"),
						"dev.trigger.spring.benchmark.client.LiveWorker", server.url(), EmulatorServer.KEY);
		int feeds = this.setup.smoke() ? 20 : 1_000;
		int seconds = this.setup.smoke() ? 1 : IDLE_SECONDS;
		int writes = this.setup.smoke() ? 5 : 500;
		try (WorkerProcess worker = WorkerProcess.start(kind.title(), program)) {
			boolean bare = kind == ClientKind.WEBCLIENT;
			Delays changes = bare ? null : Delays.parse(worker.ask("changes " + writes));
			Delays parts = bare ? null : Delays.parse(worker.ask("parts " + writes));
			String command = (bare ? "bare " : "idle ") + feeds + " " + seconds;
			String[] idle = worker.ask(command).split(" ");
			worker.ask((bare ? "warm-bare " : "warm ") + (this.setup.smoke() ? 5 : WARM_UP_WRITES));
			String[] warm = worker.ask(command).split(" ");
			double percent = 100 / (seconds * 500.0);
			Figures figures = new Figures(Double.parseDouble(idle[0]) / 1024, Double.parseDouble(idle[1]) / 1024,
					Double.parseDouble(idle[2]) * percent, Double.parseDouble(idle[3]) * percent,
					Double.parseDouble(warm[3]) * percent, changes, parts);
			System.out.println("live, " + kind.title() + ": " + figures);
			return figures;
		}
	}

	/**
	 * What was measured.
	 *
	 * @param heapWithout the used heap without feeds, in MB
	 * @param heapWith the used heap with the open feeds, in MB
	 * @param firstPercent the CPU time in the first half, in percent of a core
	 * @param secondPercent the CPU time in the second half
	 * @param warmPercent the CPU time after a warm-up, in the second half of a time like
	 * that
	 * @param changes the delays of changes of a run, {@code null} where they are not
	 * measured
	 * @param parts the delays of parts of a stream, {@code null} where they are not
	 * measured
	 */
	record Figures(double heapWithout, double heapWith, double firstPercent, double secondPercent, double warmPercent,
			@Nullable Delays changes, @Nullable Delays parts) {

	}

	/**
	 * Delays in milliseconds.
	 *
	 * @param median the median
	 * @param p99 the 99th percentile
	 * @param longest the longest one
	 */
	record Delays(double median, double p99, double longest) {

		static Delays parse(String micros) {
			String[] values = micros.split(" ");
			return new Delays(Double.parseDouble(values[0]) / 1_000, Double.parseDouble(values[1]) / 1_000,
					Double.parseDouble(values[2]) / 1_000);
		}

	}

}
