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

package dev.trigger.spring.envvar;

import java.util.function.Consumer;

import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.http.TriggerHttp;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Manages the environment variables of one environment of a project. All take a personal
 * access token, or the secret key of that environment: the key of another environment is
 * refused, since the server would act on the key's own environment.
 * <p>
 * On the preview environment, the client's branch is the one that is managed.
 *
 * @since 1.0.0
 */
public interface EnvVarOperations {

	/**
	 * Return all variables.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/envvars/{env}}
	 * @return the variables, values of secret ones redacted
	 */
	Flux<EnvVar> list();

	/**
	 * Return a variable.
	 * <p>
	 * {@code GET /api/v1/projects/{projectRef}/envvars/{env}/{name}}
	 * @param name the name
	 * @return the variable, the value of a secret one redacted
	 */
	Mono<EnvVar> retrieve(String name);

	/**
	 * Create a variable, or overwrite the one of the same name.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/envvars/{env}}
	 * @param name the name
	 * @param value the value, which may be empty
	 * @return completes when the variable is set
	 */
	Mono<Void> create(String name, String value);

	/**
	 * Create a variable whose value can be read by runs only, or overwrite the one of the
	 * same name.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/envvars/{env}}
	 * @param name the name
	 * @param value the value
	 * @return completes when the variable is set
	 */
	Mono<Void> createSecret(String name, String value);

	/**
	 * Change the value of a variable.
	 * <p>
	 * {@code PUT /api/v1/projects/{projectRef}/envvars/{env}/{name}}
	 * @param name the name
	 * @param value the value, which may be empty
	 * @return completes when the variable is changed
	 */
	Mono<Void> update(String name, String value);

	/**
	 * Import many variables at once.
	 * <p>
	 * {@code POST /api/v1/projects/{projectRef}/envvars/{env}/import}
	 * @param variables the variables
	 * @return completes when the variables are set
	 */
	Mono<Void> upload(EnvVarImport variables);

	/**
	 * Import many variables at once.
	 * @param variables sets the options
	 * @return completes when the variables are set
	 * @see #upload(EnvVarImport)
	 */
	default Mono<Void> upload(Consumer<EnvVarImport.Builder> variables) {
		return upload(EnvVarImport.of(variables));
	}

	/**
	 * Delete a variable.
	 * <p>
	 * {@code DELETE /api/v1/projects/{projectRef}/envvars/{env}/{name}}
	 * @param name the name
	 * @return completes when the variable is deleted
	 */
	Mono<Void> delete(String name);

	/**
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the transport
	 * @param projectRef the ref of the project, such as {@code proj_1234}
	 * @param environment the environment
	 * @return the operations
	 * @hidden shared by the packages of the client, not an API for applications
	 */
	static EnvVarOperations create(TriggerHttp http, String projectRef, TriggerEnvironment environment) {
		return new DefaultEnvVarOperations(http, projectRef, environment);
	}

}
