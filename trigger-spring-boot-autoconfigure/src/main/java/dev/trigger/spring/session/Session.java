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

package dev.trigger.spring.session;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A session: a conversation that outlives the runs that serve it.
 *
 * @param id the id, {@code session_…}
 * @param externalId an id of the application's own
 * @param type the type, such as {@code chat.agent}
 * @param taskIdentifier the task whose runs serve the session
 * @param triggerConfig how its runs are triggered
 * @param currentRunId the run that serves it now
 * @param tags the tags
 * @param metadata data of the application's own
 * @param closedAt when it was closed, {@code null} while it is open
 * @param closedReason why it was closed
 * @param expiresAt when it expires
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 * @since 1.0.0
 */
public record Session(String id, @Nullable String externalId, @Nullable String type, @Nullable String taskIdentifier,
		@Nullable SessionTrigger triggerConfig, @Nullable String currentRunId, List<String> tags,
		@Nullable JsonNode metadata, @Nullable Instant closedAt, @Nullable String closedReason,
		@Nullable Instant expiresAt, @Nullable Instant createdAt, @Nullable Instant updatedAt) implements Serializable {

	/**
	 * Create a session.
	 */
	public Session {
		tags = (tags != null) ? List.copyOf(tags) : List.of();
	}

	/**
	 * Return whether the session takes no more messages.
	 * @return {@code true} if it was closed
	 */
	@JsonIgnore
	public boolean isClosed() {
		return this.closedAt != null;
	}

	@Override
	public String toString() {
		return "Session[id=" + this.id + ", externalId=" + this.externalId + ", taskIdentifier=" + this.taskIdentifier
				+ "]";
	}

}
