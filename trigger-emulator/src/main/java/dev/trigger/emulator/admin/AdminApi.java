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

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;

import dev.trigger.emulator.http.AdminApplication;
import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.InternalErrors;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.http.ServerRequest;
import dev.trigger.emulator.http.WebApplication;
import dev.trigger.emulator.state.EmulatorState;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The admin API under {@code /emulator}, and the page at {@code /} that uses it.
 *
 * @since 1.0.0
 */
public final class AdminApi implements AdminApplication {

	private static final String PREFIX = "/emulator/";

	private final AdminAccess access;

	private final AdminPage page = new AdminPage();

	private final AdminRoutes routes = new AdminRoutes();

	/**
	 * Create the API.
	 * @param state the world
	 * @param api the emulated API
	 * @param control what it does with the emulator as a whole
	 * @param scripts the tasks that are described by JSON
	 * @param token what callers from elsewhere have to send, {@code null} to refuse them
	 */
	public AdminApi(EmulatorState state, WebApplication api, EmulatorControl control, TaskScripts scripts,
			@Nullable String token) {
		this.access = new AdminAccess(token);
		ApiForwarder forwarder = new ApiForwarder(api);
		new EmulatorActions(state, control, scripts).addTo(this.routes);
		new RunActions(state, forwarder).addTo(this.routes);
		new ThingActions(state, forwarder).addTo(this.routes);
	}

	@Override
	public boolean serves(String method, String uri, @Nullable String accept) {
		return uri.startsWith(PREFIX) || this.page.serves(method, uri, accept);
	}

	@Override
	public EmulatorResponse handle(ServerRequest request, @Nullable InetAddress remote) {
		EmulatorResponse file = this.page.file(request);
		if (file != null) {
			return file;
		}
		EmulatorResponse refusal = this.access.refuse(request, remote);
		if (refusal == null) {
			refusal = refuseForm(request);
		}
		return ((refusal != null) ? refusal : act(request)).header("cache-control", "no-store")
			.header("x-content-type-options", "nosniff");
	}

	private EmulatorResponse act(ServerRequest request) {
		try {
			return this.routes.handle(request, request.path().substring(PREFIX.length()));
		}
		catch (ResponseException ex) {
			return ex.response();
		}
		catch (IllegalArgumentException ex) {
			return EmulatorResponse.error(400, String.valueOf(ex.getMessage()));
		}
		catch (Throwable ex) {
			InternalErrors.log(request.method() + " " + request.path(), ex);
			return EmulatorResponse.error(500, "The emulator failed: " + ex);
		}
	}

	/**
	 * Refuse what a form of another page could send. With a type of its own, browsers ask
	 * first, and are refused.
	 */
	private static @Nullable EmulatorResponse refuseForm(ServerRequest request) {
		String type = request.header("content-type");
		boolean changes = Set.of("POST", "PUT", "DELETE", "PATCH").contains(request.method());
		if (changes && request.body().length > 0
				&& (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json"))) {
			return EmulatorResponse.error(415, "The body must be JSON, with the content type application/json");
		}
		return null;
	}

	/**
	 * Return the body of a request.
	 * @param request the request
	 * @return an object, empty without a body
	 * @throws IllegalArgumentException if it is no object
	 */
	static JsonNode body(ServerRequest request) {
		if (request.body().length == 0) {
			return Json.object();
		}
		JsonNode body = Json.parse(request.bodyText());
		if (body == null || !body.isObject()) {
			throw new IllegalArgumentException("The body must be a JSON object");
		}
		return body;
	}

	static EmulatorResponse done() {
		return EmulatorResponse.ok(JsonBody.of("done", true));
	}

}
