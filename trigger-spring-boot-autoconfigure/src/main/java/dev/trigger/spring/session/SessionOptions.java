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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputRules;
import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Options for starting a session.
 *
 * @since 1.0.0
 */
public final class SessionOptions {

	private static final String EXTERNAL_ID = "externalId";

	private static final String TRIGGER = "triggerConfig";

	private final InputValues values;

	private SessionOptions(InputValues values) {
		for (String required : new String[] { "type", "taskIdentifier", TRIGGER }) {
			Assert.isTrue(values.has(required), () -> "A session needs its type, task and base payload: set '"
					+ (required.equals(TRIGGER) ? "basePayload" : required) + "'");
		}
		this.values = values;
	}

	/**
	 * Return the options that a customizer sets.
	 * @param customizer sets the options, of which the type, the task and the base
	 * payload are required
	 * @return the options
	 */
	public static SessionOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder();
		customizer.accept(builder);
		return new SessionOptions(builder.values.copy());
	}

	boolean hasExternalId() {
		return this.values.has(EXTERNAL_ID);
	}

	Map<String, @Nullable Object> toBody(PayloadCodec payloads) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>(this.values.toMap());
		body.computeIfPresent(TRIGGER, (name, trigger) -> ((SessionTriggerOptions) trigger).toBody(payloads));
		body.computeIfPresent("metadata", payloads::json);
		return body;
	}

	/**
	 * Builds {@link SessionOptions}.
	 */
	public static final class Builder {

		private final InputValues values = new InputValues();

		private Builder() {
		}

		/**
		 * Set the type of the session.
		 * @param type the type, such as {@code chat.agent}
		 * @return this builder
		 */
		public Builder type(String type) {
			this.values.text("type", type);
			return this;
		}

		/**
		 * Set an id of the application's own, which makes it safe to start the session
		 * repeatedly: starting a session with the id of another returns that one.
		 * @param externalId the id
		 * @return this builder
		 */
		public Builder externalId(String externalId) {
			this.values.text(EXTERNAL_ID, externalId);
			return this;
		}

		/**
		 * Set the task whose runs serve the session.
		 * @param taskIdentifier the identifier of the task
		 * @return this builder
		 */
		public Builder taskIdentifier(String taskIdentifier) {
			this.values.text("taskIdentifier", taskIdentifier);
			return this;
		}

		/**
		 * Set the part of the payload that is the same for all runs. Use
		 * {@link #trigger(Consumer)} to set other options of the runs as well.
		 * @param basePayload the part of the payload
		 * @return this builder
		 */
		public Builder basePayload(Map<String, ?> basePayload) {
			return trigger((trigger) -> trigger.basePayload(basePayload));
		}

		/**
		 * Set how the runs of the session are triggered.
		 * @param customizer sets the options
		 * @return this builder
		 */
		public Builder trigger(Consumer<SessionTriggerOptions.Builder> customizer) {
			this.values.set(TRIGGER, SessionTriggerOptions.of(customizer));
			return this;
		}

		/**
		 * Give the session tags.
		 * @param tags the tags, at most 10
		 * @return this builder
		 */
		public Builder tags(String... tags) {
			return tags(InputRules.list("tags", tags));
		}

		/**
		 * Give the session tags.
		 * @param tags the tags, at most 10
		 * @return this builder
		 */
		public Builder tags(Collection<String> tags) {
			this.values.tags("tags", tags);
			return this;
		}

		/**
		 * Give the session data of the application's own.
		 * @param metadata the data
		 * @return this builder
		 */
		public Builder metadata(Map<String, ?> metadata) {
			this.values.set("metadata", metadata);
			return this;
		}

		/**
		 * Set when the session expires.
		 * @param expiresAt the instant
		 * @return this builder
		 */
		public Builder expiresAt(Instant expiresAt) {
			this.values.instant("expiresAt", "expiresAt", expiresAt);
			return this;
		}

	}

}
