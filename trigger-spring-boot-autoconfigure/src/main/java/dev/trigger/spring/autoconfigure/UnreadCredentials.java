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

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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

	private static final Pattern CREDENTIAL = Pattern.compile("tr_(dev|stg|prod|preview|pat)_\\S+");

	private UnreadCredentials() {
	}

	/**
	 * Return a sentence about them, for a report that there is no credential.
	 * @param environment where properties are looked for
	 * @return the sentence after a space, without any value; empty if there are none
	 */
	static String describe(@Nullable Environment environment) {
		Set<String> names = names(environment);
		return names.isEmpty() ? ""
				: " What looks like one is set as " + String.join(" and ", names) + ", which is not read.";
	}

	private static Set<String> names(@Nullable Environment environment) {
		Set<String> names = new TreeSet<>();
		if (environment instanceof ConfigurableEnvironment configurable) {
			for (PropertySource<?> source : configurable.getPropertySources()) {
				if (source instanceof EnumerablePropertySource<?> enumerable) {
					addNames(enumerable, names);
				}
			}
		}
		return names;
	}

	private static void addNames(EnumerablePropertySource<?> source, Set<String> names) {
		for (String name : source.getPropertyNames()) {
			Object value = source.getProperty(name);
			if (value != null && CREDENTIAL.matcher(value.toString()).matches()) {
				Origin origin = OriginLookup.getOrigin(source, name);
				names.add("'" + name + "'" + ((origin != null) ? " (" + origin + ")" : ""));
			}
		}
	}

}
