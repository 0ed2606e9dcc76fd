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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The names of {@code trigger.*} properties that are set: which clients they name, and
 * which of them nobody reads.
 * <p>
 * Environment variables such as {@code TRIGGER_PORT} may belong to something else (a
 * Kubernetes service called "trigger" has several), so that one is only reported if it is
 * much like a property, and only names a client if it sets a property of one.
 *
 * @since 1.0.0
 */
public final class TriggerPropertyNames {

	private static final Log logger = LogFactory.getLog(TriggerPropertyNames.class);

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("trigger");

	private static final ConfigurationPropertyName CLIENTS = ConfigurationPropertyName.of("trigger.clients");

	private static final List<String> CREDENTIALS = List.of("secretkey", "accesstoken");

	private final List<Found> names = new ArrayList<>();

	private final KnownProperties known;

	private TriggerPropertyNames(Environment environment, Class<?> type) {
		this.known = KnownProperties.of(type);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				for (ConfigurationPropertyName name : iterable) {
					if (ROOT.isAncestorOf(name)) {
						this.names.add(new Found(name, iterable));
					}
				}
			}
		}
	}

	/**
	 * Find the names that are set.
	 * @param environment the environment that has the properties
	 * @param type the class of the properties of a client
	 * @return the names
	 */
	public static TriggerPropertyNames of(Environment environment, Class<?> type) {
		return new TriggerPropertyNames(environment, type);
	}

	/**
	 * Return the clients of {@code trigger.clients.*}. Names that relaxed binding takes
	 * for the same, such as {@code euWest} in a file and {@code EUWEST} in an environment
	 * variable, are one client, called as in the file.
	 * @return the prefixes of their properties, by name
	 * @throws InvalidTriggerPropertyException if a name can't be that of a client
	 */
	public SortedMap<String, ConfigurationPropertyName> clients() {
		Map<ConfigurationPropertyName, Found> prefixes = new LinkedHashMap<>();
		for (Found found : this.names) {
			if (!CLIENTS.isAncestorOf(found.name())) {
				if (found.name().equals(CLIENTS) && !found.isEmpty()) {
					throw found.invalid("but is a group of properties and has no value of its own",
							"Set 'trigger.clients.<name>.secret-key'");
				}
				continue;
			}
			if (found.name().getNumberOfElements() == 3) {
				if (!found.isVariable() || found.holdsCredential()) {
					throw found.invalid("but is the name of a client and has no value of its own",
							"Set '" + found.name() + ".secret-key'");
				}
			}
			else if (!found.isVariable() || this.known.contains(found.name().subName(3), true)) {
				Found other = prefixes.get(found.name().chop(3));
				if (other == null || (other.isVariable() && !found.isVariable())) {
					prefixes.put(found.name().chop(3), found);
				}
			}
		}
		SortedMap<String, ConfigurationPropertyName> clients = new TreeMap<>();
		for (Found found : prefixes.values()) {
			String name = found.name().getElement(2, Form.ORIGINAL);
			check(name, found);
			clients.put(name, found.name().chop(3));
		}
		return clients;
	}

	private static void check(String name, Found found) {
		if (found.name().isNumericIndex(2)) {
			throw new InvalidTriggerPropertyException(CLIENTS.toString(),
					"'" + CLIENTS + "' is a list, but maps the name of each client to its properties",
					"Give the client a name in place of its number, such as 'trigger.clients.billing.secret-key'");
		}
		if (name.equalsIgnoreCase("default")) {
			throw new InvalidTriggerPropertyException(found.name().chop(3).toString(),
					"A client can't be called '" + name + "' ('" + found.name()
							+ "'), which is the name of the client of 'trigger.*'",
					"Set its properties below 'trigger', or give it another name below 'trigger.clients'");
		}
		if (name.isBlank()
				|| name.chars().anyMatch((character) -> character < ' ' || "/\\\"'".indexOf(character) >= 0)) {
			throw new InvalidTriggerPropertyException(CLIENTS.toString(),
					"A client can't be called '" + name.replaceAll("\\p{Cntrl}", "?") + "'",
					"Give it a name of letters, digits, dashes, underscores or dots below 'trigger.clients'");
		}
	}

	/**
	 * Report properties that nobody reads, with the one that was probably meant.
	 * @param others the names of properties that others read, below {@code trigger}
	 * @throws InvalidTriggerPropertyException if one holds a credential of a client of
	 * {@code trigger.clients.*}, which would use that of {@code trigger.*} instead
	 */
	public void reportUnknown(String... others) {
		KnownProperties all = this.known.and(others);
		for (Found found : this.names) {
			if (CLIENTS.isAncestorOf(found.name())) {
				if (found.name().getNumberOfElements() > 3) {
					checkOfClient(found);
				}
			}
			else if (!found.name().equals(CLIENTS) && !all.contains(found.name().subName(1), found.isVariable())) {
				warn(found, "trigger.", found.name().subName(1), all);
			}
		}
	}

	private void checkOfClient(Found found) {
		ConfigurationPropertyName name = found.name().subName(3);
		if (this.known.contains(name, found.isVariable())) {
			return;
		}
		String prefix = found.name().chop(3) + ".";
		String nearest = this.known.nearest(name, found.isVariable());
		String letters = KnownProperties.letters(name);
		if (found.holdsCredential() || CREDENTIALS.stream().anyMatch(letters::endsWith)
				|| (nearest != null && CREDENTIALS.contains(nearest.replace("-", "")))) {
			String meant = (nearest != null && CREDENTIALS.contains(nearest.replace("-", ""))) ? nearest
					: letters.endsWith("accesstoken") ? "access-token" : "secret-key";
			throw new InvalidTriggerPropertyException(found.name().toString(),
					"There is no property " + found.describe() + ". It looks like the credential of a client, which "
							+ "would use that of 'trigger.*' and call another environment",
					found.isVariable()
							? "Name the variable TRIGGER_CLIENTS_<NAME>_SECRETKEY, where <NAME> is the name of the client "
									+ "without dashes and dots"
							: "Did you mean '" + prefix + meant + "'?" + dotted(found, name));
		}
		warn(found, prefix, name, this.known);
	}

	/**
	 * Return how a client is named if its name has a dot, which ends a name otherwise.
	 */
	private String dotted(Found found, ConfigurationPropertyName name) {
		int tail = name.getNumberOfElements() - 1;
		if (tail == 0 || !this.known.contains(name.subName(tail), false)) {
			return "";
		}
		return " If the client is called '" + found.name().subName(2).chop(tail + 1) + "', write '" + CLIENTS + ".["
				+ found.name().subName(2).chop(tail + 1) + "]." + name.subName(tail) + "'";
	}

	private static void warn(Found found, String prefix, ConfigurationPropertyName name, KnownProperties known) {
		if (found.isEmpty() && known.flag(name) != null) {
			// a group in a file whose properties are all commented out
			return;
		}
		String nearest = known.nearest(name, found.isVariable());
		if (nearest != null) {
			logger.warn("There is no property " + found.describe() + ": did you mean '" + prefix + nearest + "'?");
		}
		else if (!found.isVariable() && (known.isInGroup(name) || !prefix.equals("trigger."))) {
			logger.warn("There is no property " + found.describe() + ": it has no effect");
		}
	}

	/**
	 * A name that is set.
	 *
	 * @param name the name
	 * @param source where it is set
	 */
	private record Found(ConfigurationPropertyName name, ConfigurationPropertySource source) {

		boolean isVariable() {
			return this.source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
		}

		/**
		 * Return whether there is nothing, as in a file whose clients are all commented
		 * out.
		 */
		boolean isEmpty() {
			ConfigurationProperty property = property();
			return property == null || String.valueOf(property.getValue()).isBlank();
		}

		boolean holdsCredential() {
			ConfigurationProperty property = property();
			return property != null && SafeValue.isCredential(String.valueOf(property.getValue()));
		}

		String describe() {
			ConfigurationProperty property = property();
			return "'" + this.name + "'"
					+ ((property != null && property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "");
		}

		InvalidTriggerPropertyException invalid(String problem, String action) {
			return InvalidTriggerPropertyException.forValue(this.name.toString(), property(), problem, action);
		}

		private @Nullable ConfigurationProperty property() {
			return this.source.getConfigurationProperty(this.name);
		}

	}

}
