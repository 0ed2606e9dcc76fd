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

package dev.trigger.emulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.Prompt;
import tools.jackson.databind.JsonNode;

/**
 * Creates in the emulator the prompts, and their versions, that a recorded response is
 * about.
 */
final class ReplayPrompts {

	private final Environment environment;

	private final Instant now;

	ReplayPrompts(Environment environment, Instant now) {
		this.environment = environment;
		this.now = now;
	}

	/**
	 * Create the prompts.
	 * @param recording the recording
	 * @param slug the name in the path, empty if there is none
	 */
	void add(Recording recording, String slug) {
		JsonNode response = recording.responseOrEmpty();
		JsonNode data = response.path("data");
		if (slug.isEmpty()) {
			for (int i = data.size() - 1; i >= 0; i--) {
				listed(data.get(i));
			}
			return;
		}
		Prompt prompt = prompt(slug, response.path("error").asString("").contains("no content") ? "" : "Hello");
		if (data.isArray()) {
			List<JsonNode> oldestFirst = new ArrayList<>();
			data.forEach((version) -> oldestFirst.add(0, version));
			oldestFirst.forEach((version) -> version(prompt, version));
		}
		else if (data.isObject()) {
			JsonNode shown = data.path("version").isObject() ? data.path("version") : data;
			if (shown.path("version").isInt()) {
				version(prompt, shown);
			}
		}
		else {
			changed(prompt, recording, response);
		}
	}

	private void changed(Prompt prompt, Recording recording, JsonNode response) {
		String error = response.path("error").asString("");
		int wanted = error.contains("not found") ? 1 : recording.request().path("body").path("version").asInt(1);
		int created = response.path("version").asInt(1) - 1;
		boolean reactivates = recording.path().endsWith("/reactivate");
		boolean own = error.startsWith("Only code-sourced") || (reactivates && error.isEmpty());
		fill(prompt, Math.max(wanted, created), own ? "api" : "code");
		if (!error.startsWith("No active override") && !error.equals("No version found") && !reactivates
				&& !recording.path().endsWith("/promote")) {
			prompt.override(prompt.versions().size(), this.now);
		}
	}

	private Prompt prompt(String slug, String text) {
		Prompt prompt = new Prompt("prompt_recorded_" + slug, slug, text, this.now);
		this.environment.all(Prompt.class).put(slug, prompt);
		return prompt;
	}

	private void fill(Prompt prompt, int number, String source) {
		prompt.versions().clear();
		for (int i = 1; i <= number; i++) {
			prompt.add("Hello", null, null, source, this.now);
		}
	}

	private void version(Prompt prompt, JsonNode json) {
		int number = json.path("version").asInt(1);
		while (prompt.versions().size() < number) {
			prompt.add("Hello", null, null, "code", this.now);
		}
		String text = json.path("textContent").asString(json.path("template").asString("Hello"));
		prompt.versions()
			.set(number - 1, new Prompt.Version(number, text, Json.text(json, "model"),
					Json.text(json, "commitMessage"), json.path("source").asString("code"), this.now));
		json.path("labels").forEach((label) -> {
			switch (label.asString()) {
				case "current" -> prompt.promote(number, this.now);
				case "override" -> prompt.override(number, this.now);
				default -> {
				}
			}
		});
	}

	private void listed(JsonNode json) {
		Prompt prompt = prompt(json.path("slug").asString("prompt"), "Hello");
		fill(prompt, json.path("currentVersion").asInt(1), "code");
		prompt.versions()
			.set(prompt.versions().size() - 1, new Prompt.Version(prompt.versions().size(), "Hello",
					Json.text(json, "defaultModel"), null, "code", this.now));
		prompt.promote(prompt.versions().size(), this.now);
		if (json.path("hasOverride").asBoolean(false)) {
			prompt.add("Hello", Json.text(json, "defaultModel"), null, "api", this.now);
			prompt.override(prompt.versions().size(), this.now);
		}
	}

}
