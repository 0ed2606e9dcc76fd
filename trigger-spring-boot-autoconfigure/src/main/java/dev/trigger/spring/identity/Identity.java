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

package dev.trigger.spring.identity;

import java.io.Serializable;

import dev.trigger.spring.project.Project;
import org.jspecify.annotations.Nullable;

/**
 * The environment or user that a credential belongs to.
 *
 * @since 1.0.0
 */
public sealed interface Identity extends Serializable {

	/**
	 * The environment that a secret key belongs to. The server returns the key as well,
	 * which is discarded.
	 *
	 * @param id the id of the environment
	 * @param slug the slug, such as {@code prod} or {@code preview-featurex}
	 * @param type the kind, such as {@code PRODUCTION}
	 * @param branchName the branch of the preview or dev environment
	 * @param paused whether the environment is paused
	 * @param project the project
	 * @param organization the organization
	 */
	record Environment(String id, @Nullable String slug, @Nullable String type, @Nullable String branchName,
			boolean paused, @Nullable Project project, @Nullable Organization organization) implements Identity {

	}

	/**
	 * The user that a personal access token belongs to.
	 *
	 * @param userId the id of the user
	 * @param email the address of the user
	 * @param dashboardUrl the address of the dashboard
	 */
	record User(String userId, @Nullable String email, @Nullable String dashboardUrl) implements Identity {

	}

	/**
	 * The project of an environment.
	 *
	 * @param id the id
	 * @param externalRef the ref, {@code proj_…}
	 * @param slug the slug
	 * @param name the name
	 */
	record Project(@Nullable String id, @Nullable String externalRef, @Nullable String slug,
			@Nullable String name) implements Serializable {

	}

	/**
	 * The organization of an environment.
	 *
	 * @param id the id
	 * @param slug the slug
	 * @param title the title
	 */
	record Organization(@Nullable String id, @Nullable String slug, @Nullable String title) implements Serializable {

	}

}
