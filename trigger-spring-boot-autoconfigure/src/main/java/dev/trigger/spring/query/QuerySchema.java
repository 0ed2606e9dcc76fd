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
 * The tables that queries can read.
 *
 * @param tables the tables
 * @since 1.0.0
 */
public record QuerySchema(List<Table> tables) implements Serializable {

	/**
	 * Create a schema.
	 */
	public QuerySchema {
		tables = (tables != null) ? List.copyOf(tables) : List.of();
	}

	/**
	 * A table.
	 *
	 * @param name the name
	 * @param description what it holds
	 * @param timeColumn the column that times of queries are about
	 * @param columns the columns
	 */
	public record Table(String name, @Nullable String description, @Nullable String timeColumn,
			List<Column> columns) implements Serializable {

		/**
		 * Create a table.
		 */
		public Table {
			columns = (columns != null) ? List.copyOf(columns) : List.of();
		}

	}

	/**
	 * A column.
	 *
	 * @param name the name
	 * @param type the type, as ClickHouse names it
	 * @param description what it holds
	 * @param example an example of a value
	 * @param allowedValues the values that it can have; empty if any
	 * @param coreColumn whether {@code SELECT *} includes it
	 */
	public record Column(String name, @Nullable String type, @Nullable String description, @Nullable String example,
			List<String> allowedValues, @Nullable Boolean coreColumn) implements Serializable {

		/**
		 * Create a column.
		 */
		public Column {
			allowedValues = (allowedValues != null) ? List.copyOf(allowedValues) : List.of();
		}

	}

}
