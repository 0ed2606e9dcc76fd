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

package dev.trigger.spring.webhook;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The secret of a webhook endpoint after a change. {@link #toString()} is safe to log.
 *
 * @param id the id of the endpoint
 * @param secretSet whether there is a secret
 * @param secret the new secret if the server created it, which is returned only this
 * once; {@code null} if it was given
 * @param previousSecretExpiresAt until when the previous secret is accepted as well,
 * {@code null} if it is not
 * @since 1.0.0
 */
public record WebhookSecret(String id, @Nullable Boolean secretSet, @Nullable String secret,
		@Nullable Instant previousSecretExpiresAt) {

	@Override
	public String toString() {
		return "WebhookSecret[id=" + this.id + ", secretSet=" + this.secretSet + ", previousSecretExpiresAt="
				+ this.previousSecretExpiresAt + "]";
	}

}
