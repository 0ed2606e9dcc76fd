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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import dev.trigger.spring.page.CursorPage;
import dev.trigger.spring.page.NumberedPage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;

/**
 * Writes results as the JSON that the contract has for them.
 */
final class ResultJson {

	/**
	 * Writes what is stored in a value, not what its methods derive from that.
	 */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
		.changeDefaultVisibility((visibility) -> visibility.withFieldVisibility(Visibility.ANY)
			.withGetterVisibility(Visibility.NONE)
			.withIsGetterVisibility(Visibility.NONE))
		.build();

	private ResultJson() {
	}

	static JsonNode write(@Nullable Object result) {
		if (result == null) {
			return NullNode.getInstance();
		}
		if (result instanceof JsonNode node) {
			return node;
		}
		return MAPPER.valueToTree(expand(result));
	}

	private static Object expand(Object result) {
		if (result instanceof CursorPage<?> page) {
			Map<String, Object> pagination = new LinkedHashMap<>();
			pagination.put("next", page.next());
			pagination.put("previous", page.previous());
			return page(page.data(), pagination, page.hasNext(), page.hasPrevious());
		}
		if (result instanceof NumberedPage<?> page) {
			return page(page.data(),
					Map.of("currentPage", page.currentPage(), "totalPages", page.totalPages(), "count", page.count()),
					page.hasNext(), page.hasPrevious());
		}
		return result;
	}

	private static Map<String, Object> page(List<?> data, Map<String, ?> pagination, boolean next, boolean previous) {
		return Map.of("data", data, "pagination", pagination, "hasNextPage", next, "hasPreviousPage", previous);
	}

	/**
	 * Write the ids of items; items without an id stand for themselves.
	 * @param items the items
	 * @return an object with the ids
	 */
	static JsonNode ids(List<Object> items) {
		ArrayNode ids = MAPPER.createArrayNode();
		for (Object item : items) {
			JsonNode json = write(item);
			ids.add(json.has("id") ? json.get("id") : json);
		}
		return MAPPER.createObjectNode().set("ids", ids);
	}

}
