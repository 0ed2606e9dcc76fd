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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What shall change of a session. What is not named stays; what is set to {@code null} is
 * removed.
 *
 * @since 1.0.0
 */
public final class SessionUpdate {

	private final Map<String, @Nullable Object> changes;

	private SessionUpdate(Map<String, @Nullable Object> changes) {
		this.changes = changes;
	}

	/**
	 * Return an update that changes nothing.
	 * @return the empty update
	 */
	public static SessionUpdate none() {
		return new SessionUpdate(Map.of());
	}

	/**
	 * Return this update with tags.
	 * @param tags the tags, at most 10
	 * @return the new update
	 */
	public SessionUpdate tags(List<String> tags) {
		return with("tags", List.copyOf(tags));
	}

	/**
	 * Return this update with metadata.
	 * @param metadata the metadata, {@code null} to remove it
	 * @return the new update
	 */
	public SessionUpdate metadata(@Nullable Map<String, Object> metadata) {
		return with("metadata", metadata);
	}

	/**
	 * Return this update with an external id.
	 * @param externalId the id, {@code null} to remove it
	 * @return the new update
	 */
	public SessionUpdate externalId(@Nullable String externalId) {
		return with("externalId", externalId);
	}

	private SessionUpdate with(String name, @Nullable Object value) {
		Map<String, @Nullable Object> copy = new LinkedHashMap<>(this.changes);
		copy.put(name, value);
		return new SessionUpdate(copy);
	}

	@JsonValue
	@JsonInclude(content = JsonInclude.Include.ALWAYS)
	Map<String, @Nullable Object> changes() {
		return this.changes;
	}

}
