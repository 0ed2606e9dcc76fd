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

package dev.trigger.emulator.state;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint that receives webhooks.
 *
 * @since 1.0.0
 */
public final class WebhookEndpoint {

	private final String id;

	private final String declaredId;

	private final String source;

	private final Instant createdAt;

	private @Nullable String secret;

	private Instant updatedAt;

	private boolean enabled = true;

	/**
	 * Create an endpoint.
	 * @param id its identifier
	 * @param declaredId its name in the code
	 * @param source who sends to it
	 * @param createdAt when it was created
	 */
	public WebhookEndpoint(String id, String declaredId, String source, Instant createdAt) {
		this.id = id;
		this.declaredId = declaredId;
		this.source = source;
		this.createdAt = createdAt;
		this.updatedAt = createdAt;
	}

	/**
	 * Add an endpoint to an environment.
	 * @param state the state
	 * @param environment the environment
	 * @param declaredId its name in the code
	 * @param source who sends to it
	 */
	public static void add(EmulatorState state, Environment environment, String declaredId, String source) {
		WebhookEndpoint endpoint = new WebhookEndpoint("wh_" + state.ids().random(21), declaredId, source, state.now());
		environment.all(WebhookEndpoint.class).put(endpoint.id(), endpoint);
	}

	/**
	 * Find an endpoint by its name.
	 * @param environment the environment
	 * @param declaredId its name in the code
	 * @return the endpoint, {@code null} if there is none
	 */
	public static @Nullable WebhookEndpoint find(Environment environment, String declaredId) {
		return environment.all(WebhookEndpoint.class)
			.values()
			.stream()
			.filter((candidate) -> candidate.declaredId().equals(declaredId))
			.findFirst()
			.orElse(null);
	}

	public String id() {
		return this.id;
	}

	public String declaredId() {
		return this.declaredId;
	}

	public String source() {
		return this.source;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public Instant updatedAt() {
		return this.updatedAt;
	}

	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Set whether the endpoint accepts what is sent to it.
	 * @param enabled whether it does
	 * @param now when
	 */
	public void setEnabled(boolean enabled, Instant now) {
		this.enabled = enabled;
		this.updatedAt = now;
	}

	public boolean hasSecret() {
		return this.secret != null;
	}

	/**
	 * Set the secret that signatures are checked with.
	 * @param secret the secret
	 * @param now when
	 */
	public void setSecret(String secret, Instant now) {
		this.secret = secret;
		this.updatedAt = now;
	}

}
