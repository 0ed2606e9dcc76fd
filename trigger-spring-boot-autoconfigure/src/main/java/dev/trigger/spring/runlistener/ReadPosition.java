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

package dev.trigger.spring.runlistener;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the reading of runs that are over stands.
 *
 * @param finishedAt the end of the last run
 * @param runId its id
 */
record ReadPosition(Instant finishedAt, String runId) implements Comparable<ReadPosition> {

	static ReadPosition before(Instant time) {
		return new ReadPosition(time, "");
	}

	ReadPosition minus(Duration overlap) {
		Instant earliest = Instant.EPOCH.plus(overlap);
		return before(this.finishedAt.isBefore(earliest) ? Instant.EPOCH : this.finishedAt.minus(overlap));
	}

	@Override
	public int compareTo(ReadPosition other) {
		int order = this.finishedAt.compareTo(other.finishedAt);
		return (order != 0) ? order : this.runId.compareTo(other.runId);
	}

	static ReadPosition later(ReadPosition left, ReadPosition right) {
		return (left.compareTo(right) >= 0) ? left : right;
	}

}
