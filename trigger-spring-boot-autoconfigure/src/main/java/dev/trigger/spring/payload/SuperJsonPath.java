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

package dev.trigger.spring.payload;

import java.util.ArrayList;
import java.util.List;

/**
 * The paths in annotations: names and indices joined by dots, a dot inside of a name
 * escaped by a backslash, and since the first numbered version a backslash likewise.
 */
final class SuperJsonPath {

	private SuperJsonPath() {
	}

	static List<String> parse(String path, boolean legacy) {
		List<String> segments = new ArrayList<>();
		StringBuilder segment = new StringBuilder();
		for (int index = 0; index < path.length(); index++) {
			char character = path.charAt(index);
			char next = (index + 1 < path.length()) ? path.charAt(index + 1) : 0;
			if (character == '\\' && (next == '.' || (next == '\\' && !legacy))) {
				segment.append(next);
				index++;
			}
			else if (character == '.') {
				segments.add(segment.toString());
				segment.setLength(0);
			}
			else {
				segment.append(character);
			}
		}
		segments.add(segment.toString());
		return segments;
	}

}
