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

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A custom dashboard.
 *
 * @param id the id
 * @param title the title
 * @param description what it shows
 * @param revision changes with every update; pass it back to update only what was read
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 * @param widgets its widgets
 * @since 1.0.0
 */
public record Dashboard(String id, @Nullable String title, @Nullable String description, @Nullable String revision,
		@Nullable Instant createdAt, @Nullable Instant updatedAt,
		List<DashboardWidget> widgets) implements Serializable {

	/**
	 * Create a dashboard.
	 */
	public Dashboard {
		widgets = (widgets != null) ? List.copyOf(widgets) : List.of();
	}

}
