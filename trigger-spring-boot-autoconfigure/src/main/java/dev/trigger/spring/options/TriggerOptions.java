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
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a run shall be made. Everything is optional; what is not said is as the task has
 * it.
 *
 * @since 1.0.0
 */
public final class TriggerOptions {

	private static final TriggerOptions NONE = new Builder().build();

	private final Builder values;

	private TriggerOptions(Builder values) {
		this.values = values;
	}

	/**
	 * Return no options.
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
		Builder builder = new Builder();
		customizer.accept(builder);
		return builder.build();
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public TriggerOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values);
		customizer.accept(builder);
		return builder.build();
	}

	/**
	 * Return these options, and of others what these don't say.
	 * @param other the options that stand in for what is not said
	 * @return the new options
	 */
	public TriggerOptions orElse(TriggerOptions other) {
		return new TriggerOptions(new Builder(this.values, other.values));
	}

	/**
	 * Return the idempotency key.
	 * @return the key, {@code null} if there is none
	 */
	public @Nullable IdempotencyKey idempotencyKey() {
		return this.values.idempotencyKey;
	}

	/**
	 * Return the time to live of the idempotency key.
	 * @return the time, such as {@code 1h}, {@code null} for the server's own, 30 days
	 */
	public @Nullable String idempotencyKeyTtl() {
		return this.values.idempotencyKeyTtl;
	}

	/**
	 * Return the delay.
	 * @return a duration such as {@code 5m} or a time in ISO-8601, {@code null} for none
	 */
	public @Nullable String delay() {
		return this.values.delay;
	}

	/**
	 * Return the time to live of the run.
	 * @return a number of seconds or a text such as {@code 10m}, {@code null} for none
	 */
	public @Nullable Object ttl() {
		return this.values.ttl;
	}

	/**
	 * Return the tags as they are written: a text for a single one, else a list.
	 * @return the tags, {@code null} for none
	 */
	public @Nullable Object tags() {
		return this.values.tag != null ? this.values.tag : this.values.tags;
	}

	/**
	 * Return the queue.
	 * @return the name of the queue, {@code null} for the one of the task
	 */
	public @Nullable String queue() {
		return this.values.queue;
	}

	/**
	 * Return the concurrency key.
	 * @return the key, {@code null} for none
	 */
	public @Nullable String concurrencyKey() {
		return this.values.concurrencyKey;
	}

	/**
	 * Return the named concurrency limits.
	 * @return the names, {@code null} for none
	 */
	public @Nullable List<String> concurrencyLimits() {
		return this.values.concurrencyLimits;
	}

	/**
	 * Return how many attempts the run has.
	 * @return the number, {@code null} for that of the task
	 */
	public @Nullable Integer maxAttempts() {
		return this.values.maxAttempts;
	}

	/**
	 * Return how long the run may take.
	 * @return the time in seconds, {@code null} for that of the task
	 */
	public @Nullable Long maxDuration() {
		return this.values.maxDuration;
	}

	/**
	 * Return the metadata.
	 * @return an object that is written as a JSON object, {@code null} for none
	 */
	public @Nullable Object metadata() {
		return this.values.metadata;
	}

	/**
	 * Return the machine.
	 * @return the machine, {@code null} for that of the task
	 */
	public @Nullable MachinePreset machine() {
		return this.values.machine;
	}

	/**
	 * Return the priority.
	 * @return seconds by which the run goes before others, {@code null} for none
	 */
	public @Nullable Double priority() {
		return this.values.priority;
	}

	/**
	 * Return the region.
	 * @return the region, {@code null} for that of the project
	 */
	public @Nullable String region() {
		return this.values.region;
	}

	/**
	 * Return the version.
	 * @return the version of the task, {@code null} for the current one
	 */
	public @Nullable String version() {
		return this.values.version;
	}

	/**
	 * Return the id of the deployment elsewhere.
	 * @return the id, {@code null} for none
	 */
	public @Nullable String externalDeploymentId() {
		return this.values.externalDeploymentId;
	}

	/**
	 * Return the debounce.
	 * @return the debounce, {@code null} for none
	 */
	public @Nullable Debounce debounce() {
		return this.values.debounce;
	}

	/**
	 * Return whether the run is a test.
	 * @return {@code true} for a test, {@code null} if it is not said
	 */
	public @Nullable Boolean test() {
		return this.values.test;
	}

	/**
	 * Builds {@link TriggerOptions}.
	 */
	public static final class Builder {

		private static final Pattern LIMIT_NAME = Pattern.compile("[A-Za-z0-9_-]{1,122}");

		private static final int MAX_TAGS = 10;

		private @Nullable IdempotencyKey idempotencyKey;

		private @Nullable String idempotencyKeyTtl;

		private @Nullable String delay;

		private @Nullable Object ttl;

		private @Nullable String tag;

		private @Nullable List<String> tags;

		private @Nullable String queue;

		private @Nullable String concurrencyKey;

		private @Nullable List<String> concurrencyLimits;

		private @Nullable Integer maxAttempts;

		private @Nullable Long maxDuration;

		private @Nullable Object metadata;

