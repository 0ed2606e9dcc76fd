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

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.util.StringUtils;

/**
 * The properties of a client, as the setters of their class define them.
 */
final class KnownProperties {

	/**
	 * Other names that some of them are given, by letters and digits alone.
	 */
	private static final Map<String, String> OTHER_WORDS = Map.ofEntries(Map.entry("url", "api-url"),
			Map.entry("uri", "api-url"), Map.entry("baseurl", "api-url"), Map.entry("apiuri", "api-url"),
			Map.entry("endpoint", "api-url"), Map.entry("host", "api-url"), Map.entry("key", "secret-key"),
			Map.entry("secret", "secret-key"), Map.entry("apikey", "secret-key"), Map.entry("token", "access-token"),
			Map.entry("personalaccesstoken", "access-token"), Map.entry("pat", "access-token"),
			Map.entry("project", "project-ref"), Map.entry("projectid", "project-ref"),
			Map.entry("branch", "preview-branch"));

	/**
	 * By their letters and digits alone, as an environment variable has them.
	 */
	private final Map<String, String> names = new TreeMap<>();

	private final Set<String> groups = new TreeSet<>();

	private final Set<String> open = new TreeSet<>();

	private final Set<String> ofClient;

	private KnownProperties(Class<?> type) {
		collect(type, "");
		this.ofClient = Set.copyOf(this.names.values());
	}

	static KnownProperties of(Class<?> type) {
		return new KnownProperties(type);
	}

	private KnownProperties(KnownProperties ofClient, String... others) {
		this.names.putAll(ofClient.names);
		for (String name : others) {
			this.names.put(letters(name), name);
		}
		this.groups.addAll(ofClient.groups);
		this.open.addAll(ofClient.open);
		this.ofClient = ofClient.ofClient;
	}

	/**
	 * Return these and other properties, which no client has.
	 * @param names the names of the others
	 * @return all
	 */
	KnownProperties and(String... names) {
		return new KnownProperties(this, names);
	}

	private void collect(Class<?> type, String prefix) {
		for (Method method : type.getMethods()) {
			String name = method.getName();
			if (name.startsWith("set") && method.getParameterCount() == 1) {
				String property = prefix + dashed(name.substring(3));
				this.names.put(letters(property), property);
				if (isOpen(method.getParameterTypes()[0])) {
					this.open.add(property);
				}
			}
			else if (name.startsWith("get") && method.getParameterCount() == 0) {
				String property = prefix + dashed(name.substring(3));
				if (isOpen(method.getReturnType())) {
					this.open.add(property);
				}
				else if (isGroup(method.getReturnType())) {
					this.groups.add(property);
					collect(method.getReturnType(), property + ".");
				}
			}
		}
	}

	private static boolean isOpen(Class<?> type) {
		return Map.class.isAssignableFrom(type) || Collection.class.isAssignableFrom(type);
	}

	private static boolean isGroup(Class<?> type) {
		return type.getName().startsWith("dev.trigger.spring.") && !type.isEnum();
	}

	private static String dashed(String name) {
		return StringUtils.uncapitalize(name).replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
	}

	private static String letters(String name) {
		return name.replace("-", "").replace(".", "");
	}

	/**
	 * Return whether there is such a property.
	 * @param name the name, below the prefix of the client
	 * @param variable whether it comes from an environment variable, where dots and
	 * dashes are lost
	 * @return whether it is known
	 */
	boolean contains(ConfigurationPropertyName name, boolean variable) {
		String known = this.names.get(letters(name));
		if (known != null && (variable || ConfigurationPropertyName.of(known).equals(name))) {
			return true;
		}
		if (this.groups.contains(name.toString())) {
			// a value is an error when the group is bound
			return true;
		}
		return this.open.stream().anyMatch((property) -> ConfigurationPropertyName.of(property).isAncestorOf(name));
	}

	/**
	 * Return whether a name lies in a group of properties, such as {@code retry}.
	 * @param name the name, below the prefix of the client
	 * @return whether its first element is a group
	 */
	boolean isInGroup(ConfigurationPropertyName name) {
		return this.groups.contains(name.getElement(0, Form.DASHED));
	}

	/**
	 * Return the flag of a group of properties.
	 * @param name the name of the group
	 * @return the name of the flag, {@code null} if there is no such group with a flag
	 */
	@Nullable String flag(ConfigurationPropertyName name) {
		return this.names.get(letters(name) + "enabled");
	}

	/**
	 * Return the property that was probably meant.
	 * @param name the name that is not known
	 * @param variable whether it comes from an environment variable, which may belong to
	 * something else and so has to be much like a property
	 * @return the known name that is most like it, {@code null} if none is
	 */
	@Nullable String nearest(ConfigurationPropertyName name, boolean variable) {
		String nearest = mostLike(letters(name));
		return (nearest != null || variable) ? nearest : meant(name);
	}

	private @Nullable String meant(ConfigurationPropertyName name) {
		if (name.getElement(0, Form.DASHED).equals("client")) {
			return "clients" + name.toString().substring("client".length());
		}
		String other = OTHER_WORDS.get(letters(name));
		if (other != null) {
			return other;
		}
		String flag = flag(name);
		if (flag != null) {
			return flag;
		}
		List<String> inGroups = this.ofClient.stream().filter((known) -> known.endsWith("." + name)).toList();
		return (inGroups.size() == 1) ? inGroups.get(0) : null;
	}

	private @Nullable String mostLike(String letters) {
		String nearest = null;
		int best = Math.min(3, Math.max(1, letters.length() / 4)) + 1;
		for (Map.Entry<String, String> known : this.names.entrySet()) {
			int distance = distance(letters, known.getKey());
			if (distance < best) {
				best = distance;
				nearest = known.getValue();
			}
		}
		return nearest;
	}

	static String letters(ConfigurationPropertyName name) {
		StringBuilder letters = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			letters.append(name.getElement(i, Form.UNIFORM));
		}
		return letters.toString();
	}

	/**
	 * Return how many letters have to be inserted, removed, replaced, or swapped with
	 * their neighbour to make one name of the other.
	 */
	private static int distance(String left, String right) {
		int[][] costs = new int[left.length() + 1][right.length() + 1];
		for (int i = 0; i <= left.length(); i++) {
			for (int j = 0; j <= right.length(); j++) {
				if (i == 0 || j == 0) {
					costs[i][j] = i + j;
					continue;
				}
				int change = (left.charAt(i - 1) == right.charAt(j - 1)) ? 0 : 1;
				costs[i][j] = Math.min(costs[i - 1][j - 1] + change, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
				if (i > 1 && j > 1 && left.charAt(i - 1) == right.charAt(j - 2)
						&& left.charAt(i - 2) == right.charAt(j - 1)) {
					costs[i][j] = Math.min(costs[i][j], costs[i - 2][j - 2] + 1);
				}
			}
		}
		return costs[left.length()][right.length()];
	}

}
