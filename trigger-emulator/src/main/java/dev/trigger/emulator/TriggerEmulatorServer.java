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

package dev.trigger.emulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

import dev.trigger.emulator.state.EnvironmentKind;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import org.jspecify.annotations.Nullable;
import reactor.util.Loggers;
import tools.jackson.databind.JsonNode;

/**
 * Runs a {@link TriggerEmulator} as a program, configured by environment variables.
 *
 * <ul>
 * <li>{@code PORT}: the port, 8030 by default</li>
 * <li>{@code TRIGGER_EMULATOR_HOST}: the address to listen on, {@code 127.0.0.1} by
 * default, {@code 0.0.0.0} in the image</li>
 * <li>{@code TRIGGER_EMULATOR_SECRET_KEY}: the secret key of the environment that its
 * prefix names, {@code tr_dev_}, {@code tr_stg_}, {@code tr_preview_} or
 * {@code tr_prod_}</li>
 * <li>{@code TRIGGER_EMULATOR_DEV_KEY}, {@code _STAGING_KEY}, {@code _PREVIEW_KEY},
 * {@code _PROD_KEY}: the secret keys of the environments, {@code tr_dev_emulator} and so
 * on by default</li>
 * <li>{@code TRIGGER_EMULATOR_ACCESS_TOKEN}: the personal access token,
 * {@code tr_pat_emulator} by default</li>
 * <li>{@code TRIGGER_EMULATOR_PROJECT_REF}: the reference of the project</li>
 * <li>{@code TRIGGER_EMULATOR_PREVIEW_BRANCHES}: preview branches, separated by
 * commas</li>
 * <li>{@code TRIGGER_EMULATOR_TASKS}: tasks that complete with their payload as output,
 * separated by commas</li>
 * <li>{@code TRIGGER_EMULATOR_SCHEDULED_TASKS}: tasks that may have schedules, separated
 * by commas</li>
 * <li>{@code TRIGGER_EMULATOR_RATE_LIMIT}: how many requests each environment may make in
 * 10 seconds; the limits of the real server by default</li>
 * </ul>
 *
 * {@code GET /healthcheck} responds with 200 as soon as the emulator serves. The program
 * ends with the signal TERM.
 *
 * @since 1.0.0
 */
public final class TriggerEmulatorServer {

	private static final String PREFIX = "TRIGGER_EMULATOR_";

	private static final Map<EnvironmentKind, String> KEYS = Map.of(EnvironmentKind.DEVELOPMENT, "DEV_KEY",
			EnvironmentKind.STAGING, "STAGING_KEY", EnvironmentKind.PREVIEW, "PREVIEW_KEY", EnvironmentKind.PRODUCTION,
			"PROD_KEY");

	private final Map<String, String> variables;

	private TriggerEmulatorServer(Map<String, String> variables) {
		this.variables = variables;
	}

	/**
	 * Start the emulator and wait until the program is ended.
	 * @param args not used
	 */
	public static void main(String[] args) {
		useJdkLogging();
		TriggerEmulator emulator;
		try {
			emulator = start(System.getenv());
		}
		catch (RuntimeException ex) {
			System.err.println("The Trigger.dev emulator can't start: " + ex.getMessage());
			System.exit(1);
			return;
		}
		Runtime.getRuntime().addShutdownHook(new Thread(emulator::close, "trigger-emulator-shutdown"));
		String host = System.getenv().getOrDefault(PREFIX + "HOST", "127.0.0.1");
		if (!host.startsWith("127.") && !host.equals("localhost") && !host.equals("::1")) {
			System.err.println("Warning: the Trigger.dev emulator listens on " + host
					+ ". Its default keys are known to everyone: whoever reaches the port can use it.");
		}
		System.out.println("Trigger.dev emulator on port " + emulator.port() + ", project " + emulator.projectRef());
		emulator.await();
	}

	/**
	 * Log with the JDK. The program has SLF4J, which a dependency needs, but no provider
	 * for it.
	 */
	private static void useJdkLogging() {
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		Loggers.useJdkLoggers();
		InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
	}

	static TriggerEmulator start(Map<String, String> variables) {
		return new TriggerEmulatorServer(variables).start();
	}

	private TriggerEmulator start() {
		TriggerEmulatorBuilder builder = TriggerEmulator.builder()
			.host(get(PREFIX + "HOST", "127.0.0.1"))
			.personalAccessToken(get(PREFIX + "ACCESS_TOKEN", "tr_pat_emulator"))
			.previewBranches(list(PREFIX + "PREVIEW_BRANCHES").toArray(String[]::new))
			.port(8030);
		number("PORT", builder::port);
		number(PREFIX + "RATE_LIMIT", (limit) -> builder.rateLimit(limit, limit, Duration.ofSeconds(10)));
		KEYS.forEach(
				(kind, name) -> builder.secretKey(kind.slug(), get(PREFIX + name, "tr_" + kind.slug() + "_emulator")));
		String secretKey = get(PREFIX + "SECRET_KEY");
		if (secretKey != null) {
			builder.secretKey(environment(secretKey), secretKey);
		}
		String projectRef = get(PREFIX + "PROJECT_REF");
		if (projectRef != null) {
			builder.projectRef(projectRef);
		}
		TriggerEmulator emulator = builder.start();
		list(PREFIX + "TASKS").forEach((task) -> emulator.task(task, JsonNode.class, (payload) -> payload));
		list(PREFIX + "SCHEDULED_TASKS")
			.forEach((task) -> emulator.scheduledTask(task, JsonNode.class, (payload, context) -> payload));
		return emulator;
	}

	private static String environment(String secretKey) {
		return KEYS.keySet()
			.stream()
			.map(EnvironmentKind::slug)
			.filter((slug) -> secretKey.startsWith("tr_" + slug + "_"))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"'" + PREFIX + "SECRET_KEY' must begin with tr_dev_, tr_stg_, tr_preview_ or tr_prod_"));
	}

	private void number(String name, IntConsumer setting) {
		String value = get(name);
		if (value != null) {
			if (!value.matches("\\d{1,9}")) {
				throw new IllegalArgumentException("'" + name + "' must be a number, not '" + value + "'");
			}
			setting.accept(Integer.parseInt(value));
		}
	}

	private List<String> list(String name) {
		return Arrays.stream(get(name, "").split(",")).map(String::trim).filter((part) -> !part.isEmpty()).toList();
	}

	private String get(String name, String fallback) {
		String value = get(name);
		return (value != null) ? value : fallback;
	}

	/**
	 * An empty variable is none: that is what Docker Compose makes of one that is not
	 * set.
	 */
	private @Nullable String get(String name) {
		String value = this.variables.get(name);
		return (value != null && !value.isBlank()) ? value.trim() : null;
	}

}
