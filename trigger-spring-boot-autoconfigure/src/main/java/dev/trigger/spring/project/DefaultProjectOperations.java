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

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.trigger.spring.auth.TriggerCredential;
import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.endpoint.TriggerEndpoint;
import dev.trigger.spring.envvar.EnvVarOperations;
import dev.trigger.spring.http.TriggerHttp;
import dev.trigger.spring.http.TriggerRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Default {@link ProjectOperations}.
 */
final class DefaultProjectOperations implements ProjectOperations {

	private static final ParameterizedTypeReference<List<ProjectEnvironment>> ENVIRONMENTS = new ParameterizedTypeReference<>() {
	};

	private final TriggerHttp http;

	private final String projectRef;

	DefaultProjectOperations(TriggerHttp http, String projectRef) {
		this.http = http;
		this.projectRef = projectRef;
	}

	@Override
	public EnvVarOperations envVars(TriggerEnvironment environment) {
		return EnvVarOperations.create(this.http, this.projectRef, environment);
	}

	@Override
	public BranchOperations branches() {
		return new DefaultBranchOperations(this.http, this.projectRef);
	}

	@Override
	public Mono<Project> retrieve() {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.PROJECTS_RETRIEVE, this.projectRef).returning(Project.class));
	}

	@Override
	public Flux<ProjectEnvironment> environments() {
		return this.http
			.send(TriggerRequest.to(TriggerEndpoint.PROJECTS_ENVIRONMENTS_LIST, this.projectRef)
				.returning(ENVIRONMENTS))
			.flatMapIterable(Function.identity());
	}

	@Override
	public Mono<EnvironmentAccess> access(TriggerEnvironment environment) {
		return this.http
			.send(request(TriggerEndpoint.PROJECTS_ENVIRONMENTS_RETRIEVE, environment).returning(Access.class))
			.map(Access::toEnvironmentAccess);
	}

	@Override
	public Mono<TriggerCredential> token(TriggerEnvironment environment, List<String> scopes) {
		return this.http
			.send(request(TriggerEndpoint.PROJECTS_ENVIRONMENTS_JWT, environment)
				.json(Map.of("claims", Map.of("scopes", scopes)))
				.returning(Token.class))
			.map((token) -> TriggerCredential.of(token.token()));
	}

	@Override
	public Mono<DeployedWorker> worker(TriggerEnvironment environment, String tagName) {
		return this.http
			.send(TriggerRequest
				.to(TriggerEndpoint.PROJECTS_WORKERS_RETRIEVE, this.projectRef, environment.longName(), tagName)
				.environment(environment)
				.returning(DeployedWorker.Response.class))
			.map(DeployedWorker.Response::worker);
	}

	@Override
	public Mono<Void> pause(TriggerEnvironment environment) {
		return this.http.send(request(TriggerEndpoint.PROJECTS_ENVIRONMENTS_PAUSE, environment).returningNothing());
	}

	@Override
	public Mono<Void> resume(TriggerEnvironment environment) {
		return this.http.send(request(TriggerEndpoint.PROJECTS_ENVIRONMENTS_RESUME, environment).returningNothing());
	}

	private TriggerRequest.Builder request(TriggerEndpoint endpoint, TriggerEnvironment environment) {
		return TriggerRequest.to(endpoint, this.projectRef, environment.longName()).environment(environment);
	}

	/**
	 * The response that holds a secret key. It goes no further than here.
	 *
	 * @param apiKey the secret key
	 * @param name the name of the project
	 * @param apiUrl the address of the API
	 * @param projectId the id of the project
	 * @param defaultRuntime the runtime of its tasks
	 */
	record Access(String apiKey, @Nullable String name, @Nullable URI apiUrl, @Nullable String projectId,
			@Nullable String defaultRuntime) {

		EnvironmentAccess toEnvironmentAccess() {
			return new EnvironmentAccess(TriggerCredential.of(this.apiKey), this.name, this.apiUrl, this.projectId,
					this.defaultRuntime);
		}

		@Override
		public String toString() {
			return "Access[projectId=" + this.projectId + "]";
		}

	}

	/**
	 * The response that holds a token.
	 *
	 * @param token the token
	 */
	record Token(String token) {

		@Override
		public String toString() {
			return "Token[]";
		}

	}

}
