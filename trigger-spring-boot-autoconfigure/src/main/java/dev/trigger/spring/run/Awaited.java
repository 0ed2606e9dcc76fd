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

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What a wait is for.
 *
 * @param <T> the type of what a poll returns
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public interface Awaited<T> {

	/**
	 * Return what it is, for messages.
	 * @return the description, such as {@code Run run_1234}
	 */
	String description();

	/**
	 * Return whether the wait is over.
	 * @param value what the last poll returned
	 * @return {@code true} if it is over
	 */
	boolean isFinished(T value);

	/**
	 * Return the status, for messages.
	 * @param value what the last poll returned
	 * @return the status
	 */
	@Nullable Object status(T value);

	/**
	 * Return what may be wrong if the status does not change for long.
	 * @param value what the last poll returned
	 * @param duration how long the status has been the same
	 * @return a sentence without the full stop, {@code null} if there is no concern
	 */
	default @Nullable String concern(T value, Duration duration) {
		return null;
	}

	/**
	 * Return whether there will be no concern any more.
	 * @param value what the last poll returned
	 * @return {@code false} if a concern may come up
	 */
	default boolean hasBegun(T value) {
		return true;
	}

	/**
	 * Return whether the status is the first one, which already held when the wait began.
	 * @param value what the last poll returned
	 * @return {@code true} if there can't have been another one
	 */
	default boolean isFirstStatus(T value) {
		return false;
	}

	/**
	 * Create a description of what a wait is for.
	 * @param <T> the type of what a poll returns
	 * @param description what it is
	 * @param finished returns whether the wait is over
	 * @param status returns the status
	 * @return the description
	 */
	static <T> Awaited<T> of(String description, Predicate<T> finished, Function<T, @Nullable Object> status) {
		return new Awaited<>() {

			@Override
			public String description() {
				return description;
			}

			@Override
			public boolean isFinished(T value) {
				return finished.test(value);
			}

			@Override
			public @Nullable Object status(T value) {
				return status.apply(value);
			}

		};
	}

}
