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

package dev.trigger.spring.endpoint;

import java.util.EnumSet;
import java.util.Set;

/**
 * Knows which versions of the server have an endpoint, as far as they were tried.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class EndpointAvailability {

	private static final String TRIED_VERSION = "4.5.12";

	/**
	 * The endpoints that the official SDK 4.8.3 calls and a server of the tried version
	 * does not have.
	 */
	private static final Set<TriggerEndpoint> NEWER = EnumSet.of(TriggerEndpoint.RUNS_PACKET_URL,
			TriggerEndpoint.CONCURRENCY_LIMITS_LIST, TriggerEndpoint.CONCURRENCY_LIMITS_RETRIEVE,
			TriggerEndpoint.CONCURRENCY_LIMITS_OVERRIDE, TriggerEndpoint.CONCURRENCY_LIMITS_PAUSE,
			TriggerEndpoint.CONCURRENCY_LIMITS_RESET, TriggerEndpoint.QUERY_DASHBOARDS_CREATE,
			TriggerEndpoint.QUERY_DASHBOARDS_RETRIEVE, TriggerEndpoint.QUERY_DASHBOARDS_REPLACE,
			TriggerEndpoint.QUERY_DASHBOARDS_UPDATE, TriggerEndpoint.QUERY_DASHBOARDS_DELETE,
			TriggerEndpoint.QUERY_DASHBOARDS_WIDGETS_ADD, TriggerEndpoint.QUERY_DASHBOARDS_WIDGETS_UPDATE,
			TriggerEndpoint.QUERY_DASHBOARDS_WIDGETS_DELETE, TriggerEndpoint.SESSIONS_CHANNEL_IN_SEND,
			TriggerEndpoint.SESSIONS_CHANNEL_READ, TriggerEndpoint.SESSIONS_TRANSCRIPT,
			TriggerEndpoint.WEBHOOKS_ENDPOINTS_SET_SECRET, TriggerEndpoint.WEBHOOKS_WAITER_CREATE,
			TriggerEndpoint.WEBHOOKS_WAITER_CANCEL);

	private EndpointAvailability() {
	}

	/**
	 * Return whether a server of version 4.5.12 has the endpoint.
	 * @param endpoint the endpoint
	 * @return {@code false} if only newer servers have it
	 */
	public static boolean isInTriedVersion(TriggerEndpoint endpoint) {
		return !NEWER.contains(endpoint);
	}

	/**
	 * Describe since when the endpoint exists.
	 * @param endpoint the endpoint
	 * @return a sentence without its full stop
	 */
	public static String describe(TriggerEndpoint endpoint) {
		return isInTriedVersion(endpoint) ? "Trigger.dev " + TRIED_VERSION + " has it"
				: "It exists only since a version after Trigger.dev " + TRIED_VERSION;
	}

}
