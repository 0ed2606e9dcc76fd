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

import java.util.Set;

import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpoint.CapabilitiesDescriptor;
import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpoint.ClientsDescriptor;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} of {@link TriggerClientsEndpoint},
 * which shows values to users who may see them.
 *
 * @since 1.0.0
 */
@EndpointWebExtension(endpoint = TriggerClientsEndpoint.class)
public class TriggerClientsEndpointWebExtension {

	private final TriggerClientsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues when to show values
	 * @param roles the roles of those who may see them
	 */
	public TriggerClientsEndpointWebExtension(TriggerClientsEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Describe all clients.
	 * @param securityContext who asks
	 * @return the clients by name
	 */
	@ReadOperation
	public ClientsDescriptor clients(SecurityContext securityContext) {
		return this.delegate.clients(this.showValues.isShown(securityContext, this.roles));
	}

	/**
	 * Describe a client, with every endpoint of the API.
	 * @param securityContext who asks
	 * @param name the name of the client
	 * @return the client, not found if there is none of this name
	 */
	@ReadOperation
	public WebEndpointResponse<CapabilitiesDescriptor> client(SecurityContext securityContext, @Selector String name) {
		CapabilitiesDescriptor client = this.delegate.client(name,
				this.showValues.isShown(securityContext, this.roles));
		return (client != null) ? new WebEndpointResponse<>(client)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
