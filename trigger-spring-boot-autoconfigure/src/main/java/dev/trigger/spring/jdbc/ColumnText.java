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

package dev.trigger.spring.jdbc;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * Texts of servers and exceptions as columns of every database can hold them.
 *
 * @since 1.0.0
 */
public final class ColumnText {

	private ColumnText() {
	}

	/**
	 * Return a text without what some databases refuse: NUL, and half of a surrogate
	 * pair.
	 * @param text the text, {@code null} for an empty one
	 * @param maxLength the largest number of characters; a longer text is cut off
	 * @return the text
	 */
	public static String of(@Nullable String text, int maxLength) {
		return of(text, maxLength, StandardCharsets.UTF_8, "…");
	}

	/**
	 * Return a text for a database whose encoding lacks characters, or has others in
	 * several units of a column's length: one of ASCII alone.
	 * @param text the text, {@code null} for an empty one
	 * @param maxLength the largest number of characters; a longer text is cut off
	 * @return the text, with question marks for other characters
	 */
	public static String inAscii(@Nullable String text, int maxLength) {
		return of(text, maxLength, StandardCharsets.US_ASCII, "...");
	}

	private static String of(@Nullable String text, int maxLength, Charset charset, String more) {
		String all = (text != null) ? text.replace('\0', ' ') : "";
		String some = (all.length() > maxLength) ? all.substring(0, maxLength - more.length()) : all;
		// an encoder replaces what it lacks, or what is no character, by a question mark
		String valid = new String(some.getBytes(charset), charset);
		return (some.length() < all.length()) ? valid + more : valid;
	}

	/**
	 * Return whether every database stores a text as it is.
	 * @param text the text
	 * @return whether it has neither NUL nor half of a surrogate pair
	 */
	public static boolean isStorable(String text) {
		return text.equals(of(text, Integer.MAX_VALUE));
	}

}
