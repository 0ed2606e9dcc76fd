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

package dev.trigger.spring.outbox;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The outcome of an attempt to send a row.
 *
 * @param row the row
 * @param runId the id of the run, {@code null} if none is known
 * @param adopted whether the run was found, and not created by this attempt
 * @param failure why it failed, {@code null} if it did not
 * @param kind what kind of failure it was
 * @param delay the time until the next attempt
 */
record OutboxOutcome(OutboxRow row, @Nullable String runId, boolean adopted, @Nullable Throwable failure, Kind kind,
		Duration delay) {

	static OutboxOutcome sent(OutboxRow row, String runId, boolean adopted) {
		return new OutboxOutcome(row, runId, adopted, null, Kind.SENT, Duration.ZERO);
	}

	boolean parked() {
		return this.kind == Kind.PARKED;
	}

	/**
	 * Return whether nothing is known of the server or the trigger.
	 */
	boolean givenBack() {
		return this.kind == Kind.GIVEN_BACK;
	}

	boolean refused() {
		return this.kind == Kind.REFUSED;
	}

	/**
	 * Return why it failed, in words for the log.
	 */
	@Nullable String reason() {
		return (this.failure != null) ? this.failure.getMessage() : "";
	}

	/**
	 * Return whether there may be a run. Once that is so it stays so.
	 */
	boolean maybeSent() {
		return this.kind == Kind.UNKNOWN || this.row.maybeSent();
	}

	/**
	 * Return whether others would fail in the same way.
	 */
	boolean outage() {
		return this.kind == Kind.UNSENT || this.kind == Kind.UNKNOWN;
	}

	/**
	 * How an attempt can end.
	 */
	enum Kind {

		/**
		 * There is a run.
		 */
		SENT,

		/**
		 * The application was closed before it was sent.
		 */
		GIVEN_BACK,

		/**
		 * The server can't be reached, or does not take requests now.
		 */
		UNSENT,

		/**
		 * The response was lost, so that there may be a run.
		 */
		UNKNOWN,

		/**
		 * The server refused it, which is going to be so again.
		 */
		REFUSED,

		/**
		 * The server refused it too often.
		 */
		PARKED

	}

}
