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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import dev.trigger.spring.json.JsonFailures;
import dev.trigger.spring.json.TimeRules;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ResolvableType;

/**
 * Default {@link QueryOperations}.
 */
final class DefaultQueryOperations implements QueryOperations {

	private final TriggerHttp http;

	DefaultQueryOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Mono<List<Map<String, Object>>> execute(TriggerQuery query) {
		return rows(query, ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class));
	}

	@Override
	public <T> Mono<List<T>> execute(TriggerQuery query, Class<T> rowType) {
		return rows(query, ResolvableType.forClass(rowType));
	}

	@Override
	public Mono<String> executeCsv(TriggerQuery query) {
		return send(query, "csv")
			.map((response) -> (response.results() != null) ? response.results().asString("") : "");
	}

	@Override
	public Mono<QuerySchema> schema() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_SCHEMA).returning(QuerySchema.class));
	}

	@Override
	public Mono<String> report(String key, @Nullable String period) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.QUERY_REPORT, key)
			.query("format", "markdown")
			.query("period", (period != null) ? TimeRules.spanText("period", period) : null)
			.returning(String.class));
	}

	@Override
	public DashboardOperations dashboards() {
		return DashboardOperations.create(this.http);
	}

	private <T> Mono<List<T>> rows(TriggerQuery query, ResolvableType rowType) {
		return send(query, "json").map((response) -> {
			List<T> rows = new ArrayList<>();
			JsonNode results = response.results();
			if (results != null) {
				results.forEach((row) -> rows.add(read(row, rowType)));
			}
			return rows;
		});
	}

	@SuppressWarnings("unchecked")
	private static <T> T read(JsonNode row, ResolvableType rowType) {
		try {
			return (T) TriggerJson.shared().convert(row, rowType.getType());
		}
		catch (JacksonException ex) {
			throw new TriggerDecodingException(TriggerEndpoint.QUERY_EXECUTE,
					"A row of the result does not fit " + rowType + ": " + JsonFailures.ofReading(ex), ex);
		}
	}

	private Mono<Response> send(TriggerQuery query, String format) {
		return this.http.send(
				TriggerRequest.to(TriggerEndpoint.QUERY_EXECUTE).json(query.toBody(format)).returning(Response.class));
	}

	/**
	 * The response to a query.
	 *
	 * @param format {@code json} or {@code csv}
	 * @param results an array of rows, or a text
	 */
	record Response(@Nullable String format, @Nullable JsonNode results) {

	}

}
