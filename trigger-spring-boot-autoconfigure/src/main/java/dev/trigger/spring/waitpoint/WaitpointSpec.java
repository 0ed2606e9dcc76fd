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

package dev.trigger.spring.waitpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.options.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a waitpoint token shall be.
 *
 * @param timeout after what time it times out, such as {@code 10m}, or a time in
 * ISO-8601; 10 minutes if {@code null}
 * @param idempotencyKey the key under which a token is created at most once, as it goes
 * over the wire
 * @param idempotencyKeyTtl the time to live of the key, such as {@code 1h}
 * @param tags the tags, at most 10
 * @since 1.0.0
 */
public record WaitpointSpec(@Nullable String timeout, @Nullable String idempotencyKey,
		@JsonProperty("idempotencyKeyTTL") @Nullable String idempotencyKeyTtl, @Nullable List<String> tags) {

	private static final WaitpointSpec DEFAULTS = new WaitpointSpec(null, null, null, null);

	/**
	 * Create a specification.
	 */
	public WaitpointSpec {
		Assert.isTrue(tags == null || tags.size() <= 10, "A waitpoint token can't have more than 10 tags");
		tags = (tags != null) ? List.copyOf(tags) : null;
	}

	/**
	 * Return the specification of a token with everything as the server has it.
	 * @return the specification
	 */
	public static WaitpointSpec defaults() {
		return DEFAULTS;
	}

	/**
	 * Return this specification with a timeout.
	 * @param timeout after what time it times out, in whole seconds
	 * @return the new specification
	 */
	public WaitpointSpec withTimeout(Duration timeout) {
		return new WaitpointSpec(ApiFormat.of(timeout), this.idempotencyKey, this.idempotencyKeyTtl, this.tags);
	}

	/**
	 * Return this specification with a timeout.
	 * @param timeout when it times out
	 * @return the new specification
	 */
	public WaitpointSpec withTimeout(Instant timeout) {
		return new WaitpointSpec(ApiFormat.of(timeout), this.idempotencyKey, this.idempotencyKeyTtl, this.tags);
	}

	/**
	 * Return this specification with an idempotency key, which makes creating it safe to
	 * repeat. It goes over the wire as it is.
	 * @param key the key, 2048 characters at most
	 * @return the new specification
	 */
	public WaitpointSpec withIdempotencyKey(String key) {
		Assert.isTrue(key.length() <= 2048, "An idempotency key must not be longer than 2048 characters");
		return new WaitpointSpec(this.timeout, key, this.idempotencyKeyTtl, this.tags);
	}

	/**
	 * Return this specification with an idempotency key, which makes creating it safe to
	 * repeat.
	 * @param key the key, of which the hash goes over the wire
	 * @return the new specification
	 */
	public WaitpointSpec withIdempotencyKey(IdempotencyKey key) {
		return withIdempotencyKey(key.value());
	}

	/**
	 * Return this specification with tags.
	 * @param tags the tags, at most 10
	 * @return the new specification
	 */
	public WaitpointSpec withTags(String... tags) {
		return new WaitpointSpec(this.timeout, this.idempotencyKey, this.idempotencyKeyTtl, List.of(tags));
	}

}
