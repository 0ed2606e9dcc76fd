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

package dev.trigger.spring.bulkaction;

import java.io.Serializable;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * A bulk action.
 *
 * @param id the id, {@code bulk_…}
 * @param name the name
 * @param type what it does
 * @param status the state
 * @param counts its progress
 * @param createdAt when it was created
 * @param completedAt when it was done
 * @since 1.0.0
 */
public record BulkAction(String id, @Nullable String name, @Nullable BulkActionType type,
		@Nullable BulkActionStatus status, @Nullable Counts counts, @Nullable Instant createdAt,
		@Nullable Instant completedAt) implements Serializable {

	/**
	 * Return whether the bulk action is over.
	 * @return {@code true} if it is done or stopped
	 */
	@JsonIgnore
	public boolean isFinished() {
		return BulkActionStatus.COMPLETED.equals(this.status) || BulkActionStatus.ABORTED.equals(this.status);
	}

	/**
	 * The progress of a bulk action.
	 *
	 * @param total how many runs it covers
	 * @param success how many it acted on
	 * @param failure how many it failed to act on
	 */
	public record Counts(@Nullable Integer total, @Nullable Integer success,
			@Nullable Integer failure) implements Serializable {

	}

}
