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

package dev.trigger.emulator.state;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A deployment of tasks.
 *
 * @since 1.0.0
 */
public final class Deployment {

	private static final Set<String> FINAL = Set.of("DEPLOYED", "FAILED", "CANCELED", "TIMED_OUT");

	private final String id;

	private final String version;

	private final String shortCode;

	private final String contentHash;

	private final String type;

	private final String runtime;

	private final Instant createdAt;

	private final @Nullable JsonNode git;

	private String status = "BUILDING";

	private boolean worker;

	private @Nullable JsonNode builtWorker;

	private @Nullable String externalId;

	private @Nullable Instant deployedAt;

	private @Nullable JsonNode error;

	private @Nullable String canceledReason;

	/**
	 * Create a deployment that is being built.
	 * @param id its identifier
	 * @param version the version
	 * @param shortCode the short code
	 * @param contentHash the hash of what is deployed
	 * @param type {@code MANAGED} or {@code UNMANAGED}
	 * @param runtime the runtime
	 * @param git where it comes from
	 * @param createdAt when it was created
	 */
	public Deployment(String id, String version, String shortCode, String contentHash, String type, String runtime,
			@Nullable JsonNode git, Instant createdAt) {
		this.id = id;
		this.version = version;
		this.shortCode = shortCode;
		this.contentHash = contentHash;
		this.type = type;
		this.runtime = runtime;
		this.git = git;
		this.createdAt = createdAt;
	}

	public String id() {
		return this.id;
	}

	public String version() {
		return this.version;
	}

	public String shortCode() {
		return this.shortCode;
	}

	public String contentHash() {
		return this.contentHash;
	}

	public boolean isUnmanaged() {
		return this.type.equals("UNMANAGED");
	}

	public String runtime() {
		return this.runtime;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public @Nullable JsonNode git() {
		return this.git;
	}

	public String status() {
		return this.status;
	}

	/**
	 * Return the name that whoever deploys has for what is deployed.
	 * @return the name, or {@code null}
	 */
	public @Nullable String externalId() {
		return this.externalId;
	}

	public void setExternalId(@Nullable String externalId) {
		this.externalId = externalId;
	}

	/**
	 * Return the commit that is deployed.
	 * @return its hash, or {@code null}
	 */
	public @Nullable String commitSha() {
		return (this.git != null && this.git.path("commitSha").isString()) ? this.git.path("commitSha").asString()
				: null;
	}

	/**
	 * Return whether the tasks of the deployment are known.
	 * @return {@code true} once it was built
	 */
	public boolean hasWorker() {
		return this.worker;
	}

	/**
	 * Return what was built.
	 * @return the metadata of the worker, {@code null} if it was not registered by a
	 * request
	 */
	public @Nullable JsonNode builtWorker() {
		return this.builtWorker;
	}

	/**
	 * Register the worker that was built, which is to be deployed.
	 * @param metadata what is known of it
	 */
	public void built(JsonNode metadata) {
		this.builtWorker = metadata;
		moveTo("DEPLOYING");
	}

	/**
	 * Move the deployment on.
	 * @param status its new status
	 * @return this deployment
	 */
	public Deployment moveTo(String status) {
		this.status = status;
		this.worker |= status.equals("DEPLOYING") || status.equals("DEPLOYED");
		return this;
	}

	public boolean isFinal() {
		return FINAL.contains(this.status);
	}

	public boolean isDeployed() {
		return this.status.equals("DEPLOYED");
	}

	public @Nullable Instant deployedAt() {
		return this.deployedAt;
	}

	public @Nullable JsonNode error() {
		return this.error;
	}

	public @Nullable String canceledReason() {
		return this.canceledReason;
	}

	/**
	 * Mark the deployment as deployed.
	 * @param now when
	 * @return this deployment
	 */
	public Deployment deployed(Instant now) {
		this.deployedAt = now;
		return moveTo("DEPLOYED");
	}

	/**
	 * Mark the deployment as failed.
	 * @param error why
	 */
	public void failed(@Nullable JsonNode error) {
		this.status = "FAILED";
		this.error = error;
	}

	/**
	 * Cancel the deployment.
	 * @param reason why
	 */
	public void canceled(@Nullable String reason) {
		this.status = "CANCELED";
		this.canceledReason = reason;
	}

}
