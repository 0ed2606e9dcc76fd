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

/**
 * A project.
 *
 * @param id the id
 * @param externalRef the ref, {@code proj_…}, which calls name it by
 * @param name the name
 * @param slug the slug
 * @param createdAt when it was created
 * @param defaultRegion the region in which its runs are executed
 * @param defaultRuntime the runtime of its tasks, such as {@code node-24}, unless they
 * say another
 * @param organization the organization that it belongs to
 * @since 1.0.0
 */
public record Project(String id, @Nullable String externalRef, @Nullable String name, @Nullable String slug,
		@Nullable Instant createdAt, @Nullable String defaultRegion, @Nullable String defaultRuntime,
		@Nullable Organization organization) implements Serializable {

	/**
	 * An organization.
	 *
	 * @param id the id
	 * @param title the title
	 * @param slug the slug
	 * @param createdAt when it was created
	 */
	public record Organization(@Nullable String id, @Nullable String title, @Nullable String slug,
			@Nullable Instant createdAt) implements Serializable {

	}

}
