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

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The query of a presigned URL. Object stores like to repeat the signature when they
 * refuse it.
 */
final class PresignedUrlRedactor {

	private static final int SHORTEST_SECRET = 12;

	private static final String MASK = "\u2022\u2022\u2022\u2022";

	private PresignedUrlRedactor() {
	}

	/**
	 * Mask what the query of a URL consists of in the text of an answer.
	 */
	static byte[] redact(byte[] answer, URI url) {
		String query = url.getRawQuery();
		if (query == null || answer.length == 0) {
			return answer;
		}
		String text = redact(new String(answer, StandardCharsets.UTF_8), query);
		for (String parameter : query.split("&")) {
			String value = parameter.substring(parameter.indexOf('=') + 1);
			text = redact(redact(text, value), decode(value));
		}
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String redact(String text, @Nullable String secret) {
		return (secret != null && secret.length() >= SHORTEST_SECRET) ? text.replace(secret, MASK) : text;
	}

	private static @Nullable String decode(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
