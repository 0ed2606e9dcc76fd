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

package dev.trigger.spring.feed;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads the text form of a PostgreSQL array of one dimension, such as
 * <code>{a,"b c"}</code>.
 */
final class PostgresArray {

	private static final String NULL = "NULL";

	private PostgresArray() {
	}

	/**
	 * Read an array.
	 * @param literal the text form
	 * @return the elements that are not {@code null}; empty if there is no array
	 */
	static List<String> parse(@Nullable String literal) {
		if (literal == null || !literal.startsWith("{")) {
			return List.of();
		}
		List<String> elements = new ArrayList<>();
		StringBuilder element = new StringBuilder();
		boolean inQuotes = false;
		boolean wasQuoted = false;
		for (int i = 1; i < literal.length(); i++) {
			char ch = literal.charAt(i);
			if (ch == '\\' && i + 1 < literal.length()) {
				i++;
				element.append(literal.charAt(i));
			}
			else if (ch == '"') {
				inQuotes = !inQuotes;
				wasQuoted = true;
			}
			else if (!inQuotes && (ch == ',' || ch == '}')) {
				add(elements, element.toString(), wasQuoted);
				element.setLength(0);
				wasQuoted = false;
				if (ch == '}') {
					break;
				}
			}
			else {
				element.append(ch);
			}
		}
		return List.copyOf(elements);
	}

	private static void add(List<String> elements, String element, boolean quoted) {
		if (quoted) {
			elements.add(element);
		}
		else if (!element.isBlank() && !element.strip().equalsIgnoreCase(NULL)) {
			elements.add(element.strip());
		}
	}

}