		private @Nullable MachinePreset machine;

		private @Nullable Double priority;

		private @Nullable String region;

		private @Nullable String version;

		private @Nullable String externalDeploymentId;

		private @Nullable Debounce debounce;

		private @Nullable Boolean test;

		private Builder() {
		}

		private Builder(Builder other) {
			this.idempotencyKey = other.idempotencyKey;
			this.idempotencyKeyTtl = other.idempotencyKeyTtl;
			this.delay = other.delay;
			this.ttl = other.ttl;
			this.tag = other.tag;
			this.tags = other.tags;
			this.queue = other.queue;
			this.concurrencyKey = other.concurrencyKey;
			this.concurrencyLimits = other.concurrencyLimits;
			this.maxAttempts = other.maxAttempts;
			this.maxDuration = other.maxDuration;
			this.metadata = other.metadata;
			this.machine = other.machine;
			this.priority = other.priority;
			this.region = other.region;
			this.version = other.version;
			this.externalDeploymentId = other.externalDeploymentId;
			this.debounce = other.debounce;
			this.test = other.test;
		}

		private Builder(Builder first, Builder second) {
			this.idempotencyKey = either(first.idempotencyKey, second.idempotencyKey);
			this.idempotencyKeyTtl = either(first.idempotencyKeyTtl, second.idempotencyKeyTtl);
			this.delay = either(first.delay, second.delay);
			this.ttl = either(first.ttl, second.ttl);
			this.queue = either(first.queue, second.queue);
			this.concurrencyKey = either(first.concurrencyKey, second.concurrencyKey);
			this.concurrencyLimits = either(first.concurrencyLimits, second.concurrencyLimits);
			this.maxAttempts = either(first.maxAttempts, second.maxAttempts);
			this.maxDuration = either(first.maxDuration, second.maxDuration);
			this.metadata = either(first.metadata, second.metadata);
			this.machine = either(first.machine, second.machine);
			this.priority = either(first.priority, second.priority);
			this.region = either(first.region, second.region);
			this.version = either(first.version, second.version);
			this.externalDeploymentId = either(first.externalDeploymentId, second.externalDeploymentId);
			this.debounce = either(first.debounce, second.debounce);
			this.test = either(first.test, second.test);
			// one is set where the other is not
			boolean tagged = first.tag != null || first.tags != null;
			this.tag = tagged ? first.tag : second.tag;
			this.tags = tagged ? first.tags : second.tags;
		}

		private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
			return (first != null) ? first : second;
		}

		/**
		 * Make at most one run of a key. Triggering the task with the same key again
		 * returns the same run.
		 * @param parts the parts of the key, such as {@code "welcome", userId}; a single
		 * empty one means no key
		 * @return this builder
		 */
		public Builder idempotencyKey(String... parts) {
			boolean none = parts.length == 1 && parts[0].isEmpty();
			this.idempotencyKey = none ? null : IdempotencyKey.of(parts);
			return this;
		}

		/**
		 * Make at most one run of a key.
		 * @param key the key, {@code null} for none
		 * @return this builder
		 */
		public Builder idempotencyKey(@Nullable IdempotencyKey key) {
			this.idempotencyKey = key;
			return this;
		}

		/**
		 * Let the idempotency key be forgotten after a time, 30 days if it is not said.
		 * @param ttl the time, in whole seconds
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(Duration ttl) {
			return idempotencyKeyTtl(ApiFormat.of(ttl));
		}

		/**
		 * Let the idempotency key be forgotten after a time.
		 * @param ttl the time as the API takes it, such as {@code 1h}
		 * @return this builder
		 */
		public Builder idempotencyKeyTtl(String ttl) {
			this.idempotencyKeyTtl = ttl;
			return this;
		}

		/**
		 * Delay the run by a time.
		 * @param delay the time from now, in whole seconds
		 * @return this builder
		 */
		public Builder delay(Duration delay) {
			return delay(ApiFormat.of(delay));
		}

		/**
		 * Delay the run until a time.
		 * @param until the time
		 * @return this builder
		 */
		public Builder delay(Instant until) {
			return delay(ApiFormat.of(until));
		}

		/**
		 * Delay the run.
		 * @param delay a duration as the API takes it, such as {@code 1h30m}, or a time
		 * in ISO-8601. The server takes garbage for no delay
		 * @return this builder
		 */
		public Builder delay(String delay) {
			this.delay = delay;
			return this;
		}

		/**
		 * Let the run expire if it is not started within a time.
		 * @param ttl the time, in whole seconds
		 * @return this builder
		 */
		public Builder ttl(Duration ttl) {
			Assert.isTrue(!ttl.isNegative(), "'ttl' must not be negative");
			this.ttl = wholeSeconds(ttl);
			return this;
		}

		/**
		 * Let the run expire if it is not started within a time.
		 * @param ttl the time as the API takes it, such as {@code 10m}
		 * @return this builder
		 */
		public Builder ttl(String ttl) {
			this.ttl = ttl;
			return this;
		}

