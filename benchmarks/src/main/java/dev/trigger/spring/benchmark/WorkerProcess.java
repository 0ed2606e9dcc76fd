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

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.trigger.spring.benchmark.client.Scenario;

/**
 * A client in its process.
 */
final class WorkerProcess implements AutoCloseable {

	private final String name;

	private final Process process;

	private final BufferedWriter input;

	private final BufferedReader output;

	private WorkerProcess(String name, Process process) {
		this.name = name;
		this.process = process;
		this.input = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
		this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
	}

	static WorkerProcess start(String name, List<String> command) throws IOException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		WorkerProcess worker = new WorkerProcess(name, process);
		Runtime.getRuntime().addShutdownHook(new Thread(worker::close));
		worker.read();
		return worker;
	}

	Measurement run(Scenario scenario, int concurrency, int calls, int least) throws IOException {
		String[] response = ask("run " + scenario + " " + concurrency + " " + calls).split(" ");
		Measurement measurement = new Measurement(Double.parseDouble(response[0]) / calls / 1000,
				Double.parseDouble(response[1]) / calls, Long.parseLong(response[2]),
				Double.parseDouble(response[3]) * 1_000_000 / Double.parseDouble(response[0]),
				Double.parseDouble(response[4]) / calls / 1000);
		if (measurement.count() < (long) calls * least) {
			throw new IllegalStateException(this.name + " got too little in " + scenario);
		}
		return measurement;
	}

	/**
	 * Stream once.
	 * @return the largest resident memory in MB
	 */
	double stream(int items) throws IOException {
		return Double.parseDouble(ask("stream " + items)) / 1024;
	}

	String ask(String command) throws IOException {
		this.input.write(command);
		this.input.newLine();
		this.input.flush();
		return read();
	}

	/**
	 * Return the next line that is a response: libraries print what they like.
	 */
	private String read() throws IOException {
		for (String line = this.output.readLine(); line != null; line = this.output.readLine()) {
			if (line.startsWith("= failed")) {
				throw new IllegalStateException(this.name + " " + line.substring(2));
			}
			if (line.startsWith("= ")) {
				return line.substring(2);
			}
		}
		throw new IllegalStateException(this.name + " ended");
	}

	@Override
	public void close() {
		this.process.destroy();
	}

	/**
	 * What one call took.
	 *
	 * @param cpuMicros CPU time of the process in microseconds
	 * @param bytes allocated bytes
	 * @param count what all calls counted
	 * @param compilation the share of the time that went into compiling code
	 * @param micros microseconds of the clock
	 */
	record Measurement(double cpuMicros, double bytes, long count, double compilation, double micros) {

		boolean isCompiled() {
			return this.compilation < 0.03;
		}

		static double median(List<Double> values) {
			double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
			int middle = sorted.length / 2;
			return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
		}

	}

}
