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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.trigger.spring.auth.CredentialRedactor;

/**
 * Masks what the query of a presigned URL consists of. Object stores like to repeat the
 * signature when they refuse it, in their text and in headers.
 */
final class PresignedUrlRedactor {

	private static final int SHORTEST_SECRET = 12;

	/**
	 * No object store signs more: each one is searched for in all of the text.
	 */
	private static final int MAX_SECRETS = 64;

	private static final String MASK = "\u2022\u2022\u2022\u2022";

	private final List<String> secrets;

	PresignedUrlRedactor(URI url) {
		Set<String> secrets = new LinkedHashSet<>();
		String query = url.getRawQuery();
		if (query != null) {
			add(secrets, query);
			for (String parameter : query.split("&")) {
				String value = parameter.substring(parameter.indexOf('=') + 1);
				add(secrets, value);
				add(secrets, URLDecoder.decode(value, StandardCharsets.UTF_8));
			}
		}
		this.secrets = new ArrayList<>(secrets);
	}

	private static void add(Set<String> secrets, String secret) {
		if (secret.length() >= SHORTEST_SECRET && secrets.size() < MAX_SECRETS) {
			secrets.add(secret);
		}
	}

	/**
	 * Mask parts of the query, and credentials.
	 * @param text text of the object store
	 * @return the text without them
	 */
	String redact(String text) {
		String redacted = text;
		for (String secret : this.secrets) {
			redacted = redacted.replace(secret, MASK);
		}
		return CredentialRedactor.redact(UrlSecrets.redact(redacted));
	}

}
