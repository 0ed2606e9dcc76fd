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

package dev.trigger.spring.actuate.endpoint;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerOperationsRegistry;
import dev.trigger.spring.auth.AuthMode;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerCapabilities;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.RateLimit;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} that shows the Trigger.dev clients and what their
 * credentials can do. It makes no request and shows no key, and addresses, branches and
 * messages only to those whom {@code management.endpoint.trigger.show-values} allows.
 *
 * @since 1.0.0
 */
@Endpoint(id = "trigger")
public class TriggerClientsEndpoint {

	private final TriggerOperationsRegistry clients;

	private final Function<String, @Nullable FailureDescriptor> lastFailures;

	private final Show showValues;

	/**
	 * Create an endpoint.
	 * @param clients the clients
	 * @param lastFailures finds the last failure of a client by its name
	 * @param showValues when to show values
	 */
	public TriggerClientsEndpoint(TriggerOperationsRegistry clients,
			Function<String, @Nullable FailureDescriptor> lastFailures, Show showValues) {
		this.clients = clients;
		this.lastFailures = lastFailures;
		this.showValues = showValues;
	}

	/**
	 * Describe all clients.
	 * @return the clients by name
	 */
	@ReadOperation
	public ClientsDescriptor clients() {
		return clients(this.showValues.isShown(true));
	}

	ClientsDescriptor clients(boolean showValues) {
		Map<String, ClientDescriptor> descriptors = new TreeMap<>();
		this.clients.getNames().forEach((name) -> descriptors.put(name, describe(name, showValues)));
		return new ClientsDescriptor(descriptors);
	}

	/**
	 * Describe a client, with every endpoint of the API.
	 * @param name the name of the client
	 * @return the client, {@code null} if there is none of this name
	 */
	@ReadOperation
	public @Nullable CapabilitiesDescriptor client(@Selector String name) {
		return client(name, this.showValues.isShown(true));
	}

	@Nullable CapabilitiesDescriptor client(String name, boolean showValues) {
		if (!this.clients.getNames().contains(name)) {
			return null;
		}
		TriggerCapabilities capabilities = capabilities(this.clients.get(name));
		return new CapabilitiesDescriptor(describe(name, showValues), Arrays.stream(TriggerEndpoint.values())
			.map((endpoint) -> new EndpointDescriptor(endpoint.operation(), endpoint.method() + " " + endpoint.path(),
					capabilities.supports(endpoint), endpoint.authModes()))
			.toList());
	}

	private ClientDescriptor describe(String name, boolean showValues) {
		TriggerOperations client = this.clients.get(name);
		TriggerEnvironment environment = client.environment();
		FailureDescriptor lastFailure = this.lastFailures.apply(name);
		TriggerCapabilities capabilities = capabilities(client);
		URI apiUrl = client.apiUrl();
		return new ClientDescriptor(show((apiUrl != null) ? apiUrl.toString() : null, showValues), capabilities.modes(),
				(environment != null) ? environment.toString() : null, show(client.branch(), showValues),
				capabilities.supported().size(), client.rateLimit(),
				(lastFailure != null) ? lastFailure.withMessage(show(lastFailure.message(), showValues)) : null);
	}

	/**
	 * A client that Mockito makes has neither capabilities nor an address.
	 */
	private static TriggerCapabilities capabilities(TriggerOperations client) {
		return Optional.ofNullable(client.capabilities()).orElseGet(() -> TriggerCapabilities.of(Set.of()));
	}

	private static @Nullable String show(@Nullable String value, boolean showValues) {
		return (value == null || showValues) ? value : SanitizableData.SANITIZED_VALUE;
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
	 * @param apiUrl the address of the API, {@code null} if a client of the application's
	 * own has none
	 * @param modes the kinds of its credentials
	 * @param environment the environment of its secret key, {@code null} if that is not
	 * known
	 * @param branch the branch that it calls there, {@code null} if there is none
	 * @param supportedEndpoints how many endpoints they reach
	 * @param rateLimit the last reading of the rate limit, {@code null} if there is none
	 * @param lastFailure the last call that failed, {@code null} if none has
	 */
	public record ClientDescriptor(@Nullable String apiUrl, Set<AuthMode> modes, @Nullable String environment,
			@Nullable String branch, int supportedEndpoints, @Nullable RateLimit rateLimit,
			@Nullable FailureDescriptor lastFailure) {

	}

	/**
	 * How a call failed.
	 *
	 * @param time when it did
	 * @param operation the endpoint that was called, as in {@code runs.list}
	 * @param type the simple name of the exception
	 * @param message its message, {@code null} if it has none
	 */
	public record FailureDescriptor(Instant time, String operation, String type, @Nullable String message) {

		FailureDescriptor withMessage(@Nullable String message) {
			return new FailureDescriptor(this.time, this.operation, this.type, message);
		}

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
