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

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request.
 */
final class Router {

	private final List<Route> routes = new ArrayList<>();

	Route get(String operation, String template, Handler handler) {
		return add(operation, "GET", template, handler);
	}

	Route post(String operation, String template, Handler handler) {
		return add(operation, "POST", template, handler);
	}

	Route put(String operation, String template, Handler handler) {
		return add(operation, "PUT", template, handler);
	}

	Route patch(String operation, String template, Handler handler) {
		return add(operation, "PATCH", template, handler);
	}

	Route delete(String operation, String template, Handler handler) {
		return add(operation, "DELETE", template, handler);
	}

	Route add(String operation, String method, String template, Handler handler) {
		Route route = new Route(operation, method, template, handler);
		this.routes.add(route);
		this.routes.sort(Comparator.comparingInt(Route::variables));
		return route;
	}

	List<String> operations() {
		return this.routes.stream().map(Route::operation).distinct().toList();
	}

	/**
	 * Find the route of a request. Of several, the one with the fewest variables wins,
	 * even where it does not serve the method: the real server's file routes do the same.
	 * @param method the HTTP method
	 * @param path the path, percent-encoded
	 * @return the match, or {@code null} when no route has that path
	 */
	@Nullable Match find(String method, String path) {
		String[] segments = path.substring(1).split("/", -1);
		int variables = -1;
		Match any = null;
		Match served = null;
		boolean hasAction = false;
		for (Route route : this.routes) {
			if (variables >= 0 && route.variables() > variables) {
				break;
			}
			Map<String, String> values = route.match(segments);
			if (values == null) {
				continue;
			}
			variables = route.variables();
			hasAction |= !route.servesExactly("GET");
			if (any == null || !route.servesExactly("GET")) {
				any = new Match(route, values, false, hasAction);
			}
			if (route.servesExactly(method)) {
				return new Match(route, values, true, hasAction);
			}
			if (served == null && route.serves(method)) {
				served = new Match(route, values, true, hasAction);
			}
		}
		return (served != null) ? served : any;
	}

	/**
	 * Return whether a path responds to the preflight request of a browser.
	 * @param path the path, percent-encoded
	 * @return {@code true} if any route with that path does
	 */
	boolean hasPreflight(String path) {
		String[] segments = path.substring(1).split("/", -1);
		int variables = -1;
		for (Route route : this.routes) {
			if (variables >= 0 && route.variables() > variables) {
				break;
			}
			if (route.match(segments) != null) {
				variables = route.variables();
				if (route.hasPreflight()) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * A route and the variables of its path.
	 *
	 * @param route the route
	 * @param variables the decoded variables
	 * @param served whether the route serves the method
	 * @param hasAction whether any route with that path serves a method other than GET
	 */
	record Match(Route route, Map<String, String> variables, boolean served, boolean hasAction) {

	}

}
