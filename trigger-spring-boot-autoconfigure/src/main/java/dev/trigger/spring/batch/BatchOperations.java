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

package dev.trigger.spring.batch;

import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.payload.PayloadCodec;

/**
 * Creates and follows batches of runs.
 *
 * @since 1.0.0
 */
public interface BatchOperations {

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the way to the network
	 * @param payloads encodes payloads and decodes outputs
	 * @return the operations
	 */
	static BatchOperations create(TriggerHttp http, PayloadCodec payloads) {
		return new DefaultBatchOperations(http, payloads);
	}

}
