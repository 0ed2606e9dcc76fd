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

import org.jspecify.annotations.Nullable;

/**
 * A value without parts that Java has a type for, or any value at all.
 */
enum Scalar implements Shape {

	TEXT(Kind.TEXT), INSTANT(Kind.TEXT), DATE(Kind.TEXT), UUID(Kind.TEXT), URI(Kind.TEXT), INTEGER(Kind.NUMBER),
	BIG_INTEGER(Kind.NUMBER), NUMBER(Kind.NUMBER), BOOLEAN(Kind.BOOLEAN), ANY(null);

	private final @Nullable Kind kind;

	Scalar(@Nullable Kind kind) {
		this.kind = kind;
	}

	@Override
	public @Nullable Kind kind() {
		return this.kind;
	}

}
