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

package dev.trigger.spring.batch;

import java.time.Duration;

import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.options.IdempotencyKey;
import org.jspecify.annotations.Nullable;

/**
 * How a batch shall be made.
 *
 * @param idempotencyKey the key under which the batch is made at most once. Items without
 * a key of their own get one that is derived from it. To make a batch with the key of
 * another is refused by the server with 422
 * @param idempotencyKeyTtl the time to live of the items' keys, such as {@code 1h}
 * @since 1.0.0
 */
public record BatchOptions(@Nullable IdempotencyKey idempotencyKey, @Nullable String idempotencyKeyTtl) {

	private static final BatchOptions NONE = new BatchOptions(null, null);

	/**
	 * Return no options.
	 * @return the empty options
	 */
	public static BatchOptions none() {
		return NONE;
	}

	/**
	 * Return options with an idempotency key.
	 * @param parts the parts of the key
	 * @return the options
	 */
	public static BatchOptions idempotencyKey(String... parts) {
		return NONE.withIdempotencyKey(IdempotencyKey.of(parts));
	}

	/**
	 * Return these options with an idempotency key.
	 * @param key the key
	 * @return the new options
	 */
	public BatchOptions withIdempotencyKey(@Nullable IdempotencyKey key) {
		return new BatchOptions(key, this.idempotencyKeyTtl);
	}

	/**
	 * Return these options with a time to live of the items' keys.
	 * @param ttl the time, in whole seconds
	 * @return the new options
	 */
	public BatchOptions withIdempotencyKeyTtl(Duration ttl) {
		return new BatchOptions(this.idempotencyKey, ApiFormat.of(ttl));
	}

	/**
	 * Return the options of one of several batches that are made out of one source. The
	 * first keeps the key, so that a source that fits into one batch has the key that was
	 * given.
	 */
	BatchOptions ofPart(long index) {
		IdempotencyKey key = this.idempotencyKey;
		return (key == null || index == 0) ? this : withIdempotencyKey(key.ofItem(Math.toIntExact(index)));
	}

}
