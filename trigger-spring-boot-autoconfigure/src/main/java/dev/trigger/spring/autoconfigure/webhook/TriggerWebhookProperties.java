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

package dev.trigger.spring.autoconfigure.webhook;

import dev.trigger.spring.alert.WebhookVerifier;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties for receiving the webhooks of Trigger.dev.
 *
 * @since 1.0.0
 */
@ConfigurationProperties("trigger.webhook")
public class TriggerWebhookProperties {

	/**
	 * Secret of the alert webhook, as the dashboard shows it.
	 */
	private @Nullable String secret;

	/**
	 * Largest body of a webhook that is accepted.
	 */
	private DataSize maxBodySize = DataSize.ofMegabytes(1);

	public @Nullable String getSecret() {
		return this.secret;
	}

	public void setSecret(@Nullable String secret) {
		this.secret = secret;
	}

	public DataSize getMaxBodySize() {
		return this.maxBodySize;
	}

	public void setMaxBodySize(DataSize maxBodySize) {
		this.maxBodySize = maxBodySize;
	}

	WebhookVerifier toVerifier() {
		Assert.state(this.secret != null, "'trigger.webhook.secret' must be set");
		return WebhookVerifier.of(this.secret).withMaxBodySize(Math.toIntExact(this.maxBodySize.toBytes()));
	}

}
