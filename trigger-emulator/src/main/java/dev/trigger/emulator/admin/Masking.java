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

package dev.trigger.emulator.admin;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes credentials unreadable in what is shown of requests.
 */
final class Masking {

	private static final Set<String> SECRET_HEADERS = Set.of("authorization", "proxy-authorization", "cookie");

	/**
	 * Secret keys, personal access tokens, and tokens in three parts, which those of user
	 * actors have behind their prefix.
	 */
	private static final Pattern CREDENTIAL = Pattern.compile("\\b(tr_[a-z]+_(?:sk_)?|pk_[a-z]+_)"
			+ "(?:(?<=tr_uat_)[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+){0,2}|[A-Za-z0-9_-]{2,})"
			+ "|\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

	private static final int SHOWN = 4;

	private static final int LONG_ENOUGH = 12;

	private Masking() {
	}

	static Map<String, String> headers(Map<String, String> headers) {
		Map<String, String> masked = new LinkedHashMap<>();
		headers.forEach((name, value) -> masked.put(name,
				SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? secret(value) : text(value)));
		return masked;
	}

	/**
	 * Mask what looks like a credential.
	 * @param text any text
	 * @return the text, with dots in place of credentials
	 */
	static String text(String text) {
		return CREDENTIAL.matcher(text).replaceAll((match) -> Matcher.quoteReplacement(mask(match.group())));
	}

	private static String secret(String value) {
		int space = value.indexOf(' ');
		return (space > 0) ? value.substring(0, space + 1) + mask(value.substring(space + 1)) : mask(value);
	}

	private static String mask(String secret) {
		Matcher matcher = CREDENTIAL.matcher(secret);
		String prefix = (matcher.matches() && matcher.group(1) != null) ? matcher.group(1) : "";
		String rest = secret.substring(prefix.length());
		return prefix + "••••" + ((rest.length() >= LONG_ENOUGH) ? rest.substring(rest.length() - SHOWN) : "");
	}

}
