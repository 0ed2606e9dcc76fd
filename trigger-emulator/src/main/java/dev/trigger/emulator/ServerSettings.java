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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import dev.trigger.emulator.state.EnvironmentKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The settings of the program: environment variables, and arguments that override them.
 */
final class ServerSettings {

	private static final String PREFIX = "TRIGGER_EMULATOR_";

	private static final String UNPACK = "--unpack=";

	private static final Map<EnvironmentKind, String> KEYS = Map.of(EnvironmentKind.DEVELOPMENT, "DEV_KEY",
			EnvironmentKind.STAGING, "STAGING_KEY", EnvironmentKind.PREVIEW, "PREVIEW_KEY", EnvironmentKind.PRODUCTION,
			"PROD_KEY");

	private static final List<Setting> SETTINGS = List.of(
			new Setting("PORT", "port", "port to listen on, 0 for a free one (8030)"),
			Setting.of("HOST", "address to listen on (127.0.0.1)"),
			Setting.of("TASKS_FILE", "JSON file that describes what tasks do"),
			Setting.of("TASKS", "tasks that complete with their payload as output, separated by commas"),
			Setting.of("SCHEDULED_TASKS", "the same, for tasks that may have schedules"),
			Setting.of("SECRET_KEY", "secret key of the environment that its prefix names"),
			Setting.of("DEV_KEY", "secret key of the environment dev (tr_dev_emulator)"),
			Setting.of("STAGING_KEY", "secret key of the environment staging (tr_stg_emulator)"),
			Setting.of("PREVIEW_KEY", "secret key of the environment preview (tr_preview_emulator)"),
			Setting.of("PROD_KEY", "secret key of the environment prod (tr_prod_emulator)"),
			Setting.of("ACCESS_TOKEN", "personal access token (tr_pat_emulator)"),
			Setting.of("PROJECT_REF", "ref of the project (proj_emulatoremulatoremul)"),
			Setting.of("PREVIEW_BRANCHES", "preview branches, separated by commas"),
			Setting.of("RATE_LIMIT", "requests per environment in 10 seconds (that of the real server)"),
			Setting.of("ADMIN_TOKEN", "token to administer the emulator from other machines"),
			Setting.of("REQUEST_LOG", "true to print a line for each request (false)"));

	/**
	 * What Kubernetes and Docker add for a service or link of the name trigger-emulator.
	 */
	private static final Pattern SERVICE_LINK = Pattern.compile(PREFIX + "(?:SERVICE_.*|PORT(?:_.*)?|NAME|ENV_.*)");

	private static final Pattern PROJECT_REF = Pattern.compile("proj_[A-Za-z0-9_-]{1,64}");

	private final Map<String, String> variables;

	private final Mode mode;

	private ServerSettings(Map<String, String> variables, Mode mode) {
		this.variables = variables;
		this.mode = mode;
	}

	/**
	 * Read the settings.
	 * @param environment the environment variables
	 * @param args the arguments
	 * @return the settings
	 * @throws IllegalArgumentException naming an argument or variable that is unknown
	 */
	static ServerSettings read(Map<String, String> environment, String... args) {
		Map<String, String> variables = new LinkedHashMap<>();
		environment.forEach((name, value) -> {
			boolean known = SETTINGS.stream().anyMatch((setting) -> setting.variable().equals(name));
			if (known) {
				variables.put(name, value);
			}
			else if (name.startsWith(PREFIX) && !SERVICE_LINK.matcher(name).matches()) {
				throw new IllegalArgumentException("there is no setting '" + name + "'. " + seeHelp());
			}
		});
		for (int i = 0; i < args.length; i++) {
			if (args[i].equals("--help") || args[i].equals("-h")) {
				return new ServerSettings(Map.of(), Mode.HELP);
			}
			if (args[i].equals("--self-test")) {
				return new ServerSettings(Map.of(), Mode.SELF_TEST);
			}
			if (args[i].startsWith(UNPACK)) {
				return new ServerSettings(Map.of(UNPACK, args[i].substring(UNPACK.length())), Mode.UNPACK);
			}
			int equals = args[i].indexOf('=');
			String option = (equals < 0) ? args[i] : args[i].substring(0, equals);
			Setting setting = SETTINGS.stream()
				.filter((candidate) -> ("--" + candidate.option()).equals(option))
				.findFirst()
				.orElseThrow(() -> new IllegalArgumentException("there is no argument '" + option + "'. " + seeHelp()));
			if (equals < 0 && setting.option().equals("request-log")) {
				variables.put(setting.variable(), "true");
			}
			else if (equals < 0 && i + 1 >= args.length) {
				throw new IllegalArgumentException("'" + option + "' needs a value. " + seeHelp());
			}
			else {
				variables.put(setting.variable(), (equals < 0) ? args[++i] : args[i].substring(equals + 1));
			}
		}
		return new ServerSettings(variables, Mode.SERVE);
	}

