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
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The runs that this application triggered and that are not known to be over. All methods
 * block.
 */
interface TriggeredRuns {

	/**
	 * Remember runs.
	 * @param client the name of the client
	 * @param runIds the ids
	 * @param check after what time to see whether they are over
	 */
	void add(String client, Collection<String> runIds, Duration check);

	/**
	 * Return which of some runs are among them.
	 */
	Set<String> of(Collection<String> runIds);

	/**
	 * Return runs that should be over by now.
	 * @param client the name of the client
	 * @param limit the largest number
	 */
	List<TriggeredRun> overdue(String client, int limit);

	/**
	 * Look at a run again later.
	 * @param runId the id of the run
	 * @param delay the time from now
	 */
	void checkLater(String runId, Duration delay);

	/**
	 * Let no run wait for longer than it can have to, which happens if the clock of the
	 * store is set back: that is until it is half as old again as it is now.
	 * @param client the name of the client
	 * @param first how long a run that is younger waits
	 */
	default void makeDue(String client, Duration first) {
	}

	/**
	 * Forget runs.
	 */
	void forget(Collection<String> runIds);

}
