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

package dev.trigger.spring.query;

import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

/**
 * The values of a dashboard to create, replace or update.
 *
 * @since 1.0.0
 */
public final class DashboardOptions {

	private final InputValues values;

	private DashboardOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options
	 * @return the options
	 */
	public static DashboardOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder(new InputValues());
		customizer.accept(builder);
		return new DashboardOptions(builder.values.copy());
	}

	/**
	 * Return these options with changes.
	 * @param customizer changes the options
	 * @return the new options
	 */
	public DashboardOptions with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy());
		customizer.accept(builder);
		return new DashboardOptions(builder.values.copy());
	}

	boolean has(String name) {
		return this.values.has(name);
	}

	Map<String, @Nullable Object> toBody() {
		return this.values.toMap();
	}

	/**
	 * Builds {@link DashboardOptions}.
	 */
	public static final class Builder {

		private final InputValues values;

		private Builder(InputValues values) {
			this.values = values;
		}

		/**
		 * Set the title. Required to create a dashboard.
		 * @param title the title
		 * @return this builder
		 */
		public Builder title(String title) {
			this.values.text("title", title);
			return this;
		}

		/**
		 * Describe what the dashboard shows.
		 * @param description the description
		 * @return this builder
		 */
		public Builder description(String description) {
			this.values.set("description", description);
			return this;
		}

		/**
		 * Set the widgets. Required to replace a dashboard; an update does not take them.
		 * @param widgets the widgets
		 * @return this builder
		 */
		public Builder widgets(DashboardWidget... widgets) {
			this.values.set("widgets", InputRules.list("widgets", widgets));
			return this;
		}

		/**
		 * Change only this revision, and fail if the dashboard has another one; by
		 * default any revision is changed.
		 * @param revision the revision
		 * @return this builder
		 */
		public Builder revision(String revision) {
			this.values.text("revision", revision);
			return this;
		}

	}

}
