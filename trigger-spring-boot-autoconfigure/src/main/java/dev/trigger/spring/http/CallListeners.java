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

import java.util.List;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The listeners to the calls of a client.
 *
 * @param client the name of the client
 * @param all the listeners, in their order
 */
record CallListeners(String client, List<TriggerCallListener> all) {

	private static final Log logger = LogFactory.getLog(CallListeners.class);

	/**
	 * Notify all of them. A call goes on as it would without the one that fails.
	 */
	void notify(Consumer<TriggerCallListener> event) {
		for (TriggerCallListener listener : this.all) {
			try {
				event.accept(listener);
			}
			catch (RuntimeException | Error ex) {
				logger.warn("A listener to calls failed", ex);
			}
		}
	}

}
