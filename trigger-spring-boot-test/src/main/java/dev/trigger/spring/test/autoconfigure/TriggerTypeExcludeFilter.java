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

package dev.trigger.spring.test.autoconfigure;

import java.util.Set;

import dev.trigger.spring.autoconfigure.TriggerClientCustomizer;
import dev.trigger.spring.autoconfigure.TriggerJsonMapperCustomizer;
import dev.trigger.spring.autoconfigure.TriggerWebClientCustomizer;
import tools.jackson.databind.JacksonModule;

import org.springframework.boot.jackson.JacksonComponent;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;

/**
 * Leaves out the components that a {@link TriggerTest @TriggerTest} has no use for.
 */
class TriggerTypeExcludeFilter extends StandardAnnotationCustomizableTypeExcludeFilter<TriggerTest> {

	private static final Set<Class<?>> KNOWN_INCLUDES = Set.of(TriggerEmulatorCustomizer.class,
			TriggerClientCustomizer.class, TriggerWebClientCustomizer.class, TriggerJsonMapperCustomizer.class,
			JacksonComponent.class, JacksonModule.class, JsonMapperBuilderCustomizer.class);

	TriggerTypeExcludeFilter(Class<?> testClass) {
		super(testClass);
	}

	@Override
	protected Set<Class<?>> getKnownIncludes() {
		return KNOWN_INCLUDES;
	}

	@Override
	protected Set<Class<?>> getComponentIncludes() {
		return Set.of(getAnnotation().getClassArray("components"));
	}

}
