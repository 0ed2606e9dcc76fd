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

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.trigger.emulator.http.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The options of a command: a tree at first, then packed. What many runs have in common,
 * such as their time to live and their queue, is kept once; the key and the tags are at
 * hand without reading the rest.
 */
final class CommandOptions {

	private static final String KEY = "idempotencyKey";

	private static final String TAGS = "tags";

	/**
	 * What is likely to be another one for each run.
	 */
	private static final Set<String> OWN = Set.of("idempotencyKeyOptions", "metadata", "metadataType", "concurrencyKey",
			"delay", "debounce", KEY, TAGS);

	/**
	 * Longer texts are none that many runs have.
	 */
	private static final int LONGEST_SHARED = 1_000;

	/**
	 * The options while they are not packed.
	 */
	private final @Nullable JsonNode tree;

	private final @Nullable String idempotencyKey;

	/**
	 * The tags, packed.
	 */
	private final @Nullable String tags;

	/**
	 * The options that other commands have as well, as JSON.
	 */
	private final @Nullable String common;

	/**
	 * The rest.
	 */
	private final byte @Nullable [] own;

	/**
	 * Create options.
	 * @param tree the options as they were sent
	 */
	CommandOptions(JsonNode tree) {
		this.tree = tree;
		this.idempotencyKey = Json.text(tree, KEY);
		this.tags = null;
		this.common = null;
		this.own = null;
	}

	private CommandOptions(ObjectNode options, UnaryOperator<String> shared) {
		ObjectNode own = Json.object();
		ObjectNode common = Json.object();
		options.properties()
			.forEach(
					(option) -> (OWN.contains(option.getKey()) ? own : common).set(option.getKey(), option.getValue()));
		this.tree = null;
		this.idempotencyKey = Json.text(own, KEY);
		if (own.path(KEY).isString()) {
			own.remove(KEY);
		}
		List<String> tags = tags(options);
		this.tags = PackedTexts.pack(tags);
		if (this.tags != null && array(tags).equals(own.get(TAGS))) {
			own.remove(TAGS);
		}
		String text = Json.string(common);
		if (text.length() > LONGEST_SHARED) {
			own.setAll(common);
			this.common = null;
		}
		else {
			this.common = common.isEmpty() ? null : shared.apply(text);
		}
		this.own = own.isEmpty() ? null : PackedJson.pack(own);
	}

	/**
	 * Return the same options, packed.
	 * @param shared returns the one instance of a text that many commands have
	 * @return what takes as little memory as possible
	 */
	CommandOptions pack(UnaryOperator<String> shared) {
		return (this.tree instanceof ObjectNode object) ? new CommandOptions(object, shared) : this;
	}

	/**
	 * Return the options.
	 * @return the options as they were sent
	 */
	JsonNode tree() {
		if (this.tree != null) {
			return this.tree;
		}
		ObjectNode options = Json.object();
		if (this.common != null && parse(this.common) instanceof ObjectNode common) {
			options.setAll(common);
		}
		if (this.idempotencyKey != null) {
			options.put(KEY, this.idempotencyKey);
		}
		if (this.tags != null) {
			options.set(TAGS, array(PackedTexts.unpack(this.tags)));
		}
		if (this.own != null && PackedJson.unpack(this.own) instanceof ObjectNode own) {
			options.setAll(own);
		}
		return options;
	}

	/**
	 * Return one of the options, which is faster than to ask for all.
	 * @param name its name
	 * @return its value as it was sent, or {@code null}
	 */
	@Nullable JsonNode get(String name) {
		if (this.tree != null || name.equals(KEY) || name.equals(TAGS)) {
			return tree().get(name);
		}
		JsonNode found = (this.common != null && !OWN.contains(name)) ? parse(this.common).get(name) : null;
		return (found == null && this.own != null) ? PackedJson.unpack(this.own).get(name) : found;
	}

	@Nullable String idempotencyKey() {
		return this.idempotencyKey;
	}

	/**
	 * Return the tags.
	 * @return the tags without duplicates
	 */
	List<String> tags() {
		if (this.tree != null) {
			return tags(this.tree);
		}
		if (this.tags != null) {
			return PackedTexts.unpack(this.tags);
		}
		return (this.own != null) ? tags(PackedJson.unpack(this.own)) : List.of();
	}

	private static List<String> tags(JsonNode options) {
		JsonNode tags = options.get(TAGS);
		List<String> list = new ArrayList<>();
		if (tags != null && tags.isString()) {
			list.add(tags.asString());
		}
		else if (tags != null && tags.isArray()) {
			tags.forEach((tag) -> list.add(tag.asString()));
		}
		return list.stream().filter((tag) -> !tag.isBlank()).toList();
	}

	private static JsonNode parse(String json) {
		return Json.mapper().readTree(json);
	}

	private static ArrayNode array(List<String> texts) {
		ArrayNode array = Json.mapper().createArrayNode();
		texts.forEach(array::add);
		return array;
	}

}
