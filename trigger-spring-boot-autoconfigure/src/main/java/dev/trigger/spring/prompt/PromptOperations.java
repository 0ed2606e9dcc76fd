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

import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages prompts. All take a secret key or a public access token.
 *
 * @since 1.0.0
 */
public interface PromptOperations {

	/**
	 * Return all prompts.
	 * <p>
	 * {@code GET /api/v1/prompts}
	 * @return the prompts
	 */
	Flux<PromptSummary> list();

	/**
	 * Fill in the variables of the version in use.
	 * <p>
	 * {@code POST /api/v1/prompts/{slug}}
	 * @param slug the slug
	 * @param variables the variables
	 * @return the resolved prompt
	 */
	default Mono<ResolvedPrompt> resolve(String slug, Map<String, ?> variables) {
		return resolve(slug, variables, PromptQuery.current());
	}

	/**
	 * Fill in the variables of a version.
	 * <p>
	 * {@code POST /api/v1/prompts/{slug}}
	 * @param slug the slug
	 * @param variables the variables
	 * @param query which version
	 * @return the resolved prompt
	 */
	Mono<ResolvedPrompt> resolve(String slug, Map<String, ?> variables, PromptQuery query);

	/**
	 * Fill in the variables of a version.
	 * @param slug the slug
	 * @param variables the variables
	 * @param query sets the options
	 * @return the resolved prompt
	 * @see #resolve(String, Map, PromptQuery)
	 */
	default Mono<ResolvedPrompt> resolve(String slug, Map<String, ?> variables, Consumer<PromptQuery.Builder> query) {
		return resolve(slug, variables, PromptQuery.of(query));
	}

	/**
	 * Return the versions of a prompt.
	 * <p>
	 * {@code GET /api/v1/prompts/{slug}/versions}
	 * @param slug the slug
	 * @return the versions, newest first
	 */
	Flux<PromptVersion> versions(String slug);

	/**
	 * Make another version from the code the current one.
	 * <p>
	 * {@code POST /api/v1/prompts/{slug}/promote}
	 * @param slug the slug
	 * @param version the number of the version
	 * @return completes when it is promoted
	 */
	Mono<Void> promote(String slug, int version);

	/**
	 * Override the version in the code with a new one.
	 * <p>
	 * {@code POST /api/v1/prompts/{slug}/override}
	 * @param slug the slug
	 * @param options the values, with the text
	 * @return the number of the version
	 */
	Mono<Integer> createOverride(String slug, PromptOverrideOptions options);

	/**
	 * Override the version in the code with a new one.
	 * @param slug the slug
	 * @param options sets the options
	 * @return the number of the version
	 * @see #createOverride(String, PromptOverrideOptions)
	 */
	default Mono<Integer> createOverride(String slug, Consumer<PromptOverrideOptions.Builder> options) {
		return createOverride(slug, PromptOverrideOptions.of(options));
	}

	/**
	 * Change the version that overrides the one in the code.
	 * <p>
	 * {@code PUT /api/v1/prompts/{slug}/override}
	 * @param slug the slug
	 * @param options the values to change
	 * @return completes when it is changed
	 */
	Mono<Void> updateOverride(String slug, PromptOverrideOptions options);

	/**
	 * Change the version that overrides the one in the code.
	 * @param slug the slug
	 * @param options sets the options
	 * @return completes when it is changed
	 * @see #updateOverride(String, PromptOverrideOptions)
	 */
	default Mono<Void> updateOverride(String slug, Consumer<PromptOverrideOptions.Builder> options) {
		return updateOverride(slug, PromptOverrideOptions.of(options));
	}

	/**
	 * Remove the override, so that the version in the code is used again.
	 * <p>
	 * {@code DELETE /api/v1/prompts/{slug}/override}
	 * @param slug the slug
	 * @return completes when the override is removed
	 */
	Mono<Void> removeOverride(String slug);

	/**
	 * Override the version in the code with an earlier override again.
	 * <p>
	 * {@code POST /api/v1/prompts/{slug}/override/reactivate}
	 * @param slug the slug
	 * @param version the number of the override's version
	 * @return completes when the override is active
	 */
	Mono<Void> reactivateOverride(String slug, int version);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static PromptOperations create(TriggerHttp http) {
		return new DefaultPromptOperations(http);
	}

}
