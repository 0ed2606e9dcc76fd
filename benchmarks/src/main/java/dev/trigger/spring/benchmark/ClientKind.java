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

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.trigger.spring.benchmark.client.Scenario;

/**
 * Who takes part, and in what.
 */
enum ClientKind {

	STARTER("this client", EnumSet.allOf(Scenario.class)),

	WEBCLIENT("`WebClient`", EnumSet.allOf(Scenario.class)),

	COALESCED("`WebClient`, coalesced", EnumSet.of(Scenario.BATCH, Scenario.STREAM)),

	JDK("JDK `HttpClient`", EnumSet.complementOf(EnumSet.of(Scenario.CHANGES, Scenario.PARTS, Scenario.RECORDS))),

	GENERATED("generated client", EnumSet.of(Scenario.RETRIEVE, Scenario.TRIGGER, Scenario.LIST)),

	SDK("official SDK", EnumSet.allOf(Scenario.class));

	private final String title;

	private final Set<Scenario> scenarios;

	ClientKind(String title, Set<Scenario> scenarios) {
		this.title = title;
		this.scenarios = scenarios;
	}

	String title() {
		return this.title;
	}

	boolean takesPartIn(Scenario scenario) {
		return this.scenarios.contains(scenario);
	}

	boolean isJava() {
		return this != SDK;
	}

	/**
	 * Return the command of its process.
	 * @param setup where things are
	 * @param options options of the JVM
	 */
	List<String> command(Setup setup, String apiUrl, List<String> options) {
		return switch (this) {
			case STARTER -> setup.worker(setup.classpath(), options, "starter", apiUrl);
			case WEBCLIENT -> setup.worker(setup.classpath(), options, "webclient", apiUrl);
			case COALESCED -> setup.worker(setup.classpath(), options, "webclient-coalesced", apiUrl);
			case JDK -> setup.worker(setup.classpath(), options, "jdk", apiUrl);
			case GENERATED -> setup.worker(setup.generatedClasspath(), options, "generated", apiUrl);
			case SDK -> List.of("node", setup.nodeScript(), apiUrl);
		};
	}

	boolean isAvailable(Setup setup) {
		return switch (this) {
			case GENERATED -> !setup.generatedClasspath().isEmpty();
			case SDK -> !setup.nodeScript().isEmpty();
			default -> true;
		};
	}

}
