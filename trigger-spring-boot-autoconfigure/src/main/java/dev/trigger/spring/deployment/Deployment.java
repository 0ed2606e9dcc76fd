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

package dev.trigger.spring.deployment;

import java.io.Serializable;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A deployment of task code.
 *
 * @param id the id, {@code deployment_…}
 * @param status its state
 * @param version the version, such as {@code 20261124.2}
 * @param shortCode the short code
 * @param contentHash the hash of the code
 * @param createdAt when it was created
 * @param deployedAt when it was deployed
 * @param runtime the runtime, such as {@code node}
 * @param runtimeVersion the version of the runtime
 * @param externalId the id of the deployment elsewhere, such as at Vercel
 * @param commitSHA the commit that was deployed
 * @param imageReference the image that was built
 * @param imagePlatform the platform of the image
 * @param canceledReason why it was canceled
 * @param git details of the commit, in the form of the API
 * @param worker the tasks of the deployment, in the form of the API
 * @param error why it failed
 * @param errorData why it failed, in the form that a single deployment has it
 * @since 1.0.0
 */
public record Deployment(String id, @Nullable DeploymentStatus status, @Nullable String version,
		@Nullable String shortCode, @Nullable String contentHash, @Nullable Instant createdAt,
		@Nullable Instant deployedAt, @Nullable String runtime, @Nullable String runtimeVersion,
		@Nullable String externalId, @Nullable String commitSHA, @Nullable String imageReference,
		@Nullable String imagePlatform, @Nullable String canceledReason, @Nullable JsonNode git,
		@Nullable JsonNode worker, @Nullable Failure error, @Nullable JsonNode errorData) implements Serializable {

	/**
	 * Why a deployment failed.
	 *
	 * @param name the name of the error
	 * @param message its message
	 * @param stack its stack trace
	 * @param stderr what the build printed to its error output
	 */
	public record Failure(@Nullable String name, @Nullable String message, @Nullable String stack,
			@Nullable String stderr) implements Serializable {

	}

}
