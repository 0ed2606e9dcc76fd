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

package dev.trigger.spring.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.trigger.spring.exception.TriggerApiException;
import dev.trigger.spring.exception.TriggerConnectionException;
import dev.trigger.spring.exception.TriggerDecodingException;
import dev.trigger.spring.exception.TriggerException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares what a call failed with.
 */
final class ErrorComparison {

	private static final String BATCH_EXCEPTION = "dev.trigger.spring.batch.BatchException";

	private final List<String> differences = new ArrayList<>();

	private final JsonNode expected;

	private ErrorComparison(JsonNode expected) {
		this.expected = expected;
	}

	static List<String> compare(JsonNode expected, Throwable failure) {
		ErrorComparison comparison = new ErrorComparison(expected);
		comparison.compare(failure);
		return comparison.differences;
	}

	static List<String> compareAny(JsonNode alternatives, Throwable failure) {
		List<String> all = new ArrayList<>();
		for (JsonNode expected : alternatives) {
			List<String> differences = compare(expected, failure);
			if (differences.isEmpty()) {
				return List.of();
			}
			all.addAll(differences);
		}
		return all;
	}

	private void compare(Throwable failure) {
		String kind = this.expected.path("kind").asString();
		boolean right = switch (kind) {
			case "api" -> failure instanceof TriggerApiException api && compareApi(api);
			case "connection" -> failure instanceof TriggerConnectionException;
			case "decoding" -> failure instanceof TriggerDecodingException;
			case "batch" -> failure.getClass().getName().equals(BATCH_EXCEPTION) && compareBatch(failure);
			case "illegal-argument" ->
				failure instanceof IllegalArgumentException || failure instanceof Unrepresentable;
			case "client" -> failure instanceof TriggerException;
			default -> throw new IllegalStateException("Unknown kind of error: " + kind);
		};
		if (!right) {
			this.differences.add("error: expected " + this.expected + ", but is " + failure);
		}
	}

	private boolean compareApi(TriggerApiException failure) {
		check("status", failure.getStatus());
		check("message", failure.getServerMessage());
		check("code", failure.getCode());
		check("type", failure.getType());
		check("param", failure.getParam());
		Class<?> type = exceptionType(failure.getStatus());
		if (failure.getClass() != type) {
			this.differences.add("error: expected " + type.getSimpleName() + ", but is " + failure);
		}
		return true;
	}

	static Class<?> exceptionType(int status) {
		String name = switch (status) {
			case 400 -> "BadRequestException";
			case 401 -> "AuthenticationException";
			case 403 -> "PermissionDeniedException";
			case 404 -> "NotFoundException";
			case 409 -> "ConflictException";
			case 422 -> "UnprocessableEntityException";
			case 429 -> "RateLimitException";
			default -> (status >= 500) ? "ServerException" : "TriggerApiException";
		};
		try {
			return Class.forName(TriggerApiException.class.getPackageName() + "." + name);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private boolean compareBatch(Throwable failure) {
		check("phase", String.valueOf(get(failure, "getPhase")).toLowerCase(java.util.Locale.ROOT));
		check("batchId", get(failure, "getBatchId"));
		check("itemCount", get(failure, "getItemCount"));
		check("isRateLimited", get(failure, "isRateLimited"));
		if (this.expected.has("status")) {
			if (failure.getCause() instanceof TriggerApiException api) {
				check("status", api.getStatus());
				check("message", api.getServerMessage());
			}
			else {
				this.differences.add("error: expected a response as its cause, but is " + failure.getCause());
			}
		}
		return true;
	}

	private static @Nullable Object get(Throwable failure, String method) {
		try {
			return failure.getClass().getMethod(method).invoke(failure);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void check(String name, @Nullable Object actual) {
		JsonNode value = this.expected.path(name);
		if (!value.isMissingNode() && !value.isNull() && !Objects.equals(value.asString(), String.valueOf(actual))) {
			this.differences.add("error " + name + ": expected " + value + ", but is " + actual);
		}
	}

}
