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
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Executes queries over runs and metrics in TRQL. They only read. All take a secret key
 * or a public access token.
 *
 * @since 1.0.0
 */
public interface QueryOperations {

	/**
	 * Execute a query.
	 * <p>
	 * {@code POST /api/v1/query}
	 * @param query the query
	 * @return the rows, each a map of column names to values
	 */
	Mono<List<Map<String, Object>>> execute(TriggerQuery query);

	/**
	 * Execute a query.
	 * @param query sets the options
	 * @return the rows, each a map of column names to values
	 * @see #execute(TriggerQuery)
	 */
	default Mono<List<Map<String, Object>>> execute(Consumer<TriggerQuery.Builder> query) {
		return execute(TriggerQuery.of(query));
	}

	/**
	 * Execute a query and read its rows as a type.
	 * <p>
	 * {@code POST /api/v1/query}
	 * @param <T> the type of the rows
	 * @param query the query
	 * @param rowType the type of the rows, whose properties are named as the columns are
	 * @return the rows
	 */
	<T> Mono<List<T>> execute(TriggerQuery query, Class<T> rowType);

	/**
	 * Execute a query and read its rows as a type.
	 * @param <T> the type of the rows
	 * @param query sets the text and the other values
	 * @param rowType the type of the rows
	 * @return the rows
	 * @see #execute(TriggerQuery, Class)
	 */
	default <T> Mono<List<T>> execute(Consumer<TriggerQuery.Builder> query, Class<T> rowType) {
		return execute(TriggerQuery.of(query), rowType);
	}

	/**
	 * Execute a query and return its rows as comma-separated values.
	 * <p>
	 * {@code POST /api/v1/query}
	 * @param query the query
	 * @return the rows as CSV, with a header line
	 */
	Mono<String> executeCsv(TriggerQuery query);

	/**
	 * Execute a query and return its rows as comma-separated values.
	 * @param query sets the options
	 * @return the rows as CSV, with a header line
	 * @see #executeCsv(TriggerQuery)
	 */
	default Mono<String> executeCsv(Consumer<TriggerQuery.Builder> query) {
		return executeCsv(TriggerQuery.of(query));
	}

	/**
	 * Return the tables that queries can read.
	 * <p>
	 * {@code GET /api/v1/query/schema}
	 * @return the schema
	 */
	Mono<QuerySchema> schema();

	/**
	 * Return a report on the period that the server chooses. Needs a newer server than
	 * 4.5.
	 * <p>
	 * {@code GET /api/v1/reports/{key}}
	 * @param key the key of the report
	 * @return the report in Markdown
	 */
	default Mono<String> report(String key) {
		return report(key, null);
	}

	/**
	 * Return a report. Needs a newer server than 4.5.
	 * <p>
	 * {@code GET /api/v1/reports/{key}}
	 * @param key the key of the report
	 * @param period the length of the period up to now, such as {@code 7d}; the server's
	 * choice if {@code null}
	 * @return the report in Markdown
	 */
	Mono<String> report(String key, @Nullable String period);

	/**
	 * Return the operations on dashboards.
	 * @return the dashboard operations
	 */
	DashboardOperations dashboards();

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static QueryOperations create(TriggerHttp http) {
		return new DefaultQueryOperations(http);
	}

}
