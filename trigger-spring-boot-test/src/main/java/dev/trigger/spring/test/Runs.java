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

import dev.trigger.spring.run.RunStatus;

/**
 * Runs for tests that replace the client with a mock: every method starts a run of a
 * task, and the builder that it returns fills in what the test needs. Everything else has
 * the value that a server would send.
 *
 * <!-- snippet: com/example/onboarding/FixtureTests.java#runs --> <pre class="code">
 * Run run = Runs.completed("send-welcome").output(new Receipt("message-1")).tags("user:1").build();
 * RunFailedException failure = Runs.failed("send-welcome", "mailbox full").failure();
 * </pre>
 *
 * @since 1.0.0
 */
public final class Runs {

	private Runs() {
	}

	/**
	 * Return a run that has completed.
	 * @param taskId the identifier of the task
	 * @return the builder
	 */
	public static RunFixture completed(String taskId) {
		return of(taskId, RunStatus.COMPLETED);
	}

	/**
	 * Return a run that has failed.
	 * @param taskId the identifier of the task
	 * @param message the message of the error
	 * @return the builder
	 */
	public static RunFixture failed(String taskId, String message) {
		return of(taskId, RunStatus.FAILED).error(message);
	}

	/**
	 * Return a run that was canceled.
	 * @param taskId the identifier of the task
	 * @return the builder
	 */
	public static RunFixture canceled(String taskId) {
		return of(taskId, RunStatus.CANCELED);
	}

	/**
	 * Return a run that waits in its queue.
	 * @param taskId the identifier of the task
	 * @return the builder
	 */
	public static RunFixture queued(String taskId) {
		return of(taskId, RunStatus.QUEUED);
	}

	/**
	 * Return a run that is being executed.
	 * @param taskId the identifier of the task
	 * @return the builder
	 */
	public static RunFixture executing(String taskId) {
		return of(taskId, RunStatus.EXECUTING);
	}

	/**
	 * Return a run in any status.
	 * @param taskId the identifier of the task
	 * @param status the status
	 * @return the builder
	 */
	public static RunFixture of(String taskId, RunStatus status) {
		return new RunFixture(taskId, status);
	}

}
