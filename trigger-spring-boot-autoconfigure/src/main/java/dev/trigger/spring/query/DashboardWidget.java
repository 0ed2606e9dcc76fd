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
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A widget of a custom dashboard.
 *
 * @param id the id; {@code null} lets the server choose one
 * @param title the title
 * @param query the query that it shows
 * @param display how it is shown: an object whose {@code type} is {@code table},
 * {@code chart}, {@code bignumber} or {@code title}
 * @param fillGaps whether times without a value are filled
 * @param position its position; {@code null} lets the server choose
 * @since 1.0.0
 */
public record DashboardWidget(@Nullable String id, @Nullable String title, @Nullable String query,
		@Nullable Map<String, Object> display, @Nullable Boolean fillGaps,
		@Nullable Position position) implements Serializable {

	/**
	 * Return a widget that shows a query as a table.
	 * @param title the title
	 * @param query the query
	 * @return the widget
	 */
	public static DashboardWidget table(String title, String query) {
		return new DashboardWidget(null, title, query, Map.of("type", "table"), null, null);
	}

	/**
	 * The position of a widget, in units of the grid.
	 *
	 * @param x the column
	 * @param y the row
	 * @param w the width
	 * @param h the height
	 */
	public record Position(int x, int y, int w, int h) implements Serializable {

	}

}
