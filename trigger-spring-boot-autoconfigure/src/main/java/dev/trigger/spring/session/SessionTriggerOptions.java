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

package dev.trigger.spring.session;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How the runs of a session are triggered; unset options default to those of the task.
 *
 * @since 1.0.0
 */
public final class SessionTriggerOptions {

	private static final String BASE_PAYLOAD = "basePayload";

	private static final int MAX_ATTEMPTS = 10;

	private static final Duration MAX_IDLE_TIMEOUT = Duration.ofHours(1);

	private final InputValues values;

	private SessionTriggerOptions(InputValues values) {
		Assert.isTrue(values.has(BASE_PAYLOAD), "The runs of a session need a 'basePayload', which may be empty");
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options, of which the base payload is required
	 * @return the options
	 */
	public static SessionTriggerOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder();
		customizer.accept(builder);
		return new SessionTriggerOptions(builder.values.copy());
	}

	Map<String, @Nullable Object> toBody(PayloadCodec payloads) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>(this.values.toMap());
		body.computeIfPresent(BASE_PAYLOAD, payloads::json);
		return body;
	}

	/**
	 * Builds {@link SessionTriggerOptions}.
	 */
	public static final class Builder {

		private final InputValues values = new InputValues();

		private Builder() {
		}

		/**
		 * Set the part of the payload that is the same for all runs.
		 * @param basePayload the part of the payload
		 * @return this builder
		 */
		public Builder basePayload(Map<String, ?> basePayload) {
			this.values.set(BASE_PAYLOAD, basePayload);
			return this;
		}

		/**
		 * Execute the runs on a machine.
		 * @param machine the machine
		 * @return this builder
		 */
		public Builder machine(MachinePreset machine) {
			this.values.set("machine", machine);
			return this;
		}

		/**
		 * Put the runs into another queue than that of the task.
		 * @param queue the name of the queue
		 * @return this builder
		 */
		public Builder queue(String queue) {
			this.values.text("queue", queue);
			return this;
		}

		/**
		 * Count the runs against named concurrency limits.
		 * @param names the names, at most 2, each of 1 to 122 letters, digits,
		 * underscores and hyphens
		 * @return this builder
		 */
		public Builder concurrencyLimits(String... names) {
			this.values.set("concurrency", InputRules.concurrencyLimits(names));
			return this;
		}

		/**
		 * Apply the concurrency limit of the queue to the runs with the same key.
		 * @param concurrencyKey the key, such as the id of a tenant
		 * @return this builder
		 */
		public Builder concurrencyKey(String concurrencyKey) {
			this.values.set("concurrencyKey", concurrencyKey);
			return this;
		}

		/**
		 * Give the runs tags.
		 * @param tags the tags, at most 10
		 * @return this builder
		 */
		public Builder tags(Collection<String> tags) {
			this.values.tags("tags", tags);
			return this;
		}

		/**
		 * Limit the attempts to execute a run.
		 * @param maxAttempts the number of attempts, 1 to 10
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			Assert.isTrue(maxAttempts >= 1 && maxAttempts <= MAX_ATTEMPTS,
					() -> "'maxAttempts' must be from 1 to " + MAX_ATTEMPTS + ", not " + maxAttempts);
			this.values.set("maxAttempts", maxAttempts);
			return this;
		}

		/**
		 * Stop a run when it has used an amount of compute time.
		 * @param maxDuration the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder maxDuration(Duration maxDuration) {
			this.values.limitInSeconds("maxDuration", maxDuration);
			return this;
		}

		/**
		 * Execute the runs with a version of the task.
		 * @param version the version, such as {@code 20250208.1}
		 * @return this builder
		 */
		public Builder version(String version) {
			this.values.text("lockToVersion", "version", version);
			return this;
		}

		/**
		 * Execute the runs with the version that belongs to a deployment on another
		 * platform.
		 * @param externalDeploymentId the id of the deployment
		 * @return this builder
		 */
		public Builder externalDeploymentId(String externalDeploymentId) {
			this.values.text("externalDeploymentId", externalDeploymentId);
			return this;
		}

		/**
		 * Execute the runs in a region.
		 * @param region the region, such as {@code us-east-1}
		 * @return this builder
		 */
		public Builder region(String region) {
			this.values.text("region", region);
			return this;
		}

		/**
		 * End a run when there has been no message for a time.
		 * @param idleTimeout the time, at most an hour; a fraction of a second is rounded
		 * up
		 * @return this builder
		 */
		public Builder idleTimeout(Duration idleTimeout) {
			Assert.isTrue(InputRules.notNull("idleTimeout", idleTimeout).compareTo(MAX_IDLE_TIMEOUT) <= 0,
					"'idleTimeout' must not be longer than an hour");
			this.values.seconds("idleTimeoutInSeconds", "idleTimeout", idleTimeout);
			return this;
		}

		/**
		 * Let a run expire unless it starts within a time.
		 * @param ttl the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder ttl(Duration ttl) {
			this.values.seconds("ttl", "ttl", ttl);
			return this;
		}

		/**
		 * Let a run expire unless it starts within a time.
		 * @param ttl the time in the form of the API, such as {@code 10m}
		 * @return this builder
		 */
		public Builder ttl(String ttl) {
			this.values.duration("ttl", "ttl", ttl);
			return this;
		}

	}

}