	private static String seeHelp() {
		return "--help lists all";
	}

	Mode mode() {
		return this.mode;
	}

	/**
	 * Return where to unpack the program.
	 */
	Path directory() {
		return Path.of(this.variables.getOrDefault(UNPACK, ""));
	}

	static String help() {
		StringBuilder help = new StringBuilder(
				"Usage: java -jar trigger-emulator.jar [--name=value ...]\n\nAn emulator of the Trigger.dev API with its state in memory, for development and tests.\n"
						+ "Each setting is an argument or an environment variable; the argument takes precedence:\n\n");
		for (Setting setting : SETTINGS) {
			help.append(String.format("  %-23s %-34s %s%n", "--" + setting.option(), setting.variable(),
					setting.description()));
		}
		return help.append("\n--self-test starts an emulator on a free port, uses it once, and ends.")
			.append("\n--unpack=DIRECTORY unpacks the program and archives its classes, so that it starts faster.")
			.append("\nThe page at / shows the runs. GET /healthcheck responds with 200. SIGTERM stops the program.")
			.toString();
	}

	String host() {
		return get("HOST", "127.0.0.1");
	}

	boolean isLoopback() {
		String host = host();
		return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
	}

	boolean isRequestLog() {
		String value = get("REQUEST_LOG", "false");
		if (!value.equals("true") && !value.equals("false")) {
			throw invalid("REQUEST_LOG", "be true or false, not '" + value + "'");
		}
		return value.equals("true");
	}

	/**
	 * Start an emulator with these settings.
	 * @return the emulator
	 * @throws IllegalArgumentException naming a setting that is wrong
	 */
	TriggerEmulator start() {
		TriggerEmulatorBuilder builder = TriggerEmulator.builder()
			.host(host())
			.personalAccessToken(accessToken())
			.previewBranches(list("PREVIEW_BRANCHES").toArray(String[]::new))
			.port(number("PORT", 8030, 0, 65_535));
		int limit = number(PREFIX + "RATE_LIMIT", 0, 1, 1_000_000);
		if (limit > 0) {
			builder.rateLimit(limit, limit, Duration.ofSeconds(10));
		}
		keys(builder);
		String projectRef = get("PROJECT_REF");
		if (projectRef != null) {
			if (!PROJECT_REF.matcher(projectRef).matches()) {
				throw invalid("PROJECT_REF",
						"begin with proj_, followed by letters and digits, not '" + projectRef + "'");
			}
			builder.projectRef(projectRef);
		}
		String adminToken = get("ADMIN_TOKEN");
		if (adminToken != null) {
			if (adminToken.length() < 8) {
				throw invalid("ADMIN_TOKEN", "have at least 8 characters");
			}
			builder.adminToken(adminToken);
		}
		isRequestLog();
		String file = tasksFile();
		TriggerEmulator emulator = builder.start();
		try {
			list("TASKS").forEach((task) -> emulator.task(task, JsonNode.class, (payload) -> payload));
			list("SCHEDULED_TASKS")
				.forEach((task) -> emulator.scheduledTask(task, JsonNode.class, (payload, context) -> payload));
			if (file != null) {
				emulator.tasks(file);
			}
			return emulator;
		}
		catch (IllegalArgumentException ex) {
			emulator.close();
			throw invalid("TASKS_FILE", "name a file of tasks. " + ex.getMessage());
		}
	}

