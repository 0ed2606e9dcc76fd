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

import dev.trigger.spring.auth.CredentialRedactor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.util.PlaceholderResolutionException;
import org.springframework.util.PropertyPlaceholderHelper;
import org.springframework.util.SystemPropertyUtils;

/**
 * Resolves placeholders such as <code>${TRIGGER_SECRET_KEY}</code>. One that can't be
 * resolved is an error, while Spring Boot would take its text for the value.
 */
final class PropertyPlaceholders extends PropertySourcesPlaceholdersResolver {

	PropertyPlaceholders(Environment environment) {
		super(configurable(environment).getPropertySources(),
				new PropertyPlaceholderHelper(SystemPropertyUtils.PLACEHOLDER_PREFIX,
						SystemPropertyUtils.PLACEHOLDER_SUFFIX, SystemPropertyUtils.VALUE_SEPARATOR,
						SystemPropertyUtils.ESCAPE_CHARACTER, false));
	}

	private static ConfigurableEnvironment configurable(Environment environment) {
		Assert.isInstanceOf(ConfigurableEnvironment.class, environment);
		return (ConfigurableEnvironment) environment;
	}

	@Nullable Object resolve(ConfigurationPropertyName name, ConfigurationProperty property) {
		try {
			return resolvePlaceholders(property.getValue());
		}
		catch (PlaceholderResolutionException ex) {
			String variable = CredentialRedactor.redact(ex.getPlaceholder());
			String origin = (property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "";
			// the cause would show the rest of the value
			throw new InvalidTriggerPropertyException(name.toString(),
					"'" + name + "'" + origin + " contains the placeholder '${" + variable + "}'"
							+ ", but there is no property or environment variable '" + variable + "'",
					"Set the environment variable '" + variable + "', or remove '" + name
							+ "'. A placeholder with a default, as in ${" + variable
							+ ":}, counts as not set where the variable is missing");
		}
	}

}
