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

package dev.trigger.emulator.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * An expression that was understood.
 *
 * @param kind what it is
 * @param aggregate whether it has an aggregate in it
 * @param columns the columns that it names outside of aggregates
 * @param code returns its value for the rows of a result
 */
record QueryNode(QueryKind kind, boolean aggregate, Set<String> columns,
		Function<List<JsonBody>, @Nullable Object> code) {

	/**
	 * Columns of which functions are not given what rows show: of statuses the names that
	 * the database has, of others no texts, which breaks servers.
	 */
	private static final Set<String> STORED_OTHERWISE = Set.of("status", "output", "error");

	/**
	 * Return whether the database has other values than rows show.
	 */
	boolean isStoredOtherwise() {
		return !Collections.disjoint(this.columns, STORED_OTHERWISE);
	}

	/**
	 * Return whether rows can be compared by the value.
	 */
	boolean isComparable() {
		return !this.aggregate && this.kind != QueryKind.OTHER && this.kind != QueryKind.FLAG && !isStoredOtherwise();
	}

	static QueryNode of(QueryKind kind, List<QueryNode> arguments,
			Function<List<@Nullable Object>, @Nullable Object> code) {
		return new QueryNode(kind, arguments.stream().anyMatch(QueryNode::aggregate),
				Set.copyOf(arguments.stream().map(QueryNode::columns).flatMap(Set::stream).toList()), (rows) -> {
					List<@Nullable Object> values = new ArrayList<>();
					arguments.forEach((argument) -> values.add(argument.code().apply(rows)));
					return code.apply(values);
				});
	}

}
