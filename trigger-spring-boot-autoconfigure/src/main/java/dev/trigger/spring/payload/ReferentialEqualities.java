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

package dev.trigger.spring.payload;

import java.util.List;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * Restores values that stand in several places of a JavaScript object but were written
 * only once. JSON knows no references, so that the other places get copies; a value that
 * contains itself stays {@code null} there.
 */
final class ReferentialEqualities {

	/**
	 * Copies of copies could fill any memory.
	 */
	private static final int MAX_COPIED = 100_000;

	/**
	 * The depth that Jackson allows by default.
	 */
	private static final int MAX_DEPTH = 500;

	private final JsonPlace root;

	private final boolean legacy;

	private int copied;

	ReferentialEqualities(JsonPlace root, boolean legacy) {
		this.root = root;
		this.legacy = legacy;
	}

	void restore(JsonNode equalities) {
		// the first element of an array has the places where the root contains itself,
		// which JSON can't express
		JsonNode shared = equalities.isArray() ? equalities.path(1) : equalities;
		for (Map.Entry<String, JsonNode> entry : shared.properties()) {
			List<String> path = SuperJsonPath.parse(entry.getKey(), this.legacy);
			JsonPlace source = this.root.follow(path);
			if (source != null && entry.getValue().isArray()) {
				for (JsonNode target : entry.getValue().values()) {
					copy(source, path, target.asString(""));
				}
			}
		}
	}

	private void copy(JsonPlace source, List<String> sourcePath, String target) {
		List<String> path = SuperJsonPath.parse(target, this.legacy);
		boolean containsItself = path.size() >= sourcePath.size()
				&& path.subList(0, sourcePath.size()).equals(sourcePath);
		JsonPlace place = this.root.follow(path);
		if (place == null || containsItself || !place.value().isNull()) {
			return;
		}
		JsonNode value = source.value();
		if (this.copied <= MAX_COPIED) {
			// a value that is too large or too deep counts, too: finding that out
			// takes as long as copying it
			this.copied += size(value);
			if (this.copied <= MAX_COPIED && place.depth() + depth(value) <= MAX_DEPTH) {
				place.set(value.deepCopy());
			}
		}
	}

	private static int depth(JsonNode node) {
		int depth = 0;
		for (JsonNode child : node.values()) {
			depth = Math.max(depth, 1 + depth(child));
		}
		return depth;
	}

	private static int size(JsonNode node) {
		int size = 1;
		for (JsonNode child : node.values()) {
			size += size(child);
		}
		return size;
	}

}
