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

package dev.trigger.spring.run;

import java.io.Serializable;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trigger.spring.feed.FeedRow;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run; open to values that do not exist yet.
 *
 * @param value the value that the API uses
 * @since 1.0.0
 */
public record RunStatus(@JsonValue String value) implements Serializable {

	/**
	 * Waiting for a version of the task to be deployed.
	 */
	public static final RunStatus PENDING_VERSION = new RunStatus("PENDING_VERSION");

	/**
	 * Waiting in its queue.
	 */
	public static final RunStatus QUEUED = new RunStatus("QUEUED");

	/**
	 * Taken from its queue, about to be executed.
	 */
	public static final RunStatus DEQUEUED = new RunStatus("DEQUEUED");

	/**
	 * Being executed.
	 */
	public static final RunStatus EXECUTING = new RunStatus("EXECUTING");

	/**
	 * Waiting for a time, another run or a token.
	 */
	public static final RunStatus WAITING = new RunStatus("WAITING");

	/**
	 * Waiting for its delay to pass.
	 */
	public static final RunStatus DELAYED = new RunStatus("DELAYED");

	/**
	 * Finished with success.
	 */
	public static final RunStatus COMPLETED = new RunStatus("COMPLETED");

	/**
	 * Canceled.
	 */
	public static final RunStatus CANCELED = new RunStatus("CANCELED");

	/**
	 * Finished with an error of the task.
	 */
	public static final RunStatus FAILED = new RunStatus("FAILED");

	/**
	 * Ended because its process crashed, for example for lack of memory.
	 */
	public static final RunStatus CRASHED = new RunStatus("CRASHED");

	/**
	 * Ended by a failure of Trigger.dev.
	 */
	public static final RunStatus SYSTEM_FAILURE = new RunStatus("SYSTEM_FAILURE");

	/**
	 * Not started within its time to live.
	 */
	public static final RunStatus EXPIRED = new RunStatus("EXPIRED");

	/**
	 * Took longer than its maximum duration.
	 */
	public static final RunStatus TIMED_OUT = new RunStatus("TIMED_OUT");

	private static final Set<RunStatus> FINISHED = Set.of(COMPLETED, CANCELED, FAILED, CRASHED, SYSTEM_FAILURE, EXPIRED,
			TIMED_OUT);

	private static final Set<RunStatus> ONGOING = Set.of(PENDING_VERSION, QUEUED, DEQUEUED, EXECUTING, WAITING,
			DELAYED);

	/**
	 * Create a status.
	 * @param value the value that the API uses
	 */
	public RunStatus {
	}

	/**
	 * Queries have titles where the rest of the API has constants: "Timed out" is
	 * {@code TIMED_OUT}.
	 */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static RunStatus of(String value) {
		boolean title = value.chars().anyMatch(Character::isLowerCase);
		return title ? Objects.requireNonNull(ofRow(value.replace(' ', '_').toUpperCase(Locale.ROOT)))
				: new RunStatus(value);
	}

	/**
	 * Return the status for the one that rows of feeds have, which is that of the
	 * server's database.
	 * @param value the value in the row
	 * @return the status; one that is not known has the same value. {@code null} if there
	 * is no value
	 */
	public static @Nullable RunStatus ofRow(@Nullable String value) {
		if (value == null) {
			return null;
		}
		return switch (value) {
			case "PENDING" -> QUEUED;
			case "WAITING_FOR_DEPLOY" -> PENDING_VERSION;
			case "PAUSED", "WAITING_TO_RESUME" -> WAITING;
			case "RETRYING_AFTER_FAILURE" -> EXECUTING;
			case "COMPLETED_SUCCESSFULLY" -> COMPLETED;
			case "INTERRUPTED", "COMPLETED_WITH_ERRORS" -> FAILED;
			default -> new RunStatus(value);
		};
	}

	/**
	 * Return whether a run is over by its row in a feed.
	 * @param row the row
	 * @return {@code true} if its state will not change any more
	 */
	public static boolean isFinal(FeedRow row) {
		RunStatus status = ofRow(row.text("status"));
		return status != null && status.isOver(row.instant("completedAt"));
	}

	/**
	 * Return whether a run of this status is over. A status that is not known, of a newer
	 * server, does not tell that; the time of the end does.
	 * @param finishedAt when the run ended, {@code null} if it did not
	 * @return {@code true} if its state will not change any more
	 */
	public boolean isOver(@Nullable Instant finishedAt) {
		return isFinished() || (finishedAt != null && !ONGOING.contains(this));
	}

	/**
	 * Return whether a run of this status is over.
	 * @return {@code true} if the status will not change any more; {@code false} for a
	 * status that is not known
	 */
	@JsonIgnore
	public boolean isFinished() {
		return FINISHED.contains(this);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
