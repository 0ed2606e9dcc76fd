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

package dev.trigger.spring.realtime;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Which part of a stream is read: where it begins, and when it ends.
 *
 * @since 1.0.0
 */
public final class StreamOptions {

	private static final Duration MAX_TIMEOUT = Duration.ofSeconds(600);

	private final @Nullable String after;

	private final boolean latest;

	private final @Nullable Duration timeout;

	private final boolean peekSettled;

	private StreamOptions(Builder builder) {
		this.after = builder.after;
		this.latest = builder.latest;
		this.timeout = builder.timeout;
		this.peekSettled = builder.peekSettled;
	}

	/**
	 * Create options.
	 * @param options the part of the stream to read
	 * @return the options
	 */
	public static StreamOptions of(Consumer<Builder> options) {
		Builder builder = new Builder();
		options.accept(builder);
		return new StreamOptions(builder);
	}

	/**
	 * Return the id of the part after which to begin.
	 * @return the id, {@code null} for the first part
	 */
	public @Nullable String after() {
		return this.after;
	}

	/**
	 * Return whether to begin with what is written from now on.
	 * @return {@code true} if so
	 */
	public boolean isFromLatest() {
		return this.latest;
	}

	/**
	 * Return how long to wait for the next part before the stream completes.
	 * @return the time, {@code null} for never
	 */
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	/**
	 * Return whether to end at once if nothing is under way.
	 * @return {@code true} if so
	 */
	public boolean isPeekSettled() {
		return this.peekSettled;
	}

	/**
	 * Collects {@link StreamOptions}.
	 */
	public static final class Builder {

		private @Nullable String after;

		private boolean latest;

		private @Nullable Duration timeout;

		private boolean peekSettled;

		private Builder() {
		}

		/**
		 * Begin after a part.
		 * @param id the {@link StreamPart#id() id} of the part
		 * @return this builder
		 */
		public Builder after(String id) {
			Assert.hasText(id, "'id' must not be empty");
			Assert.isTrue(id.chars().allMatch((ch) -> ch > ' ' && ch < 127),
					"'id' must have only the characters of identifiers: use the one of a part that was read");
			this.after = id;
			return this;
		}

		/**
		 * Begin with what is written from now on. A server that does not know how begins
		 * with the first part.
		 * @return this builder
		 */
		public Builder fromLatest() {
			this.latest = true;
			return this;
		}

		/**
		 * Complete when no part has come for some time. By default a stream of a run
		 * completes when the run is over and everything was read.
		 * @param timeout the time, in whole seconds from 1 to 600; the server checks it
		 * every 5 s
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			Assert.isTrue(timeout.toSeconds() >= 1 && timeout.compareTo(MAX_TIMEOUT) <= 0,
					"'timeout' must be from 1 to 600 seconds");
			this.timeout = timeout;
			return this;
		}

		/**
		 * Complete at once when everything was read and the last record says that a turn
		 * is complete. For the channels of sessions.
		 * @return this builder
		 */
		public Builder peekSettled() {
			this.peekSettled = true;
			return this;
		}

	}

}
