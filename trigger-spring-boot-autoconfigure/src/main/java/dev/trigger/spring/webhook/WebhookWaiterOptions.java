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
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.options.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which delivery a webhook waiter waits for, and how. Without conditions that is the next
 * one.
 *
 * @since 1.0.0
 */
public final class WebhookWaiterOptions {

	private static final WebhookWaiterOptions NEXT = new WebhookWaiterOptions(new InputValues());

	private static final String KEY = "idempotencyKey";

	private static final String MATCH = "match";

	private final InputValues values;

	private WebhookWaiterOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the options
	 */
	public static WebhookWaiterOptions next() {
		return NEXT;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static WebhookWaiterOptions of(Consumer<Builder> customizer) {
		return NEXT.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public WebhookWaiterOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new WebhookWaiterOptions(builder.values.copy());
	}

	/**
	 * Return the body of the request, with a random key where there is none: the waiter
	 * is created once, however often the call is tried.
	 */
	Map<String, @Nullable Object> toBody() {
		InputValues body = this.values.copy();
		if (!body.has(KEY)) {
			body.set(KEY, UUID.randomUUID().toString());
		}
		return body.toMap();
	}

	/**
	 * Builds {@link WebhookWaiterOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Wait for a delivery that has a value, in addition to those set before.
		 * @param path the path of the value, such as {@code event.data.object.id}
		 * @param value the value: a text, a number or a boolean
		 * @return this builder
		 */
		public Builder match(String path, Object value) {
			Assert.isTrue(value instanceof String || value instanceof Number || value instanceof Boolean,
					() -> "The value to match at '" + path + "' must be a text, a number or a boolean");
			Map<String, Object> match = new LinkedHashMap<>();
			if (this.values.get(MATCH) instanceof Map<?, ?> before) {
				before.forEach((name, expected) -> match.put((String) name, expected));
			}
			match.put(InputRules.notNull("path", path), value);
			this.values.set(MATCH, match);
			return this;
		}

		/**
		 * Wait for a delivery that passes a filter.
		 * @param filter the filter, such as {@code event.type = 'x'}
		 * @return this builder
		 */
		public Builder filter(String filter) {
			this.values.text("filter", filter);
			return this;
		}

		/**
		 * Stop waiting after a time.
		 * @param timeout the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.values.duration("timeout", "timeout", timeout);
			return this;
		}

		/**
		 * Stop waiting at a time.
		 * @param timeout the time
		 * @return this builder
		 */
		public Builder timeout(Instant timeout) {
			this.values.instant("timeout", "timeout", timeout);
			return this;
		}

		/**
		 * Stop waiting.
		 * @param timeout a duration in the form of the API, such as {@code 1h30m}, or a
		 * time in ISO-8601
		 * @return this builder
		 */
		public Builder timeout(String timeout) {
			this.values.durationOrTime("timeout", timeout);
			return this;
		}

		/**
		 * Give the waiter tags.
		 * @param tags the tags
		 * @return this builder
		 */
		public Builder tags(String... tags) {
			this.values.list("tags", "tags", tags);
			return this;
		}

		/**
		 * Create at most one waiter for a key; the default is a random key for each call.
		 * @param parts the parts of the key, joined with hyphens
		 * @return this builder
		 */
		public Builder idempotencyKey(String... parts) {
			return idempotencyKey(IdempotencyKey.of(parts));
		}

		/**
		 * Create at most one waiter for a key.
		 * @param key the key
		 * @return this builder
		 */
		public Builder idempotencyKey(IdempotencyKey key) {
			this.values.set(KEY, InputRules.notNull(KEY, key).value());
			return this;
		}

		/**
		 * Set the time after which the idempotency key is forgotten; the server's default
		 * is 30 days.
		 * @param ttl the time, at most 36500 days; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(Duration ttl) {
			this.values.keyTtl("idempotencyKeyTTL", "idempotencyKeyTtl", ttl);
			return this;
		}

		/**
		 * Set the time after which the idempotency key is forgotten.
		 * @param ttl the time as one number with one unit, such as {@code 90m}
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(String ttl) {
			this.values.keyTtl("idempotencyKeyTTL", "idempotencyKeyTtl", ttl);
			return this;
		}

	}

}
