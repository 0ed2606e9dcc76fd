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

package dev.trigger.spring.contracts.generator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.trigger.spring.contracts.Contract;
import dev.trigger.spring.contracts.ContractTask;
import dev.trigger.spring.contracts.generator.TasksEmitter.Task;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Generates Java sources from a contract: a record for each payload, with the types that
 * it needs, interfaces whose methods trigger the tasks, and constants with their types.
 * <p>
 * The same contract and settings always give the same sources. Nothing of a schema
 * becomes code but names, made of letters, digits and underscores, and texts, which are
 * escaped.
 *
 * @since 1.0.0
 */
public final class ContractGenerator {

	private final GeneratorSettings settings;

	private final SortedMap<String, String> files = new TreeMap<>();

	private final Set<String> warnings = new LinkedHashSet<>();

	private final Scope scope;

	private ContractGenerator(GeneratorSettings settings) {
		this.settings = settings;
		this.scope = Scope.ofPackage(settings.packageName(), this::add);
	}

	/**
	 * Generate sources.
	 * @param contract the contract
	 * @param settings how they are generated
	 * @return the sources
	 */
	public static GeneratedSources generate(Contract contract, GeneratorSettings settings) {
		ContractGenerator generator = new ContractGenerator(settings);
		generator.generate(contract);
		return new GeneratedSources(generator.files, List.copyOf(generator.warnings));
	}

	private void generate(Contract contract) {
		warnOfUnknown("outputs", this.settings.outputs().keySet(), contract);
		warnOfUnknown("payloads", this.settings.payloads().keySet(), contract);
		String root = commonRoot(contract.tasks()
			.values()
			.stream()
			.map((task) -> folder(task, ""))
			.filter((folder) -> !folder.isEmpty())
			.distinct()
			.toList());
		SortedMap<String, Group> groups = new TreeMap<>();
		// interfaces are named first, so that types get other names where they collide
		contract.tasks()
			.values()
			.stream()
			.map((task) -> folder(task, root))
			.sorted()
			.distinct()
			.forEach((folder) -> groups.put(folder, group(folder.substring(root.length()))));
		contract.tasks()
			.forEach((id, task) -> Objects.requireNonNull(groups.get(folder(task, root))).tasks().add(task(id, task)));
		TasksEmitter emitter = new TasksEmitter(this.settings, contract.project());
		groups.values().forEach((group) -> {
			add(emitter.emitInterface(group.type(), group.tasks()));
			add(emitter.emitConstants(group.constants(), group.tasks()));
		});
		this.files.put(this.settings.packageName().replace('.', '/') + "/package-info.java",
				"/**\n * " + GeneratedSources.PACKAGE + " " + Javadoc.text(contract.project()).replace('\n', ' ')
						+ ".\n */\n@NullMarked\npackage " + this.settings.packageName()
						+ ";\n\nimport org.jspecify.annotations.NullMarked;\n");
	}

	private String folder(ContractTask task, String root) {
		String path = task.filePath();
		if (this.settings.grouping() == Grouping.PROJECT || path == null) {
			return root;
		}
		int end = path.replace('\\', '/').lastIndexOf('/');
		return (end < 0) ? root : path.replace('\\', '/').substring(0, end + 1);
	}

	/**
	 * Return the folder that all folders are in. What is in no folder is put there, too.
	 */
	private static String commonRoot(List<String> folders) {
		String root = folders.isEmpty() ? "" : folders.get(0);
		for (String folder : folders) {
			while (!folder.startsWith(root)) {
				root = root.substring(0, root.lastIndexOf('/', root.length() - 2) + 1);
			}
		}
		return root;
	}

	/**
	 * A misspelled identifier would leave the type unused.
	 */
	private void warnOfUnknown(String setting, Set<String> ids, Contract contract) {
		ids.stream()
			.filter((id) -> !contract.tasks().containsKey(id))
			.sorted()
			.forEach((id) -> this.warnings.add("'" + setting + "' names the task '" + id
					+ "', which is not in the contract: correct or remove it"));
	}

	private Group group(String folder) {
		String name = folder.isEmpty() ? this.settings.interfaceName() : Names.type(folder) + "Tasks";
		return new Group(this.scope.name(name), this.scope.name(constants(name)), new ArrayList<>());
	}

	private static String constants(String name) {
		return (name.endsWith("Tasks") ? name.substring(0, name.length() - 1) : name) + "Types";
	}

	private Task task(String id, ContractTask task) {
		JsonNode schema = task.payloadSchema();
		TypeName payload = mapped(this.settings.payloads(), id);
		if (payload == null) {
			payload = (schema != null) ? payload(id, schema) : ClassName.get(JsonNode.class);
		}
		TypeName output = mapped(this.settings.outputs(), id);
		return new Task(id, payload, (output != null) ? output : ClassName.get(JsonNode.class),
				(schema != null) ? Schemas.text(schema, "description") : null);
	}

	private static @Nullable TypeName mapped(Map<String, String> types, String task) {
		String type = types.get(task);
		return (type != null) ? className(type) : null;
	}

	/**
	 * By convention the first upper case letter begins the name of a class; without one
	 * the last name is that of the class.
	 */
	private static ClassName className(String type) {
		List<String> names = List.of(type.split("\\."));
		int first = 0;
		while (first < names.size() - 1 && !Character.isUpperCase(names.get(first).charAt(0))) {
			first++;
		}
		return ClassName.get(String.join(".", names.subList(0, first)), names.get(first),
				names.subList(first + 1, names.size()).toArray(String[]::new));
	}

	private TypeName payload(String id, JsonNode schema) {
		SchemaReader reader = new SchemaReader(schema, (warning) -> this.warnings.add("Task '" + id + "': " + warning));
		return new TypeEmitter(this.settings, reader, id, this.scope).payload(reader.read());
	}

	private void add(TypeSpec type) {
		JavaFile file = JavaFile.builder(this.settings.packageName(), type)
			.indent("\t")
			.skipJavaLangImports(true)
			.build();
		this.files.put(this.settings.packageName().replace('.', '/') + "/" + type.name() + ".java", file.toString());
	}

	/**
	 * Tasks with an interface in common.
	 *
	 * @param type the interface
	 * @param constants the class with their types
	 * @param tasks the tasks
	 */
	private record Group(ClassName type, ClassName constants, List<Task> tasks) {

	}

}
