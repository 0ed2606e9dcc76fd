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
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a value is, as far as Java has types for it.
 */
sealed interface Shape
		permits Scalar, Shape.Choice, Shape.Items, Shape.Entries, Shape.Struct, Shape.Tuple, Shape.Union {

	/**
	 * Return what the value is in JSON.
	 * @return the kind, {@code null} if it may be several
	 */
	@Nullable Kind kind();

	/**
	 * What a value can be in JSON, and how a {@link JsonNode} says so.
	 */
	enum Kind {

		TEXT("isString", "Text"), NUMBER("isNumber", "Number"), BOOLEAN("isBoolean", "Boolean"),
		ARRAY("isArray", "List"), OBJECT("isObject", "Object");

		private final String test;

		private final String title;

		Kind(String test, String title) {
			this.test = test;
			this.title = title;
		}

		String test() {
			return this.test;
		}

		String title() {
			return this.title;
		}

	}

	/**
	 * One of several texts.
	 *
	 * @param values the texts
	 * @param description the description, {@code null} for none
	 */
	record Choice(List<String> values, @Nullable String description) implements Shape {

		@Override
		public Kind kind() {
			return Kind.TEXT;
		}

	}

	/**
	 * A list.
	 *
	 * @param item an element
	 */
	record Items(Slot item) implements Shape {

		@Override
		public Kind kind() {
			return Kind.ARRAY;
		}

	}

	/**
	 * A map.
	 *
	 * @param value a value
	 */
	record Entries(Slot value) implements Shape {

		@Override
		public Kind kind() {
			return Kind.OBJECT;
		}

	}

	/**
	 * An object with properties.
	 *
	 * @param members the properties
	 * @param literals the properties that always have the same value
	 * @param additional the value of other properties, {@code null} if they are refused
	 * or ignored
	 * @param closed whether other properties are refused
	 * @param title the title, {@code null} for none
	 * @param description the description, {@code null} for none
	 */
	record Struct(List<Member> members, List<Literal> literals, @Nullable Slot additional, boolean closed,
			@Nullable String title, @Nullable String description) implements Shape {

		@Override
		public Kind kind() {
			return Kind.OBJECT;
		}

		@Nullable Literal literal(String name) {
			return this.literals.stream().filter((literal) -> literal.name().equals(name)).findFirst().orElse(null);
		}

		@Nullable Member member(String name) {
			return this.members.stream().filter((member) -> member.name().equals(name)).findFirst().orElse(null);
		}

		boolean allows(String name) {
			return !this.closed || literal(name) != null || member(name) != null;
		}

		List<String> names() {
			return Stream.concat(this.members.stream().map(Member::name), this.literals.stream().map(Literal::name))
				.sorted()
				.toList();
		}

	}

	/**
	 * A list with a fixed number of elements, each of its own type.
	 *
	 * @param slots the elements
	 */
	record Tuple(List<Slot> slots) implements Shape {

		@Override
		public Kind kind() {
			return Kind.ARRAY;
		}

	}

	/**
	 * One of several shapes.
	 *
	 * @param discriminator the property whose value says which one, {@code null} if it is
	 * told by what the value is
	 * @param alternatives the shapes
	 * @param description the description, {@code null} for none
	 */
	record Union(@Nullable String discriminator, List<Shape> alternatives,
			@Nullable String description) implements Shape {

		@Override
		public @Nullable Kind kind() {
			return this.alternatives.stream().allMatch((shape) -> shape.kind() == Kind.OBJECT) ? Kind.OBJECT : null;
		}

	}

	/**
	 * A property.
	 *
	 * @param name the name
	 * @param slot the value
	 * @param required whether it must be there
	 * @param schema its schema, for what constrains the value
	 */
	record Member(String name, Slot slot, boolean required, JsonNode schema) {

		@Nullable Kind kind() {
			return this.slot.nullable() ? null : this.slot.shape().kind();
		}

	}

	/**
	 * A property that always has the same value.
	 *
	 * @param name the name
	 * @param value a text, number or boolean
	 */
	record Literal(String name, JsonNode value) {

	}

}
