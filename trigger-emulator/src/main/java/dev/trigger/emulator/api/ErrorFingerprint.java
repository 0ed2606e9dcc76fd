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

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.trigger.emulator.state.RunError;
import dev.trigger.emulator.state.Tokens;

/**
 * What errors of a task have in common that differ in identifiers, numbers, times and the
 * like only.
 */
final class ErrorFingerprint {

	/**
	 * Identifiers, times, addresses, numbers, paths and long quotations, in the order in
	 * which servers look for them.
	 */
	private static final List<Pattern> VARYING = Stream
		.of("(?i)\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}", "run_\\p{Alnum}+",
				"\\b[a-z]+_\\p{Alnum}{8,}\\b", "\\d{4}(?:-\\d\\d){2}T\\d\\d(?::\\d\\d){2}(?:\\.\\d+)?Z?",
				"\\b\\d{10,13}\\b", "https?://\\S+", "\\b\\d{4,}\\b", "(?:/[^/\\s]+){2,}", "[A-Z]:(?:\\\\[^\\\\]+){2,}",
				"\\b[\\w.%+-]+@[\\p{Alnum}.-]+\\.\\p{Alpha}{2,}\\b", "0x\\p{XDigit}{8,}", "\"[^\"]{20,}\"|'[^']{20,}'")
		.map(Pattern::compile)
		.toList();

	private ErrorFingerprint() {
	}

	/**
	 * Return the fingerprint of an error. That of a server does not depend on the task.
	 * @param taskId the task
	 * @param error the error
	 * @return 16 hexadecimal digits
	 */
	static String of(String taskId, RunError error) {
		String type = String.valueOf(error.toRow().get("type"));
		String message = (error.message().isEmpty() && error.name() != null && !error.isInternal()) ? error.name()
				: error.message();
		return Tokens.hash("error", taskId + ":" + type + ":" + normalized(message)).substring(0, 16);
	}

	private static String normalized(String message) {
		String result = message;
		for (Pattern varying : VARYING) {
			result = varying.matcher(result).replaceAll("*");
		}
		return result;
	}

}
