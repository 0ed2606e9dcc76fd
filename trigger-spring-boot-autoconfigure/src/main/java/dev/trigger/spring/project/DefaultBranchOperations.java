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

import java.util.List;

import dev.trigger.spring.auth.PreviewBranch;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Default {@link BranchOperations}.
 */
final class DefaultBranchOperations implements BranchOperations {

	private final TriggerHttp http;

	private final String projectRef;

	DefaultBranchOperations(TriggerHttp http, String projectRef) {
		this.http = http;
		this.projectRef = projectRef;
	}

	@Override
	public Flux<Branch> list() {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.PROJECTS_BRANCHES_LIST, this.projectRef).returning(Branches.class))
			.flatMapIterable(Branches::branches);
	}

	@Override
	public Mono<CreatedBranch> create(String name) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.PROJECTS_BRANCHES_CREATE, this.projectRef)
			.json(body(name))
			.returning(CreatedBranch.class));
	}

	@Override
	public Mono<Void> archive(String name) {
		return this.http.send(TriggerRequest.to(TriggerEndpoint.PROJECTS_BRANCHES_ARCHIVE, this.projectRef)
			.json(body(name))
			.returningNothing());
	}

	private static Body body(String name) {
		Assert.hasText(name, "'name' must not be empty");
		// calls to the branch send its name in a header, so it must fit into one
		PreviewBranch.of(name);
		return new Body(name, "preview");
	}

	/**
	 * The body that names a branch.
	 *
	 * @param branch the name of the branch
	 * @param env the environment
	 */
	record Body(String branch, String env) {

	}

	/**
	 * The response that holds the branches.
	 *
	 * @param branches the branches
	 */
	record Branches(List<Branch> branches) {

		Branches {
			branches = (branches != null) ? List.copyOf(branches) : List.of();
		}

	}

}
