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

package dev.trigger.spring.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Encodes text that leaves the client. {@link String#getBytes} replaces half of a
 * surrogate pair by a question mark: another text would arrive, and different keys would
 * have the same hash.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class Utf8 {

	private Utf8() {
	}

	/**
	 * Encode a text.
	 * @param text the text
	 * @param name what the text is, for the message of a failure
	 * @return the text in UTF-8
	 * @throws IllegalArgumentException if the text has half of a surrogate pair
	 */
	public static byte[] encode(CharSequence text, String name) {
		try {
			ByteBuffer buffer = StandardCharsets.UTF_8.newEncoder()
				.onMalformedInput(CodingErrorAction.REPORT)
				.encode(CharBuffer.wrap(text));
			byte[] bytes = new byte[buffer.remaining()];
			buffer.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalArgumentException("'" + name + "' contains half of a surrogate pair: a character outside "
					+ "of the basic plane, such as an emoji, was cut in two", ex);
		}
	}

	/**
	 * Return whether a text can be encoded.
	 * @param text the text
	 * @return {@code false} if it has half of a surrogate pair
	 */
	public static boolean canEncode(CharSequence text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (Character.isSurrogate(character)) {
				boolean pair = Character.isHighSurrogate(character) && i + 1 < text.length()
						&& Character.isLowSurrogate(text.charAt(i + 1));
				if (!pair) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

}
