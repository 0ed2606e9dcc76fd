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

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.options.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which webhook delivery a waiter waits for. Without conditions that is the next one.
 *
 * @param match the values that the delivery has, by their paths such as
 * {@code event.data.object.id}
 * @param filter a filter that the delivery passes, such as {@code event.type = 'x'}
 * @param timeout how long to wait, such as {@code 1h}, or until when, in ISO-8601
 * @param tags the tags of the waiter
 * @param idempotencyKey the key under which the waiter is made at most once; a random one
 * if {@code null}
 * @param idempotencyKeyTTL how long the key is kept, such as {@code 1d}
 * @since 1.0.0
 */
public record WebhookWaiterSpec(Map<String, Object> match, @Nullable String filter, @Nullable String timeout,
		List<String> tags, @Nullable IdempotencyKey idempotencyKey, @Nullable String idempotencyKeyTTL) {

	private static final WebhookWaiterSpec NEXT = new WebhookWaiterSpec(Map.of(), null, null, List.of(), null, null);

	/**
	 * Create a specification.
	 * @throws IllegalArgumentException if a value to match is no text, number or boolean
	 */
	public WebhookWaiterSpec {
		match = Map.copyOf(match);
		tags = List.copyOf(tags);
		match.forEach((path, value) -> Assert.isTrue(
				value instanceof String || value instanceof Number || value instanceof Boolean,
				() -> "The value to match at '" + path + "' must be a text, a number or a boolean"));
	}

	/**
	 * Return the specification of the next delivery.
	 * @return the specification
	 */
	public static WebhookWaiterSpec next() {
		return NEXT;
	}

	/**
	 * Wait for a delivery that has a value.
	 * @param path the path of the value, such as {@code event.data.object.id}
	 * @param value the value: a text, a number or a boolean
	 * @return the new specification
	 */
	public WebhookWaiterSpec matching(String path, Object value) {
		Map<String, Object> all = new LinkedHashMap<>(this.match);
		all.put(path, value);
		return new WebhookWaiterSpec(all, this.filter, this.timeout, this.tags, this.idempotencyKey,
				this.idempotencyKeyTTL);
	}

	/**
	 * Wait for a delivery that passes a filter.
	 * @param filter the filter, such as {@code event.type = 'x'}
	 * @return the new specification
	 */
	public WebhookWaiterSpec filter(String filter) {
		return new WebhookWaiterSpec(this.match, filter, this.timeout, this.tags, this.idempotencyKey,
				this.idempotencyKeyTTL);
	}

	/**
	 * Wait for some time only.
	 * @param timeout the time, in whole seconds
	 * @return the new specification
	 */
	public WebhookWaiterSpec timeout(Duration timeout) {
		return timeout(ApiFormat.of(timeout));
	}

	/**
	 * Wait until a time only.
	 * @param timeout the time
	 * @return the new specification
	 */
	public WebhookWaiterSpec timeout(Instant timeout) {
		return timeout(ApiFormat.of(timeout));
	}

	private WebhookWaiterSpec timeout(String timeout) {
		return new WebhookWaiterSpec(this.match, this.filter, timeout, this.tags, this.idempotencyKey,
				this.idempotencyKeyTTL);
	}

	/**
	 * Set the tags of the waiter.
	 * @param tags the tags
	 * @return the new specification
	 */
	public WebhookWaiterSpec tags(String... tags) {
		return new WebhookWaiterSpec(this.match, this.filter, this.timeout, List.of(tags), this.idempotencyKey,
				this.idempotencyKeyTTL);
	}

	/**
	 * Make the waiter at most once under a key.
	 * @param parts the parts of the key
	 * @return the new specification
	 */
	public WebhookWaiterSpec idempotencyKey(String... parts) {
		return idempotencyKey(IdempotencyKey.of(parts));
	}

	/**
	 * Make the waiter at most once under a key.
	 * @param key the key
	 * @return the new specification
	 */
	public WebhookWaiterSpec idempotencyKey(IdempotencyKey key) {
		return new WebhookWaiterSpec(this.match, this.filter, this.timeout, this.tags, key, this.idempotencyKeyTTL);
	}

	/**
	 * Keep the key for some time only.
	 * @param ttl the time, in whole seconds
	 * @return the new specification
	 */
	public WebhookWaiterSpec idempotencyKeyTTL(Duration ttl) {
		return new WebhookWaiterSpec(this.match, this.filter, this.timeout, this.tags, this.idempotencyKey,
				ApiFormat.of(ttl));
	}

	/**
	 * Return the body of the request.
	 */
	Map<String, Object> body(String key) {
		Map<String, Object> body = new LinkedHashMap<>();
		if (!this.match.isEmpty()) {
			body.put("match", this.match);
		}
		put(body, "filter", this.filter);
		put(body, "timeout", this.timeout);
		if (!this.tags.isEmpty()) {
			body.put("tags", this.tags);
		}
		body.put("idempotencyKey", key);
		put(body, "idempotencyKeyTTL", this.idempotencyKeyTTL);
		return body;
	}

	private static void put(Map<String, Object> body, String name, @Nullable String value) {
		if (value != null && !value.isEmpty()) {
			body.put(name, value);
		}
	}

}
