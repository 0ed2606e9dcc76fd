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

package dev.trigger.spring.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The positional arguments of an operation, as the TypeScript function takes them.
 */
final class Arguments {

	private final JsonNode array;

	private Arguments(JsonNode array) {
		this.array = array;
	}

	static Arguments of(String json) {
		return of(Contract.json(json));
	}

	static Arguments of(JsonNode array) {
		if (!array.isArray()) {
			throw new IllegalStateException("Arguments are an array, not " + array);
		}
		return new Arguments(array);
	}

	int size() {
		return this.array.size();
	}

	/**
	 * Return an argument.
	 * @param index the position, counted from 0
	 * @return the argument; one that is absent if there are fewer
	 */
	Argument get(int index) {
		JsonNode node = this.array.get(index);
		return new Argument("argument " + index, (node != null) ? node : MissingNode.getInstance());
	}

	/**
	 * Return an argument that is a string.
	 * @param index the position, counted from 0
	 * @return the string
	 */
	String string(int index) {
		return get(index).string();
	}

	@Override
	public String toString() {
		return this.array.toString();
	}

}
