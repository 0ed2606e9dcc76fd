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

import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * What happened while a task executed: a wait, or a line of its log. Like all that
 * belongs to a run, it is changed and read with the lock of the {@link EmulatorState}
 * held.
 *
 * @since 1.0.0
 */
public final class RunNote {

	private final String message;

	private final String level;

	private final int attempt;

	private final JsonBody style;

	private final Instant start;

	private @Nullable Instant end;

	private boolean failed;

	private RunNote(String message, String level, int attempt, JsonBody style, Instant start) {
		this.message = message;
		this.level = level;
		this.attempt = attempt;
		this.style = style;
		this.start = start;
	}

	/**
	 * Create a wait that has begun.
	 * @param message what waits
	 * @param attempt the number of the attempt
	 * @param subject what it waits for, as it is shown beside
	 * @param now when it began
	 * @return the wait
	 */
	public static RunNote wait(String message, int attempt, String subject, Instant now) {
		JsonBody item = JsonBody.of("text", subject).with("variant", "normal");
		return new RunNote(message, "TRACE", attempt, JsonBody.of("icon", "wait")
			.with("accessory", JsonBody.of("items", List.of(item)).with("style", "codepath")), now);
	}

	/**
	 * Create a line of a log.
	 * @param message the line
	 * @param level such as {@code LOG}
	 * @param attempt the number of the attempt
	 * @param now when it was written
	 * @return the line
	 */
	public static RunNote line(String message, String level, int attempt, Instant now) {
		RunNote line = new RunNote(message, level, attempt, new JsonBody(), now);
		line.end(now, false);
		return line;
	}

	public String message() {
		return this.message;
	}

	public String level() {
		return this.level;
	}

	public int attempt() {
		return this.attempt;
	}

	public JsonBody style() {
		return this.style;
	}

	public Instant start() {
		return this.start;
	}

	/**
	 * Return when it was over.
	 * @return the time, {@code null} if it is not over
	 */
	public @Nullable Instant end() {
		return this.end;
	}

	public boolean isFailed() {
		return this.failed;
	}

	/**
	 * End it.
	 * @param now when
	 * @param failed whether nothing came of it
	 */
	public void end(Instant now, boolean failed) {
		this.end = now;
		this.failed = failed;
	}

}
