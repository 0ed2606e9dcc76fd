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

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A run that is waited for.
 *
 * @param description what it is, for messages
 */
record AwaitedRun(String description) implements Awaited<Run> {

	private static final List<RunStatus> NOT_BEGUN = List.of(RunStatus.PENDING_VERSION, RunStatus.QUEUED,
			RunStatus.DELAYED);

	@Override
	public boolean isFinished(Run run) {
		return run.isFinished();
	}

	@Override
	public @Nullable Object status(Run run) {
		return run.status();
	}

	/**
	 * A run that was not started is queued from the beginning, unless it was delayed.
	 */
	@Override
	public boolean isFirstStatus(Run run) {
		return run.startedAt() == null && run.delayedUntil() == null;
	}

	/**
	 * A run that was started had a worker, and has one when it is queued again.
	 */
	@Override
	public boolean hasBegun(Run run) {
		return run.startedAt() != null || !NOT_BEGUN.contains(run.status());
	}

	@Override
	public @Nullable String concern(Run run, Duration duration) {
		String task = "the task '" + run.taskIdentifier() + "'";
		if (RunStatus.PENDING_VERSION.equals(run.status())) {
			return task + " is not deployed to this environment";
		}
		return RunStatus.QUEUED.equals(run.status())
				? task + " may not be deployed to this environment, no worker may be running, or its queue may be "
						+ "full or paused"
				: null;
	}

}
