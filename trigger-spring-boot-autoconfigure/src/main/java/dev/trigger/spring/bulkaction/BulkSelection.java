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

package dev.trigger.spring.bulkaction;

import java.util.List;

import dev.trigger.spring.run.RunQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which runs a bulk action acts on: those of some ids, or those of a filter.
 *
 * @since 1.0.0
 */
public final class BulkSelection {

	private final @Nullable List<String> runIds;

	private final @Nullable RunQuery filter;

	private final @Nullable String name;

	private BulkSelection(@Nullable List<String> runIds, @Nullable RunQuery filter, @Nullable String name) {
		this.runIds = runIds;
		this.filter = filter;
		this.name = name;
	}

	/**
	 * Return the selection of runs by their ids.
	 * @param runIds the ids
	 * @return the selection
	 * @throws IllegalArgumentException if there are no ids
	 */
	public static BulkSelection runs(List<String> runIds) {
		Assert.notEmpty(runIds, "A bulk action needs at least one run");
		return new BulkSelection(List.copyOf(runIds), null, null);
	}

	/**
	 * Return the selection of the runs of a filter.
	 * @param filter the filter; its page does not matter
	 * @return the selection
	 * @throws IllegalArgumentException if the filter does not narrow down the runs: it
	 * would select all
	 */
	public static BulkSelection matching(RunQuery filter) {
		Assert.isTrue(filter.hasFilter(), "The filter of a bulk action must narrow down the runs: it would select all");
		Assert.isTrue(filter.projectRef() == null && filter.environments().isEmpty(),
				"A bulk action acts on the environment of the secret key: it can't name a project or environments");
		return new BulkSelection(null, filter, null);
	}

	/**
	 * Return this selection with a name for the bulk action.
	 * @param name the name
	 * @return the new selection
	 */
	public BulkSelection named(String name) {
		return new BulkSelection(this.runIds, this.filter, name);
	}

	@Nullable List<String> runIds() {
		return this.runIds;
	}

	@Nullable RunQuery filter() {
		return this.filter;
	}

	@Nullable String name() {
		return this.name;
	}

}
