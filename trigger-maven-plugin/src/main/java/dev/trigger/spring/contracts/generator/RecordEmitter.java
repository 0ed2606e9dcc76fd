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
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import javax.lang.model.element.Modifier;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.trigger.spring.contracts.generator.Shape.Entries;
import dev.trigger.spring.contracts.generator.Shape.Items;
import dev.trigger.spring.contracts.generator.Shape.Literal;
import dev.trigger.spring.contracts.generator.Shape.Member;
import dev.trigger.spring.contracts.generator.Shape.Struct;
import dev.trigger.spring.contracts.generator.Shape.Tuple;
import tools.jackson.databind.JsonNode;

/**
 * Declares a record.
 */
final class RecordEmitter {

	private static final int MAX_WITHOUT_BUILDER = 4;

	private final TypeEmitter types;

	private final ClassName name;

	private final TypeSpec.Builder type;

	private final Scope within;

	private final Set<String> taken = new HashSet<>();

	private final List<Component> components = new ArrayList<>();

	private final MethodSpec.Builder constructor = MethodSpec.constructorBuilder()
		.addModifiers(Modifier.PUBLIC)
		.addJavadoc("Create a value.\n");

	RecordEmitter(TypeEmitter types, ClassName name, TypeSpec.Builder type, Scope within) {
		this.types = types;
		this.name = name;
		this.type = type;
		this.within = within;
	}

	void emit(Struct struct, String description) {
		include(JsonInclude.Include.NON_NULL);
		for (Member member : struct.members()) {
			add(member);
		}
		struct.literals().forEach(this::add);
		Slot additional = struct.additional();
		Component others = null;
		if (additional != null) {
			Slot map = Slot.of(new Entries(additional));
			TypeName mapType = this.types.type(map, "additional-properties", this.within);
			// the component is no property in JSON: its values stand beside the others
			others = new Component(Names.unique("additionalProperties", this.taken), mapType, true, map,
					"other properties by their names");
			add(others, List.of(AnnotationSpec.builder(JsonAnySetter.class).build()));
			this.type.addMethod(MethodSpec.methodBuilder(others.name())
				.addAnnotation(Override.class)
				.addAnnotation(JsonAnyGetter.class)
				.addModifiers(Modifier.PUBLIC)
				.returns(mapType)
				.addStatement("return this.$N", others.name())
				.build());
		}
		finish(Javadoc.text(struct.description(), description));
		if (this.components.size() > MAX_WITHOUT_BUILDER) {
			new BuilderEmitter(this.name, this.components, others).emit(this.type);
		}
	}

	/**
	 * Say what is written, whatever the mapper of an application leaves out.
	 */
	private void include(JsonInclude.Include include) {
		this.type.addAnnotation(AnnotationSpec.builder(JsonInclude.class)
			.addMember("value", "$T.$L", JsonInclude.Include.class, include)
			.build());
	}

	void emit(Tuple tuple, String description) {
		List<String> names = new ArrayList<>();
		for (int i = 0; i < tuple.slots().size(); i++) {
			String component = "item" + i;
			names.add(component);
			Slot slot = tuple.slots().get(i);
			add(new Component(component, this.types.type(slot, component, this.within), !slot.nullable(), slot,
					"the element " + i), List.of(property(component)));
		}
		CodeBlock order = names.stream()
			.map((name) -> CodeBlock.of("$S", name))
			.collect(CodeBlock.joining(", ", "{", "}"));
		include(JsonInclude.Include.ALWAYS);
		this.type.addAnnotation(AnnotationSpec.builder(JsonFormat.class)
			.addMember("shape", "$T.ARRAY", JsonFormat.Shape.class)
			.build());
		this.type
			.addAnnotation(AnnotationSpec.builder(JsonPropertyOrder.class).addMember("value", "$L", order).build());
		finish(description);
	}

	private void add(Member member) {
		Slot slot = member.slot();
		boolean present = member.required() && !slot.nullable();
		TypeName componentType = TypeEmitter.orNull(this.types.type(slot, member.name(), this.within), !present);
		String component = Names.unique(Names.member(member.name()), this.taken);
		List<AnnotationSpec> annotations = new ArrayList<>();
		annotations.add(property(member.name()));
		if (member.required() && slot.nullable()) {
			annotations.add(AnnotationSpec.builder(JsonInclude.class)
				.addMember("value", "$T.ALWAYS", JsonInclude.Include.class)
				.build());
		}
		if (this.types.settings().validation()) {
			annotations.addAll(Constraints.of(member, this.types.settings().numbers()));
		}
		add(new Component(component, componentType, present, slot, describe(member, present)), annotations);
	}

