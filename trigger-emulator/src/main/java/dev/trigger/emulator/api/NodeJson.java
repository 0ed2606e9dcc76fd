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

package dev.trigger.emulator.api;

/**
 * Describes JSON errors as the server's runtime does.
 */
final class NodeJson {

	private NodeJson() {
	}

	/**
	 * Explain why a text is no JSON.
	 * @param text the text
	 * @return the explanation
	 */
	static String explain(String text) {
		String trimmed = text.strip();
		if (trimmed.isEmpty()) {
			return "Unexpected end of JSON input";
		}
		int position = text.indexOf(trimmed.charAt(0)) + 1;
		if (trimmed.startsWith("{")) {
			return "Expected property name or '}' in JSON at position " + position + " (line 1 column " + (position + 1)
					+ ")";
		}
		return "Unexpected token '" + trimmed.charAt(0) + "', \"" + trimmed + "\" is not valid JSON";
	}

}
