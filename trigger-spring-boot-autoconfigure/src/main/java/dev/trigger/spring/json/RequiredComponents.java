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

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;

/**
 * Makes a component of a record required in JSON if it is not {@link Nullable}: a value
 * that promises a non-null id never comes without. Lists and maps are not: they become
 * empty, but a list never has an element that is null. Nor are primitives, which have a
 * default.
 */
final class RequiredComponents extends NopAnnotationIntrospector {

	private static final long serialVersionUID = 1L;

	private static final String PACKAGE = "dev.trigger.spring.";

	@Override
	public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
		if (!(annotated instanceof AnnotatedParameter parameter) || !isComponent(parameter.getDeclaringClass())) {
			return JsonSetter.Value.empty();
		}
		if (Collection.class.isAssignableFrom(annotated.getRawType())) {
			return JsonSetter.Value.forContentNulls(Nulls.FAIL);
		}
		return isRequired(parameter) ? JsonSetter.Value.forValueNulls(Nulls.FAIL) : JsonSetter.Value.empty();
	}

	private static boolean isComponent(Class<?> owner) {
		return owner.isRecord() && owner.getName().startsWith(PACKAGE);
	}

	private static boolean isRequired(AnnotatedParameter annotated) {
		Class<?> type = annotated.getRawType();
		if (type.isPrimitive() || Map.class.isAssignableFrom(type)) {
			return false;
		}
		AnnotatedElement member = annotated.getOwner().getAnnotated();
		if (!(member instanceof Executable executable)) {
			return false;
		}
		Parameter parameter = executable.getParameters()[annotated.getIndex()];
		return !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
	}

}
