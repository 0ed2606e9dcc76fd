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
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A dashboard in a list.
 *
 * @param key the key, for {@link QueryOperations#report}
 * @param title the title
 * @param type {@code builtIn} or {@code custom}
 * @param description what it shows
 * @param widgets its widgets
 * @since 1.0.0
 */
public record DashboardSummary(String key, @Nullable String title, @Nullable String type, @Nullable String description,
		List<Widget> widgets) implements Serializable {

	/**
	 * Create a summary.
	 */
	public DashboardSummary {
		widgets = (widgets != null) ? List.copyOf(widgets) : List.of();
	}

	/**
	 * A widget.
	 *
	 * @param id the id
	 * @param title the title
	 * @param query the query that it shows
	 * @param type the kind, such as {@code chart}
	 */
	public record Widget(String id, @Nullable String title, @Nullable String query,
			@Nullable String type) implements Serializable {

	}

}
