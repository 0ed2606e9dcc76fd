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
import java.util.List;
import java.util.Set;

import javax.lang.model.element.Modifier;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.trigger.spring.contracts.generator.Shape.Kind;
import dev.trigger.spring.contracts.generator.Shape.Literal;
import dev.trigger.spring.contracts.generator.Shape.Member;
import dev.trigger.spring.contracts.generator.Shape.Struct;
import dev.trigger.spring.contracts.generator.Shape.Union;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * Declares a sealed interface with a record for each alternative.
 */
final class UnionEmitter {

	private static final AnnotationSpec PLAIN = AnnotationSpec.builder(JsonDeserialize.class).build();

	private final TypeEmitter types;

	private final ClassName name;

	private final TypeSpec.Builder type;

	private final Scope within;

	UnionEmitter(TypeEmitter types, ClassName name, TypeSpec.Builder type, Scope within) {
		this.types = types;
		this.name = name;
		this.type = type;
		this.within = within;
	}

	void emit(Union union, String description) {
		this.type.addJavadoc("$L", Javadoc.text(union.description(), description) + "\n");
		String discriminator = union.discriminator();
		if (discriminator != null) {
			emitByLiteral(union, discriminator);
		}
		else {
			emitByShape(union);
		}
	}

	private void emitByLiteral(Union union, String discriminator) {
		this.type.addAnnotation(AnnotationSpec.builder(JsonTypeInfo.class)
			.addMember("use", "$T.NAME", JsonTypeInfo.Id.class)
			.addMember("include", "$T.EXISTING_PROPERTY", JsonTypeInfo.As.class)
			.addMember("property", "$L", Literals.of(discriminator))
			.build());
		AnnotationSpec.Builder subTypes = AnnotationSpec.builder(JsonSubTypes.class);
		for (Shape alternative : union.alternatives()) {
			Literal literal = ((Struct) alternative).literal(discriminator);
			String value = (literal != null) ? literal.value().stringValue() : "";
			ClassName record = this.types.alternative(alternative, value, this.within, this.name, null);
			subTypes.addMember("value", "$L",
					AnnotationSpec.builder(JsonSubTypes.Type.class)
						.addMember("value", "$T.class", record)
						.addMember("name", "$L", Literals.of(value))
						.build());
		}
		this.type.addAnnotation(subTypes.build());
	}

	private void emitByShape(Union union) {
		ClassName reader = this.name.nestedClass("Reader");
		this.type.addAnnotation(
				AnnotationSpec.builder(JsonDeserialize.class).addMember("using", "$T.class", reader).build());
		boolean severalObjects = union.alternatives().stream().filter(Struct.class::isInstance).count() > 1;
		MethodSpec.Builder read = MethodSpec.methodBuilder("deserialize")
			.addAnnotation(Override.class)
			.addModifiers(Modifier.PUBLIC)
			.addParameter(JsonParser.class, "parser")
			.addParameter(DeserializationContext.class, "context")
			.returns(this.name)
			.addStatement("$T node = context.readTree(parser)", JsonNode.class);
		for (Shape alternative : union.alternatives()) {
			ClassName record = (alternative instanceof Struct struct)
					? this.types.alternative(struct, title(struct), this.within, this.name, PLAIN) : wrap(alternative);
			read.beginControlFlow("if ($L)", test(alternative, severalObjects))
				.addStatement("return context.readTreeAsValue(node, $T.class)", record)
				.endControlFlow();
		}
		read.addStatement("return context.reportInputMismatch($T.class, $S)", this.name,
				"The value is none of the alternatives");
		this.type.addType(TypeSpec.classBuilder(reader)
			.addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
			.superclass(ParameterizedTypeName.get(ClassName.get(ValueDeserializer.class), this.name))
			.addJavadoc("Reads the alternative that a value has the form of.\n")
			.addMethod(MethodSpec.constructorBuilder()
				.addModifiers(Modifier.PUBLIC)
				.addJavadoc("Create a reader.\n")
				.build())
			.addMethod(read.build())
			.build());
	}

	/**
	 * Declare a record around a value that is no record.
	 */
	private ClassName wrap(Shape alternative) {
		Kind kind = alternative.kind();
		String title = (kind == Kind.OBJECT) ? "OfMap" : "Of" + ((kind != null) ? kind.title() : "Value");
		ClassName record = this.within.name(title);
		TypeSpec.Builder spec = TypeSpec.recordBuilder(record).addModifiers(Modifier.PUBLIC, Modifier.STATIC);
		TypeName value = this.types.type(Slot.of(alternative), "value", this.within.within(record, spec));
		this.within.declare(spec.addSuperinterface(this.name)
			.addAnnotation(PLAIN)
			.addJavadoc("One of the alternatives that is no record itself.\n\n@param value the value\n")
			.recordConstructor(MethodSpec.constructorBuilder()
				.addModifiers(Modifier.PUBLIC)
				.addAnnotation(ChoiceEmitter.DELEGATING)
				.addJavadoc("Create a value.\n@param value the value\n")
				.addParameter(value, "value")
				.addStatement("this.value = value")
				.build())
			.addMethod(ChoiceEmitter.value(value))
			.build());
		return record;
	}

	/**
	 * Name an object without a name by what it must have.
	 */
	private static String title(Struct struct) {
		String title = struct.title();
		if (title != null && !Names.type(title).equals("Value")) {
			return title;
		}
		List<String> names = new ArrayList<>();
		struct.literals()
			.stream()
			.filter((literal) -> literal.value().isString())
			.limit(1)
			.forEach((literal) -> names.add(literal.value().stringValue()));
		if (names.isEmpty()) {
			struct.members().stream().filter(Member::required).limit(3).forEach((member) -> names.add(member.name()));
		}
		return names.isEmpty() ? "OfObject" : "With-" + String.join("-", names);
	}

	private static CodeBlock test(Shape alternative, boolean severalObjects) {
		Kind kind = alternative.kind();
		CodeBlock.Builder test = CodeBlock.builder().add("node.$L()", (kind != null) ? kind.test() : "isObject");
		if (!(alternative instanceof Struct struct) || !severalObjects) {
			return test.build();
		}
		for (Literal literal : struct.literals()) {
			JsonNode value = literal.value();
			CodeBlock property = CodeBlock.of("node.path($L)", Literals.of(literal.name()));
			if (value.isString()) {
				test.add(" && $L.isString() && $L.stringValue().equals($L)", property, property,
						Literals.of(value.stringValue()));
			}
			else if (value.isBoolean()) {
				test.add(" && $L.isBoolean() && $L.booleanValue() == $L", property, property, value.booleanValue());
			}
			else {
				test.add(" && $L.isNumber() && $L.doubleValue() == $L", property, property, value.doubleValue());
			}
		}
		for (Member member : struct.members()) {
			if (member.required()) {
				Kind memberKind = member.kind();
				test.add((memberKind != null)
						? CodeBlock.of(" && node.path($L).$L()", Literals.of(member.name()), memberKind.test())
						: CodeBlock.of(" && node.has($L)", Literals.of(member.name())));
			}
		}
		if (struct.closed()) {
			CodeBlock names = struct.names().stream().map(Literals::of).collect(CodeBlock.joining(", "));
			test.add(" && $T.of($L).containsAll(node.propertyNames())", Set.class, names);
		}
		return test.build();
	}

}
