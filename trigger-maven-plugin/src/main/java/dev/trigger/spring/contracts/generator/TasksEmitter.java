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

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import javax.lang.model.element.Modifier;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import org.jspecify.annotations.Nullable;

/**
 * Declares what triggers tasks: an interface with methods, and a class with constants.
 */
final class TasksEmitter {

	private static final ClassName TASK_TYPE = ClassName.get("dev.trigger.spring.task", "TaskType");

	private static final ClassName REFERENCE = ClassName.get("org.springframework.core", "ParameterizedTypeReference");

	private static final ClassName MONO = ClassName.get("reactor.core.publisher", "Mono");

	private static final ClassName RUN_HANDLE = ClassName.get("dev.trigger.spring.run", "RunHandle");

	private static final TypeName OPTIONS = ParameterizedTypeName.get(ClassName.get(Consumer.class),
			ClassName.get("dev.trigger.spring.options", "TriggerOptions", "Builder"));

	private final GeneratorSettings settings;

	private final String project;

	TasksEmitter(GeneratorSettings settings, String project) {
		this.settings = settings;
		this.project = project;
	}

	TypeSpec emitInterface(ClassName name, List<Task> tasks) {
		AnnotationSpec.Builder annotation = AnnotationSpec
			.builder(ClassName.get("dev.trigger.spring.annotation", "TriggerTasks"));
		String client = this.settings.client();
		if (client != null) {
			annotation.addMember("client", "$L", Literals.of(client));
		}
		TypeSpec.Builder type = TypeSpec.interfaceBuilder(name)
			.addModifiers(Modifier.PUBLIC)
			.addAnnotation(annotation.build())
			.addAnnotation(TypeEmitter.generated())
			.addJavadoc("$L", "Tasks of the project " + Javadoc.text(this.project) + ".\n");
		Set<String> taken = new HashSet<>();
		for (Task task : tasks) {
			String method = Names.unique(Names.method(task.id()), taken);
			type.addMethod(method(task, method, false));
			type.addMethod(method(task, method, true));
		}
		return type.build();
	}

	private MethodSpec method(Task task, String name, boolean options) {
		MethodSpec.Builder method = MethodSpec.methodBuilder(name)
			.addModifiers(Modifier.PUBLIC, Modifier.ABSTRACT)
			.addAnnotation(AnnotationSpec.builder(ClassName.get("dev.trigger.spring.annotation", "TriggerTask"))
				.addMember("value", "$L", Literals.of(task.id()))
				.build())
			.addJavadoc("$L",
					"Trigger the task <code>" + Javadoc.text(task.id()) + "</code>" + describe(task)
							+ "\n@param payload the payload\n"
							+ (options ? "@param options sets how the run shall be made\n" : "")
							+ "@return the handle of the run\n")
			.addParameter(task.payload(), "payload")
			.returns(ParameterizedTypeName.get(MONO, ParameterizedTypeName.get(RUN_HANDLE, task.output())));
		return (options ? method.addParameter(OPTIONS, "options") : method).build();
	}

	private static String describe(Task task) {
		String text = (task.description() != null) ? Javadoc.text(task.description()) : "";
		return text.isEmpty() ? "." : ".\n<p>\n" + text;
	}

	TypeSpec emitConstants(ClassName name, List<Task> tasks) {
		TypeSpec.Builder type = TypeSpec.classBuilder(name)
			.addModifiers(Modifier.PUBLIC, Modifier.FINAL)
			.addAnnotation(TypeEmitter.generated())
			.addJavadoc("$L", "The types of the tasks of the project " + Javadoc.text(this.project) + ".\n")
			.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
		Set<String> taken = new HashSet<>();
		for (Task task : tasks) {
			TypeName payload = task.payload().box();
			boolean plain = payload.withoutAnnotations() instanceof ClassName;
			TypeName reference = payload.withoutAnnotations();
			CodeBlock types = plain ? CodeBlock.of("$T.class, $T.class", reference, task.output())
					: CodeBlock.of("new $T<>() {\n}, new $T<>() {\n}", REFERENCE, REFERENCE);
			type.addField(FieldSpec.builder(ParameterizedTypeName.get(TASK_TYPE, payload, task.output()),
					Names.unique(Names.constant(task.id()), taken), Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
				.addJavadoc("$L", "The task <code>" + Javadoc.text(task.id()) + "</code>.\n")
				.initializer("$T.of($L, $L)", TASK_TYPE, Literals.of(task.id()), types)
				.build());
		}
		return type.build();
	}

	/**
	 * A task.
	 *
	 * @param id the identifier
	 * @param payload the type of its payload
	 * @param output the type of its output
	 * @param description the description, {@code null} for none
	 */
	record Task(String id, TypeName payload, TypeName output, @Nullable String description) {

	}

}
