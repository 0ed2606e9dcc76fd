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
import java.util.List;

import dev.trigger.spring.run.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run that is over before it is retrieved.
 *
 * @param runId the id
 * @param status the status
 * @param task the identifier of the task
 * @param tags the tags
 * @param finishedAt when it was over, {@code null} if it was canceled before it was
 * started
 */
record FinishedRun(String runId, @Nullable RunStatus status, @Nullable String task, List<String> tags,
		@Nullable Instant finishedAt) {

	FinishedRun {
		tags = List.copyOf(tags);
	}

}
