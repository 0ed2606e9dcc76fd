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

package dev.trigger.emulator.state;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Short texts that are kept for long, as one: a list of two takes 140 bytes, this 60.
 */
final class PackedTexts {

	private static final int LONGEST = Character.MAX_VALUE;

	private PackedTexts() {
	}

	/**
	 * Pack texts.
	 * @param texts the texts
	 * @return each with its length in front, {@code null} if there is none, or one is too
	 * long for that
	 */
	static @Nullable String pack(List<String> texts) {
		if (texts.isEmpty() || texts.stream().anyMatch((text) -> text.length() > LONGEST)) {
			return null;
		}
		StringBuilder packed = new StringBuilder();
		texts.forEach((text) -> packed.append((char) text.length()).append(text));
		return packed.toString();
	}

	/**
	 * Unpack texts.
	 * @param packed what was packed
	 * @return the texts
	 */
	static List<String> unpack(String packed) {
		List<String> texts = new ArrayList<>();
		int i = 0;
		while (i < packed.length()) {
			int end = i + 1 + packed.charAt(i);
			texts.add(packed.substring(i + 1, end));
			i = end;
		}
		return List.copyOf(texts);
	}

}
