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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.options.IdempotencyKey;
import dev.trigger.spring.options.TriggerOptions;
import org.jspecify.annotations.Nullable;

/**
 * Options for creating a batch.
 *
 * @since 1.0.0
 */
public final class BatchOptions {

	private static final String KEY = "idempotencyKey";

	private static final String KEY_TTL = "idempotencyKeyTTL";

	private static final String TASKS = "taskIdentifiers";

	private static final BatchOptions NONE = new BatchOptions(new InputValues());

	private final InputValues values;

	private BatchOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the empty options
	 */
	public static BatchOptions none() {
		return NONE;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static BatchOptions of(Consumer<Builder> customizer) {
		return NONE.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public BatchOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new BatchOptions(builder.values.copy());
	}

	@Nullable IdempotencyKey idempotencyKey() {
		return (IdempotencyKey) this.values.get(KEY);
	}

	boolean hasIdempotencyKeyTtl() {
		return this.values.has(KEY_TTL);
	}

	/**
	 * Return the options of an item, completed by what the batch sets for all of them.
	 */
	TriggerOptions ofItem(int index, TriggerOptions item) {
		IdempotencyKey key = idempotencyKey();
		String ttl = (String) this.values.get(KEY_TTL);
		if (key == null && ttl == null) {
			return item;
		}
		return item.orElse(TriggerOptions.of((options) -> {
			if (key != null) {
				options.idempotencyKey(key.ofItem(index));
			}
			if (ttl != null) {
				options.idempotencyKeyTtl(ttl);
			}
		}));
	}

	/**
	 * Return the options of one of several batches that are created from one source. The
	 * first keeps the key, so that a source that fits into one batch has the key that was
	 * given.
	 */
	BatchOptions ofPart(long index) {
		IdempotencyKey key = idempotencyKey();
		return (key == null || index == 0) ? this
				: with((options) -> options.idempotencyKey(key.ofItem(Math.toIntExact(index))));
	}

	/**
	 * Return the body that creates a batch.
	 */
	Map<String, Object> toBody(int runCount) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("runCount", runCount);
		Object tasks = this.values.get(TASKS);
		if (tasks != null) {
			body.put(TASKS, tasks);
		}
		IdempotencyKey key = idempotencyKey();
		if (key != null) {
			key.putInto(body);
		}
		return body;
	}

	/**
	 * Builds {@link BatchOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Create at most one batch for a key. Items without a key of their own get one
		 * that is derived from it, unless they are
		 * {@linkplain BatchOperations#streamItems sent apart} from the batch. The server
		 * refuses to create a second batch for a key with 422, and does not say which
		 * call has used the key: an attempt of the same call counts as well, if its
		 * response was lost.
		 * @param parts the parts of the key, joined with hyphens; a single empty one
		 * means no key
		 * @return this builder
		 * @throws IllegalArgumentException if a part is {@code null}, one of several is
		 * empty, or the key is longer than 2048 characters or contains NUL
		 */
		public Builder idempotencyKey(String... parts) {
			return idempotencyKey(IdempotencyKey.orNone(parts));
		}

		/**
		 * Create at most one batch for a key.
		 * @param key the key, {@code null} for none
		 * @return this builder
		 * @see #idempotencyKey(String...)
		 */
		public Builder idempotencyKey(@Nullable IdempotencyKey key) {
			if (key != null) {
				this.values.set(KEY, key);
			}
			else {
				this.values.remove(KEY);
			}
			return this;
		}

		/**
		 * Set the time after which the keys of the items are forgotten; the server's
		 * default is 30 days. A batch that is created apart from its items refuses it.
		 * @param ttl the time, at most 36500 days; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(Duration ttl) {
			this.values.keyTtl(KEY_TTL, "idempotencyKeyTtl", ttl);
			return this;
		}

		/**
		 * Set the time after which the keys of the items are forgotten.
		 * @param ttl the time as one number with one unit, such as {@code 90m}
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(String ttl) {
			this.values.keyTtl(KEY_TTL, "idempotencyKeyTtl", ttl);
			return this;
		}

		/**
		 * Announce the tasks of the items. Needed only where a batch is created apart
		 * from its items, with a public access token for single tasks.
		 * @param taskIdentifiers the identifiers of the tasks
		 * @return this builder
		 */
		public Builder taskIdentifiers(List<String> taskIdentifiers) {
			this.values.list(TASKS, InputRules.list(TASKS, taskIdentifiers));
			return this;
		}

	}

}
