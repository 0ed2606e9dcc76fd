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

import dev.trigger.spring.http.TriggerObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValues;

/**
 * Default {@link TriggerObservationConvention}, to be extended by one with more key
 * values.
 *
 * @since 1.0.0
 * @see TriggerObservationDocumentation
 */
public class DefaultTriggerObservationConvention implements TriggerObservationConvention {

	@Override
	public KeyValues getLowCardinalityKeyValues(TriggerCall call) {
		return KeyValues.of(LowCardinalityKeyNames.CLIENT.withValue(call.client()),
				LowCardinalityKeyNames.ENDPOINT.withValue(call.endpoint().operation()),
				LowCardinalityKeyNames.AUTH_MODE.withValue(call.mode().name()),
				LowCardinalityKeyNames.ATTEMPTS.withValue(Integer.toString(call.attempts())));
	}

}
