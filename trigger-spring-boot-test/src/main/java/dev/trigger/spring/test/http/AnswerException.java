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

package dev.trigger.spring.test.http;

/**
 * Ends the handling of a request early with an answer.
 *
 * @since 1.0.0
 */
public final class AnswerException extends RuntimeException {

	private final transient Answer answer;

	/**
	 * Creates an exception.
	 * @param answer what to answer
	 */
	public AnswerException(Answer answer) {
		super("HTTP " + answer.status(), null, false, false);
		this.answer = answer;
	}

	/**
	 * Creates an exception with the server's plain form of an error.
	 * @param status the HTTP status
	 * @param message the text under {@code error}
	 */
	public AnswerException(int status, String message) {
		this(Answer.error(status, message));
	}

	public Answer answer() {
		return this.answer;
	}

}
