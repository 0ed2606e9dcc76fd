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

import java.util.function.Function;

import io.micrometer.common.KeyValues;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

/**
 * Adds the key values of a {@link TriggerObservationConvention} to those of any request.
 */
final class CallObservationConvention extends DefaultClientRequestObservationConvention {

	private final TriggerObservationConvention convention;

	CallObservationConvention(TriggerObservationConvention convention) {
		this.convention = convention;
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ClientRequestObservationContext context) {
		useTemplate(context);
		return super.getLowCardinalityKeyValues(context).and(of(context, this.convention::getLowCardinalityKeyValues));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(ClientRequestObservationContext context) {
		return super.getHighCardinalityKeyValues(context)
			.and(of(context, this.convention::getHighCardinalityKeyValues));
	}

	/**
	 * A call has the address of its request built from the path of its endpoint, of which
	 * {@code WebClient} knows nothing.
	 */
	private static void useTemplate(ClientRequestObservationContext context) {
		ClientRequest request = context.getRequest();
		TriggerCall call = (request != null) ? TriggerCall.of(request) : null;
		if (call != null) {
			context.setUriTemplate(call.endpoint().path());
		}
	}

	/**
	 * There is no request yet when the observation starts.
	 */
	private static KeyValues of(ClientRequestObservationContext context, Function<TriggerCall, KeyValues> keyValues) {
		ClientRequest request = context.getRequest();
		TriggerCall call = (request != null) ? TriggerCall.of(request) : null;
		try {
			return (call != null) ? keyValues.apply(call) : KeyValues.empty();
		}
		catch (RuntimeException | Error ex) {
			GuardedObservation.failed(ex);
			return KeyValues.empty();
		}
	}

}
