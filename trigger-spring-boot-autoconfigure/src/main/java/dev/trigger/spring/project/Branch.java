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
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A branch of the preview environment.
 *
 * @param id the id
 * @param name the name
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 * @param isPaused whether it is paused
 * @param git details of the commit, in the form of the API
 * @since 1.0.0
 */
public record Branch(String id, @Nullable String name, @Nullable Instant createdAt, @Nullable Instant updatedAt,
		@Nullable Boolean isPaused, @Nullable JsonNode git) implements Serializable {

}
