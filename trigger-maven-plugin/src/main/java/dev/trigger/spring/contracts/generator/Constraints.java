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
import java.util.regex.PatternSyntaxException;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.trigger.spring.contracts.generator.Shape.Entries;
import dev.trigger.spring.contracts.generator.Shape.Items;
import dev.trigger.spring.contracts.generator.Shape.Member;
import dev.trigger.spring.contracts.generator.Shape.Struct;
import dev.trigger.spring.contracts.generator.Shape.Union;
import tools.jackson.databind.JsonNode;

/**
 * What a schema demands of a value, as annotations of Jakarta Validation.
 */
final class Constraints {

	private static final String PACKAGE = "jakarta.validation.constraints";

	private final JsonNode schema;

	private final List<AnnotationSpec> annotations = new ArrayList<>();

	private Constraints(JsonNode schema) {
		this.schema = schema;
	}

	static List<AnnotationSpec> of(Member member, Numbers numbers) {
		Constraints constraints = new Constraints(member.schema());
		Shape shape = member.slot().shape();
		if (shape == Scalar.TEXT) {
			constraints.size("minLength", "maxLength");
			constraints.pattern();
			if ("email".equals(Schemas.text(member.schema(), "format"))) {
				constraints.add("Email");
			}
		}
		else if (shape == Scalar.INTEGER) {
			constraints.integer("minimum", "exclusiveMinimum", "Min", 1);
			constraints.integer("maximum", "exclusiveMaximum", "Max", -1);
		}
		else if (shape == Scalar.NUMBER && numbers == Numbers.BIG_DECIMAL) {
			constraints.decimal("minimum", "DecimalMin", true);
			constraints.decimal("exclusiveMinimum", "DecimalMin", false);
			constraints.decimal("maximum", "DecimalMax", true);
			constraints.decimal("exclusiveMaximum", "DecimalMax", false);
		}
		else if (shape instanceof Items) {
			constraints.size("minItems", "maxItems");
		}
		else if (shape instanceof Entries) {
			constraints.size("minProperties", "maxProperties");
		}
		if (cascades(shape)) {
			constraints.annotations.add(AnnotationSpec.builder(ClassName.get("jakarta.validation", "Valid")).build());
		}
		return constraints.annotations;
	}

	private static boolean cascades(Shape shape) {
		if (shape instanceof Items items) {
			return cascades(items.item().shape());
		}
		if (shape instanceof Entries entries) {
			return cascades(entries.value().shape());
		}
		return shape instanceof Struct || shape instanceof Union || shape instanceof Shape.Tuple;
	}

	private void size(String minimum, String maximum) {
		CodeBlock min = number(minimum);
		CodeBlock max = number(maximum);
		if (!min.isEmpty() || !max.isEmpty()) {
			AnnotationSpec.Builder size = AnnotationSpec.builder(ClassName.get(PACKAGE, "Size"));
			if (!min.isEmpty()) {
				size.addMember("min", min);
			}
			if (!max.isEmpty()) {
				size.addMember("max", max);
			}
			this.annotations.add(size.build());
		}
	}

	private CodeBlock number(String keyword) {
		JsonNode value = this.schema.path(keyword);
		boolean usable = value.isNumber() && value.canConvertToInt() && value.asInt(-1) >= 0;
		return usable ? CodeBlock.of("$L", value.asInt()) : CodeBlock.of("");
	}

	/**
	 * A pattern of JSON schema is found anywhere, that of the annotation is for all.
	 */
	private void pattern() {
		String pattern = Schemas.text(this.schema, "pattern");
		if (pattern == null || pattern.length() > Schemas.MAX_LITERAL) {
			return;
		}
		boolean whole = pattern.startsWith("^") && pattern.endsWith("$") && !pattern.endsWith("\\$")
				&& !pattern.contains("|");
		String regexp = whole ? pattern : "(?s).*(?:" + pattern + ").*";
		try {
			java.util.regex.Pattern.compile(regexp);
		}
		catch (PatternSyntaxException ex) {
			return;
		}
		this.annotations.add(AnnotationSpec.builder(ClassName.get(PACKAGE, "Pattern"))
			.addMember("regexp", "$L", Literals.of(regexp))
			.build());
	}

	private void integer(String inclusive, String exclusive, String annotation, int step) {
		JsonNode value = this.schema.path(inclusive);
		JsonNode beyond = this.schema.path(exclusive);
		Long limit = null;
		if (value.isIntegralNumber() && value.canConvertToLong()) {
			limit = value.longValue();
		}
		if (beyond.isIntegralNumber() && beyond.canConvertToLong()
				&& Math.abs(beyond.longValue()) < Long.MAX_VALUE - 1) {
			long next = beyond.longValue() + step;
			limit = (limit == null) ? next : (step > 0) ? Math.max(limit, next) : Math.min(limit, next);
		}
		if (limit != null) {
			CodeBlock literal = (limit == Long.MIN_VALUE) ? CodeBlock.of("$T.MIN_VALUE", Long.class)
					: CodeBlock.of("$LL", limit);
			this.annotations
				.add(AnnotationSpec.builder(ClassName.get(PACKAGE, annotation)).addMember("value", literal).build());
		}
	}

	private void decimal(String keyword, String annotation, boolean inclusive) {
		JsonNode value = this.schema.path(keyword);
		if (value.isNumber()) {
			AnnotationSpec.Builder bound = AnnotationSpec.builder(ClassName.get(PACKAGE, annotation))
				.addMember("value", "$S", value.decimalValue().toString());
			if (!inclusive) {
				bound.addMember("inclusive", "false");
			}
			this.annotations.add(bound.build());
		}
	}

	private void add(String annotation) {
		this.annotations.add(AnnotationSpec.builder(ClassName.get(PACKAGE, annotation)).build());
	}

}
