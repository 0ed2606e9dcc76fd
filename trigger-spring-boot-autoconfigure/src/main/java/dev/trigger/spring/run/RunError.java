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

import java.io.Serializable;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Why a run failed.
 *
 * @param message the message of the error
 * @param name its name, such as {@code TypeError}
 * @param stackTrace its stack trace
 * @param causes the errors that caused it
 * @since 1.0.0
 */
public record RunError(@Nullable String message, @Nullable String name, @Nullable String stackTrace,
		List<RunError> causes) implements Serializable {

	/**
	 * Create an error.
	 */
	public RunError {
		causes = (causes != null) ? List.copyOf(causes) : List.of();
	}

	@Override
	public String toString() {
		return (this.name != null) ? this.name + ": " + this.message : String.valueOf(this.message);
	}

}
