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
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Credentials that are looked for: whole, in pieces, and in base64.
 */
final class Secrets {

	private static final int PIECE = 8;

	private static final int FILTER_BITS = 16;

	private final Set<String> pieces = new HashSet<>();

	/**
	 * Has the hash of each piece: hardly anything else in a text passes it.
	 */
	private final BitSet filter = new BitSet(1 << FILTER_BITS);

	/**
	 * Look for one more.
	 * @param prefix what is before the secret, and is none
	 * @param secret the secret
	 * @return this instance
	 */
	Secrets and(String prefix, String secret) {
		cut(secret);
		for (String text : new String[] { prefix + secret, "Bearer " + prefix + secret, " " + prefix + secret }) {
			String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
			// the prefix is no secret
			cut(encoded.substring((text.length() - secret.length() + 2) / 3 * 4));
		}
		return this;
	}

	private void cut(String text) {
		for (int i = 0; i + PIECE <= text.length(); i++) {
			String piece = text.substring(i, i + PIECE);
			this.pieces.add(piece);
			this.filter.set(hash(piece.chars().asLongStream().reduce(0, Secrets::append)));
		}
	}

	private static long append(long window, long character) {
		return (window << Byte.SIZE) | Math.min(character, 0xFF);
	}

	private static int hash(long window) {
		return (int) ((window * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - FILTER_BITS));
	}

	/**
	 * Look for all of them, in one pass over the text: there is a lot to look through.
	 * @param text the text to look into
	 * @return what surrounds it, {@code null} if none is there
	 */
	@Nullable String find(String text) {
		long window = 0;
		for (int end = 1; end <= text.length(); end++) {
			window = append(window, text.charAt(end - 1));
			int index = end - PIECE;
			if (index >= 0 && this.filter.get(hash(window)) && this.pieces.contains(text.substring(index, end))) {
				return text.substring(Math.max(0, index - 200), Math.min(text.length(), index + 200));
			}
		}
		return null;
	}

}
