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

package dev.trigger.spring.autoconfigure.property;

import java.util.Locale;
import java.util.regex.Pattern;

import dev.trigger.spring.auth.CredentialRedactor;

/**
 * Shows values in messages, unless they may be secrets. A key may stand under any
 * property by mistake, so that only what is short and looks like a number, a word or a
 * unit is shown.
 */
final class SafeValue {

	private static final Pattern HARMLESS = Pattern.compile("[\\w.,+-][\\w.,+ -]{0,15}");

	private static final Pattern SECRET_NAME = Pattern.compile("secret|token|password|proxy.host");

	private SafeValue() {
	}

	static String show(String property, Object value) {
		String text = String.valueOf(value);
		if (text.isBlank()) {
			return "an empty value";
		}
		if (HARMLESS.matcher(text).matches() && !isCredential(text)
				&& !SECRET_NAME.matcher(property.toLowerCase(Locale.ROOT)).find()) {
			return "'" + text + "'";
		}
		return "a value of " + text.length() + " characters (not shown, as it may be a secret)";
	}

	/**
	 * Return whether a value contains something that looks like a credential.
	 */
	static boolean isCredential(String text) {
		return text.startsWith("tr_") || !text.equals(CredentialRedactor.redact(text));
	}

}
