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

import dev.trigger.spring.benchmark.client.Scenario;

/**
 * Measures the memory that a stream takes, in processes that do nothing else.
 */
final class Memory {

	private static final int MANY_ITEMS = 1_000_000;

	private final Setup setup;

	Memory(Setup setup) {
		this.setup = setup;
	}

	/**
	 * Stream once with each.
	 * @return the largest resident memory in MB
	 */
	Map<ClientKind, Double> peaks(String apiUrl) throws IOException {
		Map<ClientKind, Double> peaks = new EnumMap<>(ClientKind.class);
		for (ClientKind kind : ClientKind.values()) {
			if (kind.takesPartIn(Scenario.STREAM) && kind.isAvailable(this.setup)) {
				peaks.put(kind, stream(kind, apiUrl, "-Xmx256m", Scenario.STREAM_ITEMS));
			}
		}
		return peaks;
	}

	/**
	 * Stream a million items in a heap of 64 MB.
	 * @return the largest resident memory in MB
	 */
	double million(String apiUrl) throws IOException {
		return stream(ClientKind.STARTER, apiUrl, "-Xmx64m", MANY_ITEMS);
	}

	private double stream(ClientKind kind, String apiUrl, String heap, int items) throws IOException {
		try (WorkerProcess worker = WorkerProcess.start(kind.title(),
				kind.command(this.setup, apiUrl, List.of(heap)))) {
			return worker.stream(this.setup.scale(items));
		}
	}

}
