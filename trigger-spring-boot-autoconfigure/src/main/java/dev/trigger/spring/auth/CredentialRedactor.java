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

package dev.trigger.spring.auth;

import java.util.regex.Pattern;

/**
 * Removes what looks like a credential from text that came from elsewhere.
 *
 * @since 1.0.0
 * @hidden shared by the packages of the client, not an API for applications
 */
public final class CredentialRedactor {

	static final String MASK = "\u2022\u2022\u2022\u2022";

	/**
	 * A key, or the token of a user actor, which is a JWT behind its prefix.
	 */
	private static final Pattern KEY = Pattern.compile("\\btr_[a-z0-9]++_(?:sk_)?(?:"
			+ "(?<=tr_uat_)[A-Za-z0-9_-]++(?:\\.[A-Za-z0-9_-]++){0,2}+|[A-Za-z0-9]{8,}+)");

	private static final String TOKEN_START = "eyJ";

	private CredentialRedactor() {
	}

	/**
	 * Mask every secret key, token and JWT in the given text.
	 * @param text the text
	 * @return the text with the credentials masked
	 */
	public static String redact(String text) {
		String redacted = text.contains("tr_") ? KEY.matcher(text).replaceAll((match) -> mask(match.group())) : text;
		return redacted.contains(TOKEN_START) ? redactTokens(redacted) : redacted;
	}

	/**
	 * Mask every JWT: three parts joined by dots, the first of which starts as JSON in
	 * Base64 does. A regular expression would read on to the end of a part from each
	 * place where it could start, so that hostile text would take quadratic time.
	 */
	private static String redactTokens(String text) {
		StringBuilder redacted = new StringBuilder(text.length());
		int copied = 0;
		int position = 0;
		for (int start = text.indexOf(TOKEN_START); start >= 0; start = text.indexOf(TOKEN_START, position)) {
			if (start > 0 && isWord(text.charAt(start - 1))) {
				position = start + TOKEN_START.length();
				continue;
			}
			// a later start within the same part would have the same parts behind it
			position = endOfPart(text, start);
			int second = endOfNextPart(text, position);
			int third = (second >= 0) ? endOfNextPart(text, second) : -1;
			if (third >= 0 && position > start + TOKEN_START.length()) {
				redacted.append(text, copied, start).append(mask(text.substring(start, third)));
				copied = third;
				position = third;
			}
		}
		return redacted.append(text, copied, text.length()).toString();
	}

	/**
	 * Return the end of the part behind a dot.
	 * @return the end, -1 if there is no dot or no part
	 */
	private static int endOfNextPart(String text, int dot) {
		if (dot >= text.length() || text.charAt(dot) != '.') {
			return -1;
		}
		int end = endOfPart(text, dot + 1);
		return (end > dot + 1) ? end : -1;
	}

	private static int endOfPart(String text, int start) {
		int end = start;
		while (end < text.length() && (isWord(text.charAt(end)) || text.charAt(end) == '-')) {
			end++;
		}
		return end;
	}

	private static boolean isWord(char character) {
		return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')
				|| (character >= '0' && character <= '9') || character == '_';
	}

	/**
	 * Mask a credential: what remains is its prefix and, if it is long enough, its last
	 * four characters.
	 * @param value the credential
	 * @return the masked credential, such as {@code tr_prod_••••1b2c}
	 */
	static String mask(String value) {
		String prefix = prefixOf(value);
		int secretLength = value.length() - prefix.length();
		return prefix + MASK + ((secretLength >= 16) ? value.substring(value.length() - 4) : "");
	}

	private static String prefixOf(String value) {
		if (!value.startsWith("tr_")) {
			return "";
		}
		int end = value.indexOf('_', 3) + 1;
		if (end == 0) {
			return "tr_";
		}
		return value.startsWith("sk_", end) ? value.substring(0, end + 3) : value.substring(0, end);
	}

}
