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

package dev.trigger.spring.autoconfigure.property;

import dev.trigger.spring.exception.InvalidConfigurationException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.origin.Origin;

/**
 * Thrown at the start of an application for a {@code trigger.*} property that can't be
 * used. Neither the message nor the causes show a value that may be a secret.
 *
 * @since 1.0.0
 */
public class InvalidTriggerPropertyException extends InvalidConfigurationException {

	private static final long serialVersionUID = 1L;

	private final String property;

	/**
	 * Create an exception for a property.
	 * @param property the full name of the property
	 * @param description what is wrong, as a sentence without full stop
	 * @param action what to do about it, as a sentence without full stop, or a question
	 */
	public InvalidTriggerPropertyException(String property, String description, String action) {
		super(description, action, null);
		this.property = property;
	}

	/**
	 * Create an exception for the value of a property.
	 * @param property the full name of the property
	 * @param value the property as it was found, {@code null} if it has its default
	 * @param problem what is wrong with the value, continuing "The property is set to …,"
	 * @param action what to do about it, as a sentence without full stop
	 * @return the exception
	 */
	static InvalidTriggerPropertyException forValue(String property, @Nullable ConfigurationProperty value,
			String problem, String action) {
		if (value == null) {
			return new InvalidTriggerPropertyException(property, "'" + property + "' " + problem, action);
		}
		Origin origin = value.getOrigin();
		return new InvalidTriggerPropertyException(property,
				"'" + property + "' is set to " + SafeValue.show(property, value.getValue()) + ", " + problem
						+ ((origin != null) ? " (" + origin + ")" : ""),
				action);
	}

	/**
	 * Return the property.
	 * @return its full name, such as {@code trigger.retry.max-attempts}
	 */
	public String getProperty() {
		return this.property;
	}

}
