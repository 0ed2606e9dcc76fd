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

package dev.trigger.spring;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import dev.trigger.spring.http.TriggerHttpBuilder;
import org.jspecify.annotations.Nullable;

/**
 * All clients of the application by their names, for code that knows the name only at run
 * time.
 *
 * @since 1.0.0
 */
public final class TriggerOperationsRegistry {

	/**
	 * The name of the client of {@code trigger.*}.
	 */
	public static final String DEFAULT = TriggerHttpBuilder.DEFAULT_CLIENT;

	private final SortedMap<String, TriggerOperations> clients;

	private final Function<String, @Nullable TriggerOperations> others;

	/**
	 * Create a registry.
	 * @param clients the clients by name
	 */
	public TriggerOperationsRegistry(Map<String, TriggerOperations> clients) {
		this(clients, (name) -> null);
	}

	/**
	 * Create a registry that knows further clients, which it does not list.
	 * @param clients the clients by name
	 * @param others finds another client by its name, {@code null} if there is none
	 */
	public TriggerOperationsRegistry(Map<String, TriggerOperations> clients,
			Function<String, @Nullable TriggerOperations> others) {
		this.clients = new TreeMap<>(clients);
		this.others = others;
	}

	/**
	 * Return the names of all clients.
	 * @return the names in their order, {@link #DEFAULT} among them if there is such a
	 * client
	 */
	public Set<String> getNames() {
		return Collections.unmodifiableSet(this.clients.keySet());
	}

	/**
	 * Return a client.
	 * @param name its name in {@code trigger.clients.*}, {@link #DEFAULT}, or the
	 * qualifier of a bean of the application's own
	 * @return the client
	 * @throws IllegalArgumentException if there is no client of this name
	 */
	public TriggerOperations get(String name) {
		TriggerOperations client = this.clients.get(name);
		if (client == null) {
			client = this.others.apply(name);
		}
		if (client == null) {
			throw new IllegalArgumentException(describeMissing(name, this.clients.keySet())
					+ ". Correct the name, or configure the client with 'trigger.clients." + name + ".secret-key'");
		}
		return client;
	}

	/**
	 * Say that there is no client of a name, the same wherever one is named.
	 * @param name the name
	 * @param known the names that there are
	 * @return the sentence, without a full stop
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public static String describeMissing(String name, Collection<String> known) {
		return "There is no Trigger.dev client '" + name + "'"
				+ (known.isEmpty() ? "" : "; there are: " + String.join(", ", new TreeSet<>(known)));
	}

}
