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

package dev.trigger.spring.http;

import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The chain of the causes of a failure, which may be a circle.
 */
final class Causes {

	private static final int MAX_DEPTH = 16;

	private Causes() {
	}

	/**
	 * Return whether a failure, or one of its causes, is of some kind.
	 */
	static boolean any(Throwable failure, Predicate<Throwable> kind) {
		return first(failure, kind) != null;
	}

	/**
	 * Return the first of a failure and its causes that is of some type.
	 */
	static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		return type.cast(first(failure, type::isInstance));
	}

	/**
	 * Do something with a failure and all its causes.
	 */
	static void forEach(Throwable failure, Consumer<Throwable> action) {
		first(failure, (cause) -> {
			action.accept(cause);
			return false;
		});
	}

	private static @Nullable Throwable first(Throwable failure, Predicate<Throwable> kind) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
			if (kind.test(cause)) {
				return cause;
			}
			cause = cause.getCause();
		}
		return null;
	}

	/**
	 * Return the last cause, or the failure itself if it has none.
	 */
	static Throwable root(Throwable failure) {
		Throwable root = failure;
		for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
			root = root.getCause();
		}
		return root;
	}

}
