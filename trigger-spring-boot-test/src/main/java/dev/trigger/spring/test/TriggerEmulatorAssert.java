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

package dev.trigger.spring.test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import dev.trigger.emulator.EmulatedRun;
import dev.trigger.emulator.RecordedRequest;
import dev.trigger.emulator.TriggerEmulator;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what was triggered on a {@link TriggerEmulator}.
 * <p>
 * Code under test often triggers a task in the background, so {@link #hasTriggered} waits
 * for up to 5 seconds, or for as long as {@link #within} allows. What must not happen is
 * checked at once: put {@link #settled} in front where it could still happen.
 *
 * @since 1.0.0
 * @see TriggerAssertions
 */
public final class TriggerEmulatorAssert extends AbstractAssert<TriggerEmulatorAssert, TriggerEmulator> {

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration DEFAULT_QUIET_TIME = Duration.ofMillis(300);

	private static final Predicate<EmulatedRun> EXECUTING = (run) -> Set.of("DEQUEUED", "EXECUTING")
		.contains(run.status());

	private final Duration timeout;

	TriggerEmulatorAssert(TriggerEmulator actual) {
		this(actual, DEFAULT_TIMEOUT);
	}

	private TriggerEmulatorAssert(TriggerEmulator actual, Duration timeout) {
		super(actual, TriggerEmulatorAssert.class);
		this.timeout = timeout;
	}

	/**
	 * Return these assertions with another time to wait.
	 * @param timeout how long each of the following assertions waits, zero to check at
	 * once; 5 seconds by default
	 * @return another assertion
	 */
	public TriggerEmulatorAssert within(Duration timeout) {
		return new TriggerEmulatorAssert(this.actual, timeout);
	}

	/**
	 * Wait until the emulator has settled: no request has arrived and no run has executed
	 * for 300 milliseconds.
	 * @return this assertion
	 */
	public TriggerEmulatorAssert settled() {
		return settled(DEFAULT_QUIET_TIME);
	}

	/**
	 * Wait until the emulator has settled: no request has arrived and no run has executed
	 * for a time. Fails if that takes longer than the time to wait in addition to the
	 * quiet time.
	 * @param quietTime for how long nothing must have happened
	 * @return this assertion
	 */
	public TriggerEmulatorAssert settled(Duration quietTime) {
		isNotNull();
		QuietPeriod quiet = new QuietPeriod(this.actual, quietTime);
		if (!Await.until(this.timeout.plus(quietTime), quiet::isOver)) {
			if (this.actual.isIdle()) {
				failWithMessage("Expected no request for %s but they went on arriving for %s", quietTime, this.timeout);
			}
			failWithMessage("Expected no run to execute for %s but there are some after %s:%s", quietTime, this.timeout,
					TriggeredAssert.describe(this.actual.runs().stream().filter(EXECUTING).toList()));
		}
		return this;
	}

	/**
	 * Verify that a task is triggered at least once, waiting for it.
	 * @param taskId the identifier of the task
	 * @return assertions about the runs of the task
	 */
	public TriggeredAssert hasTriggered(String taskId) {
		isNotNull();
		return new TriggeredAssert(this.actual::runs, this.timeout, (run) -> run.taskId().equals(taskId),
				"task " + taskId + " to be triggered");
	}

	/**
	 * Return assertions about the runs of a task, of which there may be none: conditions
	 * and a count follow, such as {@code withTag("eu").never()}.
	 * @param taskId the identifier of the task
	 * @return assertions about the runs of the task
	 */
	public TriggeredAssert runsOf(String taskId) {
		isNotNull();
		return new TriggeredAssert(this.actual::runs, this.timeout, (run) -> run.taskId().equals(taskId),
				"task " + taskId + " to be triggered", false);
	}

	/**
	 * Verify the order in which tasks are first triggered, waiting for all of them. Other
	 * tasks may be triggered in between.
	 * @param taskIds the identifiers of the tasks
	 * @return this assertion
	 */
	public TriggerEmulatorAssert hasTriggeredInOrder(String... taskIds) {
		isNotNull();
		List<String> expected = List.of(taskIds);
		Await.until(this.timeout, () -> firsts(expected).size() == expected.size());
		List<String> order = firsts(expected);
		if (!order.equals(expected)) {
			failWithMessage("Expected the tasks to be triggered in the order %s but it was %s", expected, order);
		}
		return this;
	}

	private List<String> firsts(List<String> taskIds) {
		return this.actual.runs().stream().map(EmulatedRun::taskId).distinct().filter(taskIds::contains).toList();
	}

	/**
	 * Verify how many requests of an operation arrived, waiting until there are as many.
	 * @param operation the operation, such as {@code tasks.trigger}
	 * @param count the number
	 * @return this assertion
	 */
	public TriggerEmulatorAssert hasReceived(String operation, int count) {
		isNotNull();
		Await.until(this.timeout, () -> this.actual.requests(operation).size() >= count);
		int actual = this.actual.requests(operation).size();
		if (actual != count) {
			failWithMessage("Expected %s requests of %s but there were %s; all requests: %s", count, operation, actual,
					this.actual.requests().stream().limit(20).map(RecordedRequest::operation).toList());
		}
		return this;
	}

	/**
	 * Verify that a task has not been triggered so far.
	 * @param taskId the identifier of the task
	 * @return this assertion
	 */
	public TriggerEmulatorAssert hasNotTriggered(String taskId) {
		return hasNotTriggered(taskId, (run) -> true);
	}

	/**
	 * Verify that a task has not been triggered so far with a run that meets a condition.
	 * @param taskId the identifier of the task
	 * @param condition the condition, such as
	 * {@code (run) -> run.tags().contains("user:1")}
	 * @return this assertion
	 */
	public TriggerEmulatorAssert hasNotTriggered(String taskId, Predicate<EmulatedRun> condition) {
		isNotNull();
		List<EmulatedRun> runs = this.actual.runs()
			.stream()
			.filter((run) -> run.taskId().equals(taskId))
			.filter(condition)
			.toList();
		if (!runs.isEmpty()) {
			failWithMessage("Expected task %s not to be triggered but was: %s", taskId, TriggeredAssert.describe(runs));
		}
		return this;
	}

	/**
	 * Verify that no task has been triggered so far.
	 * @return this assertion
	 */
	public TriggerEmulatorAssert hasTriggeredNothing() {
		isNotNull();
		List<EmulatedRun> runs = this.actual.runs();
		if (!runs.isEmpty()) {
			failWithMessage("Expected nothing to be triggered but was: %s", TriggeredAssert.describe(runs));
		}
		return this;
	}

	/**
	 * Recognizes that no request has arrived and no run has executed for a time.
	 */
	private static final class QuietPeriod {

		private final TriggerEmulator emulator;

		private final Duration quietTime;

		private Object last = "";

		private long since = System.nanoTime();

		QuietPeriod(TriggerEmulator emulator, Duration quietTime) {
			this.emulator = emulator;
			this.quietTime = quietTime;
		}

		boolean isOver() {
			List<RecordedRequest> requests = this.emulator.requests();
			Instant newest = requests.isEmpty() ? Instant.EPOCH : requests.get(requests.size() - 1).receivedAt();
			Object current = List.of(requests.size(), newest);
			if (!this.emulator.isIdle() || !current.equals(this.last)) {
				this.last = current;
				this.since = System.nanoTime();
			}
			return System.nanoTime() - this.since >= this.quietTime.toNanos();
		}

	}

}
