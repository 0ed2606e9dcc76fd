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

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.envvar.EnvVarOperations;
import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages one project: its environments, branches and environment variables. Unless
 * stated otherwise, a personal access token is needed.
 *
 * @since 1.0.0
 */
public interface ProjectOperations {

	/**
	 * Return the operations on the environment variables of one environment.
	 * @param environment the environment; a secret key reaches only its own
	 * @return the operations
	 */
	EnvVarOperations envVars(TriggerEnvironment environment);

	/**
	 * Return the operations on the branches of the preview environment.
	 * @return the operations
	 */
	BranchOperations branches();

	/**
	 * Return the project.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}}
	 * @return the project
	 */
	Mono<Project> retrieve();

	/**
	 * Return the environments of the project, without the branches.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/environments}
	 * @return the environments
	 */
	Flux<ProjectEnvironment> environments();

	/**
	 * Return what is needed to call an environment, its secret key included. Also takes
	 * the secret key of that environment.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/{env}}
	 * @param environment the environment
	 * @return the access
	 */
	Mono<EnvironmentAccess> access(TriggerEnvironment environment);

	/**
	 * Return a short-lived token of an environment.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/{env}/jwt}
	 * @param environment the environment
	 * @param scopes what the token may do, such as {@code read:runs}
	 * @return the token
	 */
	Mono<TriggerCredential> token(TriggerEnvironment environment, List<String> scopes);

	/**
	 * Return the promoted worker of an environment, or the newest one of dev, with its
	 * tasks and their payload schemas. Needs a personal access token.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/{env}/workers/{tagName}}
	 * @param environment the environment
	 * @return the worker
	 */
	default Mono<DeployedWorker> worker(TriggerEnvironment environment) {
		return worker(environment, "current");
	}

	/**
	 * Return a worker of an environment with its tasks and their payload schemas. Needs a
	 * personal access token.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/{env}/workers/{tagName}}
	 * @param environment the environment
	 * @param tagName the label of a deployment, {@code current} for the promoted one; dev
	 * has no labels, and always its newest worker
	 * @return the worker; fails with a
	 * {@link dev.trigger.spring.exception.NotFoundException} if there is none
	 */
	Mono<DeployedWorker> worker(TriggerEnvironment environment, String tagName);

	/**
	 * Pause an environment: runs are accepted, but not started.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/{env}/pause}
	 * @param environment the environment
	 * @return completes when it is paused
	 */
	Mono<Void> pause(TriggerEnvironment environment);

	/**
	 * Resume an environment.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/{env}/resume}
	 * @param environment the environment
	 * @return completes when it is resumed
	 */
	Mono<Void> resume(TriggerEnvironment environment);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param projectRef the ref of the project, such as {@code proj_1234}
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static ProjectOperations create(TriggerHttp http, String projectRef) {
		return new DefaultProjectOperations(http, projectRef);
	}

}
