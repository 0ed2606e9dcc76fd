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

package dev.trigger.spring.feed;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A part of a stream of events.
 *
 * @param id where the part stands in its stream
 * @param partId the id that its writer gave it, {@code null} if there is none
 * @param time when it was written, {@code null} if that is not known
 * @param data what was written; missing in a record that has only headers
 * @param headers the headers of the record, by which control records are told
 * @param internal whether it is a record of the storage, which no reader sees
 * @since 1.0.0
 */
public record EventPart(String id, @Nullable String partId, @Nullable Instant time, JsonNode data,
		List<Map.Entry<String, String>> headers, boolean internal) {

	/**
	 * Create a part.
	 */
	public EventPart {
		headers = List.copyOf(headers);
	}

}