	private String accessToken() {
		String token = get("ACCESS_TOKEN", "tr_pat_emulator");
		if (!token.startsWith("tr_pat_")) {
			throw invalid("ACCESS_TOKEN", "begin with tr_pat_");
		}
		return token;
	}

	private void keys(TriggerEmulatorBuilder builder) {
		KEYS.forEach((kind, name) -> {
			String prefix = "tr_" + kind.slug() + "_";
			String key = get(name, prefix + "emulator");
			if (!key.startsWith(prefix)) {
				throw invalid(name, "begin with " + prefix);
			}
			builder.secretKey(kind.slug(), key);
		});
		String secretKey = get("SECRET_KEY");
		if (secretKey != null) {
			builder.secretKey(KEYS.keySet()
				.stream()
				.map(EnvironmentKind::slug)
				.filter((slug) -> secretKey.startsWith("tr_" + slug + "_"))
				.findFirst()
				.orElseThrow(() -> invalid("SECRET_KEY", "begin with tr_dev_, tr_stg_, tr_preview_ or tr_prod_")),
					secretKey);
		}
	}

	private @Nullable String tasksFile() {
		String file = get("TASKS_FILE");
		if (file == null) {
			return null;
		}
		try {
			return Files.readString(Path.of(file), StandardCharsets.UTF_8);
		}
		catch (NoSuchFileException | InvalidPathException ex) {
			throw invalid("TASKS_FILE", "name a file, and there is no '" + file + "'");
		}
		catch (IOException ex) {
			throw invalid("TASKS_FILE", "name a file that can be read as UTF-8, not '" + file + "'");
		}
	}

	private static IllegalArgumentException invalid(String name, String what) {
		return new IllegalArgumentException("'" + PREFIX + name + "' must " + what);
	}

	private int number(String name, int fallback, int lowest, int highest) {
		String value = value(name);
		if (value == null) {
			return fallback;
		}
		if (!value.matches("\\d{1,9}")) {
			throw new IllegalArgumentException("'" + name + "' must be a number, not '" + value + "'");
		}
		int number = Integer.parseInt(value);
		if (number < lowest || number > highest) {
			throw new IllegalArgumentException(
					"'" + name + "' must be a number from " + lowest + " to " + highest + ", not '" + value + "'");
		}
		return number;
	}

	private List<String> list(String name) {
		return Arrays.stream(get(name, "").split(",")).map(String::trim).filter((part) -> !part.isEmpty()).toList();
	}

	private String get(String name, String fallback) {
		String value = get(name);
		return (value != null) ? value : fallback;
	}

	private @Nullable String get(String name) {
		return value(PREFIX + name);
	}

	/**
	 * An empty variable is none: that is what Docker Compose makes of one that is not
	 * set.
	 */
	private @Nullable String value(String name) {
		String value = this.variables.get(name);
		return (value != null && !value.isBlank()) ? value.trim() : null;
	}

	/**
	 * What the program does.
	 */
	enum Mode {

		HELP, SELF_TEST, UNPACK, SERVE

	}

	/**
	 * One setting.
	 *
	 * @param variable the environment variable
	 * @param option the argument, without the dashes
	 * @param description what it is
	 */
	private record Setting(String variable, String option, String description) {

		static Setting of(String name, String description) {
			return new Setting(PREFIX + name, name.toLowerCase(Locale.ROOT).replace('_', '-'), description);
		}

	}

}
