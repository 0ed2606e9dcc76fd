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

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A query in TRQL, a dialect of SQL, with values bound to its parameters:
 *
 * <!-- snippet: com/example/recipes/RunsOfTask.java#bind --> <pre class="code">
 * TriggerQuery query = TriggerQuery.of("SELECT run_id FROM runs WHERE task_identifier = :task")
 *     .bind("task", task);
 * </pre>
 *
 * The API has no parameters; bound values are written into the text as literals that
 * cannot end early.
 *
 * @since 1.0.0
 */
public final class TriggerQuery {

	private static final String QUERY = "query";

	private final InputValues values;

	private final Map<String, String> literals;

	private TriggerQuery(InputValues values, Map<String, String> literals) {
		Assert.isTrue(values.has(QUERY), "A query needs a text: set 'query'");
		if (!values.has("scope")) {
			values.set("scope", Scope.ENVIRONMENT.value());
		}
		this.values = values;
		this.literals = Map.copyOf(literals);
		TrqlText text = TrqlText.of(text());
		literals.keySet()
			.forEach((name) -> Assert.isTrue(text.hasParameter(name),
					() -> "The query has no parameter ':" + name + "' to bind a value to"));
	}

	/**
	 * Return a query over the environment of the credential.
	 * @param query the text, in which {@code :name} is a parameter to bind a value to
	 * @return the query
	 * @throws IllegalArgumentException if the text nests {@code AND} and {@code OR},
	 * which the server would execute as another query
	 */
	public static TriggerQuery of(String query) {
		return of((builder) -> builder.query(query));
	}

	/**
	 * Return the query that a customizer sets.
	 * @param customizer sets the text, which is required, and the other values
	 * @return the query
	 */
	public static TriggerQuery of(Consumer<Builder> customizer) {
		Builder builder = new Builder(new InputValues(), Map.of());
		customizer.accept(builder);
		return new TriggerQuery(builder.values.copy(), builder.literals);
	}

	/**
	 * Return this query with changes.
	 * @param customizer changes the values
	 * @return the new query
	 */
	public TriggerQuery with(Consumer<Builder> customizer) {
		Builder builder = new Builder(this.values.copy(), this.literals);
		customizer.accept(builder);
		return new TriggerQuery(builder.values.copy(), builder.literals);
	}

	/**
	 * Return this query with a value bound to a parameter.
	 * @param name the name of the parameter, without the colon
	 * @param value the value: a text, a number, a boolean, an {@link Instant}, a
	 * {@link dev.trigger.spring.run.RunStatus}, or a collection of them for {@code IN}
	 * @return the new query
	 * @throws IllegalArgumentException if the text has no such parameter, or the value
	 * cannot be written in TRQL, as a text with a backslash
	 */
	public TriggerQuery bind(String name, Object value) {
		return with((builder) -> builder.bind(name, value));
	}

	private String text() {
		return (String) InputRules.notNull(QUERY, this.values.get(QUERY));
	}

	Map<String, @Nullable Object> toBody(String format) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>(this.values.toMap());
		body.put(QUERY, TrqlText.of(text()).bind(this.literals));
		body.put("format", format);
		return body;
	}

	/**
	 * What a query reads.
	 */
	public enum Scope {

		/**
		 * All projects of the organization.
		 */
		ORGANIZATION("organization"),

		/**
		 * All environments of the project.
		 */
		PROJECT("project"),

		/**
		 * The environment of the credential.
		 */
		ENVIRONMENT("environment");

		private final String value;

		Scope(String value) {
			this.value = value;
		}

		/**
		 * Return the value that the API uses for the scope.
		 * @return the value
		 */
		public String value() {
			return this.value;
		}

	}

	/**
	 * Builds a {@link TriggerQuery}.
	 */
	public static final class Builder {

		private final InputValues values;

		private final Map<String, String> literals;

		private Builder(InputValues values, Map<String, String> literals) {
			this.values = values;
			this.literals = new HashMap<>(literals);
		}

		/**
		 * Set the text.
		 * @param query the text, such as {@code SELECT run_id, status FROM runs LIMIT 10}
		 * @return this builder
		 */
		public Builder query(String query) {
			this.values.text(QUERY, query);
			return this;
		}

		/**
		 * Bind a value to a parameter of the text.
		 * @param name the name of the parameter, without the colon
		 * @param value the value
		 * @return this builder
		 * @see TriggerQuery#bind(String, Object)
		 */
		public Builder bind(String name, Object value) {
			this.literals.put(InputRules.notNull("name", name), TrqlLiteral.of(name, value));
			return this;
		}

		/**
		 * Set what the query reads; the default is the environment of the credential.
		 * @param scope the scope
		 * @return this builder
		 */
		public Builder scope(Scope scope) {
			this.values.set("scope", InputRules.notNull("scope", scope).value());
			return this;
		}

		/**
		 * Read only runs triggered within a period up to now; the default of the server
		 * is 7 days.
		 * @param period the length of the period, at most 30 days; a fraction of a second
		 * is rounded up
		 * @return this builder
		 */
		public Builder within(Duration period) {
			this.values.duration("period", "period", period);
			return this;
		}

		/**
		 * Read only runs triggered between two instants.
		 * @param from the start, {@code null} for an open one
		 * @param to the end, {@code null} for an open one
		 * @return this builder
		 */
		public Builder between(@Nullable Instant from, @Nullable Instant to) {
			this.values.isoSpan("from", "to", from, to);
			return this;
		}

	}

}
