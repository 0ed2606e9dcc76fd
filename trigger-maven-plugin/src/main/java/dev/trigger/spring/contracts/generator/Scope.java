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
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.TypeSpec;
import org.jspecify.annotations.Nullable;

/**
 * Where types are declared: a package, or another type.
 */
final class Scope {

	/**
	 * Longest name of a class with those around it: it becomes the name of a file.
	 */
	private static final int MAX_LENGTH = 180;

	private final String packageName;

	private final @Nullable ClassName owner;

	private final Set<String> taken;

	private final Consumer<TypeSpec> types;

	private Scope(String packageName, @Nullable ClassName owner, Set<String> taken, Consumer<TypeSpec> types) {
		this.packageName = packageName;
		this.owner = owner;
		this.taken = taken;
		this.types = types;
	}

	static Scope ofPackage(String packageName, Consumer<TypeSpec> types) {
		return new Scope(packageName, null, new HashSet<>(), types);
	}

	/**
	 * Return the scope within a type of this scope.
	 */
	Scope within(ClassName type, TypeSpec.Builder builder) {
		Set<String> around = new HashSet<>();
		type.simpleNames().forEach((name) -> around.add(name.toLowerCase(Locale.ROOT)));
		return new Scope(this.packageName, type, around, builder::addType);
	}

	/**
	 * Choose the name of a type, without declaring it yet.
	 */
	ClassName name(String hint) {
		String name = Names.unique(Names.type(hint), this.taken);
		return (this.owner != null) ? this.owner.nestedClass(name) : ClassName.get(this.packageName, name);
	}

	boolean isDeep() {
		return this.owner != null && String.join("$", this.owner.simpleNames()).length() > MAX_LENGTH / 2;
	}

	boolean isPackage() {
		return this.owner == null;
	}

	String place() {
		return (this.owner != null) ? this.owner.canonicalName() : this.packageName;
	}

	void declare(TypeSpec type) {
		this.types.accept(type);
	}

}
