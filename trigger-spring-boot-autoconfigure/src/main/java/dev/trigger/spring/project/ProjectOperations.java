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

import dev.trigger.spring.auth.TriggerEnvironment;
import dev.trigger.spring.http.TriggerHttp;

/**
 * Manages one project: its environments, branches, runs and environment variables.
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
	 * Create the operations on a client. Applications get them from
	 * {@code TriggerOperations} instead.
	 * @param http the way to the network
	 * @param projectRef the ref of the project, such as {@code proj_1234}
	 * @return the operations
	 */
	static ProjectOperations create(TriggerHttp http, String projectRef) {
		return new DefaultProjectOperations(http, projectRef);
	}

}
