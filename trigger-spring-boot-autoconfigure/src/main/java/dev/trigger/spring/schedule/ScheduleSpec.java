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

import dev.trigger.spring.json.ApiFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a schedule shall be.
 *
 * @param task the identifier of the task to trigger
 * @param cron the cron expression, five fields without seconds
 * @param deduplicationKey the key that tells the schedule from others of the project;
 * needed to create one
 * @param externalId an id of the application's own, which the task sees
 * @param timezone the IANA time zone of the expression; UTC if {@code null}
 * @param window the time over which starts are spread, such as {@code 30m}
 * @since 1.0.0
 */
public record ScheduleSpec(String task, String cron, @Nullable String deduplicationKey, @Nullable String externalId,
		@Nullable String timezone, @Nullable String window) {

	/**
	 * Create a specification.
	 */
	public ScheduleSpec {
		Assert.hasText(task, "'task' must not be empty");
		Assert.hasText(cron, "'cron' must not be empty: use an expression such as '0 9 * * *'");
	}

	/**
	 * Return a specification of a task and its times.
	 * @param task the identifier of the task to trigger
	 * @param cron the cron expression, five fields without seconds
	 * @return the specification
	 */
	public static ScheduleSpec of(String task, String cron) {
		return new ScheduleSpec(task, cron, null, null, null, null);
	}

	/**
	 * Return this specification with a deduplication key.
	 * @param key the key; creating a schedule with the key of another updates that one
	 * @return the new specification
	 */
	public ScheduleSpec deduplicatedBy(String key) {
		Assert.hasText(key, "'key' must not be empty");
		return new ScheduleSpec(this.task, this.cron, key, this.externalId, this.timezone, this.window);
	}

	/**
	 * Return this specification with an id of the application's own.
	 * @param externalId the id
	 * @return the new specification
	 */
	public ScheduleSpec withExternalId(String externalId) {
		return new ScheduleSpec(this.task, this.cron, this.deduplicationKey, externalId, this.timezone, this.window);
	}

	/**
	 * Return this specification in a time zone.
	 * @param timezone the zone
	 * @return the new specification
	 */
	public ScheduleSpec inZone(ZoneId timezone) {
		return new ScheduleSpec(this.task, this.cron, this.deduplicationKey, this.externalId, timezone.getId(),
				this.window);
	}

	/**
	 * Return this specification with starts spread over a time.
	 * @param window the time, in whole seconds
	 * @return the new specification
	 */
	public ScheduleSpec spreadOver(Duration window) {
		return new ScheduleSpec(this.task, this.cron, this.deduplicationKey, this.externalId, this.timezone,
				ApiFormat.of(window));
	}

}
