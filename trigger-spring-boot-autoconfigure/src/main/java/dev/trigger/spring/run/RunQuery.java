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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.auth.ProjectRef;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.options.MachinePreset;
import dev.trigger.spring.options.QueueRef;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list. Filters narrow down the runs together; the values of one filter are
 * alternatives.
 *
 * @since 1.0.0
 */
public final class RunQuery {

	private static final String FILTER = "filter[";

	private static final String ENVIRONMENTS = "filter[env]";

	private static final String PROJECT_REF = "projectRef";

	private static final RunQuery ALL = new RunQuery(new InputValues());

	private final InputValues values;

	private RunQuery(InputValues values) {
		this.values = values;
	}

	/**
	 * Return the query for all runs of the environment.
	 * @return the query
	 */
	public static RunQuery all() {
		return ALL;
	}

	/**
	 * Return the query that a customizer sets.
	 * @param customizer sets the filters and the page
	 * @return the query
	 */
	public static RunQuery of(Consumer<Builder> customizer) {
		return ALL.with(customizer);
	}

	/**
	 * Return this query with changes.
	 * @param customizer changes the filters and the page
	 * @return the new query
	 */
	public RunQuery with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new RunQuery(builder.values.copy());
	}

	/**
	 * Return the filters by the names that a bulk action uses for them.
	 * @return the filters, empty if all runs are selected
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public Map<String, @Nullable Object> toFilter() {
		Map<String, @Nullable Object> filter = new LinkedHashMap<>();
		this.values.toMap().forEach((name, value) -> {
			if (name.startsWith(FILTER)) {
				// the last name in brackets: filter[createdAt][from] is from
				filter.put(name.substring(name.lastIndexOf('[') + 1, name.length() - 1), value);
			}
		});
		return filter;
	}

	/**
	 * Return whether the query names a project or environments, which only a personal
	 * access token needs.
	 * @return {@code true} if it names one
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public boolean namesProjectOrEnvironments() {
		return projectRef() != null || !environments().isEmpty();
	}

	@Nullable String projectRef() {
		return (String) this.values.get(PROJECT_REF);
	}

	@SuppressWarnings("unchecked")
	List<TriggerEnvironment> environments() {
		Object environments = this.values.get(ENVIRONMENTS);
		return (environments != null) ? (List<TriggerEnvironment>) environments : List.of();
	}

	boolean isFirstPage() {
		return !this.values.has("page[after]") && !this.values.has("page[before]");
	}

	RunQuery following(@Nullable String cursor) {
		return new RunQuery(this.values.following(cursor));
	}

	/**
	 * Return the parameters of the request, without the environments: only the route of a
	 * project takes them.
	 */
	Map<String, @Nullable Object> toQuery() {
		InputValues query = this.values.copy();
		query.remove(PROJECT_REF);
		query.remove(ENVIRONMENTS);
		return query.toMap();
	}

	/**
	 * Builds a {@link RunQuery}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Select runs with any of the given statuses.
		 * @param statuses the statuses; none means all
		 * @return this builder
		 */
		public Builder statuses(RunStatus... statuses) {
			return filter("filter[status]", "statuses", statuses);
		}

		/**
		 * Select runs of any of the given tasks.
		 * @param taskIdentifiers the identifiers of the tasks; none means all
		 * @return this builder
		 */
		public Builder taskIdentifiers(String... taskIdentifiers) {
			return filter("filter[taskIdentifier]", "taskIdentifiers", taskIdentifiers);
		}

		/**
		 * Select runs executed by any of the given versions.
		 * @param versions the versions; none means all
		 * @return this builder
		 */
		public Builder versions(String... versions) {
			return filter("filter[version]", "versions", versions);
		}

		/**
		 * Select runs with any of the given tags.
		 * @param tags the tags; none means all
		 * @return this builder
		 */
		public Builder tags(String... tags) {
			return filter("filter[tag]", "tags", tags);
		}

		/**
		 * Select runs in any of the given queues.
		 * @param queues the queues; none means all
		 * @return this builder
		 */
		public Builder queues(QueueRef... queues) {
			return filter("filter[queue]", "queues", queues);
		}

		/**
		 * Select runs on any of the given machines.
		 * @param machines the machines; none means all
		 * @return this builder
		 */
		public Builder machines(MachinePreset... machines) {
			return filter("filter[machine]", "machines", machines);
		}

		/**
		 * Select runs in any of the given regions.
		 * @param regions the regions; none means all
		 * @return this builder
		 */
		public Builder regions(String... regions) {
			return filter("filter[region]", "regions", regions);
		}

		/**
		 * Select runs of some environments of the project. Required with a personal
		 * access token, ignored with a secret key.
		 * @param environments the environments
		 * @return this builder
		 */
		public Builder environments(TriggerEnvironment... environments) {
			return filter(ENVIRONMENTS, "environments", environments);
		}

		private Builder filter(String name, String argument, Object[] alternatives) {
			this.values.list(name, argument, alternatives);
			return this;
		}

		/**
		 * Select runs that a schedule triggered.
		 * @param scheduleId the id of the schedule
		 * @return this builder
		 */
		public Builder schedule(String scheduleId) {
			this.values.text("filter[schedule]", "scheduleId", scheduleId);
			return this;
		}

		/**
		 * Select runs that a bulk action replayed.
		 * @param bulkActionId the id of the bulk action
		 * @return this builder
		 */
		public Builder bulkAction(String bulkActionId) {
			this.values.text("filter[bulkAction]", "bulkActionId", bulkActionId);
			return this;
		}

		/**
		 * Select runs of a batch.
		 * @param batchId the id of the batch
		 * @return this builder
		 */
		public Builder batch(String batchId) {
			this.values.text("filter[batch]", "batchId", batchId);
			return this;
		}

		/**
		 * Select only test runs, or only others.
		 * @param test whether they are tests
		 * @return this builder
		 */
		public Builder isTest(boolean test) {
			this.values.set("filter[isTest]", test);
			return this;
		}

		/**
		 * Select runs triggered within a period up to now.
		 * @param period the length of the period; a fraction of a second is rounded up
		 * @return this builder
		 */
		public Builder within(Duration period) {
			this.values.duration("filter[createdAt][period]", "period", period);
			return this;
		}

		/**
		 * Select runs triggered within a period up to now.
		 * @param period the length of the period in the form of the API, such as
		 * {@code 7d}
		 * @return this builder
		 */
		public Builder within(String period) {
			this.values.duration("filter[createdAt][period]", "period", period);
			return this;
		}

		/**
		 * Select runs triggered between two instants.
		 * @param from the start, {@code null} for an open one
		 * @param to the end, {@code null} for an open one
		 * @return this builder
		 */
		public Builder between(@Nullable Instant from, @Nullable Instant to) {
			this.values.span("filter[createdAt][from]", "filter[createdAt][to]", from, to);
			return this;
		}

		/**
		 * Select runs of a project. Only with a personal access token; the default is
		 * {@code trigger.project-ref}.
		 * @param projectRef the ref of the project, such as {@code proj_1234}
		 * @return this builder
		 * @throws IllegalArgumentException if no project can have that ref
		 */
		public Builder projectRef(String projectRef) {
			this.values.text(PROJECT_REF, projectRef);
			ProjectRef.check(projectRef);
			return this;
		}

		/**
		 * Set the size of pages; the default is the server's.
		 * @param size the number of runs, 1 to 100
		 * @return this builder
		 */
		public Builder size(int size) {
			this.values.pageSize(size);
			return this;
		}

		/**
		 * Start with the page after a cursor.
		 * @param cursor the cursor
		 * @return this builder
		 */
		public Builder after(String cursor) {
			this.values.pageAfter(cursor);
			return this;
		}

		/**
		 * Select the page before a cursor.
		 * @param cursor the cursor
		 * @return this builder
		 */
		public Builder before(String cursor) {
			this.values.pageBefore(cursor);
			return this;
		}

	}

}
