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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the members of a JSON object and note what is wrong with them.
 */
final class Input {

	private final JsonNode node;

	private final Issues issues;

	private final Object[] path;

	Input(JsonNode node, Issues issues, Object... path) {
		this.node = node;
		this.issues = issues;
		this.path = path;
		if (!node.isObject()) {
			issues.wrongType("object", node.isMissingNode() ? null : node, path);
		}
	}

	@Nullable JsonNode get(String name) {
		return this.node.get(name);
	}

	String requiredString(String name) {
		JsonNode value = this.node.get(name);
		if (value != null && value.isString()) {
			return value.asString();
		}
		if (this.node.isObject()) {
			this.issues.wrongType("string", value, at(name));
		}
		return "";
	}

	@Nullable String string(String name) {
		JsonNode value = this.node.get(name);
		if (value != null && !value.isString()) {
			this.issues.wrongType("string", value, at(name));
			return null;
		}
		return (value != null) ? value.asString() : null;
	}

	@Nullable JsonNode number(String name) {
		JsonNode value = this.node.get(name);
		if (value != null && !value.isNumber()) {
			this.issues.wrongType("number", value, at(name));
			return null;
		}
		return value;
	}

	Object[] at(Object... more) {
		return Issues.path(this.path, more);
	}

	JsonNode node() {
		return this.node;
	}

}
