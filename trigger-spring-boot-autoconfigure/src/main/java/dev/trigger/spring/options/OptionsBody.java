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

package dev.trigger.spring.options;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.RawValue;

/**
 * {@link TriggerOptions} as they stand in the request that triggers a run.
 *
 * @param payloadType the media type of the payload
 * @param queue the queue
 * @param concurrency the named concurrency limits
 * @param concurrencyKey the concurrency key
 * @param idempotencyKey the idempotency key, hashed
 * @param idempotencyKeyTTL its time to live
 * @param idempotencyKeyOptions the key before it was hashed
 * @param delay the delay
 * @param ttl the time to live
 * @param tags the tags
 * @param maxAttempts the number of attempts
 * @param maxDuration the longest time of computing, in seconds
 * @param metadata the metadata
 * @param machine the machine
 * @param priority the priority
 * @param region the region
 * @param lockToVersion the version
 * @param externalDeploymentId the id of the deployment elsewhere
 * @param debounce the debounce
 * @param test whether the run is a test
 * @since 1.0.0
 */
public record OptionsBody(@Nullable String payloadType, @Nullable Queue queue, @Nullable List<String> concurrency,
		@Nullable String concurrencyKey, @Nullable String idempotencyKey,
		@JsonProperty("idempotencyKeyTTL") @Nullable String idempotencyKeyTTL,
		@Nullable KeyOptions idempotencyKeyOptions, @Nullable String delay, @Nullable Object ttl, @Nullable Object tags,
		@Nullable Integer maxAttempts, @Nullable Long maxDuration, @Nullable RawValue metadata,
		@Nullable MachinePreset machine, @Nullable Double priority, @Nullable String region,
		@Nullable String lockToVersion, @Nullable String externalDeploymentId, @Nullable Debounce debounce,
		@Nullable Boolean test) {

	/**
	 * Return the body for some options.
	 * @param options the options
	 * @param payloadType the media type of the payload
	 * @param payloads writes metadata
	 * @return the body
	 */
	public static OptionsBody of(TriggerOptions options, @Nullable String payloadType, PayloadCodec payloads) {
		IdempotencyKey key = options.idempotencyKey();
		return new OptionsBody(payloadType, (options.queue() != null) ? new Queue(options.queue()) : null,
				options.concurrencyLimits(), options.concurrencyKey(), (key != null) ? key.value() : null,
				options.idempotencyKeyTtl(), KeyOptions.of(key), options.delay(), options.ttl(), options.tags(),
				options.maxAttempts(), options.maxDuration(),
				(options.metadata() != null) ? payloads.json(options.metadata()) : null, options.machine(),
				options.priority(), options.region(), options.version(), options.externalDeploymentId(),
				options.debounce(), options.test());
	}

	/**
	 * A queue by its name.
	 *
	 * @param name the name
	 */
	public record Queue(String name) {

	}

	/**
	 * An idempotency key before it was hashed.
	 *
	 * @param key the key
	 * @param scope its scope
	 */
	public record KeyOptions(String key, String scope) {

		/**
		 * Return what is to be told of a key besides its hash.
		 * @param key the key
		 * @return the options, {@code null} if the key was given as a hash
		 */
		public static @Nullable KeyOptions of(@Nullable IdempotencyKey key) {
			return (key != null && key.isHashed()) ? new KeyOptions(key.key(), key.scope().toString()) : null;
		}

	}

}
