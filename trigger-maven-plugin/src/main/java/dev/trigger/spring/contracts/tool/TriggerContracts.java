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

package dev.trigger.spring.contracts.tool;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.generator.GeneratorSettings;
import dev.trigger.spring.contracts.generator.Grouping;
import dev.trigger.spring.contracts.generator.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Pulls, checks and generates from a command line, for builds without Maven.
 *
 * <pre>
 * pull|check|generate
 *   --file=src/main/trigger/contract.json
 *   --project-ref=proj_1234 --environment=prod --branch=... --tag=current --api-url=... --tasks=a,b*
 *   --fail-on=any|breaking|nothing
 *   --package=com.example.tasks --output=... --resources=...
 *   --interface=DeployedTasks --grouping=project|folder --numbers=big-decimal|double --validation=true --client=...
 *   --output-type.place-order=com.example.Receipt --payload-type.place-order=com.example.Order
 * </pre>
 *
 * The personal access token is read from the variable {@code TRIGGER_ACCESS_TOKEN}, or
 * {@code TRIGGER_SECRET_KEY} if it holds one; {@code TRIGGER_PROJECT_REF},
 * {@code TRIGGER_API_URL} and {@code TRIGGER_PREVIEW_BRANCH} stand in for options.
 *
 * @since 1.0.0
 */
public final class TriggerContracts {

	private static final Set<String> OPTIONS = new TreeSet<>(
			Set.of("file", "project-ref", "environment", "branch", "tag", "api-url", "tasks", "fail-on", "package",
					"output", "resources", "interface", "grouping", "numbers", "validation", "client"));

	private static final String OUTPUT_TYPE = "output-type.";

	private static final String PAYLOAD_TYPE = "payload-type.";

	private final Map<String, String> variables;

	private final Map<String, String> options = new HashMap<>();

	private final PrintStream out;

	private TriggerContracts(Map<String, String> variables, PrintStream out) {
		this.variables = variables;
		this.out = out;
	}

	/**
	 * Run a command. The process ends with 1 if the check finds a difference, and with 2
	 * if a command can't be executed.
	 * @param args the command and its options
	 */
	public static void main(String[] args) {
		int status = run(args, System.getenv(), System.out, System.err);
		if (status != 0) {
			System.exit(status);
		}
	}

	/**
	 * Run a command.
	 * @param args the command and its options
	 * @param variables the environment variables
	 * @param out where to write results
	 * @param err where to write what is wrong
	 * @return 0, or 1 if the check finds a difference, or 2 if the command can't be
	 * executed
	 */
	public static int run(String[] args, Map<String, String> variables, PrintStream out, PrintStream err) {
		try {
			return new TriggerContracts(variables, out).run(args);
		}
		catch (ContractException | IllegalArgumentException ex) {
			err.println(ex.getMessage());
			return 2;
		}
		catch (RuntimeException ex) {
			// a status of 1 would say that the check found a difference
			err.println("The command failed: " + ex);
			ex.printStackTrace(err);
			return 2;
		}
	}

	private int run(String[] args) {
		String command = (args.length > 0) ? args[0] : "";
		for (String arg : Arrays.asList(args).subList(Math.min(1, args.length), args.length)) {
			int end = arg.indexOf('=');
			String name = (arg.startsWith("--") && end > 0) ? arg.substring(2, end) : "";
			if (!OPTIONS.contains(name) && !name.startsWith(OUTPUT_TYPE) && !name.startsWith(PAYLOAD_TYPE)) {
				throw new ContractException("The option '" + ((end > 0) ? arg.substring(0, end) : arg)
						+ "' is not known: use --name=value with one of " + String.join(", ", OPTIONS));
			}
			this.options.put(name, arg.substring(end + 1));
		}
		Path file = Path.of(option("file", "src/main/trigger/contract.json"));
		return switch (command) {
			case "pull" -> pull(file);
			case "check" -> check(file);
			case "generate" -> generate(file);
			default -> throw new ContractException("Name a command: pull, check or generate");
		};
	}

	private int pull(Path file) {
		boolean changed = ContractFiles.write(retrieve(), file);
		this.out.println(changed ? "Wrote " + file : "Nothing changed in " + file);
		return 0;
	}

	private int check(Path file) {
		FailOn failOn = constant(FailOn.class, "fail-on", "any");
		ContractReport report = ContractReport.of(ContractFiles.read(file), retrieve());
		this.out.println(report);
		return failOn.isFailure(report) ? 1 : 0;
	}

	private int generate(Path file) {
		GeneratorSettings settings = new GeneratorSettings(required("package"), option("interface", "DeployedTasks"),
				constant(Grouping.class, "grouping", "project"), constant(Numbers.class, "numbers", "big-decimal"),
				Boolean.parseBoolean(option("validation", "false")), this.options.get("client"), types(OUTPUT_TYPE),
				types(PAYLOAD_TYPE));
		ContractFiles
			.generate(ContractFiles.read(file), settings, Path.of(required("output")), Path.of(required("resources")))
			.forEach((warning) -> this.out.println("Warning: " + warning));
		return 0;
	}

	private Contract retrieve() {
		List<String> tasks = Arrays.stream(option("tasks", "").split(",")).filter((task) -> !task.isBlank()).toList();
		return new DeployedContract(optionOrVariable("api-url", "TRIGGER_API_URL"),
				optionOrVariable("project-ref", "TRIGGER_PROJECT_REF"), option("environment", "prod"),
				optionOrVariable("branch", "TRIGGER_PREVIEW_BRANCH"), option("tag", "current"), tasks)
			.retrieve(accessToken(this.variables));
	}

	/**
	 * Return the personal access token that the usual variables hold.
	 * @param variables the environment variables
	 * @return the token, {@code null} if there is none
	 */
	public static @Nullable String accessToken(Map<String, String> variables) {
		String token = variables.get("TRIGGER_ACCESS_TOKEN");
		return (token != null && !token.isBlank()) ? token : variables.get("TRIGGER_SECRET_KEY");
	}

	private <E extends Enum<E>> E constant(Class<E> type, String name, String fallback) {
		String value = option(name, fallback);
		Map<String, E> constants = new TreeMap<>();
		for (E constant : type.getEnumConstants()) {
			constants.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
		}
		E constant = constants.get(value.toLowerCase(Locale.ROOT).replace('_', '-'));
		if (constant == null) {
			throw new ContractException("The option --" + name + " can't be '" + value + "': use one of "
					+ String.join(", ", constants.keySet()));
		}
		return constant;
	}

	private Map<String, String> types(String prefix) {
		Map<String, String> types = new HashMap<>();
		this.options.forEach((name, value) -> {
			if (name.startsWith(prefix)) {
				types.put(name.substring(prefix.length()), value);
			}
		});
		return types;
	}

	private String required(String name) {
		String value = this.options.get(name);
		if (value == null || value.isBlank()) {
			throw new ContractException("The option --" + name + " is missing");
		}
		return value;
	}

	private String option(String name, String fallback) {
		String value = this.options.get(name);
		return (value != null) ? value : fallback;
	}

	private @Nullable String optionOrVariable(String name, String variable) {
		String value = this.options.get(name);
		return (value != null) ? value : this.variables.get(variable);
	}

}
