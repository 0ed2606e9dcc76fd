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

package dev.trigger.spring.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.json.ApiFormat;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.options.QueueRef;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which runs to list. Made by a {@linkplain #builder() builder}.
 *
 * @param statuses only runs of one of these statuses
 * @param taskIdentifiers only runs of one of these tasks
 * @param versions only runs executed by one of these versions
 * @param tags only runs with one of these tags
 * @param queues only runs in one of these queues
 * @param machines only runs on one of these machines
 * @param regions only runs in one of these regions
 * @param environments only runs of these environments of the project; needed with a
 * personal access token, without a meaning with a secret key
 * @param schedule only runs that this schedule triggered
 * @param bulkAction only runs that this bulk action replayed
 * @param batch only runs of this batch
 * @param isTest only test runs, or only others
 * @param period only runs triggered within this time until now, such as {@code 7d}
 * @param from only runs triggered at this time or later
 * @param to only runs triggered at this time or earlier
 * @param projectRef the project, with a personal access token; the configured one if
 * {@code null}
 * @param size how many runs a page has, 1 to 100; the server's choice if {@code null}
 * @param after the cursor after which the page starts
 * @param before the cursor before which the page ends
 * @since 1.0.0
 */
public record RunQuery(List<RunStatus> statuses, List<String> taskIdentifiers, List<String> versions, List<String> tags,
		List<QueueRef> queues, List<MachinePreset> machines, List<String> regions,
		List<TriggerEnvironment> environments, @Nullable String schedule, @Nullable String bulkAction,
		@Nullable String batch, @Nullable Boolean isTest, @Nullable String period, @Nullable Instant from,
		@Nullable Instant to, @Nullable String projectRef, @Nullable Integer size, @Nullable String after,
		@Nullable String before) {

	private static final RunQuery ALL = builder().build();

	/**
	 * Create a query.
	 */
	public RunQuery {
		Assert.isTrue(size == null || (size >= 1 && size <= 100), "'size' must be from 1 to 100");
		Assert.isTrue(after == null || before == null, "Only one of 'after' and 'before' can be given");
		statuses = List.copyOf(statuses);
		taskIdentifiers = List.copyOf(taskIdentifiers);
		versions = List.copyOf(versions);
		tags = List.copyOf(tags);
		queues = List.copyOf(queues);
		machines = List.copyOf(machines);
		regions = List.copyOf(regions);
		environments = List.copyOf(environments);
	}

	/**
	 * Return the query for all runs of the environment.
	 * @return the query
	 */
	public static RunQuery all() {
		return ALL;
	}

	/**
	 * Return a builder for a query.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return whether this query narrows down the runs in any way.
	 * @return {@code false} if it is for all runs
	 */
	public boolean hasFilter() {
		return !equals(builder().projectRef(this.projectRef).page(this.size, this.after, this.before).build());
	}

	/**
	 * Return this query for the page after a cursor.
	 * @param after the cursor
	 * @return the new query
	 */
	public RunQuery after(String after) {
		return toBuilder().page(this.size, after, null).build();
	}

	/**
	 * Return this query for the page before a cursor.
	 * @param before the cursor
	 * @return the new query
	 */
	public RunQuery before(String before) {
		return toBuilder().page(this.size, null, before).build();
	}

	/**
	 * Return this query for the runs of a project, with a personal access token.
	 * @param projectRef the ref of the project, such as {@code proj_1234}
	 * @return the new query
	 */
	public RunQuery inProject(String projectRef) {
		return toBuilder().projectRef(projectRef).build();
	}

	/**
	 * Return a builder that starts with this query.
	 * @return the builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder();
		builder.statuses = this.statuses;
		builder.taskIdentifiers = this.taskIdentifiers;
		builder.versions = this.versions;
		builder.tags = this.tags;
		builder.queues = this.queues;
		builder.machines = this.machines;
		builder.regions = this.regions;
		builder.environments = this.environments;
		builder.schedule = this.schedule;
		builder.bulkAction = this.bulkAction;
		builder.batch = this.batch;
		builder.isTest = this.isTest;
		builder.period = this.period;
		builder.from = this.from;
		builder.to = this.to;
		builder.projectRef = this.projectRef;
		builder.size = this.size;
		builder.after = this.after;
		builder.before = this.before;
		return builder;
	}

	/**
	 * Builds a {@link RunQuery}. Filters narrow down the runs together; the values of one
	 * filter are alternatives.
	 */
	public static final class Builder {

		private List<RunStatus> statuses = List.of();

		private List<String> taskIdentifiers = List.of();

		private List<String> versions = List.of();

		private List<String> tags = List.of();

		private List<QueueRef> queues = List.of();

		private List<MachinePreset> machines = List.of();

		private List<String> regions = List.of();

		private List<TriggerEnvironment> environments = List.of();

		private @Nullable String schedule;

		private @Nullable String bulkAction;

		private @Nullable String batch;

		private @Nullable Boolean isTest;

		private @Nullable String period;

		private @Nullable Instant from;

		private @Nullable Instant to;

		private @Nullable String projectRef;

		private @Nullable Integer size;

		private @Nullable String after;

		private @Nullable String before;

		private Builder() {
		}

		/**
		 * Only runs of one of some statuses.
		 * @param statuses the statuses
		 * @return this builder
		 */
		public Builder statuses(RunStatus... statuses) {
			this.statuses = List.of(statuses);
			return this;
		}

		/**
		 * Only runs of one of some tasks.
		 * @param taskIdentifiers the identifiers of the tasks
		 * @return this builder
		 */
		public Builder taskIdentifiers(String... taskIdentifiers) {
			this.taskIdentifiers = List.of(taskIdentifiers);
			return this;
		}

		/**
		 * Only runs executed by one of some versions.
		 * @param versions the versions
		 * @return this builder
		 */
		public Builder versions(String... versions) {
			this.versions = List.of(versions);
			return this;
		}

		/**
		 * Only runs with one of some tags.
		 * @param tags the tags
		 * @return this builder
		 */
		public Builder tags(String... tags) {
			this.tags = List.of(tags);
			return this;
		}

		/**
		 * Only runs in one of some queues.
		 * @param queues the queues
		 * @return this builder
		 */
		public Builder queues(QueueRef... queues) {
			this.queues = List.of(queues);
			return this;
		}

		/**
		 * Only runs on one of some machines.
		 * @param machines the machines
		 * @return this builder
		 */
		public Builder machines(MachinePreset... machines) {
			this.machines = List.of(machines);
			return this;
		}

		/**
		 * Only runs in one of some regions.
		 * @param regions the regions
		 * @return this builder
		 */
		public Builder regions(String... regions) {
			this.regions = List.of(regions);
			return this;
		}

		/**
		 * Only runs of some environments of the project. Needed with a personal access
		 * token, without a meaning with a secret key.
		 * @param environments the environments
		 * @return this builder
		 */
		public Builder environments(TriggerEnvironment... environments) {
			this.environments = List.of(environments);
			return this;
		}

		/**
		 * Only runs that a schedule triggered.
		 * @param scheduleId the id of the schedule
		 * @return this builder
		 */
		public Builder schedule(String scheduleId) {
			this.schedule = scheduleId;
			return this;
		}

		/**
		 * Only runs that a bulk action replayed.
		 * @param bulkActionId the id of the bulk action
		 * @return this builder
		 */
		public Builder bulkAction(String bulkActionId) {
			this.bulkAction = bulkActionId;
			return this;
		}

		/**
		 * Only runs of a batch.
		 * @param batchId the id of the batch
		 * @return this builder
		 */
		public Builder batch(String batchId) {
			this.batch = batchId;
			return this;
		}

		/**
		 * Only test runs, or only others.
		 * @param test whether they are tests
		 * @return this builder
		 */
		public Builder isTest(boolean test) {
			this.isTest = test;
			return this;
		}

		/**
		 * Only runs triggered within a time until now.
		 * @param period the time
		 * @return this builder
		 */
		public Builder within(Duration period) {
			return within(ApiFormat.of(period));
		}

		/**
		 * Only runs triggered within a time until now.
		 * @param period the time as the API takes it, such as {@code 7d}
		 * @return this builder
		 */
		public Builder within(String period) {
			this.period = period;
			return this;
		}

		/**
		 * Only runs triggered within a time.
		 * @param from the start, {@code null} for an open one
		 * @param to the end, {@code null} for an open one
		 * @return this builder
		 */
		public Builder between(@Nullable Instant from, @Nullable Instant to) {
			this.from = from;
			this.to = to;
			return this;
		}

		/**
		 * The project whose runs are listed, with a personal access token.
		 * @param projectRef the ref of the project, {@code null} for the configured one
		 * @return this builder
		 */
		public Builder projectRef(@Nullable String projectRef) {
			this.projectRef = projectRef;
			return this;
		}

		/**
		 * How many runs a page has.
		 * @param size the number, 1 to 100
		 * @return this builder
		 */
		public Builder size(int size) {
			this.size = size;
			return this;
		}

		/**
		 * Which page is asked for.
		 * @param size how many runs a page has, {@code null} for the server's choice
		 * @param after the cursor after which the page starts
		 * @param before the cursor before which the page ends
		 * @return this builder
		 */
		public Builder page(@Nullable Integer size, @Nullable String after, @Nullable String before) {
			this.size = size;
			this.after = after;
			this.before = before;
			return this;
		}

		/**
		 * Build the query.
		 * @return the query
		 * @throws IllegalArgumentException if both cursors are given, or the size is not
		 * from 1 to 100
		 */
		public RunQuery build() {
			return new RunQuery(this.statuses, this.taskIdentifiers, this.versions, this.tags, this.queues,
					this.machines, this.regions, this.environments, this.schedule, this.bulkAction, this.batch,
					this.isTest, this.period, this.from, this.to, this.projectRef, this.size, this.after, this.before);
		}

	}

}
