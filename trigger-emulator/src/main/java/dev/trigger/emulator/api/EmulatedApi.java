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

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.InternalErrors;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.http.WebApplication;
import dev.trigger.emulator.state.EmulatorState;
import org.jspecify.annotations.Nullable;

/**
 * The management API: routing, rate limit, credentials, then the handler of the route.
 *
 * @since 1.0.0
 */
public final class EmulatedApi implements WebApplication {

	private static final String PAGE = "<!DOCTYPE html><html lang=\"en\"><head><title>Not found</title></head>"
			+ "<body><h1>404</h1><p>The page you were looking for could not be found</p></body></html>";

	private static final String BAD_REQUEST = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
			+ "<title>Error</title>\n</head>\n<body>\n<pre>Bad Request</pre>\n</body>\n</html>\n";

	private final EmulatorState state;

	private final Router router = new Router();

	private final Authenticator authenticator;

	private final RateLimiter limiter;

	private final ObjectStore objectStore;

	/**
	 * Create the API.
	 * @param state what it serves
	 * @param limit the rate limit
	 * @param hold for how long a poll of a feed is held when nothing changes
	 */
	public EmulatedApi(EmulatorState state, RateLimit limit, Duration hold) {
		this.state = state;
		this.authenticator = new Authenticator(state);
		this.limiter = new RateLimiter(limit);
		this.objectStore = new ObjectStore(state);
		AllRoutes.addTo(this.router, this.authenticator, hold);
	}

	/**
	 * Return the operations that are served.
	 * @return their names
	 */
	public List<String> operations() {
		return this.router.operations();
	}

	/**
	 * Fill all buckets.
	 */
	public void resetRateLimit() {
		this.limiter.reset();
	}

	@Override
	public @Nullable String operation(ServerRequest request) {
		if (this.objectStore.serves(request)) {
			return this.objectStore.operation(request);
		}
		Router.Match match = this.router.find(request.method(), request.path());
		return (match != null && match.served()) ? match.route().operation() : null;
	}

	@Override
	public String credentialKind(ServerRequest request) {
		synchronized (this.state) {
			return this.authenticator.kind(request);
		}
	}

	@Override
	public Instant now() {
		return this.state.now();
	}

	@Override
	public EmulatorResponse handle(ServerRequest request) {
		synchronized (this.state) {
			String host = request.header("host");
			if (host != null) {
				// URLs in responses lead to where the caller came in, also through a
				// mapped port
				this.state.setApiUrl("http://" + host);
			}
			EmulatorResponse response = InternalErrors.respond(request.method() + " for " + operation(request),
					() -> route(request));
			if (InternalErrors.isFailure(response) && this.router.hasPreflight(request.path())) {
				response = Cors.permit(request, response);
			}
			if (!request.method().equals("GET")) {
				this.state.changed();
			}
			return request.method().equals("HEAD") ? response.withoutBody() : response;
		}
	}

	@Override
	public long longestBody(String method, String uri) {
		int mark = uri.indexOf('?');
		Router.Match match = this.router.find(method, (mark < 0) ? uri : uri.substring(0, mark));
		return (match != null && match.route().maxBody() >= 0) ? match.route().maxBody() : Long.MAX_VALUE;
	}

	private EmulatorResponse route(ServerRequest request) {
		String path = request.path();
		if (request.method().equals("OPTIONS") && this.router.hasPreflight(path)) {
			return Cors.preflight(request);
		}
		if (this.objectStore.serves(request)) {
			return this.objectStore.handle(request);
		}
		if (path.equals("/healthcheck")) {
			return EmulatorResponse.text(200, "OK");
		}
		if (path.equals("/")) {
			return EmulatorResponse.empty(302).header("location", "/login?redirectTo=%2F");
		}
		if (path.endsWith("/")) {
			String target = path.substring(0, path.length() - 1).replaceAll("/+", "/")
					+ request.uri().substring(path.length());
			return EmulatorResponse.text(301, "Moved Permanently. Redirecting to " + target).header("location", target);
		}
		if (Route.decode(path) == null) {
			return EmulatorResponse.html(400, BAD_REQUEST);
		}
		Router.Match match = this.router.find(request.method(), path);
		boolean limited = !request.method().equals("OPTIONS")
				&& ((match != null) ? match.route().isRateLimited() : path.startsWith("/api/"));
		if (!limited) {
			return dispatch(match, request);
		}
		if (request.header("authorization") == null) {
			return EmulatorResponse.problem(401, "Unauthorized", "No authorization header provided", new JsonBody());
		}
		if (match != null && this.authenticator.hasGrant(match.route(), request, match.variables())) {
			return dispatch(match, request);
		}
		RateLimiter.Reading reading = this.limiter.take(this.authenticator.bucket(request), this.state.now());
		return reading.allowed() ? reading.onto(dispatch(match, request)) : reading.refusal(this.state.now());
	}

	private EmulatorResponse dispatch(Router.@Nullable Match match, ServerRequest request) {
		if (match == null) {
			return EmulatorResponse.html(404, PAGE);
		}
		Route route = match.route();
		if (!match.served()) {
			return wrongMethod(match, request);
		}
		EmulatorResponse response;
		try {
			route.first().accept(new ApiCall(this.state, request, match.variables(), Identity.NOBODY));
			if (route.access().namesMissingKeys() && request.header("authorization") == null) {
				throw new ResponseException(401, "Invalid or Missing API key");
			}
			Identity identity = this.authenticator.authenticate(route, request, match.variables());
			requireLength(route, request);
			response = route.handler().handle(new ApiCall(this.state, request, match.variables(), identity));
		}
		catch (ResponseException ex) {
			response = ex.response();
		}
		return route.isCors() ? Cors.permit(request, response) : response;
	}

	/**
	 * Refuse a method. Pages of other origins may read what the route itself says, not
	 * what the framework of servers says for it.
	 */
	private static EmulatorResponse wrongMethod(Router.Match match, ServerRequest request) {
		Route route = match.route();
		if (Route.isReading(request.method())) {
			return route.refuseReading();
		}
		if (!match.hasAction()) {
			return EmulatorResponse.unexpected(405);
		}
		return route.isCors() ? Cors.permit(request, route.refuseMethod()) : route.refuseMethod();
	}

	/**
	 * The server looks at the Content-Length header before it reads the body, and takes a
	 * missing one for too much. An empty body with a length is for the handler to refuse.
	 * @param route the route
	 * @param request the request
	 */
	private static void requireLength(Route route, ServerRequest request) {
		if (route.maxBody() < 0) {
			return;
		}
		String length = request.header("content-length");
		if (length == null || Long.parseLong(length) > route.maxBody()) {
			throw new ResponseException(413, "Request body too large");
		}
	}

}
