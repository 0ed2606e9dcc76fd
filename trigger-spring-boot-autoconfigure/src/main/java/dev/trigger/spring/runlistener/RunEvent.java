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

import java.time.Instant;

import dev.trigger.spring.jdbc.ColumnText;
import org.jspecify.annotations.Nullable;

/**
 * The end of a run that one listener has to handle.
 *
 * @param listener the id of the listener
 * @param runId the id of the run
 * @param task the identifier of its task
 * @param finishedAt when the run was over, {@code null} if it was canceled before it was
 * started
 * @param attempts how often the listener failed to handle it
 */
record RunEvent(String listener, String runId, @Nullable String task, @Nullable Instant finishedAt, int attempts) {

	/**
	 * How much of the identifier of a task is stored.
	 */
	static final int MAX_TASK = 255;

	RunEvent withTaskInAscii() {
		return new RunEvent(this.listener, this.runId,
				(this.task != null) ? ColumnText.inAscii(this.task, MAX_TASK) : null, this.finishedAt, this.attempts);
	}

}
