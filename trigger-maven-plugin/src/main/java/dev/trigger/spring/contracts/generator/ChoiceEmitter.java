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
import java.util.Objects;
import java.util.Set;

import javax.lang.model.element.Modifier;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.trigger.spring.contracts.generator.Shape.Choice;

/**
 * Declares a record with a constant for each text: open to those that do not exist yet.
 */
final class ChoiceEmitter {

	static final AnnotationSpec DELEGATING = AnnotationSpec.builder(JsonCreator.class)
		.addMember("mode", "$T.DELEGATING", JsonCreator.Mode.class)
		.build();

	/**
	 * More would not fit into the initializer of a class.
	 */
	private static final int MAX_CONSTANTS = 1000;

	private ChoiceEmitter() {
	}

	static void emit(Choice choice, ClassName name, TypeSpec.Builder type) {
		type.addJavadoc("$L", Javadoc.text(choice.description(), "One of several texts; open to others.")
				+ "\n\n@param value the text");
		Set<String> taken = new HashSet<>();
		choice.values()
			.stream()
			.filter((value) -> value.length() <= Schemas.MAX_LITERAL)
			.limit(MAX_CONSTANTS)
			.forEach((value) -> type.addField(FieldSpec
				.builder(name, Names.unique(Names.constant(value), taken), Modifier.PUBLIC, Modifier.STATIC,
						Modifier.FINAL)
				.addJavadoc("$L", "The text " + Javadoc.text("\"" + abbreviate(value) + "\"") + ".")
				.initializer("new $T($L)", name, Literals.of(value))
				.build()));
		type.recordConstructor(MethodSpec.constructorBuilder()
			.addModifiers(Modifier.PUBLIC)
			.addAnnotation(DELEGATING)
			.addJavadoc("Create a value.\n@param value the text\n")
			.addParameter(String.class, "value")
			.addStatement("this.value = $T.requireNonNull(value, $S)", Objects.class, "'value' must not be null")
			.build());
		type.addMethod(value(ClassName.get(String.class)));
		type.addMethod(MethodSpec.methodBuilder("toString")
			.addAnnotation(Override.class)
			.addModifiers(Modifier.PUBLIC)
			.returns(String.class)
			.addStatement("return this.value")
			.build());
	}

	/**
	 * Return the accessor that has what is written.
	 */
	static MethodSpec value(TypeName type) {
		return MethodSpec.methodBuilder("value")
			.addAnnotation(Override.class)
			.addAnnotation(JsonValue.class)
			.addModifiers(Modifier.PUBLIC)
			.returns(type)
			.addStatement("return this.value")
			.build();
	}

	private static String abbreviate(String value) {
		return (value.length() > 80) ? value.substring(0, 80) + "..." : value;
	}

}