	private static AnnotationSpec property(String name) {
		return AnnotationSpec.builder(JsonProperty.class).addMember("value", "$L", Literals.of(name)).build();
	}

	private static String describe(Member member, boolean present) {
		String text = Javadoc.text(Schemas.text(member.schema(), "description"),
				"the value of " + quote(member.name()));
		if (member.schema().has("default")) {
			text += ";\n{@code null} for the default, " + Javadoc.text(abbreviate(member.schema().path("default")));
		}
		else if (!present) {
			text += member.required() ? ";\nmay be {@code null}" : ";\n{@code null} leaves it out";
		}
		return text;
	}

	private static String quote(String name) {
		String shown = Javadoc.text((name.length() > 80) ? name.substring(0, 80) + "..." : name);
		return shown.isEmpty() ? "a property without a visible name" : "<code>" + shown + "</code>";
	}

	private static String abbreviate(JsonNode value) {
		String text = value.toString();
		return (text.length() > 80) ? text.substring(0, 80) + "..." : text;
	}

	private void add(Component component, List<AnnotationSpec> annotations) {
		this.components.add(component);
		this.constructor.addParameter(
				ParameterSpec.builder(component.type(), component.name()).addAnnotations(annotations).build());
		this.constructor.addStatement("this.$N = $L", component.name(), copy(component));
	}

	/**
	 * Return the code that checks and copies a value.
	 */
	private static CodeBlock copy(Component component) {
		String name = component.name();
		CodeBlock value = CodeBlock.of("$N", name);
		if (component.type().isPrimitive()) {
			return value;
		}
		CodeBlock copy = null;
		if (component.present()) {
			value = CodeBlock.of("$T.requireNonNull($N, $S)", Objects.class, name, "'" + name + "' must not be null");
		}
		if (component.slot().shape() instanceof Items items) {
			copy = items.item().nullable()
					? CodeBlock.of("$T.unmodifiableList(new $T<>($L))", Collections.class, ArrayList.class, value)
					: CodeBlock.of("$T.copyOf($L)", List.class, value);
		}
		else if (component.slot().shape() instanceof Entries) {
			copy = CodeBlock.of("$T.unmodifiableMap(new $T<>($L))", Collections.class, LinkedHashMap.class, value);
		}
		if (!component.present()) {
			return (copy != null) ? CodeBlock.of("($N != null) ? $L : null", name, copy) : value;
		}
		return (copy != null) ? copy : value;
	}

	/**
	 * Add a property that always has the same value. It is written, but not read.
	 */
	private void add(Literal literal) {
		JsonNode value = literal.value();
		MethodSpec.Builder accessor = MethodSpec.methodBuilder(Names.unique(Names.member(literal.name()), this.taken))
			.addModifiers(Modifier.PUBLIC)
			.addJavadoc("$L",
					"Return the value of " + quote(literal.name()) + ", which is always the same.\n@return "
							+ Javadoc.text(abbreviate(value)) + "\n")
			.addAnnotation(AnnotationSpec.builder(JsonProperty.class)
				.addMember("value", "$L", Literals.of(literal.name()))
				.addMember("access", "$T.READ_ONLY", JsonProperty.Access.class)
				.build());
		if (value.isString()) {
			accessor.returns(String.class).addStatement("return $L", Literals.of(value.stringValue()));
		}
		else if (value.isBoolean()) {
			accessor.returns(TypeName.BOOLEAN).addStatement("return $L", value.booleanValue());
		}
		else if (value.canConvertToLong() && value.doubleValue() == value.longValue()) {
			accessor.returns(TypeName.LONG).addStatement("return $LL", value.longValue());
		}
		else {
			accessor.returns(TypeName.DOUBLE).addStatement("return $L", value.doubleValue());
		}
		this.type.addMethod(accessor.build());
	}

	private void finish(String description) {
		StringBuilder javadoc = new StringBuilder(description);
		if (!this.components.isEmpty()) {
			javadoc.append('\n');
			this.components.forEach((component) -> javadoc.append("\n@param ")
				.append(component.name())
				.append(' ')
				.append(component.description()));
		}
		this.type.addJavadoc("$L", javadoc);
		this.type.recordConstructor(this.constructor.build());
	}

	/**
	 * A component of a record.
	 *
	 * @param name the name
	 * @param type the type
	 * @param present whether there must be a value
	 * @param slot what the value is
	 * @param description the description, as javadoc
	 */
	record Component(String name, TypeName type, boolean present, Slot slot, String description) {

	}

}
