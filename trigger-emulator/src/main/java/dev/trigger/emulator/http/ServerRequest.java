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

package dev.trigger.emulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire.
 *
 * @since 1.0.0
 */
public final class ServerRequest {

	private final String method;

	private final String uri;

	private final String path;

	private final Map<String, List<String>> query;

	private final Map<String, String> headers;

	private final byte[] body;

	private final boolean partialRows;

	/**
	 * Create a request.
	 * @param method the HTTP method
	 * @param uri the request target, percent-encoded, with its query
	 * @param headers the headers; names are compared without case
	 * @param body the body, empty when there is none
	 */
	public ServerRequest(String method, String uri, Map<String, String> headers, byte[] body) {
		this(method, uri, headers, body, false);
	}

	private ServerRequest(String method, String uri, Map<String, String> headers, byte[] body, boolean partialRows) {
		this.method = method;
		this.uri = uri;
		int mark = uri.indexOf('?');
		this.path = (mark < 0) ? uri : uri.substring(0, mark);
		this.query = (mark < 0) ? Map.of() : parseQuery(uri.substring(mark + 1));
		Map<String, String> lowerCase = new LinkedHashMap<>();
		headers.forEach((name, value) -> lowerCase.put(name.toLowerCase(Locale.ROOT), value));
		this.headers = Collections.unmodifiableMap(lowerCase);
		this.body = body;
		this.partialRows = partialRows;
	}

	public String method() {
		return this.method;
	}

	public String uri() {
		return this.uri;
	}

	/**
	 * Return the path, still percent-encoded.
	 * @return the path
	 */
	public String path() {
		return this.path;
	}

	public Map<String, List<String>> query() {
		return this.query;
	}

	/**
	 * Return the last value of a query parameter, which is the one that servers look at.
	 * @param name the decoded name
	 * @return the decoded value, or {@code null}
	 */
	public @Nullable String query(String name) {
		List<String> values = this.query.get(name);
		return (values == null) ? null : values.get(values.size() - 1);
	}

	/**
	 * Return the comma-separated values of a query parameter.
	 * @param name the decoded name
	 * @return the values, empty when the parameter is absent
	 */
	public List<String> queryList(String name) {
		String value = query(name);
		if (value == null || value.isEmpty()) {
			return List.of();
		}
		return List.of(value.split(",", -1));
	}

	public Map<String, String> headers() {
		return this.headers;
	}

	/**
	 * Return a header's value.
	 * @param name the header's name in lower case
	 * @return its value, or {@code null}
	 */
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	/**
	 * Return whether rows are to be sent without what has not changed.
	 * @return {@code true} if a test wants it so
	 */
	public boolean isPartialRows() {
		return this.partialRows;
	}

	/**
	 * Return this request with partial rows.
	 * @return another request
	 */
	ServerRequest withPartialRows() {
		return new ServerRequest(this.method, this.uri, this.headers, this.body, true);
	}

	public byte[] body() {
		return this.body;
	}

	public String bodyText() {
		return new String(this.body, StandardCharsets.UTF_8);
	}

	private static Map<String, List<String>> parseQuery(String query) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		for (String pair : query.split("&")) {
			if (pair.isEmpty()) {
				continue;
			}
			int equals = pair.indexOf('=');
			String name = (equals < 0) ? pair : pair.substring(0, equals);
			String value = (equals < 0) ? "" : pair.substring(equals + 1);
			parameters.computeIfAbsent(decode(name), (key) -> new ArrayList<>()).add(decode(value));
		}
		return parameters;
	}

	private static String decode(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
