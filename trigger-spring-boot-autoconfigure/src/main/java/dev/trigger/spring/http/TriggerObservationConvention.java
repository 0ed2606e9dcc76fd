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

/**
 * Contributes key values to the {@code http.client.requests} observation of a call, in
 * addition to those of every {@code WebClient}. The value of {@code uri} is the path of
 * the endpoint.
 * <p>
 * Before Micrometer 1.17 (Spring Boot 4.1) meters of one name must have the same keys in
 * Prometheus: where the application has other clients, let a convention of your own
 * return no low-cardinality keys there.
 * <p>
 * It is not a {@code ClientRequestObservationConvention}, a bean of which would apply to
 * all other clients of the application too.
 *
 * @since 1.0.0
 * @see DefaultTriggerObservationConvention
 */
public interface TriggerObservationConvention {

	/**
	 * Return the key values for metrics and traces.
	 * @param call the call, when it is over
	 * @return keys with few different values each, the same keys for all calls
	 */
	KeyValues getLowCardinalityKeyValues(TriggerCall call);

	/**
	 * Return the key values for traces only.
	 * @param call the call, when it is over
	 * @return the keys, none by default
	 */
	default KeyValues getHighCardinalityKeyValues(TriggerCall call) {
		return KeyValues.empty();
	}

}
