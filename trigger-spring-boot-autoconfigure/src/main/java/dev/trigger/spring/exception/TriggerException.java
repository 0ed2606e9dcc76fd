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

package dev.trigger.spring.exception;

import org.jspecify.annotations.Nullable;

/**
 * Superclass of all exceptions that a call to Trigger.dev fails with, other than an
 * {@link IllegalArgumentException} for a bad argument.
 *
 * @since 1.0.0
 */
public abstract class TriggerException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private volatile @Nullable String note;

	/**
	 * Create a new exception.
	 * @param message the message, of which each line break and control character becomes
	 * a space: text of a server or task can neither forge a line of the log nor reach a
	 * terminal
	 * @param cause the cause, if any
	 */
	protected TriggerException(String message, @Nullable Throwable cause) {
		super(singleLine(message), cause);
	}

	/**
	 * Add to the message what the client found out about the failure later, such as why
	 * it was not retried.
	 * @param note the addition, in lower case and without a full stop
	 */
	public final void addNote(String note) {
		String present = this.note;
		this.note = (present != null) ? present + "; " + note : note;
	}

	@Override
	public String getMessage() {
		String message = String.valueOf(super.getMessage());
		String added = this.note;
		return (added != null) ? message + " (" + added + ")" : message;
	}

	private static String singleLine(String text) {
		if (text.codePoints().noneMatch(TriggerException::breaksLine)) {
			return text;
		}
		StringBuilder line = new StringBuilder(text.length());
		text.codePoints().forEach((ch) -> line.appendCodePoint(breaksLine(ch) ? ' ' : ch));
		return line.toString();
	}

	private static boolean breaksLine(int ch) {
		int type = Character.getType(ch);
		return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
	}

}
