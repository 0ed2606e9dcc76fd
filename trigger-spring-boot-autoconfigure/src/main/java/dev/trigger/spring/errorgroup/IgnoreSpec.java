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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How long an error is ignored.
 *
 * @param duration for how long, in milliseconds
 * @param occurrenceRate above how many occurrences a minute it is not ignored any more
 * @param totalOccurrences after how many occurrences it is not ignored any more
 * @param reason why it is ignored
 * @since 1.0.0
 */
public record IgnoreSpec(@Nullable Long duration, @Nullable Double occurrenceRate, @Nullable Long totalOccurrences,
		@Nullable String reason) {

	private static final IgnoreSpec FOREVER = new IgnoreSpec(null, null, null, null);

	/**
	 * Return the specification for an error that is ignored until it is unresolved again.
	 * @return the specification
	 */
	public static IgnoreSpec forever() {
		return FOREVER;
	}

	/**
	 * Return this specification for a time.
	 * @param duration the time
	 * @return the new specification
	 */
	public IgnoreSpec lasting(Duration duration) {
		return new IgnoreSpec(duration.toMillis(), this.occurrenceRate, this.totalOccurrences, this.reason);
	}

	/**
	 * Return this specification until an error occurs too often.
	 * @param perMinute the number of occurrences a minute
	 * @return the new specification
	 */
	public IgnoreSpec untilRate(double perMinute) {
		return new IgnoreSpec(this.duration, perMinute, this.totalOccurrences, this.reason);
	}

	/**
	 * Return this specification until an error occurred a number of times.
	 * @param occurrences the number of occurrences
	 * @return the new specification
	 */
	public IgnoreSpec untilCount(long occurrences) {
		return new IgnoreSpec(this.duration, this.occurrenceRate, occurrences, this.reason);
	}

	/**
	 * Return this specification with a reason.
	 * @param reason why the error is ignored
	 * @return the new specification
	 */
	public IgnoreSpec because(String reason) {
		return new IgnoreSpec(this.duration, this.occurrenceRate, this.totalOccurrences, reason);
	}

}
