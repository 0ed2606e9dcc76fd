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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import dev.trigger.spring.TriggerOperationsRegistry;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringValueResolver;

/**
 * The tasks of the {@link TriggerTasks @TriggerTasks} interfaces of an application.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class CalledTasks {

	private CalledTasks() {
	}

	/**
	 * Find the tasks of interfaces. Each client may be of another project.
	 * @param beanFactory has the beans, and resolves placeholders
	 * @param clients accepts the names of the clients whose tasks to find, empty for the
	 * default one
	 * @return the method that calls it, by the identifier of the task
	 */
	public static SortedMap<String, String> find(ConfigurableListableBeanFactory beanFactory,
			Predicate<String> clients) {
		StringValueResolver resolver = new EmbeddedValueResolver(beanFactory);
		SortedMap<String, String> tasks = new TreeMap<>();
		for (String name : beanFactory.getBeanDefinitionNames()) {
			Class<?> type = beanFactory.getType(name, false);
			if (type != null) {
				for (Class<?> candidate : ClassUtils.getAllInterfacesForClassAsSet(type)) {
					MergedAnnotation<TriggerTasks> annotation = MergedAnnotations.from(candidate)
						.get(TriggerTasks.class);
					if (annotation.isPresent() && clients.test(resolve(resolver, annotation.getString("client")))) {
						add(candidate, tasks);
					}
				}
			}
		}
		return tasks;
	}

	private static void add(Class<?> type, SortedMap<String, String> tasks) {
		for (Method method : type.getMethods()) {
			MergedAnnotation<TriggerTask> task = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)
				.get(TriggerTask.class);
			if (task.isPresent()) {
				tasks.putIfAbsent(task.getString("id"), type.getName() + "." + method.getName());
			}
		}
	}

	private static String resolve(StringValueResolver resolver, String text) {
		String resolved = resolver.resolveStringValue(text);
		return (resolved == null || resolved.equals(TriggerOperationsRegistry.DEFAULT)) ? "" : resolved;
	}

}
