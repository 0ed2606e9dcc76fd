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

package dev.trigger.spring.runlistener;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.jdbc.TriggerDatabase;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Creates the containers that call run listeners.
 *
 * @since 1.0.0
 * @hidden for the auto-configuration, not an API for applications
 */
public final class RunListeners {

	private RunListeners() {
	}

	/**
	 * Create a container that keeps everything in memory.
	 * @param clients finds clients by their names, empty for the default one
	 * @param settings the settings
	 * @param recorder hears which runs are triggered
	 * @param observers observe calls of listeners
	 * @param observationRegistry where calls of listeners are observed
	 * @param local whether the server runs on this machine, as that of a test does
	 * @return the container
	 */
	public static RunListenerContainer inMemory(Function<String, TriggerOperations> clients,
			RunListenerSettings settings, TriggeredRunRecorder recorder, List<RunListenerObserver> observers,
			ObservationRegistry observationRegistry, boolean local) {
		return new RunListenerContainer(InMemoryRunEventStore::new, local, clients, settings.inMemory(), recorder,
				observers, observationRegistry);
	}

	/**
	 * Create a container that keeps everything in a database.
	 * @param database supplies the database, when there is a listener
	 * @param schema creates the tables if that is wanted
	 * @param clients finds clients by their names, empty for the default one
	 * @param settings the settings
	 * @param recorder hears which runs are triggered
	 * @param observers observe calls of listeners
	 * @param observationRegistry where calls of listeners are observed
	 * @return the container
	 */
	public static RunListenerContainer durable(Supplier<TriggerDatabase> database, Runnable schema,
			Function<String, TriggerOperations> clients, RunListenerSettings settings, TriggeredRunRecorder recorder,
			List<RunListenerObserver> observers, ObservationRegistry observationRegistry) {
		return new RunListenerContainer(
				() -> new JdbcRunEventStore(database.get(), settings.lease(), settings.timeout(), schema), false,
				clients, settings, recorder, observers, observationRegistry);
	}

	/**
	 * Create the bean that finds the methods of other beans that are listeners.
	 * @param beanFactory the bean factory
	 * @param container the container
	 * @return a bean
	 */
	public static SmartInitializingSingleton methods(ConfigurableListableBeanFactory beanFactory,
			ObjectProvider<RunListenerContainer> container) {
		return new RunListenerMethods(beanFactory, container);
	}

}
