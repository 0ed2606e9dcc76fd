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

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a session shall be.
 *
 * @param type the type, such as {@code chat.agent}
 * @param externalId an id of the application's own; starting a session with the id of
 * another returns that one
 * @param taskIdentifier the task whose runs serve the session
 * @param triggerConfig how its runs are triggered
 * @param tags the tags, at most 10
 * @param metadata data of the application's own
 * @param expiresAt when it expires
 * @since 1.0.0
 */
public record SessionSpec(String type, @Nullable String externalId, String taskIdentifier, SessionTrigger triggerConfig,
		@Nullable List<String> tags, @Nullable Map<String, Object> metadata, @Nullable Instant expiresAt) {

	/**
	 * Create a specification.
	 */
	public SessionSpec {
		Assert.hasText(type, "'type' must not be empty");
		Assert.hasText(taskIdentifier, "'taskIdentifier' must not be empty");
		Assert.isTrue(tags == null || tags.size() <= 10, "'tags' must not be more than 10");
	}

	/**
	 * Return a specification.
	 * @param type the type, such as {@code chat.agent}
	 * @param taskIdentifier the task whose runs serve the session
	 * @param basePayload the part of the payload that is the same for all runs
	 * @return the specification
	 */
	public static SessionSpec of(String type, String taskIdentifier, Map<String, Object> basePayload) {
		return new SessionSpec(type, null, taskIdentifier, SessionTrigger.of(basePayload), null, null, null);
	}

	/**
	 * Return this specification with an id of the application's own, which makes starting
	 * the session safe to repeat.
	 * @param externalId the id
	 * @return the new specification
	 */
	public SessionSpec withExternalId(String externalId) {
		return new SessionSpec(this.type, externalId, this.taskIdentifier, this.triggerConfig, this.tags, this.metadata,
				this.expiresAt);
	}

	/**
	 * Return this specification with tags.
	 * @param tags the tags, at most 10
	 * @return the new specification
	 */
	public SessionSpec withTags(String... tags) {
		return new SessionSpec(this.type, this.externalId, this.taskIdentifier, this.triggerConfig, List.of(tags),
				this.metadata, this.expiresAt);
	}

}
