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

package dev.trigger.spring.test.reliability;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A credential that is looked for: whole, in pieces, and in base64.
 */
final class Secret {

	private static final int PIECE = 8;

	private final Set<String> pieces = new LinkedHashSet<>();

	Secret(String prefix, String secret) {
		cut(secret);
		for (String text : new String[] { prefix + secret, "Bearer " + prefix + secret, " " + prefix + secret }) {
			String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
			// the prefix is no secret
			cut(encoded.substring((text.length() - secret.length() + 2) / 3 * 4));
		}
	}

	private void cut(String text) {
		for (int i = 0; i + PIECE <= text.length(); i++) {
			this.pieces.add(text.substring(i, i + PIECE));
		}
	}

	/**
	 * Look for the secret.
	 * @param text the text to look into
	 * @return what surrounds it, {@code null} if it is not there
	 */
	@Nullable String find(String text) {
		for (String piece : this.pieces) {
			int index = text.indexOf(piece);
			if (index >= 0) {
				return text.substring(Math.max(0, index - 200), Math.min(text.length(), index + 200));
			}
		}
		return null;
	}

}
