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

package dev.trigger.spring.test;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Runs a {@link TriggerEmulator} as a program, configured by environment variables.
 *
 * <ul>
 * <li>{@code PORT}: the port, 8030 by default</li>
 * <li>{@code TRIGGER_EMULATOR_HOST}: the address to listen on, {@code 127.0.0.1} by
 * default</li>
 * <li>{@code TRIGGER_EMULATOR_PROJECT_REF}: the reference of the project</li>
 * <li>{@code TRIGGER_EMULATOR_DEV_KEY}, {@code _STAGING_KEY}, {@code _PREVIEW_KEY},
 * {@code _PROD_KEY}: the secret keys, {@code tr_dev_emulator} and so on by default</li>
 * <li>{@code TRIGGER_EMULATOR_ACCESS_TOKEN}: the personal access token,
 * {@code tr_pat_emulator} by default</li>
 * <li>{@code TRIGGER_EMULATOR_PREVIEW_BRANCHES}: preview branches, separated by
 * commas</li>
 * <li>{@code TRIGGER_EMULATOR_TASKS}: tasks that complete with their payload as output,
 * separated by commas</li>
 * <li>{@code TRIGGER_EMULATOR_SCHEDULED_TASKS}: tasks that may have schedules, separated
 * by commas</li>
 * </ul>
 *
 * @since 1.0.0
 */
public final class TriggerEmulatorServer {

	private static final String PREFIX = "TRIGGER_EMULATOR_";

	private TriggerEmulatorServer() {
	}

	/**
	 * Starts the emulator and waits until the program is ended.
	 * @param args not used
	 */
	public static void main(String[] args) {
		TriggerEmulator emulator = start(System.getenv());
		Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "trigger-emulator-shutdown"));
		System.out.println("Trigger.dev emulator on port " + emulator.port() + ", project " + emulator.projectRef());
		emulator.await();
	}

	static TriggerEmulator start(Map<String, String> variables) {
		TriggerEmulatorBuilder builder = TriggerEmulator.builder()
			.host(variables.getOrDefault(PREFIX + "HOST", "127.0.0.1"))
			.port(Integer.parseInt(variables.getOrDefault("PORT", "8030")))
			.personalAccessToken(variables.getOrDefault(PREFIX + "ACCESS_TOKEN", "tr_pat_emulator"))
			.previewBranches(list(variables, "PREVIEW_BRANCHES").toArray(String[]::new));
		Map.of("dev", "DEV_KEY", "stg", "STAGING_KEY", "preview", "PREVIEW_KEY", "prod", "PROD_KEY")
			.forEach((slug, name) -> builder.secretKey(slug,
					variables.getOrDefault(PREFIX + name, "tr_" + slug + "_emulator")));
		String projectRef = variables.get(PREFIX + "PROJECT_REF");
		if (projectRef != null) {
			builder.projectRef(projectRef);
		}
		TriggerEmulator emulator = builder.start();
		list(variables, "TASKS").forEach((task) -> emulator.task(task, JsonNode.class, (payload) -> payload));
		list(variables, "SCHEDULED_TASKS")
			.forEach((task) -> emulator.scheduledTask(task, JsonNode.class, (payload, context) -> payload));
		return emulator;
	}

	private static List<String> list(Map<String, String> variables, String name) {
		return Arrays.stream(variables.getOrDefault(PREFIX + name, "").split(","))
			.map(String::trim)
			.filter((part) -> !part.isEmpty())
			.toList();
	}

}