		/**
		 * Tag the run with a single tag.
		 * @param tag the tag, shorter than 128 characters
		 * @return this builder
		 */
		public Builder tag(String tag) {
			checkTag(tag);
			this.tag = tag;
			this.tags = null;
			return this;
		}

		/**
		 * Tag the run.
		 * @param tags the tags, at most 10, each shorter than 128 characters
		 * @return this builder
		 */
		public Builder tags(String... tags) {
			return tags(List.of(tags));
		}

		/**
		 * Tag the run.
		 * @param tags the tags, at most 10, each shorter than 128 characters
		 * @return this builder
		 */
		public Builder tags(Collection<String> tags) {
			Assert.isTrue(tags.size() <= MAX_TAGS, "A run can't have more than 10 tags");
			tags.forEach(Builder::checkTag);
			this.tags = List.copyOf(tags);
			this.tag = null;
			return this;
		}

		private static void checkTag(String tag) {
			Assert.isTrue(!tag.isEmpty() && tag.length() < 128, "A tag must have 1 to 127 characters");
		}

		/**
		 * Put the run into another queue than that of its task. The queue must exist: the
		 * server takes an unknown one and never executes the run.
		 * @param queue the name of the queue
		 * @return this builder
		 */
		public Builder queue(String queue) {
			Assert.hasText(queue, "'queue' must not be empty");
			this.queue = queue;
			return this;
		}

		/**
		 * Limit concurrency among the runs with the same key, each with a copy of the
		 * queue.
		 * @param concurrencyKey the key, such as the id of a tenant
		 * @return this builder
		 */
		public Builder concurrencyKey(String concurrencyKey) {
			this.concurrencyKey = concurrencyKey;
			return this;
		}

		/**
		 * Let the run count against named concurrency limits.
		 * @param names the names, each 1 to 122 letters, digits, underscores and hyphens
		 * @return this builder
		 */
		public Builder concurrencyLimits(String... names) {
			for (String name : names) {
				Assert.isTrue(LIMIT_NAME.matcher(name).matches(),
						() -> "The name of a concurrency limit must consist of "
								+ "1 to 122 letters, digits, underscores and hyphens: '" + name + "'");
			}
			this.concurrencyLimits = List.of(names);
			return this;
		}

		/**
		 * Execute the run at most so often.
		 * @param maxAttempts the number of attempts, the first one included
		 * @return this builder
		 */
		public Builder maxAttempts(int maxAttempts) {
			Assert.isTrue(maxAttempts >= 1, "'maxAttempts' must be at least 1");
			this.maxAttempts = maxAttempts;
			return this;
		}

		/**
		 * Stop the run when it has used a time of computing.
		 * @param maxDuration the time, in whole seconds, at least 5
		 * @return this builder
		 */
		public Builder maxDuration(Duration maxDuration) {
			Assert.isTrue(!maxDuration.isNegative(), "'maxDuration' must not be negative");
			this.maxDuration = wholeSeconds(maxDuration);
			return this;
		}

		/**
		 * Give the run metadata, which it can change while it is executed.
		 * @param metadata an object that is written as a JSON object, such as a map or a
		 * record; 256 KiB at most
		 * @return this builder
		 */
		public Builder metadata(Object metadata) {
			this.metadata = metadata;
			return this;
		}

		/**
		 * Execute the run on a machine.
		 * @param machine the machine
		 * @return this builder
		 */
		public Builder machine(MachinePreset machine) {
			this.machine = machine;
			return this;
		}

		/**
		 * Let the run go before others of its queue.
		 * @param priority by how many seconds it goes before others that were triggered
		 * at the same time
		 * @return this builder
		 */
		public Builder priority(double priority) {
			Assert.isTrue(Double.isFinite(priority), "'priority' must be a number");
			this.priority = priority;
			return this;
		}

		/**
		 * Execute the run in a region.
		 * @param region the region, such as {@code us-east-1}
		 * @return this builder
		 */
		public Builder region(String region) {
			this.region = region;
			return this;
		}

		/**
		 * Execute the run with a version of its task. The server fails on an unknown one.
		 * @param version the version, such as {@code 20250208.1}
		 * @return this builder
		 */
		public Builder version(String version) {
			this.version = version;
			return this;
		}

		/**
		 * Execute the run with the version that belongs to a deployment elsewhere.
		 * @param externalDeploymentId the id of the deployment, such as one at Vercel
		 * @return this builder
		 */
		public Builder externalDeploymentId(String externalDeploymentId) {
			this.externalDeploymentId = externalDeploymentId.strip();
			return this;
		}

		/**
		 * Make one run out of many triggers that follow one another closely.
		 * @param debounce the debounce
		 * @return this builder
		 */
		public Builder debounce(Debounce debounce) {
			this.debounce = debounce;
			return this;
		}

		/**
		 * Say whether the run is a test.
		 * @param test whether it is a test
		 * @return this builder
		 */
		public Builder test(boolean test) {
			this.test = test;
			return this;
		}

		private static long wholeSeconds(Duration duration) {
			return duration.getSeconds() + ((duration.getNano() > 0) ? 1 : 0);
		}

		private TriggerOptions build() {
			return new TriggerOptions(new Builder(this));
		}

	}

}
