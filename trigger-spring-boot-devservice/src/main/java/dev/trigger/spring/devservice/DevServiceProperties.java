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

import dev.trigger.spring.autoconfigure.property.InvalidTriggerPropertyException;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * The properties of {@code trigger.dev-service}. They are needed before there are beans,
 * and described in {@code additional-spring-configuration-metadata.json}.
 */
class DevServiceProperties {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("trigger.dev-service");

	private boolean enabled = true;

	private int port = 8030;

	private @Nullable String tasksFile;

	/**
	 * Bind the properties.
	 * @param environment the environment that has them
	 * @return the properties
	 * @throws InvalidTriggerPropertyException if a value can't be used
	 */
	static DevServiceProperties bind(Environment environment) {
		return new TriggerPropertyBinder(environment).bind(PREFIX, new DevServiceProperties());
	}

	boolean isEnabled() {
		return this.enabled;
	}

	void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	int getPort() {
		return this.port;
	}

	void setPort(int port) {
		this.port = port;
	}

	@Nullable String getTasksFile() {
		return this.tasksFile;
	}

	void setTasksFile(@Nullable String tasksFile) {
		this.tasksFile = tasksFile;
	}

}
