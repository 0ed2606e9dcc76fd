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
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A session: runs that follow each other, and the records that pass in and out.
 *
 * @since 1.0.0
 */
public final class Session {

	private final String id;

	private final String type;

	private final String taskId;

	private JsonNode triggerConfig;

	private final Instant createdAt;

	private @Nullable String externalId;

	private @Nullable JsonNode metadata;

	private List<String> tags;

	private @Nullable Instant expiresAt;

	private @Nullable TaskRun currentRun;

	private @Nullable Instant closedAt;

	private @Nullable String closedReason;

	private Instant updatedAt;

	/**
	 * Create a session.
	 * @param id its identifier
	 * @param type its type
	 * @param taskId the task of its runs
	 * @param triggerConfig how its runs are triggered
	 * @param createdAt when it was created
	 */
	public Session(String id, String type, String taskId, JsonNode triggerConfig, Instant createdAt) {
		this.id = id;
		this.type = type;
		this.taskId = taskId;
		this.triggerConfig = triggerConfig;
		this.createdAt = createdAt;
		this.updatedAt = createdAt;
		this.tags = List.of();
	}

	public String id() {
		return this.id;
	}

	public String type() {
		return this.type;
	}

	public String taskId() {
		return this.taskId;
	}

	public JsonNode triggerConfig() {
		return this.triggerConfig;
	}

	public void setTriggerConfig(JsonNode triggerConfig) {
		this.triggerConfig = triggerConfig;
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public Instant updatedAt() {
		return this.updatedAt;
	}

	public void touch(Instant now) {
		this.updatedAt = now;
	}

	public @Nullable String externalId() {
		return this.externalId;
	}

	public void setExternalId(@Nullable String externalId) {
		this.externalId = externalId;
	}

	public @Nullable JsonNode metadata() {
		return this.metadata;
	}

	public void setMetadata(@Nullable JsonNode metadata) {
		this.metadata = metadata;
	}

	public List<String> tags() {
		return this.tags;
	}

	public void setTags(List<String> tags) {
		this.tags = tags;
	}

	public @Nullable Instant expiresAt() {
		return this.expiresAt;
	}

	public void setExpiresAt(@Nullable Instant expiresAt) {
		this.expiresAt = expiresAt;
	}

	public @Nullable TaskRun currentRun() {
		return this.currentRun;
	}

	public void setCurrentRun(TaskRun currentRun) {
		this.currentRun = currentRun;
	}

	public @Nullable Instant closedAt() {
		return this.closedAt;
	}

	public @Nullable String closedReason() {
		return this.closedReason;
	}

	/**
	 * Close the session. The first close counts.
	 * @param reason why
	 * @param now when
	 */
	public void close(@Nullable String reason, Instant now) {
		if (this.closedAt == null) {
			this.closedAt = now;
			this.closedReason = reason;
			this.updatedAt = now;
		}
	}

	/**
	 * Return the status of the session.
	 * @param now when
	 * @return {@code ACTIVE}, {@code CLOSED} or {@code EXPIRED}
	 */
	public String status(Instant now) {
		if (this.closedAt != null) {
			return "CLOSED";
		}
		return (this.expiresAt != null && !this.expiresAt.isAfter(now)) ? "EXPIRED" : "ACTIVE";
	}

}
