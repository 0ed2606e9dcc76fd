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

package dev.trigger.spring.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options for creating or replacing a schedule.
 *
 * @since 1.0.0
 */
public final class ScheduleOptions {

	private static final String DEDUPLICATION_KEY = "deduplicationKey";

	private static final Pattern OFFSET = Pattern.compile("(UTC|GMT|UT)?[+-].*");

	private final InputValues values;

	private ScheduleOptions(InputValues values) {
		Assert.isTrue(values.has("task"), "A schedule needs a task: set 'task'");
		Assert.isTrue(values.has("cron"), "A schedule needs a time: set 'cron' to an expression such as '0 9 * * *'");
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static ScheduleOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder(new InputValues());
		customizer.accept(builder);
		return new ScheduleOptions(builder.values.copy());
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public ScheduleOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new ScheduleOptions(builder.values.copy());
	}

	boolean hasDeduplicationKey() {
		return this.values.has(DEDUPLICATION_KEY);
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Builds {@link ScheduleOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Set the task to trigger. Required.
		 * @param task the identifier of the task
		 * @return this builder
		 */
		public Builder task(String task) {
			this.values.text("task", task);
			return this;
		}

		/**
		 * Set when to trigger. Required.
		 * @param cron the cron expression, five fields without seconds
		 * @return this builder
		 */
		public Builder cron(String cron) {
			Assert.hasText(cron, "'cron' must not be empty: use an expression such as '0 9 * * *'");
			this.values.set("cron", cron);
			return this;
		}

		/**
		 * Set the key that distinguishes the schedule from others of the project.
		 * Required to create one: creating a schedule with the key of another updates
		 * that one.
		 * @param key the key
		 * @return this builder
		 */
		public Builder deduplicationKey(String key) {
			this.values.text(DEDUPLICATION_KEY, DEDUPLICATION_KEY, key);
			return this;
		}

		/**
		 * Set an id that the application chose, which the task receives.
		 * @param externalId the id
		 * @return this builder
		 */
		public Builder externalId(String externalId) {
			this.values.text("externalId", externalId);
			return this;
		}

		/**
		 * Set the time zone of the cron expression; the default is UTC.
		 * @param timezone a zone with an IANA name, such as {@code Europe/Paris}, or UTC
		 * @return this builder
		 */
		public Builder timezone(ZoneId timezone) {
			this.values.set("timezone", name(InputRules.notNull("timezone", timezone)));
			return this;
		}

		/**
		 * Spread the starts over a time.
		 * @param window the time; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder window(Duration window) {
			this.values.duration("window", "window", window);
			return this;
		}

		/**
		 * Spread the starts over a time.
		 * @param window the time in the form of the API, such as {@code 30m}
		 * @return this builder
		 */
		public Builder window(String window) {
			this.values.text("window", window);
			return this;
		}

		/**
		 * Servers refuse the names that Java has for UTC, and zones of a fixed offset.
		 */
		private static String name(ZoneId timezone) {
			ZoneId normalized = timezone.normalized();
			if (ZoneOffset.UTC.equals(normalized)) {
				return "UTC";
			}
			String id = timezone.getId();
			Assert.isTrue(!(normalized instanceof ZoneOffset) || !OFFSET.matcher(id).matches(),
					() -> "'timezone' must have an IANA name such as Europe/Paris, not the fixed offset '" + id + "'");
			return id;
		}

	}

}
