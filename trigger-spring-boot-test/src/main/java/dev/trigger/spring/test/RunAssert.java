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

import java.util.List;
import java.util.function.Consumer;

import dev.trigger.emulator.EmulatedRun;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a run.
 *
 * @since 1.0.0
 */
public final class RunAssert extends AbstractAssert<RunAssert, EmulatedRun> {

	RunAssert(EmulatedRun actual) {
		super(actual, RunAssert.class);
	}

	/**
	 * Verify the status.
	 * @param status the expected status, such as {@code EXECUTING}
	 * @return this assertion
	 */
	public RunAssert hasStatus(String status) {
		if (!this.actual.status().equals(status)) {
			failWithMessage("Expected %s to have the status %s; it went through %s", this.actual, status,
					this.actual.statuses());
		}
		return this;
	}

	/**
	 * Verify that the run completed.
	 * @return this assertion
	 */
	public RunAssert isCompleted() {
		return hasStatus("COMPLETED");
	}

	/**
	 * Verify that the run failed.
	 * @return this assertion
	 */
	public RunAssert isFailed() {
		return hasStatus("FAILED");
	}

	/**
	 * Verify that the run was canceled.
	 * @return this assertion
	 */
	public RunAssert isCanceled() {
		return hasStatus("CANCELED");
	}

	/**
	 * Verify the statuses that the run went through.
	 * @param statuses all of them, in order
	 * @return this assertion
	 */
	public RunAssert wentThrough(String... statuses) {
		if (!this.actual.statuses().equals(List.of(statuses))) {
			failWithMessage("Expected %s to have gone through %s but it went through %s", this.actual,
					List.of(statuses), this.actual.statuses());
		}
		return this;
	}

	/**
	 * Verify the output.
	 * @param output the expected output, compared as JSON
	 * @return this assertion
	 */
	public RunAssert hasOutput(@Nullable Object output) {
		if (!this.actual.toJson(output).equals(this.actual.output())) {
			failWithMessage("Expected %s to have the output%n  %s%nbut it has%n  %s", this.actual,
					this.actual.toJson(output), this.actual.output());
		}
		return this;
	}

	/**
	 * Verify the payload.
	 * @param payload the expected payload, compared as JSON
	 * @return this assertion
	 */
	public RunAssert hasPayload(@Nullable Object payload) {
		if (!this.actual.toJson(payload).equals(this.actual.payload())) {
			failWithMessage("Expected %s to have the payload%n  %s%nbut it has%n  %s", this.actual,
					this.actual.toJson(payload), this.actual.payload());
		}
		return this;
	}

	/**
	 * Verify that the run has tags, perhaps among others.
	 * @param tags the tags
	 * @return this assertion
	 */
	public RunAssert hasTags(String... tags) {
		if (!this.actual.tags().containsAll(List.of(tags))) {
			failWithMessage("Expected %s to have the tags %s but it has %s", this.actual, List.of(tags),
					this.actual.tags());
		}
		return this;
	}

	/**
	 * Verify the payload as an object.
	 * @param <P> the type of the payload
	 * @param type the type of the payload
	 * @param requirements assertions about it; {@code null} is passed for no payload
	 * @return this assertion
	 */
	public <P> RunAssert hasPayloadSatisfying(Class<P> type, Consumer<@Nullable P> requirements) {
		requirements.accept(this.actual.payload(type));
		return this;
	}

	/**
	 * Verify an entry of the metadata.
	 * @param name the name of the entry
	 * @param value the expected value, compared as JSON
	 * @return this assertion
	 */
	public RunAssert hasMetadata(String name, @Nullable Object value) {
		if (!this.actual.toJson(value).equals(this.actual.metadata().get(name))) {
			failWithMessage("Expected %s to have the metadata %s%n  %s%nbut it has%n  %s", this.actual, name,
					this.actual.toJson(value), this.actual.metadata());
		}
		return this;
	}

	/**
	 * Verify the error.
	 * @param text a part of its message
	 * @return this assertion
	 */
	public RunAssert hasErrorContaining(String text) {
		String message = this.actual.errorMessage();
		if (message == null || !message.contains(text)) {
			failWithMessage("Expected %s to have an error with%n  %s%nbut it has%n  %s", this.actual, text, message);
		}
		return this;
	}

	/**
	 * Verify the queue.
	 * @param queue the name; that of a task's own queue is {@code task/} and the task
	 * @return this assertion
	 */
	public RunAssert isInQueue(String queue) {
		if (!this.actual.queue().equals(queue)) {
			failWithMessage("Expected %s to be in the queue %s but it is in %s", this.actual, queue,
					this.actual.queue());
		}
		return this;
	}

	/**
	 * Verify that another run triggered this one.
	 * @param parent the other run
	 * @return this assertion
	 */
	public RunAssert isChildOf(EmulatedRun parent) {
		if (!parent.id().equals(this.actual.parentId())) {
			failWithMessage("Expected %s to be a child of %s but its parent is %s", this.actual, parent.id(),
					this.actual.parentId());
		}
		return this;
	}

	/**
	 * Verify how many runs this one triggered.
	 * @param count the number
	 * @return this assertion
	 */
	public RunAssert hasChildren(int count) {
		if (this.actual.childIds().size() != count) {
			failWithMessage("Expected %s to have %s children but it has %s", this.actual, count,
					this.actual.childIds());
		}
		return this;
	}

	/**
	 * Verify how often the run was tried.
	 * @param attempts the number of attempts
	 * @return this assertion
	 */
	public RunAssert hasAttempts(int attempts) {
		if (this.actual.attempts() != attempts) {
			failWithMessage("Expected %s to have %s attempts but it has %s", this.actual, attempts,
					this.actual.attempts());
		}
		return this;
	}

}
