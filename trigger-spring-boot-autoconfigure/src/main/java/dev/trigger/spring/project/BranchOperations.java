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

package dev.trigger.spring.project;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages the branches of a project's preview environment. {@link #list} needs a personal
 * access token; the others also take the secret key of the preview environment.
 *
 * @since 1.0.0
 */
public interface BranchOperations {

	/**
	 * Return all branches that are not archived.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/branches}
	 * @return the branches
	 */
	Flux<Branch> list();

	/**
	 * Create a branch, or return the one of that name.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/branches}
	 * @param name the name
	 * @return the branch, and those that the server archived for it
	 */
	Mono<CreatedBranch> create(String name);

	/**
	 * Archive a branch, so that it can't be called any more. Archiving it twice is an
	 * error.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/branches/archive}
	 * @param name the name
	 * @return completes when the branch is archived
	 */
	Mono<Void> archive(String name);

}
