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

package dev.trigger.spring.sample.live;

import java.util.Collection;

import dev.trigger.spring.run.RunStatus;

/**
 * The runs of a batch as the page shows them.
 *
 * @param total the number of all
 * @param active the number of those that are executed
 * @param completed the number of those that are over with success
 * @param failed the number of those that are over without
 */
record PictureCount(int total, long active, long completed, long failed) {

	static PictureCount of(int total, Collection<RunStatus> statuses) {
		long finished = statuses.stream().filter(RunStatus::isFinished).count();
		long completed = statuses.stream().filter(RunStatus.COMPLETED::equals).count();
		return new PictureCount(total, statuses.stream().filter(RunStatus.EXECUTING::equals).count(), completed,
				finished - completed);
	}

	boolean isFinished() {
		return this.completed + this.failed >= this.total;
	}

}
