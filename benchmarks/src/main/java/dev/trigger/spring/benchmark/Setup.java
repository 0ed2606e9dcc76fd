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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where things are, as the script says with system properties.
 *
 * @param classpath the classpath of this project's clients
 * @param generatedClasspath the classpath of the generated client, empty if there is none
 * @param nodeScript the client for Node.js, empty if there is none
 * @param emulator the emulator's program
 * @param work where to work
 * @param results where results go
 * @param smoke whether one short iteration is enough
 * @param live whether only feeds and streams are measured
 */
record Setup(String classpath, String generatedClasspath, String nodeScript, String emulator, Path work, Path results,
		boolean smoke, boolean live) {

	static Setup fromSystemProperties() {
		return new Setup(System.getProperty("java.class.path"), System.getProperty("benchmark.generated", ""),
				System.getProperty("benchmark.node", ""), System.getProperty("benchmark.emulator", ""),
				Path.of(System.getProperty("benchmark.work", "target")).toAbsolutePath(),
				Path.of(System.getProperty("benchmark.results", "target")).toAbsolutePath(),
				Boolean.getBoolean("benchmark.smoke"), Boolean.getBoolean("benchmark.live"));
	}

	static String java() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	/**
	 * Where the client for Node.js is that follows feeds.
	 */
	String liveScript() {
		return Path.of(this.nodeScript).resolveSibling("live.mjs").toString();
	}

	List<String> worker(String classpath, List<String> options, String client, String apiUrl) {
		return java(classpath, options, "dev.trigger.spring.benchmark.client.Worker", client, apiUrl);
	}

	List<String> java(String classpath, List<String> options, String... arguments) {
		List<String> command = new ArrayList<>(List.of(java()));
		command.addAll(options);
		if (this.smoke) {
			// nothing runs long enough for the second compiler to pay
			command.add("-XX:TieredStopAtLevel=1");
		}
		command.addAll(List.of("-cp", classpath));
		command.addAll(List.of(arguments));
		return command;
	}

	/**
	 * What is measured with each client.
	 */
	List<BenchmarkCase> cases() {
		return this.live ? BenchmarkCase.ALL.stream().filter(BenchmarkCase::isLive).toList() : BenchmarkCase.ALL;
	}

	/**
	 * How many iterations a trial has.
	 */
	int iterations() {
		return this.smoke ? 1 : 5;
	}

	/**
	 * How many trials there are where the target is close.
	 */
	int trials() {
		return this.smoke ? 1 : 3;
	}

	int scale(int calls) {
		return this.smoke ? Math.max(1, calls / 100) : calls;
	}

}
