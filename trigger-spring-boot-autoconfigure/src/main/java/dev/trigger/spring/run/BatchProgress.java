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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.trigger.spring.feed.FeedRow;

/**
 * Which runs of a batch are over, as far as its feed has told. Rows come one after the
 * other; several waits read.
 */
final class BatchProgress {

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final Set<String> over = ConcurrentHashMap.newKeySet();

	private volatile boolean complete;

	/**
	 * Add what a row tells.
	 * @param row the row
	 * @return this progress
	 */
	BatchProgress add(FeedRow row) {
		if (row.isEndOfFirstResponse()) {
			this.complete = true;
		}
		String id = row.text("friendlyId");
		if (id != null) {
			this.known.add(id);
			if (RunStatus.isFinal(row)) {
				this.over.add(id);
			}
		}
		return this;
	}

	boolean isOver(String runId) {
		return this.over.contains(runId);
	}

	/**
	 * Return whether the feed does not have a run: it is part of another batch as well,
	 * or so new that the server does not find it yet.
	 * @param runId the id of the run
	 * @return {@code true} if it was not in the first response, nor later
	 */
	boolean isLacking(String runId) {
		return this.complete && !this.known.contains(runId);
	}

}
