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

import org.jspecify.annotations.Nullable;

/**
 * An environment of a project.
 *
 * @param id the id
 * @param slug the slug, such as {@code prod}
 * @param type the kind, such as {@code PRODUCTION}
 * @param isBranchableEnvironment whether it can have branches
 * @param branchName its branch, if it is one
 * @param paused whether it is paused
 * @since 1.0.0
 */
public record ProjectEnvironment(String id, @Nullable String slug, @Nullable String type,
		@Nullable Boolean isBranchableEnvironment, @Nullable String branchName,
		@Nullable Boolean paused) implements Serializable {

}
