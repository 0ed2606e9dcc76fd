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

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Credentials that stand under a name that nobody reads, such as {@code trigger.key}.
 */
final class UnreadCredentials {

	private static final Pattern CREDENTIAL = Pattern.compile("[\"']?tr_(dev|stg|prod|preview|pat)_\\S+");

	/**
	 * Names of variables, which other sources of properties, such as an imported
	 * {@code .env} file or the directory of a mounted secret, do not translate.
	 */
	private static final Map<String, String> VARIABLES = Map.of("TRIGGER_SECRET_KEY", "trigger.secret-key",
			"TRIGGER_ACCESS_TOKEN", "trigger.access-token");

	private UnreadCredentials() {
	}

	/**
	 * Return a sentence about them, for a report that there is no credential.
	 * @param environment where properties are looked for
	 * @return the sentence after a space, without any value; empty if there are none
	 */
	static String describe(@Nullable Environment environment) {
		Map<String, String> places = places(environment);
		if (places.isEmpty()) {
			return "";
		}
		String properties = places.keySet()
			.stream()
			.map((name) -> VARIABLES.get(name.toUpperCase(Locale.ROOT)))
			.filter(Objects::nonNull)
			.distinct()
			.map((property) -> "'" + property + "'")
			.collect(Collectors.joining(" or "));
		return " What looks like one is set as " + String.join(" and ", places.values()) + ", which is not read."
				+ (properties.isEmpty() ? ""
						: " Only environment variables have such names: call it " + properties + " there.");
	}

	/**
	 * Return the names of properties, and where each of them stands.
	 */
	private static Map<String, String> places(@Nullable Environment environment) {
		Map<String, String> places = new TreeMap<>();
		if (environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				if (source instanceof EnumerablePropertySource<?> enumerable) {
					addPlaces(enumerable, places);
				}
			}
		}
		return places;
	}

	private static void addPlaces(EnumerablePropertySource<?> source, Map<String, String> places) {
		for (String name : source.getPropertyNames()) {
			Object value = source.getProperty(name);
			if (value != null && CREDENTIAL.matcher(value.toString()).matches()) {
				Origin origin = OriginLookup.getOrigin(source, name);
				places.putIfAbsent(name, "'" + name + "'" + ((origin != null) ? " (" + origin + ")" : ""));
			}
		}
	}

}
