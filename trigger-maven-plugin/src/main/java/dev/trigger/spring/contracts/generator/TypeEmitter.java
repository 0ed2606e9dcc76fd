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

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.lang.model.element.Modifier;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.trigger.spring.contracts.generator.Shape.Choice;
import dev.trigger.spring.contracts.generator.Shape.Entries;
import dev.trigger.spring.contracts.generator.Shape.Items;
import dev.trigger.spring.contracts.generator.Shape.Struct;
import dev.trigger.spring.contracts.generator.Shape.Tuple;
import dev.trigger.spring.contracts.generator.Shape.Union;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Declares the types of one payload.
 */
final class TypeEmitter {

	static final AnnotationSpec NULLABLE = AnnotationSpec.builder(ClassName.get("org.jspecify.annotations", "Nullable"))
		.build();

	private static final AnnotationSpec GENERATED = AnnotationSpec
		.builder(ClassName.get("javax.annotation.processing", "Generated"))
		.addMember("value", "$S", GeneratedSources.GENERATOR)
		.build();

	private final GeneratorSettings settings;

	private final SchemaReader schemas;

	private final String task;

	/**
	 * Where the types are declared that several places refer to.
	 */
	private Scope shared;

	private final Map<Shape, ClassName> declared = new IdentityHashMap<>();

	TypeEmitter(GeneratorSettings settings, SchemaReader schemas, String task, Scope scope) {
		this.settings = settings;
		this.schemas = schemas;
		this.task = task;
		this.shared = scope;
	}

	GeneratorSettings settings() {
		return this.settings;
	}

	/**
	 * Declare the type of the payload.
	 */
	TypeName payload(Slot slot) {
		return type(slot, this.task, this.shared);
	}

	/**
	 * Return the type of a value, and declare what it needs.
	 * @param slot the value
	 * @param hint what to call the type, unless it has a name
	 * @param scope where to declare types
	 * @return the type, with {@code @Nullable} if it may be null
	 */
	TypeName type(Slot slot, String hint, Scope scope) {
		return orNull(type(slot.shape(), hint, scope), slot.nullable());
	}

	static TypeName orNull(TypeName type, boolean nullable) {
		return nullable ? type.box().withoutAnnotations().annotated(NULLABLE) : type;
	}

	private TypeName type(Shape shape, String hint, Scope scope) {
		if (shape instanceof Scalar scalar) {
			return type(scalar);
		}
		if (shape instanceof Items items) {
			return ParameterizedTypeName.get(ClassName.get(List.class),
					type(items.item(), hint + "-item", scope).box());
		}
		if (shape instanceof Entries entries) {
			return ParameterizedTypeName.get(ClassName.get(Map.class), ClassName.get(String.class),
					type(entries.value(), hint + "-value", scope).box());
		}
		ClassName known = this.declared.get(shape);
		return (known != null) ? known : declare(shape, hint, scope);
	}

	private TypeName type(Scalar scalar) {
		return switch (scalar) {
			case TEXT -> ClassName.get(String.class);
			case INSTANT -> ClassName.get(Instant.class);
			case DATE -> ClassName.get(LocalDate.class);
			case UUID -> ClassName.get(UUID.class);
			case URI -> ClassName.get(URI.class);
			case INTEGER -> TypeName.LONG;
			case BIG_INTEGER -> ClassName.get(BigInteger.class);
			case NUMBER ->
				(this.settings.numbers() == Numbers.DOUBLE) ? TypeName.DOUBLE : ClassName.get(BigDecimal.class);
			case BOOLEAN -> TypeName.BOOLEAN;
			case ANY -> ClassName.get(JsonNode.class);
		};
	}

	private ClassName declare(Shape shape, String hint, Scope scope) {
		String definition = this.schemas.definitionName(shape);
		ClassName name;
		Scope place = scope;
		if (definition != null) {
			place = this.shared;
			name = place.name(place.isPackage() ? this.task + "-" + definition : definition);
		}
		else if (scope.isDeep()) {
			place = this.shared;
			name = place.name(Names.type(hint) + "-" + Names.hash(scope.place()));
		}
		else {
			name = scope.name(hint);
		}
		this.declared.put(shape, name);
		declare(shape, name, place, null, null);
		return name;
	}

	/**
	 * Declare a type as an alternative of another one.
	 */
	ClassName alternative(Shape shape, String hint, Scope scope, ClassName union, @Nullable AnnotationSpec annotation) {
		ClassName name = scope.name(hint);
		declare(shape, name, scope, union, annotation);
		return name;
	}

	/**
	 * Return what a type is, for its javadoc.
	 */
	String describe(boolean root) {
		return (root ? "Payload of the task <code>" : "Part of the payload of the task <code>")
				+ Javadoc.text((this.task.length() > 80) ? this.task.substring(0, 80) + "..." : this.task) + "</code>.";
	}

	private void declare(Shape shape, ClassName name, Scope scope, @Nullable ClassName union,
			@Nullable AnnotationSpec annotation) {
		TypeSpec.Builder type = builder(shape, name).addModifiers(Modifier.PUBLIC);
		if (union != null) {
			type.addSuperinterface(union);
		}
		if (annotation != null) {
			type.addAnnotation(annotation);
		}
		if (!scope.isPackage()) {
			type.addModifiers(Modifier.STATIC);
		}
		else {
			type.addAnnotation(GENERATED);
		}
		Scope within = scope.within(name, type);
		if (this.shared.isPackage()) {
			this.shared = within;
		}
		if (shape instanceof Struct struct) {
			new RecordEmitter(this, name, type, within).emit(struct, describe(scope.isPackage()));
		}
		else if (shape instanceof Tuple tuple) {
			new RecordEmitter(this, name, type, within).emit(tuple, describe(scope.isPackage()));
		}
		else if (shape instanceof Choice choice) {
			ChoiceEmitter.emit(choice, name, type);
		}
		else if (shape instanceof Union alternatives) {
			new UnionEmitter(this, name, type, within).emit(alternatives, describe(scope.isPackage()));
		}
		scope.declare(type.build());
	}

	private static TypeSpec.Builder builder(Shape shape, ClassName name) {
		return (shape instanceof Union) ? TypeSpec.interfaceBuilder(name).addModifiers(Modifier.SEALED)
				: TypeSpec.recordBuilder(name);
	}

	static AnnotationSpec generated() {
		return GENERATED;
	}

}
