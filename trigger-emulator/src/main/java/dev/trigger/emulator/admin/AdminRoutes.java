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

package dev.trigger.emulator.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;

/**
 * The routes of the admin API: a method, a path with {@code *} for a variable, and what
 * is done.
 */
final class AdminRoutes {

	private final List<AdminRoute> routes = new ArrayList<>();

	void add(String method, String path, Action action) {
		this.routes.add(new AdminRoute(method, path.split("/"), action));
	}

	/**
	 * Handle a request.
	 * @param request the request
	 * @param path its path below {@code /emulator/}
	 * @return the response
	 */
	EmulatorResponse handle(ServerRequest request, String path) {
		String[] segments = path.split("/", -1);
		TreeSet<String> methods = new TreeSet<>();
		for (AdminRoute route : this.routes) {
			if (route.matches(segments)) {
				if (route.method().equals(request.method())) {
					return route.action().handle(request, route.variable(segments));
				}
				methods.add(route.method());
			}
		}
		if (methods.isEmpty()) {
			throw new ResponseException(404, "The admin API has no " + request.path());
		}
		throw new ResponseException(405, request.path() + " takes " + String.join(", ", methods));
	}

	@FunctionalInterface
	interface Action {

		EmulatorResponse handle(ServerRequest request, String variable);

	}

	private record AdminRoute(String method, String[] segments, Action action) {

		boolean matches(String[] path) {
			if (path.length != this.segments.length) {
				return false;
			}
			for (int i = 0; i < path.length; i++) {
				if (!this.segments[i].equals("*") && !this.segments[i].equals(path[i])) {
					return false;
				}
			}
			return true;
		}

		String variable(String[] path) {
			for (int i = 0; i < path.length; i++) {
				if (this.segments[i].equals("*")) {
					try {
						return URLDecoder.decode(path[i].replace("+", "%2B"), StandardCharsets.UTF_8);
					}
					catch (IllegalArgumentException ex) {
						throw new ResponseException(400, "Malformed path");
					}
				}
			}
			return "";
		}

	}

}
