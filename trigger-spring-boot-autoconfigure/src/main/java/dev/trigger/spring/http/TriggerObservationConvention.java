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

package dev.trigger.spring.http;

import io.micrometer.common.KeyValues;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

/**
 * Names the observation of a call, with all its attempts, as that of any
 * {@code WebClient}: {@code http.client.requests}, whose {@code uri} is the path of the
 * endpoint.
 * <p>
 * What it adds are high-cardinality keys, which go into traces: {@code trigger.client}
 * (the name of the client), {@code trigger.endpoint} (the operation, as in
 * {@code runs.list}), {@code trigger.auth.mode} and {@code trigger.attempts}. As keys of
 * the metric they would clash with those of the application's other clients, since meters
 * of one name must have the same keys.
 *
 * @since 1.0.0
 */
public class TriggerObservationConvention extends DefaultClientRequestObservationConvention {

	private final String client;

	/**
	 * Create a convention.
	 * @param client the name of the client
	 */
	public TriggerObservationConvention(String client) {
		this.client = client;
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ClientRequestObservationContext context) {
		KeyValues keyValues = super.getHighCardinalityKeyValues(context).and("trigger.client", this.client);
		ClientRequest request = context.getRequest();
		if (request == null || !(request.attributes().get(Call.ATTRIBUTE) instanceof Call call)) {
			return keyValues;
		}
		return keyValues.and("trigger.endpoint", call.endpoint().operation(), "trigger.auth.mode", call.mode().name(),
				"trigger.attempts", String.valueOf(call.attempts()));
	}

}
