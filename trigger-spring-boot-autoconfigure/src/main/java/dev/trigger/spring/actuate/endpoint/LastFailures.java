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

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.trigger.spring.actuate.endpoint.TriggerClientsEndpoint.FailureDescriptor;
import dev.trigger.spring.http.TriggerCall;
import dev.trigger.spring.http.TriggerCallListener;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last failure of each client.
 *
 * @since 1.0.0
 */
public final class LastFailures implements TriggerCallListener {

	private final Map<String, FailureDescriptor> byClient = new ConcurrentHashMap<>();

	private final InstantSource time;

	/**
	 * Create a listener.
	 * @param time tells when a call fails
	 */
	public LastFailures(InstantSource time) {
		this.time = time;
	}

	@Override
	public void onFailure(TriggerCall call, Throwable failure) {
		this.byClient.put(call.client(), new FailureDescriptor(this.time.instant(), call.endpoint().operation(),
				failure.getClass().getSimpleName(), failure.getMessage()));
	}

	/**
	 * Return the last failure of a client.
	 * @param client the name of the client
	 * @return the failure, {@code null} if no call has failed
	 */
	public @Nullable FailureDescriptor of(String client) {
		return this.byClient.get(client);
	}

}
