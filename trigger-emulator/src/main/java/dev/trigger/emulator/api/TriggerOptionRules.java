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
import java.util.Set;

import dev.trigger.emulator.http.EmulatorResponse;
import dev.trigger.emulator.http.Json;
import dev.trigger.emulator.http.ResponseException;
import dev.trigger.emulator.state.Environment;
import dev.trigger.emulator.state.TaskRun;
import dev.trigger.emulator.state.TimeSpans;
import dev.trigger.emulator.state.TriggerCommand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks the options of a run as the server does: strictly by type, and hardly by
 * meaning.
 */
final class TriggerOptionRules {

	static final List<String> MACHINES = List.of("micro", "small-1x", "small-2x", "medium-1x", "medium-2x", "large-1x",
			"large-2x");

	private static final int MAX_TAGS = 10;

	private static final int MAX_TAG_LENGTH = 128;

	private static final int MAX_KEY_LENGTH = 2048;

	private static final int MAX_METADATA_BYTES = 262_144;

	private static final Set<String> STRINGS = Set.of("idempotencyKeyTTL", "lockToVersion", "payloadType",
			"metadataType", "region", "parentRunId");

	private static final Set<String> NUMBERS = Set.of("maxAttempts", "maxDuration", "priority");

	private TriggerOptionRules() {
	}

	/**
	 * Note what is wrong with the types of the options.
	 * @param options the options
	 */
	static void check(@Nullable Input options) {
		if (options == null) {
			return;
		}
		STRINGS.forEach(options::string);
		NUMBERS.forEach(options::number);
		options.bool("test");
		String key = options.string("idempotencyKey");
		if (key != null && key.length() > MAX_KEY_LENGTH) {
			options.issues()
				.custom("idempotencyKey must be " + MAX_KEY_LENGTH + " characters or less",
						options.at("idempotencyKey"));
		}
		String machine = options.string("machine");
		if (machine != null && !MACHINES.contains(machine)) {
			options.issues().wrongEnum(machine, MACHINES, options.at("machine"));
		}
		Input queue = options.object("queue");
		if (queue != null) {
			queue.requiredString("name");
		}
		Input debounce = options.object("debounce");
		if (debounce != null) {
			debounce.requiredString("key");
			debounce.requiredString("delay");
		}
		checkTags(options);
	}

	/**
	 * Refuse what is right by type but wrong by meaning.
	 * @param environment where the run would be
	 * @param command the command
	 */
	static void refuse(Environment environment, TriggerCommand command) {
		int tags = command.tags().size();
		if (tags > MAX_TAGS) {
			throw new ResponseException(422,
					"Runs can only have " + MAX_TAGS + " tags, you're trying to set " + tags + ".");
		}
		JsonNode metadata = command.options().get("metadata");
		if (metadata != null) {
			String text = metadata.isString() ? metadata.asString() : Json.string(metadata);
			if (Json.utf8(text).length > MAX_METADATA_BYTES) {
				throw new ResponseException(413, "Metadata exceeds maximum size of " + MAX_METADATA_BYTES + " bytes");
			}
		}
		JsonNode debounce = command.options().get("debounce");
		if (debounce != null) {
			String delay = Json.text(debounce, "delay");
			if (TimeSpans.parse(delay) == null) {
				throw new ResponseException(422, "Debounce requires a valid delay duration. Provided: " + delay);
			}
		}
		String version = command.option("lockToVersion");
		if (version != null && !Versions.known(environment, version)) {
			throw new ResponseException(EmulatorResponse.error(500, "Something went wrong"));
		}
	}

	static @Nullable TaskRun parent(Environment environment, JsonNode options) {
		String parentRunId = Json.text(options, "parentRunId");
		return (parentRunId != null) ? environment.run(parentRunId) : null;
	}

	private static void checkTags(Input options) {
		JsonNode tags = options.get("tags");
		if (tags == null || tags.isString()) {
			checkTag(options, tags, options.at("tags"));
			return;
		}
		if (!tags.isArray()) {
			options.issues().custom("Invalid input", options.at("tags"));
			return;
		}
		for (int i = 0; i < tags.size(); i++) {
			checkTag(options, tags.get(i), options.at("tags", i));
		}
	}

	private static void checkTag(Input options, @Nullable JsonNode tag, Object... path) {
		if (tag != null && tag.asString().length() > MAX_TAG_LENGTH) {
			options.issues().custom("Tags must be less than " + MAX_TAG_LENGTH + " characters", path);
		}
	}

}
