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

package dev.trigger.spring.http;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.trigger.spring.auth.CredentialRedactor;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.ReplaySafety;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.json.TriggerJson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * One call as an operation describes it: the endpoint, its variables, query and body, and
 * the type of the response.
 *
 * @param <T> the type of the response
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class TriggerRequest<T> {

	private final Builder builder;

	private final Type responseType;

	private TriggerRequest(Builder builder, Type responseType) {
		this.builder = builder;
		this.responseType = responseType;
	}

	/**
	 * Create a builder of a request.
	 * @param endpoint the endpoint to call
	 * @param pathVariables the variables of its path, in order, not encoded
	 * @return a builder, to be used once
	 */
	public static Builder to(TriggerEndpoint endpoint, String... pathVariables) {
		return new Builder(endpoint, List.of(pathVariables));
	}

	TriggerEndpoint endpoint() {
		return this.builder.endpoint;
	}

	List<String> pathVariables() {
		return this.builder.pathVariables;
	}

	List<Map.Entry<String, String>> query() {
		return this.builder.query;
	}

	List<Map.Entry<String, String>> headers() {
		return this.builder.headers;
	}

	byte @Nullable [] body() {
		return this.builder.body;
	}

	@Nullable Flux<byte[]> stream() {
		return this.builder.stream;
	}

	@Nullable TriggerEnvironment environment() {
		return this.builder.environment;
	}

	boolean isProjectScoped() {
		return this.builder.environment != null || endpoint().requiresProject();
	}

	boolean isPoll() {
		return this.builder.poll;
	}

	boolean isAutoKeyed() {
		return this.builder.autoKeyed;
	}

	UnaryOperator<RetryPolicy> retry() {
		return this.builder.retry;
	}

	boolean isReplaySafe() {
		return switch (endpoint().replaySafety()) {
			case SAFE -> true;
			case KEYED, UNSAFE -> this.builder.replaySafe;
		};
	}

	Type responseType() {
		return this.responseType;
	}

	@Override
	public String toString() {
		return endpoint().toString();
	}

	/**
	 * Builds a {@link TriggerRequest}.
	 *
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	public static final class Builder {

		private final TriggerEndpoint endpoint;

		private final List<String> pathVariables;

		private final List<Map.Entry<String, String>> query = new ArrayList<>();

		private final List<Map.Entry<String, String>> headers = new ArrayList<>(1);

		private byte @Nullable [] body;

		private @Nullable Flux<byte[]> stream;

		private @Nullable TriggerEnvironment environment;

		private boolean replaySafe;

		private boolean autoKeyed;

		private boolean poll;

		private UnaryOperator<RetryPolicy> retry = UnaryOperator.identity();

		private Builder(TriggerEndpoint endpoint, List<String> pathVariables) {
			this.endpoint = endpoint;
			this.pathVariables = pathVariables;
		}

		/**
		 * Add a parameter to the query. Instants are sent as epoch milliseconds,
		 * collections joined by commas.
		 * @param name the name
		 * @param value the value; {@code null} and an empty collection add nothing
		 * @return this builder
		 * @throws IllegalArgumentException if an element of a collection contains a comma
		 */
		public Builder query(String name, @Nullable Object value) {
			if (value instanceof Collection<?> values) {
				if (!values.isEmpty()) {
					add(name,
							values.stream().map((element) -> element(name, element)).collect(Collectors.joining(",")));
				}
			}
			else if (value instanceof Instant instant) {
				add(name, Long.toString(instant.toEpochMilli()));
			}
			else if (value != null) {
				add(name, value.toString());
			}
			return this;
		}

		/**
		 * Add parameters to the query.
		 * @param parameters the values by the names of the parameters
		 * @return this builder
		 * @see #query(String, Object)
		 */
		public Builder query(Map<String, ? extends @Nullable Object> parameters) {
			parameters.forEach(this::query);
			return this;
		}

		/**
		 * The API has no way to escape a comma: it would read two values.
		 */
		private static String element(String name, Object element) {
			String text = element.toString();
			Assert.isTrue(text.indexOf(',') < 0, () -> "A value of '" + name
					+ "' must not contain a comma, which separates values: '" + CredentialRedactor.redact(text) + "'");
			return text;
		}

		private void add(String name, String value) {
			this.query.add(Map.entry(name, value));
		}

		/**
		 * Add a header.
		 * @param name the name
		 * @param value the value; {@code null} adds nothing
		 * @return this builder
		 * @throws IllegalArgumentException if no header can have the value
		 */
		public Builder header(String name, @Nullable String value) {
			if (value != null) {
				ReservedHeaders.checkValue(name, value);
				this.headers.add(Map.entry(name, value));
			}
			return this;
		}

		/**
		 * Set the body.
		 * @param value the value, written as the JSON of the API
		 * @return this builder
		 * @throws IllegalArgumentException if the value cannot be written as JSON
		 */
		public Builder json(Object value) {
			this.body = TriggerJson.shared().write(value);
			return this;
		}

		/**
		 * Set the body to bytes that are JSON already, or that the endpoint takes as they
		 * are.
		 * @param bytes the bytes
		 * @return this builder
		 */
		public Builder body(byte[] bytes) {
			this.body = bytes.clone();
			return this;
		}

		/**
		 * Set the body to newline-delimited JSON, streamed while it is produced.
		 * @param lines the lines in UTF-8, each with its line break; a chunk may hold
		 * several of them. Subscribed once an attempt
		 * @return this builder
		 */
		public Builder ndjson(Flux<byte[]> lines) {
			this.stream = lines;
			return this;
		}

		/**
		 * Name the environment that the path names, so that it can be compared with that
		 * of the credential and the branch header is sent only where it belongs.
		 * @param environment the environment
		 * @return this builder
		 */
		public Builder environment(TriggerEnvironment environment) {
			this.environment = environment;
			return this;
		}

		/**
		 * Specify whether this request may arrive twice without acting twice, where that
		 * does not depend on the endpoint alone.
		 * @param replaySafe whether it carries a key, or is harmless for another reason
		 * @return this builder
		 * @see ReplaySafety
		 */
		public Builder replaySafe(boolean replaySafe) {
			this.replaySafe = replaySafe;
			return this;
		}

		/**
		 * Specify that the request carries an idempotency key that its caller did not
		 * give.
		 * @param autoKeyed whether the key is a random one
		 * @return this builder
		 */
		public Builder autoKeyed(boolean autoKeyed) {
			this.autoKeyed = autoKeyed;
			return this;
		}

		/**
		 * Make the request a poll: one attempt, which other requests go ahead of where
		 * the rate limit is short, and whose timeout counts from when it is sent.
		 * @return this builder
		 */
		public Builder poll() {
			this.poll = true;
			return retry((policy) -> policy.withMaxAttempts(1));
		}

		/**
		 * Change the retry policy for this request.
		 * @param retry changes the policy of the client
		 * @return this builder
		 */
		public Builder retry(UnaryOperator<RetryPolicy> retry) {
			this.retry = retry;
			return this;
		}

		/**
		 * Return a request whose response is JSON of the given type, or text if the type
		 * is {@link String}.
		 * @param <T> the type of the response
		 * @param type the type of the response
		 * @return the request
		 */
		public <T> TriggerRequest<T> returning(Class<T> type) {
			return new TriggerRequest<>(this, type);
		}

		/**
		 * Return a request whose response is JSON of the given type.
		 * @param <T> the type of the response
		 * @param type the type of the response
		 * @return the request
		 */
		public <T> TriggerRequest<T> returning(ParameterizedTypeReference<T> type) {
			return new TriggerRequest<>(this, type.getType());
		}

		/**
		 * Return a request whose response has no body that matters.
		 * @return the request
		 */
		public TriggerRequest<Void> returningNothing() {
			return new TriggerRequest<>(this, Void.class);
		}

	}

}
