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

package dev.trigger.spring.errorgroup;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Runs of a task that failed in the same way.
 *
 * @param id the id, {@code error_…}
 * @param fingerprint what the runs have in common
 * @param taskIdentifier the identifier of the task
 * @param errorType the name of the error, such as {@code TypeError}
 * @param errorMessage its message
 * @param status whether it is resolved or ignored
 * @param count how often it occurred
 * @param firstSeen when it occurred first
 * @param lastSeen when it occurred last
 * @param affectedVersions the newest versions in which it occurred; empty in a list
 * @param resolvedAt when it was resolved
 * @param resolvedInVersion the version in which it was resolved
 * @param resolvedBy who resolved it
 * @param ignoredAt when it was ignored
 * @param ignoredUntil until when it is ignored
 * @param ignoredReason why it is ignored
 * @param ignoredByUserId who ignored it
 * @param ignoredUntilOccurrenceRate above how many occurrences a minute it is not ignored
 * any more
 * @param ignoredUntilTotalOccurrences after how many occurrences it is not ignored any
 * more
 * @since 1.0.0
 */
public record ErrorGroup(String id, @Nullable String fingerprint, @Nullable String taskIdentifier,
		@Nullable String errorType, @Nullable String errorMessage, @Nullable ErrorStatus status, @Nullable Long count,
		@Nullable Instant firstSeen, @Nullable Instant lastSeen, List<String> affectedVersions,
		@Nullable Instant resolvedAt, @Nullable String resolvedInVersion, @Nullable String resolvedBy,
		@Nullable Instant ignoredAt, @Nullable Instant ignoredUntil, @Nullable String ignoredReason,
		@Nullable String ignoredByUserId, @Nullable BigDecimal ignoredUntilOccurrenceRate,
		@Nullable Long ignoredUntilTotalOccurrences) implements Serializable {

	/**
	 * Create a group.
	 */
	public ErrorGroup {
		affectedVersions = (affectedVersions != null) ? List.copyOf(affectedVersions) : List.of();
	}

}
