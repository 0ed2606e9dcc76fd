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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a dashboard shall be.
 *
 * @param title the title; needed to create one
 * @param description what it shows
 * @param widgets its widgets, {@code null} to leave them as they are
 * @param revision the revision that is changed; {@code null} changes whatever is there
 * @since 1.0.0
 */
public record DashboardSpec(@Nullable String title, @Nullable String description,
		@Nullable List<DashboardWidget> widgets, @Nullable String revision) {

	/**
	 * Create a specification.
	 */
	public DashboardSpec {
		widgets = (widgets != null) ? List.copyOf(widgets) : null;
	}

	/**
	 * Return a specification of a dashboard.
	 * @param title the title
	 * @param widgets its widgets
	 * @return the specification
	 */
	public static DashboardSpec of(String title, DashboardWidget... widgets) {
		return new DashboardSpec(title, null, List.of(widgets), null);
	}

	/**
	 * Return this specification for one revision only.
	 * @param revision the revision that is changed
	 * @return the new specification
	 */
	public DashboardSpec atRevision(String revision) {
		return new DashboardSpec(this.title, this.description, this.widgets, revision);
	}

}
