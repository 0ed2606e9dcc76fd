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

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A source whose values have their placeholders resolved and no white space around them,
 * and without those that are empty afterwards. An empty value hides the values of the
 * sources after it, unless it is that of an environment variable, which is how tools pass
 * on a variable that is not set.
 *
 * @param source the source as it is
 * @param placeholders resolves placeholders
 * @param former the source before it, {@code null} for the first
 */
record CleanPropertySource(ConfigurationPropertySource source, PropertyPlaceholders placeholders,
		@Nullable CleanPropertySource former) implements ConfigurationPropertySource {

	/**
	 * The one property whose empty value has a meaning: no branch, whatever the variables
	 * of other tools say. The official SDK has it so too.
	 */
	private static final String EMPTY_IS_A_VALUE = "previewbranch";

	@Override
	public @Nullable ConfigurationProperty getConfigurationProperty(ConfigurationPropertyName name) {
		ConfigurationProperty property = clean(name);
		return (property == null || isEmpty(property) || isHidden(name)) ? null : property;
	}

	private @Nullable ConfigurationProperty clean(ConfigurationPropertyName name) {
		ConfigurationProperty property = this.source.getConfigurationProperty(name);
		if (property == null || !(this.placeholders.resolve(name, property) instanceof CharSequence resolved)) {
			return property;
		}
		return new ConfigurationProperty(name, resolved.toString().strip(), property.getOrigin());
	}

	private static boolean isEmpty(ConfigurationProperty property) {
		return property.getValue() instanceof String value && value.isEmpty()
				&& !EMPTY_IS_A_VALUE.equals(property.getName().getLastElement(Form.UNIFORM));
	}

	private boolean isHidden(ConfigurationPropertyName name) {
		for (CleanPropertySource other = this.former; other != null; other = other.former) {
			if (other.hides(name)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether this source has an empty value that hides those of others.
	 */
	boolean hides(ConfigurationPropertyName name) {
		if (getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
			return false;
		}
		ConfigurationProperty property = clean(name);
		return property != null && isEmpty(property);
	}

	@Override
	public ConfigurationPropertyState containsDescendantOf(ConfigurationPropertyName name) {
		return this.source.containsDescendantOf(name);
	}

	@Override
	public @Nullable Object getUnderlyingSource() {
		return this.source.getUnderlyingSource();
	}

}
