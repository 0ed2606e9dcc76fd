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

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.JsonBody;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Prompt;
import dev.trigger.emulator.state.Tokens;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Prompts.
 */
final class PromptRoutes {

	private static final String PATH = "/api/v1/prompts";

	private static final String OVERRIDE = PATH + "/{slug}/override";

	private static final BodySchema RESOLVE = BodySchema.of("prompts.resolve");

	private static final BodySchema PROMOTE = BodySchema.of("prompts.promote");

	private static final BodySchema CREATE_OVERRIDE = BodySchema.of("prompts.createOverride");

	private static final BodySchema UPDATE_OVERRIDE = BodySchema.of("prompts.updateOverride");

	private static final BodySchema REACTIVATE = BodySchema.of("prompts.reactivateOverride");

	/**
	 * How many versions are listed, of which there are no pages.
	 */
	private static final int LISTED_VERSIONS = 50;

	void addTo(Router router) {
		router.get("prompts.list", PATH, this::list).publicToken().cors();
		router.get("prompts.retrieve", PATH + "/{slug}", PromptRoutes::retrieve).publicToken().cors();
		router.post("prompts.resolve", PATH + "/{slug}", this::resolve).publicToken().cors().anyAction();
		router.get("prompts.versions", PATH + "/{slug}/versions", this::versions).publicToken().cors();
		router.post("prompts.promote", PATH + "/{slug}/promote", this::promote)
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED);
		changes(router.post("prompts.createOverride", OVERRIDE, this::createOverride));
		changes(router.put("prompts.updateOverride", OVERRIDE, this::updateOverride));
		changes(router.patch("prompts.updateOverride", OVERRIDE, this::updateOverride));
		changes(router.delete("prompts.removeOverride", OVERRIDE, this::removeOverride));
		router.post("prompts.reactivateOverride", OVERRIDE + "/reactivate", this::reactivateOverride)
			.publicToken()
			.cors()
			.others(OtherMethods.REFUSED);
	}

	private static void changes(Route route) {
		route.publicToken().cors().others(OtherMethods.REFUSED).allow("POST, PUT, PATCH, DELETE").wrongMethod(405);
	}

	private static EmulatorResponse retrieve(ApiCall call) {
		Issues issues = new Issues();
		String text = call.query("version");
		double number = (text != null) ? NodeJson.coerce(text) : 0;
		if (Double.isNaN(number)) {
			issues.notANumber("version");
		}
		issues.refuseQuery();
		Prompt prompt = find(call, "read");
		Prompt.Version version = resolved(prompt, (text != null) ? whole(number) : null, call.query("label"));
		return EmulatorResponse.ok(JsonBody.of("data",
				JsonBody.of("id", prompt.id())
					.with("slug", prompt.slug())
					.with("description", null)
					.with("type", "text")
					.with("tags", List.of())
					.with("defaultModel", null)
					.with("defaultConfig", null)
					.with("variableSchema", null)
					.with("version",
							JsonBody.of("version", version.number())
								.with("textContent", version.text())
								.with("model", version.model())
								.with("config", null)
								.with("source", version.source())
								.with("labels", prompt.labels(version))
								.with("contentHash", hash(version))
								.with("commitMessage", version.commitMessage())
								.with("createdAt", version.createdAt()))));
	}

	/**
	 * Read the number of a version, of which the database takes no fractions.
	 */
	private static Integer whole(double number) {
		if (number != Math.rint(number)) {
			throw new ResponseException(500, "Internal Server Error");
		}
		return (int) number;
	}

	private static String hash(Prompt.Version version) {
		return Tokens.hash("prompt", version.text()).substring(0, 16);
	}

	/**
	 * Find a version by its number, else the one that overrides, else the one with a
	 * label.
	 */
	private static Prompt.Version resolved(Prompt prompt, @Nullable Integer number, @Nullable String label) {
		Integer override = prompt.overrideVersion();
		Prompt.Version version = null;
		if (number != null) {
			version = prompt.version(number);
		}
		else if (override != null) {
			version = prompt.version(override);
		}
		else {
			String wanted = (label != null) ? label : "current";
			version = prompt.versions()
				.stream()
				.filter((candidate) -> prompt.labels(candidate).contains(wanted))
				.findFirst()
				.orElse(null);
		}
		if (version == null) {
			throw new ResponseException(404, "No version found");
		}
		return version;
	}

	private EmulatorResponse list(ApiCall call) {
		call.authorize("read", "prompts:all");
		return EmulatorResponse.ok(JsonBody.of("data",
				call.environment()
					.all(Prompt.class)
					.values()
					.stream()
					.sorted(Comparator.comparing(Prompt::updatedAt).reversed())
					.map(PromptRoutes::json)
					.toList()));
	}

	private EmulatorResponse resolve(ApiCall call) {
		JsonNode body = RESOLVE.read(call);
		Prompt prompt = change(call, "read");
		JsonNode wanted = body.get("version");
		Prompt.Version version = resolved(prompt, (wanted != null) ? whole(Json.number(wanted)) : null,
				Json.text(body, "label"));
		if (version.text().isEmpty()) {
			throw new ResponseException(404, "Prompt has no content");
		}
		String text = PromptTemplate.fill(version.text(), body.path("variables"));
		return EmulatorResponse.ok(JsonBody.of("data",
				JsonBody.of("promptId", prompt.id())
					.with("slug", prompt.slug())
					.with("version", version.number())
					.with("labels", prompt.labels(version))
					.with("template", version.text())
					.with("text", text)
					.with("model", version.model())
					.with("config", null)));
	}

	private EmulatorResponse versions(ApiCall call) {
		Prompt prompt = find(call, "read");
		List<Object> versions = new ArrayList<>();
		for (Prompt.Version version : prompt.versions()) {
			versions.add(0,
					JsonBody.of("id", prompt.id() + "_" + version.number())
						.with("version", version.number())
						.with("labels", prompt.labels(version))
						.with("source", version.source())
						.with("model", version.model())
						.with("textContent", version.text())
						.with("commitMessage", version.commitMessage())
						.with("contentHash", hash(version))
						.with("createdAt", version.createdAt()));
		}
		return EmulatorResponse
			.ok(JsonBody.of("data", versions.subList(0, Math.min(versions.size(), LISTED_VERSIONS))));
	}

	private EmulatorResponse promote(ApiCall call) {
		JsonNode body = PROMOTE.read(call);
		Prompt prompt = change(call, "update");
		Prompt.Version version = version(prompt, body);
		if (!version.source().equals(Prompt.CODE)) {
			throw new ResponseException(400,
					"Only code-sourced versions can be promoted. Use the override API instead.");
		}
		prompt.promote(version.number(), call.now());
		return ok();
	}

	private EmulatorResponse createOverride(ApiCall call) {
		authorizeChange(call);
		JsonNode input = CREATE_OVERRIDE.read(call);
		Prompt prompt = change(call, "update");
		String source = Json.text(input, "source");
		Prompt.Version version = prompt.add(input.path("textContent").asString(), filled(input, "model"),
				filled(input, "commitMessage"), (source != null) ? source : "api", call.now());
		prompt.override(version.number(), call.now());
		return EmulatorResponse.ok(JsonBody.of("ok", true).with("version", version.number()));
	}

	/**
	 * Refuse who may not change the prompt, on the route that does so before it reads.
	 */
	private static void authorizeChange(ApiCall call) {
		call.authorize("update", "prompts:" + call.variable("slug"));
	}

	private static @Nullable String filled(JsonNode input, String name) {
		String text = Json.text(input, name);
		return (text != null && !text.isEmpty()) ? text : null;
	}

	private EmulatorResponse updateOverride(ApiCall call) {
		authorizeChange(call);
		JsonNode body = UPDATE_OVERRIDE.read(call);
		Prompt prompt = change(call, "update");
		Integer override = prompt.overrideVersion();
		Prompt.Version old = (override != null) ? prompt.version(override) : null;
		if (old == null) {
			throw new ResponseException(400, "No active override to update");
		}
		String text = Json.text(body, "textContent");
		String model = Json.text(body, "model");
		String message = Json.text(body, "commitMessage");
		prompt.versions()
			.set(old.number() - 1,
					new Prompt.Version(old.number(), (text != null) ? text : old.text(),
							(model != null) ? model : old.model(), (message != null) ? message : old.commitMessage(),
							old.source(), old.createdAt()));
		return ok();
	}

	private EmulatorResponse removeOverride(ApiCall call) {
		Prompt prompt = change(call, "update");
		prompt.override(null, call.now());
		return ok();
	}

	private EmulatorResponse reactivateOverride(ApiCall call) {
		JsonNode body = REACTIVATE.read(call);
		Prompt prompt = change(call, "update");
		Prompt.Version version = version(prompt, body);
		if (version.source().equals(Prompt.CODE)) {
			throw new ResponseException(400, "Code-sourced versions cannot be reactivated as overrides");
		}
		prompt.override(version.number(), call.now());
		return ok();
	}

	private static EmulatorResponse ok() {
		return EmulatorResponse.ok(JsonBody.of("ok", true));
	}

	private static Prompt find(ApiCall call, String action) {
		Prompt prompt = call.environment().find(Prompt.class, call.variable("slug"));
		if (prompt == null) {
			throw ApiCall.notFound(false);
		}
		call.authorize(action, "prompts:" + prompt.slug());
		return prompt;
	}

	/**
	 * Find the prompt that is used or changed: here a caller without permission is
	 * refused first.
	 */
	private static Prompt change(ApiCall call, String action) {
		call.authorize(action, "prompts:" + call.variable("slug"));
		Prompt prompt = call.environment().find(Prompt.class, call.variable("slug"));
		if (prompt == null) {
			throw new ResponseException(404, "Prompt not found");
		}
		return prompt;
	}

	private static Prompt.Version version(Prompt prompt, JsonNode body) {
		JsonNode number = body.path("version");
		Prompt.Version version = prompt.version((int) Json.number(number));
		if (version == null) {
			throw new ResponseException(404, "Version " + NodeJson.number(number) + " not found");
		}
		return version;
	}

	private static @Nullable String model(Prompt prompt) {
		Prompt.Version current = prompt.version(prompt.current());
		Integer override = prompt.overrideVersion();
		Prompt.Version above = (override != null) ? prompt.version(override) : null;
		if (above != null && above.model() != null) {
			return above.model();
		}
		return (current != null) ? current.model() : null;
	}

	private static JsonBody json(Prompt prompt) {
		return JsonBody.of("slug", prompt.slug())
			.with("friendlyId", prompt.id())
			.with("description", null)
			.with("tags", List.of())
			.with("defaultModel", model(prompt))
			.with("currentVersion", prompt.current())
			.with("hasOverride", prompt.overrideVersion() != null)
			.with("updatedAt", prompt.updatedAt());
	}

}
