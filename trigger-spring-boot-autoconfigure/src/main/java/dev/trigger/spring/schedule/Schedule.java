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

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A schedule that triggers a task.
 *
 * @param id the id, {@code sched_…}
 * @param type how the schedule was created
 * @param task the identifier of the task that it triggers
 * @param active whether it triggers at present
 * @param deduplicationKey the key that identifies it, {@code null} if it is declarative
 * @param externalId an id that the application chose
 * @param generator the cron expression
 * @param timezone the IANA time zone of the cron expression
 * @param window the time over which its runs are spread, as in {@code 30m}
 * @param nextRun when it triggers next, {@code null} while it is not active
 * @param nextRunEffectiveAt when the next run really starts, spread over the window
 * @param environments the environments that it triggers in
 * @param appliedSchedulePolicy what the server applies to it beyond its own settings,
 * {@code null} for nothing
 * @since 1.0.0
 */
public record Schedule(String id, @Nullable ScheduleType type, @Nullable String task, boolean active,
		@Nullable String deduplicationKey, @Nullable String externalId, @Nullable Generator generator,
		@Nullable String timezone, @Nullable String window, @Nullable Instant nextRun,
		@Nullable Instant nextRunEffectiveAt, List<Environment> environments,
		@Nullable AppliedPolicy appliedSchedulePolicy) implements Serializable {

	/**
	 * Create a schedule.
	 */
	public Schedule {
		environments = (environments != null) ? List.copyOf(environments) : List.of();
	}

	/**
	 * What determines the times of a schedule.
	 *
	 * @param type the kind of generator, {@code CRON}
	 * @param expression the cron expression
	 * @param description the expression in words
	 */
	public record Generator(@Nullable String type, @Nullable String expression,
			@Nullable String description) implements Serializable {

	}

	/**
	 * What the server applies to a schedule beyond its own settings.
	 *
	 * @param minimumWindowSeconds the time over which its runs are spread at least, in
	 * seconds
	 * @param reason why, such as {@code free_schedule}
	 */
	public record AppliedPolicy(@Nullable Long minimumWindowSeconds, @Nullable String reason) implements Serializable {

	}

	/**
	 * An environment that a schedule triggers in.
	 *
	 * @param id the id
	 * @param type the kind, such as {@code PRODUCTION}
	 * @param slug the slug, if the response has it
	 * @param userName the user whose development environment it is
	 */
	public record Environment(@Nullable String id, @Nullable String type, @Nullable String slug,
			@Nullable String userName) implements Serializable {

	}

}
