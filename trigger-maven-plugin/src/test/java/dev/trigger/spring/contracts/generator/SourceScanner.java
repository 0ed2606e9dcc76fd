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

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the code of a source from its comments and literals, after the escapes that come
 * before everything else.
 */
final class SourceScanner {

	private static final Pattern ESCAPE = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u+([0-9a-fA-F]{4})");

	private static final Pattern COMMENT_OR_LITERAL = Pattern
		.compile("/\\*(?s:.*?)\\*/|//[^\n\r]*|\"(?:\\\\.|[^\"\\\\\n\r])*\"");

	private SourceScanner() {
	}

	static String withoutCommentsAndLiterals(String source) {
		return COMMENT_OR_LITERAL.matcher(unescape(source)).replaceAll(" ");
	}

	static String comments(String source) {
		StringBuilder comments = new StringBuilder();
		Matcher matcher = COMMENT_OR_LITERAL.matcher(unescape(source));
		while (matcher.find()) {
			if (matcher.group().startsWith("/")) {
				comments.append(matcher.group()).append('\n');
			}
		}
		return comments.toString();
	}

	private static String unescape(String source) {
		return ESCAPE.matcher(source)
			.replaceAll(
					(match) -> Matcher.quoteReplacement(match.group(1) + (char) Integer.parseInt(match.group(2), 16)));
	}

}
