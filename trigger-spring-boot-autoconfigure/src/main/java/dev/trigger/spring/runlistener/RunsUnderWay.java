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
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The runs whose listeners this instance is calling. They outlast the leadership in which
 * their calls began: whether an event is handled is decided by its transaction.
 */
final class RunsUnderWay {

	private static final Log logger = LogFactory.getLog(RunDispatcher.class);

	private final Map<String, Call> calls = new ConcurrentHashMap<>();

	private final Duration slow;

	/**
	 * Create a set of runs.
	 * @param slow after what time a call is reported that has not ended
	 */
	RunsUnderWay(Duration slow) {
		this.slow = slow;
	}

	/**
	 * Add a run.
	 * @return whether it was not there
	 */
	boolean add(String runId) {
		return this.calls.putIfAbsent(runId, new Call(System.nanoTime(), this.slow)) == null;
	}

	void remove(String runId) {
		this.calls.remove(runId);
	}

	Set<String> ids() {
		return new HashSet<>(this.calls.keySet());
	}

	/**
	 * Report calls that take long, each one again after twice the time.
	 */
	void reportSlow() {
		this.calls.forEach((runId, call) -> {
			Duration age = Duration.ofNanos(System.nanoTime() - call.since());
			if (age.compareTo(call.reportAfter()) >= 0
					&& this.calls.replace(runId, call, new Call(call.since(), age.multipliedBy(2)))) {
				logger.warn("The listeners of the run " + runId + " have been called for " + age.toSeconds()
						+ " s and have not ended. Meanwhile they hold a connection to the database, and one of the "
						+ "calls that 'trigger.run-listener.concurrency' allows. Set a timeout on whatever they wait for");
			}
		});
	}

	/**
	 * A call that has not ended.
	 *
	 * @param since when it began, by the clock of the JVM
	 * @param reportAfter after what time it is reported
	 */
	private record Call(long since, Duration reportAfter) {

	}

}
