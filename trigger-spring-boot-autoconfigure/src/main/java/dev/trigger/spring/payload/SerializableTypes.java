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

package dev.trigger.spring.payload;

import java.io.Serializable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * Generic types that survive Java serialization, which those of the JDK don't. They are
 * equal to the JDK's own.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class SerializableTypes {

	private SerializableTypes() {
	}

	/**
	 * Return a type that can be serialized.
	 * @param type the type; a type variable stands for its bound
	 * @return an equal type that can be serialized
	 */
	public static Type of(Type type) {
		if (type instanceof Class || type instanceof Parameterized || type instanceof GenericArray
				|| type instanceof Wildcard) {
			return type;
		}
		if (type instanceof JavaType resolved) {
			return of(resolved);
		}
		if (type instanceof ParameterizedType parameterized) {
			Type owner = parameterized.getOwnerType();
			return new Parameterized((Class<?>) parameterized.getRawType(), (owner != null) ? of(owner) : null,
					of(parameterized.getActualTypeArguments()));
		}
		if (type instanceof GenericArrayType array) {
			return new GenericArray(of(array.getGenericComponentType()));
		}
		if (type instanceof WildcardType wildcard) {
			return new Wildcard(of(wildcard.getUpperBounds()), of(wildcard.getLowerBounds()));
		}
		return (type instanceof TypeVariable<?> variable) ? erase(variable.getBounds()[0]) : Object.class;
	}

	/**
	 * Return a type of Jackson as one of Java.
	 */
	private static Type of(JavaType type) {
		Class<?> raw = type.getRawClass();
		if (type.isArrayType()) {
			Type component = of(type.getContentType());
			return (component instanceof Class) ? raw : new GenericArray(component);
		}
		if (type.containedTypeCount() == 0) {
			return raw;
		}
		Type[] arguments = type.getBindings()
			.getTypeParameters()
			.stream()
			.map(SerializableTypes::of)
			.toArray(Type[]::new);
		return new Parameterized(raw, raw.getDeclaringClass(), arguments);
	}

	private static Type[] of(Type[] types) {
		return Arrays.stream(types).map(SerializableTypes::of).toArray(Type[]::new);
	}

	/**
	 * The bound of a variable may name the variable itself, without end.
	 */
	private static Type erase(Type bound) {
		if (bound instanceof ParameterizedType parameterized) {
			return parameterized.getRawType();
		}
		return (bound instanceof TypeVariable<?> variable) ? erase(variable.getBounds()[0]) : of(bound);
	}

	private static String names(Type[] types) {
		return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
	}

	@SuppressWarnings("serial") // the types are of this class
	private static final class Parameterized implements ParameterizedType, Serializable {

		private static final long serialVersionUID = 1L;

		private final Class<?> rawType;

		private final @Nullable Type ownerType;

		private final Type[] arguments;

		private Parameterized(Class<?> rawType, @Nullable Type ownerType, Type[] arguments) {
			this.rawType = rawType;
			this.ownerType = ownerType;
			this.arguments = arguments;
		}

		@Override
		public Type[] getActualTypeArguments() {
			return this.arguments.clone();
		}

		@Override
		public Type getRawType() {
			return this.rawType;
		}

		@Override
		public @Nullable Type getOwnerType() {
			return this.ownerType;
		}

		@Override
		public boolean equals(@Nullable Object obj) {
			return this == obj || (obj instanceof ParameterizedType other && this.rawType.equals(other.getRawType())
					&& Objects.equals(this.ownerType, other.getOwnerType())
					&& Arrays.equals(this.arguments, other.getActualTypeArguments()));
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.arguments) ^ Objects.hashCode(this.ownerType) ^ this.rawType.hashCode();
		}

		@Override
		public String toString() {
			String name = (this.ownerType instanceof ParameterizedType)
					? this.ownerType.getTypeName() + "$" + this.rawType.getSimpleName() : this.rawType.getName();
			return (this.arguments.length > 0) ? name + "<" + names(this.arguments) + ">" : name;
		}

	}

	@SuppressWarnings("serial") // the type is of this class
	private static final class GenericArray implements GenericArrayType, Serializable {

		private static final long serialVersionUID = 1L;

		private final Type componentType;

		private GenericArray(Type componentType) {
			this.componentType = componentType;
		}

		@Override
		public Type getGenericComponentType() {
			return this.componentType;
		}

		@Override
		public boolean equals(@Nullable Object obj) {
			return obj instanceof GenericArrayType other && this.componentType.equals(other.getGenericComponentType());
		}

		@Override
		public int hashCode() {
			return this.componentType.hashCode();
		}

		@Override
		public String toString() {
			return this.componentType.getTypeName() + "[]";
		}

	}

	@SuppressWarnings("serial") // the types are of this class
	private static final class Wildcard implements WildcardType, Serializable {

		private static final long serialVersionUID = 1L;

		private final Type[] upperBounds;

		private final Type[] lowerBounds;

		private Wildcard(Type[] upperBounds, Type[] lowerBounds) {
			this.upperBounds = upperBounds;
			this.lowerBounds = lowerBounds;
		}

		@Override
		public Type[] getUpperBounds() {
			return this.upperBounds.clone();
		}

		@Override
		public Type[] getLowerBounds() {
			return this.lowerBounds.clone();
		}

		@Override
		public boolean equals(@Nullable Object obj) {
			return obj instanceof WildcardType other && Arrays.equals(this.upperBounds, other.getUpperBounds())
					&& Arrays.equals(this.lowerBounds, other.getLowerBounds());
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.lowerBounds) ^ Arrays.hashCode(this.upperBounds);
		}

		@Override
		public String toString() {
			if (this.lowerBounds.length > 0) {
				return "? super " + names(this.lowerBounds);
			}
			return (this.upperBounds.length == 0 || this.upperBounds[0] == Object.class) ? "?"
					: "? extends " + names(this.upperBounds);
		}

	}

}
