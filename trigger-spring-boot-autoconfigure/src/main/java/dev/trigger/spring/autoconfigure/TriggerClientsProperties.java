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

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import dev.trigger.spring.autoconfigure.property.TriggerPropertyBinder;
import dev.trigger.spring.autoconfigure.property.TriggerPropertyNames;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;

/**
 * The properties of the clients of {@code trigger.clients.*}, by name. A client inherits
 * what it does not set itself from {@code trigger.*}.
 *
 * @param clients the properties by the name of the client
 */
record TriggerClientsProperties(Map<String, NamedClient> clients) {

	/**
	 * The properties that connection details replace, where there are any.
	 */
	static final List<String> CONNECTION = List.of("secret-key", "access-token", "api-url", "preview-branch",
			"project-ref");

	private static final List<String> CREDENTIALS = List.of("secret-key", "access-token");

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("trigger");

	/**
	 * Bind the properties of all clients.
	 * @param environment the environment that has them
	 * @return the properties
	 */
	static TriggerClientsProperties bind(Environment environment) {
		TriggerPropertyBinder binder = new TriggerPropertyBinder(environment);
		SortedMap<String, NamedClient> clients = new TreeMap<>();
		prefixes(environment).forEach((name, prefix) -> clients.put(name, bind(binder, prefix)));
		return new TriggerClientsProperties(clients);
	}

	private static NamedClient bind(TriggerPropertyBinder binder, ConfigurationPropertyName prefix) {
		TriggerProperties own = binder.bind(prefix, new TriggerProperties());
		TriggerProperties all = binder.ignoring(CONNECTION).bind(DEFAULTS, new TriggerProperties());
		binder.bind(prefix, all);
		String emptied = CREDENTIALS.stream()
			.filter((name) -> binder.isEmptied(prefix.append(name)))
			.map((name) -> prefix.append(name).toString())
			.findFirst()
			.orElse(null);
		return new NamedClient(prefix.toString(), own, all, binder.isSet(prefix.append("api-url")), emptied);
	}

	/**
	 * Return the properties of a client.
	 * @param name the name of the client
	 * @return its properties
	 */
	NamedClient get(String name) {
		NamedClient client = this.clients.get(name);
		Assert.state(client != null, () -> "There are no properties for the client '" + name + "'");
		return client;
	}

	/**
	 * Return the names of the clients. No value is read.
	 * @param environment the environment that has the properties
	 * @return the names, in their order
	 */
	static Set<String> names(Environment environment) {
		return prefixes(environment).keySet();
	}

	/**
	 * Report properties that nobody reads.
	 * @param environment the environment that has the properties
	 */
	static void reportUnknown(Environment environment) {
		TriggerPropertyNames.of(environment, TriggerProperties.class)
			.reportUnknown("contract.check", "contract.tag", "contract.validate", "webhook.secret",
					"webhook.max-body-size", "test.emulator.environment", "test.emulator.preview-branch",
					"jdbc.table-prefix", "outbox.enabled", "outbox.initialize-schema", "outbox.own-transaction",
					"outbox.concurrency", "outbox.poll-interval", "outbox.max-failures", "outbox.max-backoff",
					"outbox.retention", "outbox.max-age", "run-listener.enabled", "run-listener.poll-interval",
					"run-listener.realtime", "run-listener.concurrency", "run-listener.timeout",
					"run-listener.lease-duration", "run-listener.retention", "run-listener.sweep-after",
					"run-listener.max-age", "run-listener.initialize-schema", "run-listener.retry.max-attempts",
					"run-listener.retry.delay", "run-listener.retry.multiplier", "run-listener.retry.max-delay",
					"dev-service.enabled", "dev-service.port", "dev-service.tasks-file");
	}

	private static SortedMap<String, ConfigurationPropertyName> prefixes(Environment environment) {
		return TriggerPropertyNames.of(environment, TriggerProperties.class).clients();
	}

	/**
	 * The properties of a client.
	 *
	 * @param prefix the prefix of its own
	 * @param own what it sets itself
	 * @param all what applies to it: its own, and those of {@code trigger.*}, except for
	 * the connection
	 * @param ownApiUrl whether it sets the address of the API
	 * @param emptiedCredential the property of a credential that is empty on purpose,
	 * {@code null} if there is none
	 */
	record NamedClient(String prefix, TriggerProperties own, TriggerProperties all, boolean ownApiUrl,
			@Nullable String emptiedCredential) {

	}

}
