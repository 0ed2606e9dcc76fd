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

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * A property source without the properties that say where and how the clients connect.
 */
final class ConnectionHidingPropertySource extends EnumerablePropertySource<EnumerablePropertySource<?>>
		implements OriginLookup<String> {

	private static final Set<String> CONNECTION = Set.of("secretkey", "accesstoken", "apiurl", "previewbranch",
			"projectref");

	private ConnectionHidingPropertySource(EnumerablePropertySource<?> source) {
		super(name(source), source);
	}

	/**
	 * Give the source a name of its own: Spring's test framework finds its sources by
	 * their names, expects them to be of its types, and adds another one where there is
	 * none.
	 */
	private static String name(EnumerablePropertySource<?> source) {
		return source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME) ? source.getName()
				: source.getName() + " (without the connection of Trigger.dev)";
	}

	/**
	 * Hide the connection properties in all sources that have some.
	 * @param sources the sources
	 */
	static void hideConnectionIn(MutablePropertySources sources) {
		for (PropertySource<?> source : sources.stream().toList()) {
			if (source instanceof EnumerablePropertySource<?> enumerable && Arrays.stream(enumerable.getPropertyNames())
				.anyMatch(ConnectionHidingPropertySource::isConnection)) {
				sources.replace(source.getName(), hideConnectionIn(enumerable));
			}
		}
	}

	/**
	 * Hide the connection properties. Environment variables keep their type, by which
	 * Spring Boot knows that their names need to be mapped.
	 */
	private static PropertySource<?> hideConnectionIn(EnumerablePropertySource<?> source) {
		if (!(source instanceof SystemEnvironmentPropertySource environment)) {
			return new ConnectionHidingPropertySource(source);
		}
		Map<String, Object> variables = new LinkedHashMap<>(environment.getSource());
		variables.keySet().removeIf(ConnectionHidingPropertySource::isConnection);
		return new SystemEnvironmentPropertySource(environment.getName(), variables);
	}

	private static boolean isConnection(String name) {
		String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
		if (!letters.startsWith("trigger")) {
			return false;
		}
		String relative = letters.substring("trigger".length());
		return CONNECTION.contains(relative)
				|| (relative.startsWith("clients") && CONNECTION.stream().anyMatch(relative::endsWith));
	}

	@Override
	public String[] getPropertyNames() {
		return Arrays.stream(this.source.getPropertyNames())
			.filter((name) -> !isConnection(name))
			.toArray(String[]::new);
	}

	@Override
	public @Nullable Object getProperty(String name) {
		return isConnection(name) ? null : this.source.getProperty(name);
	}

	@Override
	public @Nullable Origin getOrigin(String key) {
		return OriginLookup.getOrigin(this.source, key);
	}

}
