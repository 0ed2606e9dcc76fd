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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.trigger.emulator.http.EmulatorResponse;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint: a method and a path template, who may use it, and what handles it.
 */
final class Route {

	private final String operation;

	private final String method;

	private final String[] template;

	private final Handler handler;

	private RouteAccess access = RouteAccess.SECRET_KEY;

	private String refusal = "Invalid or Missing API key";

	private boolean rateLimited = true;

	private boolean cors;

	private boolean anyAction;

	private boolean branchOptional;

	private int wrongMethodStatus = 400;

	private @Nullable String wrongMethodError;

	private Consumer<ApiCall> first = (call) -> {
	};

	private boolean ofTenant;

	private boolean forActors;

	private OtherMethods otherMethods = OtherMethods.BROKEN;

	private long maxBody = -1;

	private String allowed;

	Route(String operation, String method, String template, Handler handler) {
		this.operation = operation;
		this.method = method;
		this.allowed = method;
		this.template = template.substring(1).split("/");
		this.handler = handler;
	}

	String operation() {
		return this.operation;
	}

	Handler handler() {
		return this.handler;
	}

	Route access(RouteAccess access) {
		this.access = access;
		return this;
	}

	RouteAccess access() {
		return this.access;
	}

	Route publicToken() {
		return access(RouteAccess.SECRET_KEY_OR_PUBLIC_TOKEN);
	}

	/**
	 * Mark one of the older routes, which refuse with a text of their own.
	 * @param refusal the text
	 * @return this route
	 */
	Route terse(String refusal) {
		this.refusal = refusal;
		return access(RouteAccess.SECRET_KEY_TERSE);
	}

	String refusal() {
		return this.refusal;
	}

	/**
	 * Mark a route that is not rate limited, and so responds to a missing credential
	 * itself.
	 * @return this route
	 */
	Route unlimited() {
		this.rateLimited = false;
		return this;
	}

	boolean isRateLimited() {
		return this.rateLimited;
	}

	Route cors() {
		this.cors = true;
		return this;
	}

	boolean isCors() {
		return this.cors;
	}

	/**
	 * Return whether the route responds to the preflight request of a browser. Servers do
	 * so only where they have a handler for methods that read.
	 * @return {@code true} if so
	 */
	boolean hasPreflight() {
		return this.cors && (this.method.equals("GET") || this.wrongMethodStatus == 405);
	}

	/**
	 * Mark a route that serves every method but GET and HEAD.
	 * @return this route
	 */
	Route anyAction() {
		this.anyAction = true;
		return this;
	}

	/**
	 * Let a preview key through without a branch.
	 * @return this route
	 */
	Route branchOptional() {
		this.branchOptional = true;
		return this;
	}

	boolean isBranchOptional() {
		return this.branchOptional;
	}

	/**
	 * Set how the route responds to a method that it does not serve.
	 * @param status 400, or 405 without a body
	 * @return this route
	 */
	Route wrongMethod(int status) {
		this.wrongMethodStatus = status;
		return this;
	}

	/**
	 * Set what the route says about GET, with the status 405.
	 * @param error the text
	 * @return this route
	 */
	Route wrongMethod(String error) {
		this.wrongMethodError = error;
		return wrongMethod(405);
	}

	/**
	 * Set what the route looks at before it asks for a credential.
	 * @param check throws the refusal; the call has no identity
	 * @return this route
	 */
	Route first(Consumer<ApiCall> check) {
		this.first = check;
		return this;
	}

	Consumer<ApiCall> first() {
		return this.first;
	}

	/**
	 * Mark a route that finds out whose project or organization is meant before it asks
	 * for a credential, and refuses user-actor tokens of strangers.
	 * @return this route
	 */
	Route ofTenant() {
		this.ofTenant = true;
		return this;
	}

	boolean isOfTenant() {
		return this.ofTenant;
	}

	/**
	 * Let user-actor tokens through on a route that is not one of the newer ones for
	 * personal access tokens, which all do.
	 * @return this route
	 */
	Route forActors() {
		this.forActors = true;
		return this;
	}

	boolean isForActors() {
		return this.forActors;
	}

	/**
	 * Set how the route responds to methods other than GET that it does not serve.
	 * @param otherMethods the way
	 * @return this route
	 */
	Route others(OtherMethods otherMethods) {
		this.otherMethods = otherMethods;
		return this;
	}

	/**
	 * Name all methods of a path with several routes that change something.
	 * @param methods the methods
	 * @return this route
	 */
	Route allow(String methods) {
		this.allowed = methods;
		return this;
	}

	EmulatorResponse refuseMethod() {
		return this.otherMethods.refuse(this.allowed);
	}

	EmulatorResponse refuseReading() {
		if (this.wrongMethodStatus != 405) {
			return EmulatorResponse.unexpected(400);
		}
		return (this.wrongMethodError != null) ? EmulatorResponse.error(405, this.wrongMethodError)
				: EmulatorResponse.empty(405);
	}

	/**
	 * Require a Content-Length header.
	 * @param bytes the largest body
	 * @return this route
	 */
	Route maxBody(long bytes) {
		this.maxBody = bytes;
		return this;
	}

	long maxBody() {
		return this.maxBody;
	}

	boolean serves(String method) {
		if (this.method.equals(method) || (this.method.equals("GET") && isReading(method))) {
			return true;
		}
		return this.anyAction && !isReading(method);
	}

	/**
	 * Return whether servers take a method for one that reads, which OPTIONS is as well
	 * where a route is not meant for browsers.
	 * @param method the method
	 * @return {@code true} if so
	 */
	static boolean isReading(String method) {
		return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
	}

	boolean servesExactly(String method) {
		return this.method.equals(method);
	}

	/**
	 * Return the number of variables in the template: a route with fewer wins.
	 * @return the number of variables
	 */
	int variables() {
		int count = 0;
		for (String segment : this.template) {
			count += isVariable(segment) ? 1 : 0;
		}
		return count;
	}

	/**
	 * Match a path.
	 * @param segments the path, percent-encoded, split at slashes
	 * @return the decoded variables, or {@code null}
	 */
	@Nullable Map<String, String> match(String[] segments) {
		int last = this.template.length - 1;
		boolean open = this.template[last].endsWith("*}");
		if (open ? segments.length < this.template.length : segments.length != this.template.length) {
			return null;
		}
		Map<String, String> variables = new HashMap<>();
		for (int i = 0; i <= last; i++) {
			String expected = this.template[i];
			String given = (open && i == last) ? String.join("/", Arrays.asList(segments).subList(i, segments.length))
					: segments[i];
			String actual = decode(given);
			if (actual == null) {
				return null;
			}
			if (open && i == last) {
				variables.put(expected.substring(1, expected.length() - 2), actual);
			}
			else if (isVariable(expected)) {
				variables.put(expected.substring(1, expected.length() - 1), actual);
			}
			else if (!expected.equals(actual)) {
				return null;
			}
		}
		return variables;
	}

	/**
	 * Decode a part of a path.
	 * @param part the part, percent-encoded
	 * @return the text, {@code null} if it is encoded wrongly
	 */
	static @Nullable String decode(String part) {
		try {
			return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static boolean isVariable(String segment) {
		return segment.startsWith("{");
	}

}
