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

package dev.trigger.spring.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request as it stood on the wire.
 *
 * @param method the method
 * @param target the path and query, encoded
 * @param headers the headers, names in lower case
 * @param body the body, empty if there was none
 */
record ReceivedRequest(String method, String target, Map<String, List<String>> headers, byte[] body) {

	String path() {
		int mark = this.target.indexOf('?');
		return (mark < 0) ? this.target : this.target.substring(0, mark);
	}

	/**
	 * Return the decoded pairs of the query, sorted.
	 * @return pairs of name and value
	 */
	List<List<String>> query() {
		List<List<String>> pairs = new ArrayList<>();
		int mark = this.target.indexOf('?');
		if (mark >= 0 && mark < this.target.length() - 1) {
			for (String pair : this.target.substring(mark + 1).split("&")) {
				int equals = pair.indexOf('=');
				pairs.add(List.of(decode((equals < 0) ? pair : pair.substring(0, equals)),
						decode((equals < 0) ? "" : pair.substring(equals + 1))));
			}
		}
		return pairs;
	}

	private static String decode(String text) {
		return URLDecoder.decode(text, StandardCharsets.UTF_8);
	}

	@Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null) ? String.join(", ", values) : null;
	}

	String text() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return this.method + " " + this.target;
	}

}
