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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.run.RunQuery;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The runs that a bulk action covers, and how it acts on them. Either runs by their ids
 * or a filter is required.
 *
 * @since 1.0.0
 */
public final class BulkActionOptions {

	private static final String RUN_IDS = "runIds";

	private static final String FILTER = "filter";

	private static final String TARGET_REGION = "targetRegion";

	private final InputValues values;

	private BulkActionOptions(InputValues values) {
		Assert.isTrue(values.has(RUN_IDS) != values.has(FILTER),
				"A bulk action needs either 'runs' or a filter with 'matching', and not both");
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options, of which the runs or a filter are required
	 * @return the options
	 */
	public static BulkActionOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder();
		customizer.accept(builder);
		return new BulkActionOptions(builder.values.copy());
	}

	boolean hasTargetRegion() {
		return this.values.has(TARGET_REGION);
	}

	Map<String, @Nullable Object> toBody(String action) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("action", action);
		body.putAll(this.values.toMap());
		return body;
	}

	/**
	 * Builds {@link BulkActionOptions}.
	 */
	public static final class Builder {

		private final InputValues values = new InputValues();

		private Builder() {
		}

		/**
		 * Select runs by their ids.
		 * @param runIds the ids, at least one
		 * @return this builder
		 */
		public Builder runs(String... runIds) {
			return runs(InputRules.list(RUN_IDS, runIds));
		}

		/**
		 * Select runs by their ids.
		 * @param runIds the ids, at least one
		 * @return this builder
		 */
		public Builder runs(Collection<String> runIds) {
			List<String> ids = InputRules.list(RUN_IDS, runIds);
			Assert.notEmpty(ids, "A bulk action needs at least one run");
			this.values.set(RUN_IDS, ids);
			return this;
		}

		/**
		 * Select the runs that a query finds. Its page has no meaning here.
		 * @param query the query, which must narrow down the runs
		 * @return this builder
		 */
		public Builder matching(RunQuery query) {
			Map<String, @Nullable Object> filter = InputRules.notNull("query", query).toFilter();
			Assert.isTrue(!query.namesProjectOrEnvironments(),
					"A bulk action acts on the environment of the secret key: it can't name a project or environments");
			Assert.isTrue(!filter.isEmpty(),
					"The filter of a bulk action must narrow down the runs: it would select all");
			this.values.set(FILTER, filter);
			return this;
		}

		/**
		 * Select the runs that a query finds.
		 * @param customizer sets the query, which must narrow down the runs
		 * @return this builder
		 */
		public Builder matching(Consumer<RunQuery.Builder> customizer) {
			return matching(RunQuery.of(customizer));
		}

		/**
		 * Give the bulk action a name.
		 * @param name the name
		 * @return this builder
		 */
		public Builder name(String name) {
			this.values.text("name", name);
			return this;
		}

		/**
		 * Replay the runs in another region. Only for replays.
		 * @param region the region, such as {@code us-east-1}
		 * @return this builder
		 */
		public Builder targetRegion(String region) {
			this.values.text(TARGET_REGION, "region", region);
			return this;
		}

	}

}
