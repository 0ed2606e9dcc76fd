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
 */
public final class CredentialRedactor {

	static final String MASK = "\u2022\u2022\u2022\u2022";

	private static final Pattern CREDENTIAL = Pattern
		.compile("\\btr_[a-z0-9]+_(?:sk_)?[A-Za-z0-9]{8,}|\\beyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");

	private CredentialRedactor() {
	}

	/**
	 * Mask every secret key, token and JWT in the given text.
	 * @param text the text
	 * @return the text with the credentials masked
	 */
	public static String redact(String text) {
		if (!text.contains("tr_") && !text.contains("eyJ")) {
			return text;
		}
		return CREDENTIAL.matcher(text).replaceAll((match) -> mask(match.group()));
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
