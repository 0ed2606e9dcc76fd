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

/**
 * Carries a failure of the application, in the source of a streamed body or in a filter,
 * past what becomes of the failures of connections: it is neither translated nor retried,
 * whatever it is.
 */
final class ForeignException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Throwable failure;

	ForeignException(Throwable failure) {
		super(null, failure, false, false);
		this.failure = failure;
	}

	/**
	 * Return what the caller gets to see.
	 */
	static Throwable unwrap(Throwable failure) {
		return (failure instanceof ForeignException foreign) ? foreign.failure : failure;
	}

}
