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
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.trigger.spring.benchmark.WorkerProcess.Measurement;

/**
 * Measures what the starter adds to the start of a minimal application.
 */
final class StartUp {

	private static final String PACKAGE = "dev.trigger.spring.benchmark.startup.";

	/**
	 * What an application that only retrieves a run must not load.
	 */
	private static final List<String> FEATURES = List.of("dev.trigger.spring.autoconfigure.actuate.",
			"dev.trigger.spring.autoconfigure.health.", "dev.trigger.spring.autoconfigure.metrics.",
			"dev.trigger.spring.alert.WebhookVerifier", "dev.trigger.spring.token.TokenSigner");

	private final Setup setup;

	StartUp(Setup setup) {
		this.setup = setup;
	}

	Result measure(String apiUrl) throws IOException, InterruptedException {
		List<Start> bare = new ArrayList<>();
		List<Start> starter = new ArrayList<>();
		List<Start> added = new ArrayList<>();
		int iterations = this.setup.smoke() ? 1 : 25;
		for (int iteration = 0; iteration < iterations; iteration++) {
			if (iteration % 2 == 0) {
				bare.add(bare(apiUrl));
			}
			starter.add(starter(apiUrl));
			if (iteration % 2 == 1) {
				bare.add(bare(apiUrl));
			}
			added.add(starter.get(iteration).minus(bare.get(iteration)));
		}
		double[] differences = added.stream().mapToDouble(Start::started).sorted().toArray();
		int outside = outside(iterations);
		return new Result(median(bare), median(starter), median(added), differences[outside],
				differences[iterations - 1 - outside], loadedFeatures(apiUrl), jars());
	}

	/**
	 * Return how many of the sorted values lie on each side of the interval that has the
	 * true median in 19 of 20 cases, however the values are distributed.
	 */
	private static int outside(int values) {
		return Math.max((int) ((values - 1.96 * Math.sqrt(values)) / 2), 0);
	}

	private Start bare(String apiUrl) throws IOException, InterruptedException {
		return start(without(), "bare.BareApplication", apiUrl);
	}

	private Start starter(String apiUrl) throws IOException, InterruptedException {
		return start(this.setup.classpath(), "starter.StarterApplication", apiUrl);
	}

	private static Start median(List<Start> starts) {
		return new Start(Measurement.median(starts.stream().map(Start::started).toList()),
				Measurement.median(starts.stream().map(Start::responded).toList()));
	}

	private Start start(String classpath, String application, String apiUrl) throws IOException, InterruptedException {
		String response = run(this.setup.java(classpath, List.of(), PACKAGE + application, apiUrl)).stream()
			.filter((line) -> line.startsWith("= "))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException(application + " did not start"));
		String[] times = response.split(" ");
		return new Start(Double.parseDouble(times[1]), Double.parseDouble(times[2]));
	}

	/**
	 * Return the classes of features that are not used, and are loaded all the same.
	 */
	private List<String> loadedFeatures(String apiUrl) throws IOException, InterruptedException {
		List<String> output = run(this.setup.java(this.setup.classpath(), List.of("-Xlog:class+load=info"),
				PACKAGE + "starter.StarterApplication", apiUrl));
		return output.stream()
			.map((line) -> line.replaceFirst("^(\\[[^]]*])+ ", "").replaceFirst(" .*", ""))
			.filter((name) -> FEATURES.stream().anyMatch(name::startsWith))
			.collect(Collectors.toCollection(TreeSet::new))
			.stream()
			.toList();
	}

	private static List<String> run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try (BufferedReader output = new BufferedReader(
				new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
			List<String> lines = output.lines().toList();
			process.waitFor();
			return lines;
		}
	}

	private String without() {
		return entries((entry) -> !isOfStarter(entry)).collect(Collectors.joining(File.pathSeparator));
	}

	private Stream<String> entries(Predicate<String> filter) {
		return Arrays.stream(this.setup.classpath().split(File.pathSeparator)).filter(filter);
	}

	private static boolean isOfStarter(String entry) {
		return entry.contains("trigger-spring-boot-autoconfigure") || entry.contains("trigger-spring-boot-starter");
	}

	private List<Jar> jars() throws IOException {
		List<Jar> jars = new ArrayList<>();
		for (String entry : entries(StartUp::isOfStarter).toList()) {
			Path path = Path.of(entry);
			if (Files.isRegularFile(path)) {
				jars.add(new Jar(String.valueOf(path.getFileName()), Files.size(path)));
			}
		}
		return jars;
	}

	/**
	 * Milliseconds since the start of the virtual machine.
	 *
	 * @param started until the application has started
	 * @param responded until it has its first response
	 */
	record Start(double started, double responded) {

		Start minus(Start other) {
			return new Start(this.started - other.started, this.responded - other.responded);
		}

	}

	/**
	 * A file that the starter adds.
	 *
	 * @param name its name
	 * @param bytes its size
	 */
	record Jar(String name, long bytes) {

	}

	/**
	 * What was measured.
	 *
	 * @param bare the application without the starter
	 * @param starter the application with it
	 * @param added what the starter adds, from start to start
	 * @param atLeast the lower end of the interval in which this is until the application
	 * has started, in 19 of 20 cases
	 * @param atMost the upper end
	 * @param loadedFeatures classes of unused features that are loaded all the same
	 * @param jars the files that the starter adds
	 */
	record Result(Start bare, Start starter, Start added, double atLeast, double atMost, List<String> loadedFeatures,
			List<Jar> jars) {

	}

}
