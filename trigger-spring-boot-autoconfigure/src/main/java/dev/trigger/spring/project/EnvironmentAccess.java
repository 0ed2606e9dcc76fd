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

import java.io.Serializable;
import java.net.URI;

import dev.trigger.spring.auth.TriggerCredential;
import org.jspecify.annotations.Nullable;

/**
 * What is needed to call an environment.
 *
 * @param secretKey the secret key of the environment; its {@code toString} is masked
 * @param projectName the name of the project
 * @param apiUrl the address of the API
 * @param projectId the id of the project
 * @param defaultRuntime the runtime of its tasks, such as {@code node-24}, unless they
 * say another
 * @since 1.0.0
 */
public record EnvironmentAccess(TriggerCredential secretKey, @Nullable String projectName, @Nullable URI apiUrl,
		@Nullable String projectId, @Nullable String defaultRuntime) implements Serializable {

}
