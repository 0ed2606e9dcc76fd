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

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.trigger.spring.TriggerOperations;
import dev.trigger.spring.TriggerTemplate;
import dev.trigger.spring.TriggerTemplateBuilder;
import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.http.RetryPolicy;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * Makes the client that a case describes.
 */
final class ContractClient {

	/**
	 * Where the client repeats a request only with a key, which it adds by itself. Cases
	 * are without that key, and the SDK repeats nevertheless.
	 */
	private static final Set<String> KEYED_BY_CLIENT = Set.of("tasks", "batch");

	private ContractClient() {
	}

	/**
	 * Create a client.
	 * @param operation the operation that it is for
	 * @param client {@code credential}, {@code previewBranch}, {@code retry},
	 * {@code additionalHeaders}, {@code baseUrl}, {@code environment}
	 * @param requestOptions what a call overrides
	 * @param url the address of the server
	 * @param scheduler the scheduler for waits
	 * @return the client
	 */
	static TriggerOperations create(String operation, JsonNode client, JsonNode requestOptions, String url,
			Scheduler scheduler) {
		String credential = text(client.path("credential"));
		TriggerTemplateBuilder builder = (credential != null)
				? TriggerTemplate.builder(TriggerCredential.of(credential)) : TriggerTemplate.builder();
		JsonNode variables = client.path("environment");
		String baseUrl = text(client.path("baseUrl"));
		if (baseUrl == null) {
			baseUrl = text(variables.path("TRIGGER_API_URL"));
		}
		boolean repeat = KEYED_BY_CLIENT.contains(operation.split("\\.")[0]);
		TriggerOperations result = builder.apiUrl((baseUrl != null) ? baseUrl.replace(Contract.SERVER, url) : url)
			.branch(PreviewBranch.resolve(text(client.path("previewBranch")), (name) -> text(variables.path(name))))
			.retry((policy) -> policy.withAutoIdempotency(false).withJitter(false).withRepeatUnsafe(repeat))
			.retry(retry(client.path("retry")))
			.timeout(null)
			// its clock jumps
			.realtime((settings) -> settings.withSilenceTimeout(null).withMaxFeeds(0))
			.scheduler(scheduler)
			.random(() -> 0.5)
			.build();
		return withOptions(withHeaders(result, client.path("additionalHeaders")), requestOptions);
	}

	private static TriggerOperations withHeaders(TriggerOperations client, JsonNode headers) {
		TriggerOperations result = client;
		for (Map.Entry<String, JsonNode> header : headers.properties()) {
			result = result.withHeader(header.getKey(), header.getValue().asString());
		}
		return result;
	}

	private static TriggerOperations withOptions(TriggerOperations client, JsonNode options) {
		TriggerOperations result = client;
		for (String name : options.propertyNames()) {
			JsonNode value = options.get(name);
			result = switch (name) {
				case "retry" -> result.withRetry(retry(value));
				case "additionalHeaders" -> withHeaders(result, value);
				case "publicAccessToken" -> result.withCredential(TriggerCredential.of(value.stringValue()));
				case "clientConfig" -> withConfig(result, value);
				default -> throw new IllegalStateException("Unknown request option: " + name);
			};
		}
		return result;
	}

	private static TriggerOperations withConfig(TriggerOperations client, JsonNode config) {
		String token = text(config.path("accessToken"));
		token = (token != null) ? token : text(config.path("secretKey"));
		TriggerOperations result = (token != null) ? client.withCredential(TriggerCredential.of(token)) : client;
		String branch = text(config.path("previewBranch"));
		return (branch != null) ? result.withBranch(branch) : result;
	}

	static UnaryOperator<RetryPolicy> retry(JsonNode options) {
		return (policy) -> {
			RetryPolicy result = policy.withBackoff(millis(options.path("minTimeoutInMs"), policy.delay()),
					options.path("factor").asDouble(policy.multiplier()),
					millis(options.path("maxTimeoutInMs"), policy.maxDelay()));
			result = result.withMaxAttempts(options.path("maxAttempts").asInt(policy.maxAttempts()));
			return result.withJitter(options.path("randomize").asBoolean(policy.jitter()));
		};
	}

	private static Duration millis(JsonNode value, Duration absent) {
		return value.isNumber() ? Duration.ofMillis(value.longValue()) : absent;
	}

	private static @Nullable String text(JsonNode node) {
		return node.isString() ? node.stringValue() : null;
	}

}
