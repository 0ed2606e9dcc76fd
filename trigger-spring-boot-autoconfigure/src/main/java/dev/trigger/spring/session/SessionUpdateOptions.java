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

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.spring.json.InputValues;
import dev.trigger.spring.payload.PayloadCodec;
import org.jspecify.annotations.Nullable;

/**
 * Changes to a session. Whatever is not set stays as it is; what is set to {@code null}
 * is removed.
 *
 * @since 1.0.0
 */
public final class SessionUpdateOptions {

	private final InputValues values;

	private SessionUpdateOptions(InputValues values) {
		this.values = values;
	}

	/**
	 * Return the changes that a customizer sets.
	 * @param customizer sets the changes
	 * @return the changes
	 */
	public static SessionUpdateOptions of(Consumer<Builder> customizer) {
		Builder builder = new Builder();
		customizer.accept(builder);
		return new SessionUpdateOptions(builder.values.copy());
	}

	Map<String, @Nullable Object> toBody(PayloadCodec payloads) {
		Map<String, @Nullable Object> body = new LinkedHashMap<>(this.values.toMap());
		body.computeIfPresent("metadata", payloads::json);
		return body;
	}

	/**
	 * Builds {@link SessionUpdateOptions}.
	 */
	public static final class Builder {

		private final InputValues values = new InputValues();

		private Builder() {
		}

		/**
		 * Replace the tags.
		 * @param tags the tags, at most 10
		 * @return this builder
		 */
		public Builder tags(Collection<String> tags) {
			this.values.tags("tags", tags);
			return this;
		}

		/**
		 * Replace or remove the metadata.
		 * @param metadata the metadata, {@code null} to remove them
		 * @return this builder
		 */
		public Builder metadata(@Nullable Map<String, ?> metadata) {
			this.values.setNullable("metadata", metadata);
			return this;
		}

		/**
		 * Replace or remove the external id.
		 * @param externalId the id, {@code null} to remove it
		 * @return this builder
		 */
		public Builder externalId(@Nullable String externalId) {
			this.values.setNullable("externalId", externalId);
			return this;
		}

	}

}
