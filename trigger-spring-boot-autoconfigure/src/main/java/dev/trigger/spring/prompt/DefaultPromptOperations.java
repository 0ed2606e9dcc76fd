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

package dev.trigger.spring.prompt;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.Assert;

/**
 * Default {@link PromptOperations}.
 */
final class DefaultPromptOperations implements PromptOperations {

	private static final ParameterizedTypeReference<Data<List<PromptSummary>>> PROMPTS = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<Data<List<PromptVersion>>> VERSIONS = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<Data<ResolvedPrompt>> RESOLVED = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	DefaultPromptOperations(TriggerHttp http) {
		this.http = http;
	}

	@Override
	public Flux<PromptSummary> list() {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.PROMPTS_LIST).returning(PROMPTS))
			.mapNotNull(Data::data)
			.flatMapIterable(Function.identity());
	}

	@Override
	public Mono<ResolvedPrompt> resolve(String slug, Map<String, ?> variables, PromptQuery query) {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.PROMPTS_RESOLVE, slug)
				.json(query.toBody(variables))
				.returning(RESOLVED))
			.mapNotNull(Data::data);
	}

	@Override
	public Flux<PromptVersion> versions(String slug) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.PROMPTS_VERSIONS, slug).returning(VERSIONS))
			.mapNotNull(Data::data)
			.flatMapIterable(Function.identity());
	}

	@Override
	public Mono<Void> promote(String slug, int version) {
		return send(TriggerEndpoint.PROMPTS_PROMOTE, slug, new Version(version));
	}

	@Override
	public Mono<Integer> createOverride(String slug, PromptOverrideOptions options) {
		Assert.isTrue(options.hasTextContent(), "An override needs a text: set 'textContent'");
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.PROMPTS_CREATE_OVERRIDE, slug)
				.json(options.toBody())
				.returning(Version.class))
			.mapNotNull(Version::version);
	}

	@Override
	public Mono<Void> updateOverride(String slug, PromptOverrideOptions options) {
		return send(TriggerEndpoint.PROMPTS_UPDATE_OVERRIDE, slug, options.toBody());
	}

	@Override
	public Mono<Void> removeOverride(String slug) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.PROMPTS_REMOVE_OVERRIDE, slug).returningNothing());
	}

	@Override
	public Mono<Void> reactivateOverride(String slug, int version) {
		return send(TriggerEndpoint.PROMPTS_REACTIVATE_OVERRIDE, slug, new Version(version));
	}

	private Mono<Void> send(TriggerEndpoint endpoint, String slug, Object body) {
		return this.http.send(TriggerRequest.to(endpoint, slug).json(body).returningNothing());
	}

	/**
	 * A response in its envelope.
	 *
	 * @param <T> the type of what the envelope holds
	 * @param data what it holds
	 */
	record Data<T>(@Nullable T data) {

	}

	/**
	 * A body with a version.
	 *
	 * @param version the number of the version
	 */
	record Version(@Nullable Integer version) {

	}

}
