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

package dev.trigger.emulator.api;

import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The order of texts as people expect it, which is that of {@code localeCompare} on
 * servers: signs, digits and letters, with accents and capitals only where texts are the
 * same otherwise.
 */
final class LocaleOrder {

	/**
	 * The signs, which Unicode orders in its own way.
	 */
	private static final String SIGNS = "\t\n\u000b\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

	private static final Pattern MARKS = Pattern.compile("\\p{M}");

	private static final Pattern BASES = Pattern.compile("\\P{M}");

	private static final Comparator<String> COMPARATOR = Comparator.comparing(LocaleOrder::characters)
		.thenComparing((text) -> BASES.matcher(decomposed(text)).replaceAll("\u0001"))
		.thenComparing(LocaleOrder::capitals);

	private LocaleOrder() {
	}

	/**
	 * Put texts in order.
	 * @param texts the texts
	 * @return a sorted copy
	 */
	static List<String> sort(List<String> texts) {
		return texts.stream().sorted(COMPARATOR).toList();
	}

	private static String decomposed(String text) {
		return Normalizer.normalize(text, Normalizer.Form.NFD);
	}

	private static String characters(String text) {
		StringBuilder characters = new StringBuilder();
		MARKS.matcher(decomposed(text))
			.replaceAll("")
			.toLowerCase(Locale.ROOT)
			.chars()
			.forEach((character) -> characters.append(place(character)));
		return characters.toString();
	}

	private static char place(int character) {
		int sign = SIGNS.indexOf(character);
		return (char) ((sign >= 0) ? sign : SIGNS.length() + character);
	}

	private static String capitals(String text) {
		StringBuilder capitals = new StringBuilder();
		text.chars().forEach((character) -> capitals.append(Character.isUpperCase(character) ? '1' : '0'));
		return capitals.toString();
	}

}
