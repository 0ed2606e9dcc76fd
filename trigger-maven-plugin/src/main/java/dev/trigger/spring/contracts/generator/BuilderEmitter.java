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

import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.lang.model.element.Modifier;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.trigger.spring.contracts.generator.RecordEmitter.Component;
import org.jspecify.annotations.Nullable;

/**
 * Declares the builder of a record.
 */
final class BuilderEmitter {

	private final ClassName record;

	private final ClassName builder;

	private final List<Component> components;

	private final @Nullable Component additional;

	/**
	 * Create an emitter.
	 * @param additional the component with other properties, of which there may be none
	 */
	BuilderEmitter(ClassName record, List<Component> components, @Nullable Component additional) {
		this.record = record;
		this.builder = record.nestedClass("Builder");
		this.components = components;
		this.additional = additional;
	}

	void emit(TypeSpec.Builder type) {
		TypeSpec.Builder spec = TypeSpec.classBuilder(this.builder)
			.addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
			.addJavadoc("A builder.\n")
			.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
		for (Component component : this.components) {
			spec.addField(field(component));
			spec.addMethod(MethodSpec.methodBuilder(component.name())
				.addModifiers(Modifier.PUBLIC)
				.addJavadoc("$L",
						"Set " + component.name() + ".\n@param " + component.name() + " " + component.description()
								+ "\n@return this builder\n")
				.addParameter(component.type(), component.name())
				.returns(this.builder)
				.addStatement("this.$N = $N", component.name(), component.name())
				.addStatement("return this")
				.build());
		}
		spec.addMethod(MethodSpec.methodBuilder("build")
			.addModifiers(Modifier.PUBLIC)
			.addJavadoc("Build the value.\n@return the value\n@throws NullPointerException if one is missing that is "
					+ "required\n")
			.returns(this.record)
			.addStatement("return new $T($L)", this.record,
					this.components.stream().map(BuilderEmitter::argument).collect(CodeBlock.joining(",\n")))
			.build());
		type.addType(spec.build());
		type.addMethod(MethodSpec.methodBuilder("builder")
			.addModifiers(Modifier.PUBLIC, Modifier.STATIC)
			.addJavadoc("Return a builder.\n@return a builder without values\n")
			.returns(this.builder)
			.addStatement("return new $T()", this.builder)
			.build());
	}

	private FieldSpec field(Component component) {
		TypeName nullable = TypeEmitter.orNull(component.type(), true);
		FieldSpec.Builder field = FieldSpec.builder(nullable, component.name(), Modifier.PRIVATE);
		return ((component == this.additional) ? field.initializer("$T.of()", Map.class) : field).build();
	}

	private static CodeBlock argument(Component component) {
		return component.present() ? CodeBlock.of("$T.requireNonNull(this.$N, $S)", Objects.class, component.name(),
				"'" + component.name() + "' must be set") : CodeBlock.of("this.$N", component.name());
	}

}
