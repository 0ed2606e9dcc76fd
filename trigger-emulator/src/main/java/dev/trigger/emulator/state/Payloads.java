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

package dev.trigger.emulator.state;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Decodes payloads and outputs by their content type.
 *
 * @since 1.0.0
 */
public final class Payloads {

	/**
	 * The content type of what lies in the object store.
	 */
	public static final String STORE = "application/store";

	/**
	 * From how many bytes on a payload, or the result of a wait, lies there.
	 */
	public static final int LARGE = 512 * 1024;

	private Payloads() {
	}

	/**
	 * Return the payload of a run as a value.
	 * @param run the run
	 * @param packets the object store
	 * @return the value, or {@code null} when there is none
	 */
	public static @Nullable JsonNode decode(TaskRun run, Packets packets) {
		JsonNode payload = run.command().payload();
		String type = run.command().payloadType();
		if (payload == null || !STORE.equals(type)) {
			return decode(payload, type);
		}
		return read(packets.get(run.environment(), payload.asString()));
	}

	/**
	 * Return what lies in the object store as a value.
	 * @param packet the object, may be {@code null}
	 * @return the value, {@code null} for {@code null}
	 */
	public static @Nullable JsonNode read(Packets.@Nullable Packet packet) {
		if (packet == null) {
			return null;
		}
		JsonNode parsed = Json.parse(packet.text());
		if (parsed == null || packet.contentType().startsWith("text/plain")) {
			return Json.tree(packet.text());
		}
		boolean envelope = parsed.isObject() && parsed.has("json") && parsed.size() <= 2;
		return envelope ? TriggerCommand.unwrap(parsed, "application/super+json") : parsed;
	}

	/**
	 * Return a value by its content type.
	 * @param value the value as it was sent, may be {@code null}
	 * @param type its content type
	 * @return the value, {@code null} for {@code null}
	 */
	public static @Nullable JsonNode decode(@Nullable JsonNode value, String type) {
		if (value != null && "application/super+json".equals(type) && value.isString()) {
			JsonNode parsed = Json.parse(value.asString());
			return (parsed != null) ? TriggerCommand.unwrap(parsed, type) : value;
		}
		return value;
	}

	/**
	 * Return a value as it is stored.
	 * @param value the value as it was sent
	 * @param type its content type
	 * @return the text
	 */
	public static String text(JsonNode value, String type) {
		return (value.isString() && !"application/json".equals(type)) ? value.asString() : Json.string(value);
	}

}
