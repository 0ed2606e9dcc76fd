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

package dev.trigger.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.annotation.TriggerTask;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.ClassMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.util.ClassUtils;

/**
 * Hints for the records of the client, all of which may go through Jackson, but for those
 * that describe methods. They are found when the application is processed ahead of time,
 * so that none can be forgotten.
 */
class TriggerRuntimeHints implements RuntimeHintsRegistrar {

	private static final String BASE = ClassUtils
		.convertClassNameToResourcePath(TriggerOperations.class.getPackageName());

	private static final String METHODS = TriggerTask.class.getPackageName() + ".";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.resources().registerPattern(BASE + "/*/schema-*.sql");
		PathMatchingResourcePatternResolver resources = new PathMatchingResourcePatternResolver(classLoader);
		MetadataReaderFactory readers = MetadataReaderFactory.create(resources);
		BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
		try {
			for (Resource resource : resources.getResources("classpath*:" + BASE + "/**/*.class")) {
				ClassMetadata type = readers.getMetadataReader(resource).getClassMetadata();
				if (Record.class.getName().equals(type.getSuperClassName()) && !type.getClassName().startsWith(METHODS)
						&& isPresent(type, classLoader)) {
					binding.registerReflectionHints(hints.reflection(),
							ClassUtils.resolveClassName(type.getClassName(), classLoader));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A type that needs a library which is not there, or is part of one that does, can't
	 * be used either.
	 */
	private static boolean isPresent(ClassMetadata type, @Nullable ClassLoader classLoader) {
		String enclosing = type.getEnclosingClassName();
		return ClassUtils.isPresent(type.getClassName(), classLoader)
				&& (enclosing == null || ClassUtils.isPresent(enclosing, classLoader));
	}

}
