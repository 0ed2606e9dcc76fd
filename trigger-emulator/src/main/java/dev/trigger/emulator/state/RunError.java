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

package dev.trigger.emulator.state;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Why a run failed. An error of the engine itself has one of its codes for a name: the
 * API hides what else is known of it, the database does not.
 *
 * @param name the type of the error, or the code of one of the engine
 * @param message the message
 * @param stackTrace the stack trace
 * @since 1.0.0
 */
public record RunError(@Nullable String name, String message, @Nullable String stackTrace) {

	private static final Set<String> CODES = Set.of("COULD_NOT_FIND_EXECUTOR", "COULD_NOT_FIND_TASK",
			"COULD_NOT_IMPORT_TASK", "CONFIGURED_INCORRECTLY", "TASK_ALREADY_RUNNING", "TASK_EXECUTION_FAILED",
			"TASK_EXECUTION_ABORTED", "TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE", "TASK_PROCESS_SIGKILL_TIMEOUT",
			"TASK_PROCESS_SIGSEGV", "TASK_PROCESS_SIGTERM", "TASK_PROCESS_OOM_KILLED", "TASK_PROCESS_MAYBE_OOM_KILLED",
			"TASK_RUN_CANCELLED", "TASK_INPUT_ERROR", "TASK_OUTPUT_ERROR", "TASK_MIDDLEWARE_ERROR",
			"HANDLE_ERROR_ERROR", "GRACEFUL_EXIT_TIMEOUT", "TASK_RUN_HEARTBEAT_TIMEOUT", "TASK_RUN_CRASHED",
			"TASK_RUN_UNCAUGHT_EXCEPTION", "MAX_DURATION_EXCEEDED", "DISK_SPACE_EXCEEDED", "POD_EVICTED",
			"POD_UNKNOWN_ERROR", "TASK_HAS_N0_EXECUTION_SNAPSHOT", "TASK_DEQUEUED_INVALID_STATE",
			"TASK_DEQUEUED_QUEUE_NOT_FOUND", "TASK_RUN_DEQUEUED_MAX_RETRIES", "TASK_RUN_STALLED_EXECUTING",
			"TASK_RUN_STALLED_EXECUTING_WITH_WAITPOINTS", "OUTDATED_SDK_VERSION", "TASK_DID_CONCURRENT_WAIT",
			"RECURSIVE_WAIT_DEADLOCK", "BATCH_ITEM_COULD_NOT_TRIGGER", "PAYLOAD_TOO_LARGE", "UNSPECIFIED_ERROR");

	private static final String EXITED = "TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE";

	private static final int SIGNAL_WITHIN = 100;

	private static final int MAX_MESSAGE = 1000;

	private static final int MAX_LINE = 1024;

	private static final int MAX_FRAMES = 50;

	private static final int TOP_FRAMES = 5;

	private static final String TRUNCATED = "...[truncated]";

	/**
	 * Create an error. A message that is too long for servers ends early.
	 */
	public RunError {
		message = truncated(message.replace("\0", ""), MAX_MESSAGE);
	}

	/**
	 * Return the error for a failure of a task function.
	 * @param failure the failure
	 * @return the error
	 */
	public static RunError of(Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		String message = failure.getMessage();
		return new RunError(failure.getClass().getSimpleName(), (message != null) ? message : failure.toString(),
				shortened(trace.toString().replace("\0", "")));
	}

	/**
	 * Return whether the engine itself failed the run, or the process that executed it.
	 * @return {@code false} for an error that was thrown by the task
	 */
	public boolean isInternal() {
		return this.name != null && CODES.contains(this.name);
	}

	/**
	 * Return the error as the API reports it.
	 * @return the JSON
	 */
	public JsonBody toJson() {
		if (isInternal()) {
			return JsonBody.of("message", "trigger.dev internal error (" + reportedCode() + ")");
		}
		return new JsonBody().maybe("name", this.name)
			.with("message", this.message)
			.maybe("stackTrace", this.stackTrace);
	}

	/**
	 * Return the error as the database has it.
	 * @return the JSON
	 */
	public JsonBody toRow() {
		if (this.name == null) {
			return JsonBody.of("type", "STRING_ERROR").with("raw", this.message);
		}
		if (isInternal()) {
			return JsonBody.of("type", "INTERNAL_ERROR")
				.with("code", this.name)
				.maybe("message", this.message.isEmpty() ? null : this.message)
				.maybe("stackTrace", this.stackTrace);
		}
		return JsonBody.of("type", "BUILT_IN_ERROR")
			.with("name", this.name)
			.with("message", this.message)
			.maybe("stackTrace", this.stackTrace);
	}

	/**
	 * Return the error as the events of a trace have it.
	 * @return the JSON
	 */
	public JsonBody toException() {
		if (this.name == null) {
			return JsonBody.of("type", "Error").with("message", this.message);
		}
		boolean internal = isInternal();
		String message = internal ? this.name + (this.message.isEmpty() ? "" : ": " + this.message) : this.message;
		return JsonBody.of("type", internal ? "Internal error" : this.name)
			.with("message", message)
			.maybe("stacktrace", this.stackTrace);
	}

	/**
	 * Return the code that the API names: of a process that has exited, a signal in the
	 * message says more.
	 */
	private @Nullable String reportedCode() {
		if (!EXITED.equals(this.name)) {
			return this.name;
		}
		String start = this.message.substring(0, Math.min(this.message.length(), SIGNAL_WITHIN));
		if (start.contains("SIGTERM")) {
			return "TASK_PROCESS_SIGTERM";
		}
		if (start.contains("SIGSEGV")) {
			return "TASK_PROCESS_SIGSEGV";
		}
		return (start.contains("SIGKILL") || start.contains("SIGABRT")) ? "TASK_PROCESS_MAYBE_OOM_KILLED" : EXITED;
	}

	private static String truncated(String text, int most) {
		return (text.length() > most) ? text.substring(0, most) + TRUNCATED : text;
	}

	/**
	 * Leave out the middle of a long stack trace.
	 */
	private static String shortened(String trace) {
		List<String> head = new ArrayList<>();
		List<String> frames = new ArrayList<>();
		for (String line : trace.split("\n", -1)) {
			boolean frame = !frames.isEmpty() || line.stripLeading().startsWith("at ");
			(frame ? frames : head).add(truncated(line, MAX_LINE));
		}
		int omitted = frames.size() - MAX_FRAMES;
		if (omitted > 0) {
			frames.subList(TOP_FRAMES, TOP_FRAMES + omitted).clear();
			frames.add(TOP_FRAMES, "    ... " + omitted + " frames omitted ...");
		}
		head.addAll(frames);
		return String.join("\n", head);
	}

}
