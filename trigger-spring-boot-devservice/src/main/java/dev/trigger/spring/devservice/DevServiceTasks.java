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

package dev.trigger.spring.devservice;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;

import dev.trigger.spring.annotation.TriggerTask;
import dev.trigger.spring.annotation.TriggerTasks;

import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Makes the tasks of {@code @TriggerTasks} interfaces known to the emulator.
 */
final class DevServiceTasks implements ApplicationListener<ApplicationStartedEvent> {

	@Override
	public void onApplicationEvent(ApplicationStartedEvent event) {
		DevService service = DevService.running();
		if (service != null) {
			service.echo(tasks(event.getApplicationContext()));
		}
	}

	private static Set<String> tasks(ConfigurableApplicationContext context) {
		Set<String> tasks = new TreeSet<>();
		for (String name : context.getBeanNamesForAnnotation(TriggerTasks.class)) {
			Class<?> type = context.getType(name);
			if (type != null) {
				for (Method method : type.getMethods()) {
					MergedAnnotation<TriggerTask> task = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY)
						.get(TriggerTask.class);
					if (task.isPresent()) {
						tasks.add(context.getEnvironment().resolvePlaceholders(task.getString("id")));
					}
				}
			}
		}
		return tasks;
	}

}
