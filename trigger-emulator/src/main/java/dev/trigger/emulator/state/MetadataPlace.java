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

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in metadata: an entry, or where a path such as {@code "$.a.0.b"} leads.
 *
 * @param parent what has the value, {@code null} if the path leads nowhere
 * @param name the name of the value, or its place in a list
 */
record MetadataPlace(@Nullable JsonNode parent, String name) {

	private static final String ROOT = "$.";

	private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

	static MetadataPlace find(ObjectNode metadata, String key) {
		if (!key.startsWith(ROOT)) {
			return new MetadataPlace(metadata, key);
		}
		String[] names = key.substring(ROOT.length()).split("\\.", -1);
		MetadataPlace place = new MetadataPlace(metadata, names[0]);
		for (int i = 1; i < names.length; i++) {
			place = new MetadataPlace(place.get(), names[i]);
		}
		return place;
	}

	@Nullable JsonNode get() {
		if (this.parent instanceof ArrayNode array) {
			return isIndex() ? array.get(Integer.parseInt(this.name)) : null;
		}
		return (this.parent instanceof ObjectNode object) ? object.get(this.name) : null;
	}

	/**
	 * Set the value, unless the path leads nowhere.
	 * @param value the value
	 */
	void set(JsonNode value) {
		if (this.parent instanceof ObjectNode object) {
			object.set(this.name, value);
		}
		else if (this.parent instanceof ArrayNode array && isIndex()) {
			int index = Integer.parseInt(this.name);
			while (array.size() <= index) {
				array.addNull();
			}
			array.set(index, value);
		}
	}

	private boolean isIndex() {
		return INDEX.matcher(this.name).matches();
	}

}
