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

package dev.trigger.spring.annotation;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.SpelNodeImpl;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Finds properties and methods in the expression for a key that its types do not have, as
 * far as types are known: where a subclass may have more, nothing is refused.
 *
 * @param description the expression, for messages
 * @param variables the declared types of the variables
 */
record KeyPropertyCheck(String description, Map<String, ResolvableType> variables) {

	/**
	 * Check an expression.
	 * @param node the expression
	 * @throws InvalidTriggerTaskException if it has an unknown property or method
	 */
	void check(SpelNode node) {
		if (node instanceof CompoundExpression) {
			ResolvableType type = null;
			for (int i = 0; i < node.getChildCount(); i++) {
				SpelNode part = node.getChild(i);
				type = (i == 0) ? start(part) : (type != null) ? follow(type, part) : null;
			}
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			check(node.getChild(i));
		}
	}

	private @Nullable ResolvableType start(SpelNode node) {
		return (node instanceof VariableReference) ? this.variables.get(node.toStringAST().substring(1)) : null;
	}

	/**
	 * Return the type of a part, {@code null} if it is not known.
	 */
	private @Nullable ResolvableType follow(ResolvableType type, SpelNode part) {
		Class<?> owner = type.resolve();
		if (owner == null) {
			return null;
		}
		if (owner == Optional.class && part instanceof SpelNodeImpl node && node.isNullSafe()) {
			// its own methods may be called that way as well
			return (part instanceof MethodReference) ? null : follow(type.getGeneric(), part);
		}
		if (part instanceof Indexer) {
			return element(type, owner);
		}
		if (part instanceof PropertyOrFieldReference property) {
			return property(type, owner, property.getName());
		}
		if (part instanceof MethodReference method && isComplete(owner)
				&& methods(owner).noneMatch((candidate) -> candidate.getName().equals(method.getName()))) {
			throw unknown("the method " + method.getName() + "()", owner);
		}
		return null;
	}

	private static @Nullable ResolvableType element(ResolvableType type, Class<?> owner) {
		if (owner.isArray()) {
			return type.getComponentType();
		}
		if (Map.class.isAssignableFrom(owner)) {
			return type.asMap().getGeneric(1);
		}
		return Collection.class.isAssignableFrom(owner) ? type.asCollection().getGeneric(0) : null;
	}

	private @Nullable ResolvableType property(ResolvableType type, Class<?> owner, String name) {
		String suffix = StringUtils.capitalize(name);
		List<String> names = List.of("get" + suffix, "is" + suffix, name);
		Method getter = methods(owner)
			.filter((method) -> method.getParameterCount() == 0 && names.contains(method.getName()))
			.findFirst()
			.orElse(null);
		if (getter != null) {
			return ResolvableType.forType(getter.getGenericReturnType(), type.as(getter.getDeclaringClass()));
		}
		boolean field = Arrays.stream(owner.getFields()).anyMatch((candidate) -> candidate.getName().equals(name));
		if (!field && methods(owner).anyMatch((method) -> method.getName().startsWith("get" + suffix + "-"))) {
			throw new InvalidTriggerTaskException(
					this.description + " refers to the property '" + name + "' of " + owner.getName()
							+ ", whose type is a value class of Kotlin: it has another name in Java",
					"Use a property of another type, or set the key in the options of the call");
		}
		if (!field && isComplete(owner)) {
			throw unknown("the property '" + name + "'", owner);
		}
		return null;
	}

	private static Stream<Method> methods(Class<?> owner) {
		return Stream.concat(Arrays.stream(owner.getMethods()),
				Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(owner)));
	}

	/**
	 * Return whether the values of a type hardly have more than it declares. Maps and
	 * arrays have accessors of their own.
	 */
	private static boolean isComplete(Class<?> owner) {
		return !owner.isInterface() && !Modifier.isAbstract(owner.getModifiers()) && owner != Object.class
				&& !owner.isArray() && !owner.isPrimitive() && !Map.class.isAssignableFrom(owner);
	}

	private InvalidTriggerTaskException unknown(String what, Class<?> owner) {
		String known = owner.isRecord() ? ", which has " + Arrays.stream(owner.getRecordComponents())
			.map((component) -> "'" + component.getName() + "'")
			.toList() : "";
		return new InvalidTriggerTaskException(
				this.description + " refers to " + what + " of " + owner.getName() + known + ": there is none",
				"Correct the expression, or add what it refers to");
	}

}
