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

package dev.trigger.emulator.api;

import java.util.Comparator;

import dev.trigger.emulator.state.Deployment;
import dev.trigger.emulator.state.Environment;

/**
 * The versions of tasks that an environment knows.
 */
final class Versions {

	/**
	 * The order of versions such as {@code 20260131.1}: by day, then by number.
	 */
	static final Comparator<String> ORDER = Comparator.comparingLong((String version) -> part(version, 0))
		.thenComparingLong((version) -> part(version, 1));

	private Versions() {
	}

	static boolean known(Environment environment, String version) {
		return version.equals(environment.currentVersion()) || environment.all(Deployment.class)
			.values()
			.stream()
			.anyMatch((deployment) -> deployment.version().equals(version));
	}

	private static long part(String version, int index) {
		String[] parts = version.split("\\.");
		return (index < parts.length && parts[index].matches("\\d{1,18}")) ? Long.parseLong(parts[index]) : 0;
	}

}
