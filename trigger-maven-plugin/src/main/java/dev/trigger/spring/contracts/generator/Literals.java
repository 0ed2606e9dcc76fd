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

package dev.trigger.spring.contracts.generator;

import com.palantir.javapoet.CodeBlock;

/**
 * Makes literals of any text. JavaPoet's own break at all that Unicode has for ends of
 * lines, of which Java knows only some.
 */
final class Literals {

	private Literals() {
	}

	static CodeBlock of(String text) {
		StringBuilder literal = new StringBuilder("\"");
		for (int i = 0; i < text.length(); i++) {
			append(literal, text.charAt(i));
		}
		return CodeBlock.of("$L", literal.append('"').toString());
	}

	private static void append(StringBuilder literal, char character) {
		switch (character) {
			case '\n' -> literal.append("\\n");
			case '\r' -> literal.append("\\r");
			case '\t' -> literal.append("\\t");
			case '"' -> literal.append("\\\"");
			case '\\' -> literal.append("\\\\");
			default -> {
				if ((character >= ' ' && character < 127) || Character.isLetterOrDigit(character)) {
					literal.append(character);
				}
				else {
					literal.append("\\u").append(Integer.toHexString(0x10000 | character).substring(1));
				}
			}
		}
	}

}
