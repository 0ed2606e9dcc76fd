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

package dev.trigger.spring.json;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotationUtils;

/**
 * Annotations of Jackson 2 that decide how objects are written or read, and that Jackson
 * 3 does not know: without them the JSON would silently be a different one. Those that
 * both know (of {@code com.fasterxml.jackson.annotation}) are not among them.
 */
enum FormerAnnotations {

	WRITING("JsonSerialize", "JsonNaming", "EnumNaming", "JsonAppend", "JsonTypeResolver", "JsonTypeIdResolver"),

	READING("JsonDeserialize", "JsonNaming", "EnumNaming", "JsonTypeResolver", "JsonTypeIdResolver",
			"JsonValueInstantiator");

	private static final String FORMER = "com.fasterxml.jackson.databind.annotation.";

	/**
	 * How Lombok makes the annotation that counts here.
	 */
	private static final String LOMBOK = " (@Jacksonized does with 'lombok.jacksonized.jacksonVersion += 3' in "
			+ "lombok.config)";

	private static final String PRESENT = "tools.jackson.databind.annotation.";

	private final Set<String> names;

	FormerAnnotations(String... names) {
		this.names = Set.of(names);
	}

	/**
	 * Look for an annotation that has an effect with Jackson 2 alone.
	 * @param annotations the annotations of a class or a property
	 * @return what is wrong and what to do, to follow the name of the class; {@code null}
	 * if there is none
	 */
	@Nullable String find(Stream<Annotation> annotations) {
		List<Annotation> all = annotations.toList();
		for (Annotation annotation : all) {
			Class<? extends Annotation> type = annotation.annotationType();
			String name = type.getSimpleName();
			if (this.names.contains(name) && type.getName().equals(FORMER + name) && hasEffect(annotation)
					&& all.stream().noneMatch((other) -> other.annotationType().getName().equals(PRESENT + name))) {
				return "has @" + name + " of Jackson 2, which does not apply here: use @" + PRESENT + name
						+ (namesBuilder(annotation) ? LOMBOK : "") + ", or pass a record or a Map";
			}
		}
		return null;
	}

	private static boolean namesBuilder(Annotation annotation) {
		return AnnotationUtils.getValue(annotation, "builder") instanceof Class<?> builder && builder != Void.class;
	}

	private static boolean hasEffect(Annotation annotation) {
		for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
			try {
				Object value = attribute.invoke(annotation);
				boolean same = (value != null && value.getClass().isArray()) ? Array.getLength(value) == 0
						: Objects.equals(value, attribute.getDefaultValue());
				if (!same) {
					return true;
				}
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				return true;
			}
		}
		return false;
	}

}
