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
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A page of the messages of a session.
 *
 * @param messages the messages, as their writers have them
 * @param cursors how far the transcript reaches in the channels
 * @param nextCursor where the page before this one is, {@code null} if there is none
 * @since 1.0.0
 */
public record SessionTranscript(List<JsonNode> messages, @Nullable Cursors cursors,
		@Nullable String nextCursor) implements Serializable {

	/**
	 * Create a transcript.
	 */
	public SessionTranscript {
		messages = (messages != null) ? List.copyOf(messages) : List.of();
	}

	@Override
	public String toString() {
		return "SessionTranscript[messages=" + this.messages.size() + ", cursors=" + this.cursors + ", nextCursor="
				+ this.nextCursor + "]";
	}

	/**
	 * How far a transcript reaches.
	 *
	 * @param lastOutEventId the id of the last record of the out channel
	 * @param lastInEventId the id of the last record of the in channel
	 */
	public record Cursors(@Nullable String lastOutEventId, @Nullable String lastInEventId) implements Serializable {

	}

}
