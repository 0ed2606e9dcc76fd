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

import dev.trigger.emulator.http.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Why a run failed.
 *
 * @param name the type of the error
 * @param message the message
 * @param stackTrace the stack trace
 * @since 1.0.0
 */
public record RunError(@Nullable String name, String message, @Nullable String stackTrace) {

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
				trace.toString());
	}

	/**
	 * Return the error as the server reports it.
	 * @return the JSON
	 */
	public JsonBody toJson() {
		return new JsonBody().maybe("name", this.name)
			.with("message", this.message)
			.maybe("stackTrace", this.stackTrace);
	}

}
