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

package dev.trigger.spring.http;

import java.util.regex.Pattern;

/**
 * Masks what makes a URL a permission: the signature of a presigned URL, and the hash of
 * a callback URL. The patterns start with fixed text and never step back, so that they
 * take linear time.
 */
final class UrlSecrets {

	private static final Pattern SIGNATURE = Pattern
		.compile("(?i)(signature|x-amz-credential|x-amz-security-token|x-goog-credential|[?&]sig)=[^&\\s\"'<>\\\\]++");

	private static final Pattern CALLBACK = Pattern.compile("/callback/[A-Za-z0-9_-]{8,}+");

	private static final String MASK = "\u2022\u2022\u2022\u2022";

	private UrlSecrets() {
	}

	static String redact(String text) {
		String redacted = text;
		if (redacted.indexOf('=') >= 0) {
			redacted = SIGNATURE.matcher(redacted).replaceAll("$1=" + MASK);
		}
		if (redacted.contains("/callback/")) {
			redacted = CALLBACK.matcher(redacted).replaceAll("/callback/" + MASK);
		}
		return redacted;
	}

}
