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

package dev.trigger.spring.autoconfigure.actuate;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.RateLimit;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} that shows the Trigger.dev clients and what their
 * credentials can do. It makes no request and shows no key.
 *
 * @since 1.0.0
 */
@Endpoint(id = "trigger")
public class TriggerClientsEndpoint {

	private final TriggerOperationsRegistry clients;

	/**
	 * Create an endpoint.
	 * @param clients the clients
	 */
	public TriggerClientsEndpoint(TriggerOperationsRegistry clients) {
		this.clients = clients;
	}

	/**
	 * Describe all clients.
	 * @return the clients by name
	 */
	@ReadOperation
	public ClientsDescriptor clients() {
		Map<String, ClientDescriptor> descriptors = new TreeMap<>();
		this.clients.getNames().forEach((name) -> descriptors.put(name, describe(this.clients.get(name))));
		return new ClientsDescriptor(descriptors);
	}

	/**
	 * Describe a client, with every endpoint of the API.
	 * @param name the name of the client
	 * @return the client, {@code null} if there is none of this name
	 */
	@ReadOperation
	public @Nullable CapabilitiesDescriptor client(@Selector String name) {
		if (!this.clients.getNames().contains(name)) {
			return null;
		}
		TriggerOperations client = this.clients.get(name);
		return new CapabilitiesDescriptor(describe(client), Arrays.stream(TriggerEndpoint.values())
			.map((endpoint) -> new EndpointDescriptor(endpoint.operation(), endpoint.method() + " " + endpoint.path(),
					client.capabilities().supports(endpoint), endpoint.authModes()))
			.toList());
	}

	private static ClientDescriptor describe(TriggerOperations client) {
		return new ClientDescriptor(client.apiUrl(), client.capabilities().modes(),
				client.capabilities().supported().size(), client.rateLimit());
	}

	/**
	 * All clients.
	 *
	 * @param clients the clients by name
	 */
	public record ClientsDescriptor(Map<String, ClientDescriptor> clients) implements OperationResponseBody {

	}

	/**
	 * A client.
	 *
	 * @param apiUrl the address of the API
	 * @param modes the kinds of its credentials
	 * @param supportedEndpoints how many endpoints they reach
	 * @param rateLimit the last reading of the rate limit, {@code null} if there is none
	 */
	public record ClientDescriptor(URI apiUrl, Set<AuthMode> modes, int supportedEndpoints,
			@Nullable RateLimit rateLimit) {

	}

	/**
	 * What the credentials of a client can do.
	 *
	 * @param client the client
	 * @param endpoints every endpoint of the API
	 */
	public record CapabilitiesDescriptor(ClientDescriptor client,
			List<EndpointDescriptor> endpoints) implements OperationResponseBody {

	}

	/**
	 * An endpoint of the API.
	 *
	 * @param operation its name, as in {@code runs.list}
	 * @param request its method and path
	 * @param supported whether the client can call it
	 * @param modes the kinds of credential that it accepts
	 */
	public record EndpointDescriptor(String operation, String request, boolean supported, Set<AuthMode> modes) {

	}

}
