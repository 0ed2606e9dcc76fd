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

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options for triggering a run; unset ones default to those of the task.
 *
 * @since 1.0.0
 */
public final class TriggerOptions {

	private static final String IDEMPOTENCY_KEY = "idempotencyKey";

	private static final String METADATA = "metadata";

	private static final String DEBOUNCE = "debounce";

	private static final TriggerOptions NONE = new TriggerOptions(new InputValues());

	private final InputValues values;

	private TriggerOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return options of which nothing is set.
	 * @return the empty options
	 */
	public static TriggerOptions none() {
		return NONE;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static TriggerOptions of(Consumer<Builder> customizer) {
		return NONE.with(customizer);
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public TriggerOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new TriggerOptions(builder.values.copy());
	}

	/**
	 * Return these options, completed by those that only the others set.
	 * @param other the options to use where these are not set
	 * @return the new options
	 */
	public TriggerOptions orElse(TriggerOptions other) {
		return new TriggerOptions(this.values.orElse(other.values));
	}

	/**
	 * Return the idempotency key.
	 * @return the key, {@code null} if there is none
	 */
	public @Nullable IdempotencyKey idempotencyKey() {
		return (IdempotencyKey) this.values.get(IDEMPOTENCY_KEY);
	}

	/**
	 * Return the options that are set, by the names that the API uses for them, such as
	 * {@code lockToVersion} for the version.
	 * @return an unmodifiable map
	 */
	public Map<String, @Nullable Object> toMap() {
		return this.values.toMap();
	}

	/**
	 * Return the options as a request to trigger a run has them.
	 * @param payloadType the media type of the payload
	 * @param payloads encodes the metadata
	 * @return the body
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public Map<String, Object> toBody(String payloadType, PayloadCodec payloads) {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("payloadType", payloadType);
		this.values.toMap().forEach((name, value) -> {
			if (value instanceof IdempotencyKey key) {
				key.putInto(body);
			}
			else if (value instanceof DebounceOptions debounce) {
				body.put(name, debounce.toBody());
			}
			else if (value != null) {
				body.put(name, name.equals(METADATA) ? payloads.json(value) : value);
			}
		});
		return body;
	}

	/**
	 * Return whether the body has to be written again each time: metadata belongs to the
	 * application, which may change it.
	 * @return {@code true} if there is metadata
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public boolean hasMetadata() {
		return this.values.has(METADATA);
	}

	/**
	 * Builds {@link TriggerOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Create at most one run for a key: triggering the task with the same key again
		 * returns the same run, as long as that run has not failed or expired.
		 * <p>
		 * The parts are joined with hyphens, as the official SDK does: {@code "a-b", "c"}
		 * is the same key as {@code "a", "b-c"}.
		 * <p>
		 * Together with {@link #debounce debounce} the key is only kept by the trigger
		 * that creates the run. Triggers that are merged into that run return it with
		 * {@code isCached} being {@code false}, and their keys are kept nowhere: sent
		 * again after the run has started, such a key creates a second run.
		 * @param parts the parts of the key, such as {@code "welcome", userId}; a single
		 * empty one means no key
		 * @return this builder
		 * @throws IllegalArgumentException if a part is {@code null}, one of several is
		 * empty, or the key is longer than 2048 characters or contains NUL
		 */
		public Builder idempotencyKey(String... parts) {
			return idempotencyKey(IdempotencyKey.orNone(parts));
		}

		/**
		 * Create at most one run for a key.
		 * @param key the key, {@code null} for none
		 * @return this builder
		 * @see #idempotencyKey(String...)
		 */
		public Builder idempotencyKey(@Nullable IdempotencyKey key) {
			if (key != null) {
				this.values.set(IDEMPOTENCY_KEY, key);
			}
			else {
				this.values.remove(IDEMPOTENCY_KEY);
			}
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
		 * @param ttl the time as one number with one unit: {@code 30s}, {@code 90m},
		 * {@code 12h} or {@code 7d}
		 * @return this builder
		 * @throws IllegalArgumentException if the text has another form, which the server
		 * would take for 30 days
		 */
		public Builder idempotencyKeyTtl(String ttl) {
			this.values.keyTtl("idempotencyKeyTTL", "idempotencyKeyTtl", ttl);
			return this;
		}

		/**
		 * Delay the run by a time.
		 * @param delay the time from now; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder delay(Duration delay) {
			this.values.duration("delay", "delay", delay);
			return this;
		}

		/**
		 * Delay the run until a time.
		 * @param until the time
		 * @return this builder
		 */
		public Builder delay(Instant until) {
			this.values.instant("delay", "delay", until);
			return this;
		}

		/**
		 * Delay the run.
		 * @param delay a duration in the form of the API, such as {@code 1h30m}, or a
		 * time in ISO-8601; any other text is refused, since servers take it for no delay
		 * @return this builder
		 */
		public Builder delay(String delay) {
			this.values.durationOrTime("delay", delay);
			return this;
		}

		/**
		 * Let the run expire unless it starts within a time.
		 * @param ttl the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder ttl(Duration ttl) {
			this.values.seconds("ttl", "ttl", ttl);
			return this;
		}

		/**
		 * Let the run expire unless it starts within a time.
		 * @param ttl the time in the form of the API, such as {@code 10m}
		 * @return this builder
		 */
		public Builder ttl(String ttl) {
			this.values.duration("ttl", "ttl", ttl);
			return this;
		}

		/**
		 * Set the only tag of the run, replacing all tags set before.
		 * @param tag the tag, 1 to 128 characters
		 * @return this builder
		 */
		public Builder tag(String tag) {
			this.values.set("tags", InputRules.tag(tag));
			return this;
		}

		/**
		 * Set the tags of the run, replacing all tags set before.
		 * @param tags the tags, at most 10, each of 1 to 128 characters
		 * @return this builder
		 */
		public Builder tags(String... tags) {
			return tags(InputRules.list("tags", tags));
		}

		/**
		 * Set the tags of the run, replacing all tags set before.
		 * @param tags the tags, at most 10, each of 1 to 128 characters
		 * @return this builder
		 */
		public Builder tags(Collection<String> tags) {
			this.values.tags("tags", tags);
			return this;
		}

		/**
		 * Put the run into another queue than that of its task. The queue must exist: the
		 * server accepts an unknown one and never executes the run.
		 * @param queue the name of the queue
		 * @return this builder
		 */
		public Builder queue(String queue) {
			Assert.hasText(queue, "'queue' must not be empty");
			this.values.set("queue", Map.of("name", queue));
			return this;
		}

		/**
		 * Apply the concurrency limit of the queue to each key separately, as if each key
		 * had a queue of its own.
		 * @param concurrencyKey the key, such as the id of a tenant
		 * @return this builder
		 */
		public Builder concurrencyKey(String concurrencyKey) {
			this.values.set("concurrencyKey", concurrencyKey);
			return this;
		}

		/**
		 * Count the run against named concurrency limits.
		 * @param names the names, at most 2, each of 1 to 122 letters, digits,
		 * underscores and hyphens
		 * @return this builder
		 */
		public Builder concurrencyLimits(String... names) {
			this.values.set("concurrency", InputRules.concurrencyLimits(names));
			return this;
		}

		/**
		 * Limit the attempts to execute the run.
		 * @param maxAttempts the number of attempts, including the first one
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			Assert.isTrue(maxAttempts >= 1, "'maxAttempts' must be at least 1");
			this.values.set("maxAttempts", maxAttempts);
			return this;
		}

		/**
		 * Stop the run when it has used an amount of compute time.
		 * @param maxDuration the time, at least 5 seconds; a fraction of a second is
		 * rounded up. From {@code Integer.MAX_VALUE} seconds on there is no limit
		 * @return this builder
		 */
		public Builder maxDuration(Duration maxDuration) {
			this.values.limitInSeconds("maxDuration", maxDuration);
			return this;
		}

		/**
		 * Give the run metadata, which it can change while it executes.
		 * @param metadata an object that is written as a JSON object, such as a map or a
		 * record; 256 KiB at most
		 * @return this builder
		 */
		public Builder metadata(Object metadata) {
			this.values.set(METADATA, metadata);
			return this;
		}

		/**
		 * Execute the run on a machine.
		 * @param machine the machine
		 * @return this builder
		 */
		public Builder machine(MachinePreset machine) {
			this.values.set("machine", machine);
			return this;
		}

		/**
		 * Let the run start before others of its queue.
		 * @param priority the number of seconds by which the run precedes runs triggered
		 * at the same time
		 * @return this builder
		 */
		public Builder priority(double priority) {
			Assert.isTrue(Double.isFinite(priority), "'priority' must be a finite number");
			this.values.set("priority", priority);
			return this;
		}

		/**
		 * Execute the run in a region.
		 * @param region the region, such as {@code us-east-1}
		 * @return this builder
		 */
		public Builder region(String region) {
			this.values.set("region", region);
			return this;
		}

		/**
		 * Execute the run with a version of its task. The server refuses an unknown one.
		 * @param version the version, such as {@code 20250208.1}
		 * @return this builder
		 */
		public Builder version(String version) {
			this.values.set("lockToVersion", "version", version);
			return this;
		}

		/**
		 * Execute the run with the version that belongs to a deployment on another
		 * platform.
		 * @param externalDeploymentId the id of the deployment, such as one at Vercel
		 * @return this builder
		 */
		public Builder externalDeploymentId(String externalDeploymentId) {
			this.values.set("externalDeploymentId",
					InputRules.notNull("externalDeploymentId", externalDeploymentId).strip());
			return this;
		}

		/**
		 * Merge triggers that closely follow one another into one run, which starts when
		 * there has been no trigger for a time.
		 * @param key triggers with the same key are merged
		 * @param delay the time; a fraction of a second is rounded up
		 * @return this builder
		 * @see #idempotencyKey(String...)
		 */
		public Builder debounce(String key, Duration delay) {
			return debounce((debounce) -> debounce.key(key).delay(delay));
		}

		/**
		 * Merge triggers that closely follow one another into one run.
		 * @param customizer sets how triggers are merged
		 * @return this builder
		 */
		public Builder debounce(Consumer<DebounceOptions.Builder> customizer) {
			return debounce(DebounceOptions.of(customizer));
		}

		/**
		 * Merge triggers that closely follow one another into one run.
		 * @param debounce how triggers are merged
		 * @return this builder
		 */
		public Builder debounce(DebounceOptions debounce) {
			this.values.set(DEBOUNCE, debounce);
			return this;
		}

		/**
		 * Set whether the run is a test.
		 * @param test whether it is a test
		 * @return this builder
		 */
		public Builder test(boolean test) {
			this.values.set("test", test);
			return this;
		}

	}

}
