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

package dev.trigger.spring.contracts.generator;

import org.jspecify.annotations.Nullable;

/**
 * Makes javadoc of any text: whatever could end a comment, or begin a tag, an element or
 * an escape, becomes the number of its character.
 */
final class Javadoc {

	private static final int MAX_LENGTH = 4000;

	private static final int LINE = 90;

	private Javadoc() {
	}

	/**
	 * Escape a text, and break it into lines.
	 */
	static String text(String text) {
		String limited = (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + " ..." : text;
		StringBuilder result = new StringBuilder();
		int column = 0;
		for (String word : limited.trim().split("[\\s\\p{Cc}\\p{Zl}\\p{Zp}]+")) {
			String escaped = escape(word);
			if (column > 0) {
				boolean full = column + 1 + escaped.length() > LINE;
				result.append(full ? '\n' : ' ');
				column = full ? 0 : column + 1;
			}
			result.append(escaped);
			column += escaped.length();
		}
		return result.toString();
	}

	/**
	 * Return a sentence with a text of the schema, or one that stands in for it.
	 */
	static String text(@Nullable String text, String otherwise) {
		String result = (text != null) ? text(text) : "";
		return result.isEmpty() ? otherwise : result;
	}

	private static String escape(String word) {
		StringBuilder escaped = new StringBuilder();
		word.codePoints().forEach((character) -> {
			if (isPlain(character)) {
				escaped.appendCodePoint(character);
			}
			else if (isVisible(character)) {
				escaped.append("&#").append(character).append(';');
			}
		});
		return escaped.toString();
	}

	private static boolean isPlain(int character) {
		return (character < 128)
				? Character.isLetterOrDigit(character) || " .,;:!?()[]+-=_'\"%#$~^|".indexOf(character) >= 0
				: Character.isLetterOrDigit(character) && Character.isBmpCodePoint(character);
	}

	/**
	 * Return whether a character shows as what it is. Those that change the direction of
	 * text could make a comment look like code.
	 */
	private static boolean isVisible(int character) {
		return switch (Character.getType(character)) {
			case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
					Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
				false;
			default -> true;
		};
	}

}
