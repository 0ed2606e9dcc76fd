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
import java.util.TreeSet;

import dev.trigger.spring.contracts.generator.Shape.Entries;
import dev.trigger.spring.contracts.generator.Shape.Literal;
import dev.trigger.spring.contracts.generator.Shape.Member;
import dev.trigger.spring.contracts.generator.Shape.Struct;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads schemas of objects.
 */
final class ObjectReader {

	/**
	 * How many slots the parameters of a constructor may take in a class file, without
	 * that of the object itself.
	 */
	private static final int MAX_PARAMETER_SLOTS = 254;

	private final SchemaReader schemas;

	ObjectReader(SchemaReader schemas) {
		this.schemas = schemas;
	}

	Slot read(JsonNode schema, String pointer, int depth) {
		JsonNode properties = schema.path("properties");
		JsonNode additional = schema.path("additionalProperties");
		boolean patterns = !schema.path("patternProperties").isEmpty();
		if (patterns) {
			this.schemas.warn(pointer + "/patternProperties", "is not expressed: such properties may have any value");
		}
		List<String> required = Schemas.texts(schema.path("required"));
		if (properties.isEmpty() && !(Schemas.isNothing(additional) && !patterns)) {
			return Slot.of(new Entries(
					patterns ? Slot.ANY : this.schemas.read(additional, pointer + "/additionalProperties", depth + 1)));
		}
		TreeSet<String> names = new TreeSet<>(properties.propertyNames());
		if (!Schemas.isNothing(additional)) {
			names.addAll(required);
		}
		List<Member> members = new ArrayList<>();
		List<Literal> literals = new ArrayList<>();
		for (String name : names) {
			if (name.isEmpty() || name.length() > Schemas.MAX_LITERAL) {
				// Jackson treats an empty name as no name
				return this.schemas.any(pointer + "/properties", "has a name that is empty or too long");
			}
			JsonNode property = properties.path(name);
			JsonNode literal = required.contains(name) ? literal(property) : null;
			if (literal != null) {
				literals.add(new Literal(name, literal));
			}
			else if (!Schemas.isNothing(property)) {
				boolean needed = required.contains(name) && !this.schemas.resolve(property).has("default");
				members.add(new Member(name,
						this.schemas.read(property, pointer + "/properties/" + Schemas.escape(name), depth + 1), needed,
						this.schemas.resolve(property)));
			}
		}
		if (members.stream().mapToInt(ObjectReader::slots).sum() > MAX_PARAMETER_SLOTS - 1) {
			return this.schemas.any(pointer + "/properties",
					"has more properties (" + members.size() + ") than a record can have components");
		}
		return Slot.of(new Struct(members, literals, additional(schema, pointer, patterns, depth),
				Schemas.isNothing(additional) && !patterns, Schemas.text(schema, "title"),
				Schemas.text(schema, "description")));
	}

	/**
	 * Read what properties may have that are not named. A schema that does not say
	 * whether there may be any means no others.
	 */
	private @Nullable Slot additional(JsonNode schema, String pointer, boolean patterns, int depth) {
		if (patterns) {
			return Slot.ANY;
		}
		JsonNode additional = schema.path("additionalProperties");
		return (additional.isMissingNode() || Schemas.isNothing(additional)) ? null
				: this.schemas.read(additional, pointer + "/additionalProperties", depth + 1);
	}

	private @Nullable JsonNode literal(JsonNode property) {
		List<JsonNode> values = Schemas.values(this.schemas.resolve(property));
		JsonNode value = (values.size() == 1) ? values.get(0) : null;
		if (value == null) {
			return null;
		}
		boolean text = value.isString() && value.stringValue().length() <= Schemas.MAX_LITERAL;
		boolean number = value.isNumber() && (value.canConvertToLong() || Double.isFinite(value.asDouble(Double.NaN)));
		return (text || number || value.isBoolean()) ? value : null;
	}

	private static int slots(Member member) {
		return (member.required() && !member.slot().nullable()
				&& (member.slot().shape() == Scalar.INTEGER || member.slot().shape() == Scalar.NUMBER)) ? 2 : 1;
	}

}
